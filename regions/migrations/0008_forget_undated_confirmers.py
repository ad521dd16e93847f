from django.db import migrations


class Migration(migrations.Migration):
    """Until now the admin could take the date of a confirmation away and leave its author."""

    dependencies = [("regions", "0007_cover_alt")]

    operations = [
        migrations.RunSQL(
            "UPDATE regions_region SET profile_verified_by_id = NULL"
            " WHERE profile_verified_by_id IS NOT NULL AND profile_verified_at IS NULL",
            migrations.RunSQL.noop,
            elidable=True,
        )
    ]
