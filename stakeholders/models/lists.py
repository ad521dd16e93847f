"""The lists of words that staff keep."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.models import BilingualName
from stakeholders.roles import Role


@tracked()
class OrganizationType(BilingualName):
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta(BilingualName.Meta):
        verbose_name = _("organisation type")
        verbose_name_plural = _("organisation types")
        constraints = [
            # Target of the foreign key that keeps a listing's role and type together.
            models.UniqueConstraint(fields=["id", "role"], name="organization_type_with_role"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="organization_type_role"
            ),
        ]


@tracked()
class OfferingCategory(BilingualName):
    class Meta(BilingualName.Meta):
        verbose_name = _("offering category")
        verbose_name_plural = _("offering categories")
