from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.models.region import Region
from regions.models.texts import ProfileTexts


class ProfileDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.all() if user.has_perm("regions.view_profiledraft") else self.none()


@tracked()
class ProfileDraft(ProfileTexts):
    """The next version of a region's profile; the published one stays up while this waits."""

    region = models.OneToOneField(
        Region, models.CASCADE, related_name="profile_draft", verbose_name=_("region")
    )

    objects = ProfileDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile draft")
        verbose_name_plural = _("profile drafts")
        ordering = ["region"]
        permissions = [("publish_profiledraft", "Can publish profile drafts")]

    def __str__(self):
        return f"{self._meta.verbose_name} · {self.region}"

    def get_absolute_url(self):
        """The preview: the public page as it would be."""
        return reverse("regions:region_preview", args=[self.region.slug])

    def clean(self):
        """A cover, the draft's own or the one that stays, needs words for who cannot see it."""
        has_cover = self.cover or (self.region_id and self.region.cover)
        if has_cover and not self.cover_alt:
            raise ValidationError({"cover_alt": _("Say what the cover shows.")})

    @property
    def written(self):
        """What takes the published version's place; without a picture its picture stays."""
        kept = set() if self.cover else {"cover"} if self.cover_alt else {"cover", "cover_alt"}
        return [name for name in ProfileTexts.field_names() if name not in kept]

    def previewed(self):
        """Return the region as it would be published, unsaved."""
        for name in self.written:
            setattr(self.region, name, getattr(self, name))
        self.region.profile_status = Region.ProfileStatus.PUBLISHED
        return self.region

    @transaction.atomic
    def publish(self, user):
        """Put the draft in the place of the published version, which `user` confirms now."""
        region = self.previewed()
        region.profile_verified_at, region.profile_verified_by = timezone.now(), user
        confirmed = ["profile_status", "profile_verified_at", "profile_verified_by"]
        region.save(update_fields=[*self.written, *confirmed])
        self.delete()
