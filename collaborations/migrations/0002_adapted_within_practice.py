from django.db import migrations


class Migration(migrations.Migration):
    """An adoption is adapted from one of the same practice."""

    dependencies = [("collaborations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE collaborations_adoption ADD CONSTRAINT adoption_adapted_within_practice"
            " FOREIGN KEY (adapted_from_id, practice_id)"
            " REFERENCES collaborations_adoption (id, practice_id);",
            "ALTER TABLE collaborations_adoption DROP CONSTRAINT adoption_adapted_within_practice;",
        )
    ]
