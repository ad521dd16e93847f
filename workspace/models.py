from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region

# Whoever comes back within the hour is still on the same visit, and sees the same news.
NOTE = """
INSERT INTO workspace_visit AS visit (user_id, region_id, first_at, seen_at, news_since)
VALUES (%s, %s, now(), now(), NULL)
ON CONFLICT (user_id, region_id) DO UPDATE SET
    news_since = CASE WHEN visit.seen_at < now() - interval '1 hour' THEN visit.seen_at
        ELSE visit.news_since END,
    seen_at = now()
RETURNING id, first_at, seen_at, news_since
"""


class VisitQuerySet(models.QuerySet):
    def note(self, user, region):
        """Note that the user looks at a region of the workspace, in one statement."""
        [visit] = self.raw(NOTE, [user.pk, region.pk])
        return visit


class Visit(models.Model):
    """When a user last looked after a region. No history: when people work is their affair."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits", verbose_name=_("user")
    )
    region = models.ForeignKey(
        Region, models.CASCADE, related_name="visits", verbose_name=_("region")
    )
    first_at = models.DateTimeField(_("first visit"))
    seen_at = models.DateTimeField(_("last seen"))
    news_since = models.DateTimeField(
        _("end of the visit before"), null=True, help_text=_("What changed since is news.")
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["user", "region"], name="visit_once_a_region"),
            models.CheckConstraint(
                condition=models.Q(seen_at__gte=models.F("first_at")), name="visit_seen_after_first"
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.region}"
