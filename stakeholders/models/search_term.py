"""What people's words stand for."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.functions import PlainText
from regions.models import Subsector
from stakeholders.models.lists import OrganizationType
from stakeholders.roles import Role


@tracked()
class SearchTerm(models.Model):
    """A word or phrase with its meaning; other names of places are kept with the places."""

    words = models.CharField(
        _("words"),
        max_length=80,
        help_text=_("As people type them: one word, or several that belong together."),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, blank=True)
    subsectors = models.ManyToManyField(
        Subsector, blank=True, related_name="+", verbose_name=_("subsectors")
    )
    organization_types = models.ManyToManyField(
        OrganizationType, blank=True, related_name="+", verbose_name=_("organisation types")
    )
    is_meant = models.BooleanField(
        _("stands for its meaning alone"),
        default=False,
        help_text=_("“kampus”: nobody needs to mention it, and who does comes no earlier."),
    )
    is_ordinary = models.BooleanField(
        _("ordinary word"),
        default=False,
        help_text=_(
            "Read as a place only after “di”, “kota” and the like, although a place is called so "
            "or spelled alike."
        ),
    )

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(
                PlainText("words"),
                name="search_term_once",
                violation_error_message=_("These words are in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", *Role.values]), name="search_term_role"
            ),
        ]

    def __str__(self):
        return self.words

    def clean(self):
        """Spaces at the ends or in a row would make another word of the same one."""
        self.words = " ".join(self.words.split())
        if not any(map(str.isalnum, self.words)):
            raise ValidationError({"words": _("A word has a letter or a digit.")})


@tracked()
class SearchTermSubsector(SearchTerm.subsectors.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True


@tracked()
class SearchTermType(SearchTerm.organization_types.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True
