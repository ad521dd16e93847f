from django.db import models
from django.utils.translation import gettext_lazy as _

from images.fields import PictureField
from images.pictures import COVER


class ProfileTexts(models.Model):
    """What people write about a region; the same in the published version and in the draft."""

    tagline = models.CharField(_("tagline"), max_length=140, blank=True)
    story = models.TextField(_("story"), max_length=4000, blank=True)
    identity = models.TextField(_("identity"), max_length=1200, blank=True)
    liveability = models.TextField(_("liveability"), max_length=1200, blank=True)
    participation = models.TextField(_("participation"), max_length=1200, blank=True)
    cover = PictureField(_("cover"), shape=COVER, upload_to="regions/covers/", blank=True)
    cover_alt = models.CharField(
        _("what the cover shows"),
        max_length=200,
        blank=True,
        help_text=_(
            "Read aloud to people who cannot see the picture. Say in one sentence what there is to"
            " see, not that it is a picture: “Women wax batik in a riverside workshop.”"
        ),
    )
    website = models.URLField(_("website"), blank=True)

    class Meta:
        abstract = True

    @property
    def has_text(self):
        """Without any there is no profile to publish; a picture alone is none."""
        return any([self.tagline, self.story, self.identity, self.liveability, self.participation])

    @classmethod
    def field_names(cls):
        return [field.name for field in ProfileTexts._meta.local_fields]
