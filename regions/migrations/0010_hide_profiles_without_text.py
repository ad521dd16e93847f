from django.db import migrations


class Migration(migrations.Migration):
    """Until now the admin could publish a profile in which nothing is written."""

    dependencies = [("regions", "0009_profile_verified_by_has_date")]

    operations = [
        migrations.RunSQL(
            "UPDATE regions_region SET profile_status = 'draft', profile_verified_at = NULL,"
            " profile_verified_by_id = NULL WHERE profile_status = 'published'"
            " AND concat(tagline, story, identity, liveability, participation) = ''",
            migrations.RunSQL.noop,
            elidable=True,
        )
    ]
