from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The six roles of the Hexahelix, in the order the network names them."""

    ACADEMIA = "academia", _("Academia")
    BUSINESS = "business", _("Business")
    COMMUNITY = "community", _("Community")
    GOVERNMENT = "government", _("Government")
    MEDIA = "media", _("Media")
    AGGREGATOR = "aggregator", _("Aggregator")

    @classmethod
    def named(cls, word):
        """Return the roles called `word` in one of the languages of the site."""
        return [role for role in cls if word.lower() in role.words()]

    def words(self):
        labels = []
        for language in ("id", "en"):
            with translation.override(language):
                labels.append(str(self.label).lower())
        return labels
