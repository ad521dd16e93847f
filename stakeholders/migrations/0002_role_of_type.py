from django.db import migrations


class Migration(migrations.Migration):
    """A listing's role is always the role of its organisation type."""

    dependencies = [("stakeholders", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE stakeholders_stakeholder ADD CONSTRAINT stakeholder_role_of_type"
            " FOREIGN KEY (organization_type_id, role)"
            " REFERENCES stakeholders_organizationtype (id, role)"
            # Like Django's own: one change may move a type and its listings together.
            " DEFERRABLE INITIALLY DEFERRED;",
            "ALTER TABLE stakeholders_stakeholder DROP CONSTRAINT stakeholder_role_of_type;",
        )
    ]
