"""Invitations to look after a region or a province. Private data: no history, and purged."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from letters.links import Links
from regions.models import Province, Region

VALID_FOR = timedelta(days=14)
KEEP = timedelta(days=90)  # after the end, to answer questions
MOST_SENT = 5  # mails of one invitation
PAUSE = timedelta(minutes=10)  # between two of them: the same again is a double click

links = Links("accounts.Invitation")


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor withdrawn; they may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def valid(self):
        return self.open().filter(expires_at__gt=timezone.now())

    def owed(self):
        """Those whose mail is still to be sent; the job may have got lost."""
        unsent = Q(sent_at=None) | Q(sent_at__lt=F("asked_at"))
        return self.valid().filter(unsent, refused_at=None)

    def manageable_by(self, user):
        """Those to the scope of this user today, whoever sent them: an inviter may have left."""
        return self.filter(
            Q(region__in=user.invitable_regions()) | Q(province__in=user.invitable_provinces())
        )

    def for_list(self):
        return self.select_related("region", "province", "inviter")

    def over_for_long(self):
        then = timezone.now() - KEEP
        return self.filter(
            Q(accepted_at__lt=then) | Q(withdrawn_at__lt=then) | Q(expires_at__lt=then)
        )


class Invitation(models.Model):
    """Whoever reads the mail may make an account, or use the own one, and look after the scope."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("province"),
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    language = models.CharField(
        _("language of mails"), max_length=5, choices=settings.LANGUAGES, default="id"
    )
    inviter = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="invitations",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("invited at"), default=timezone.now, editable=False)
    asked_at = models.DateTimeField(_("mail asked for at"), default=timezone.now, editable=False)
    asked_times = models.PositiveSmallIntegerField(_("mails"), default=1, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    refused_at = models.DateTimeField(_("refused at"), null=True, editable=False)
    expires_at = models.DateTimeField(_("expires at"), editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_case"),
            models.CheckConstraint(
                condition=Q(region__isnull=False, province__isnull=True)
                | Q(region__isnull=True, province__isnull=False),
                name="invitation_to_region_or_province",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="invitation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_ends_once"
            ),
            models.UniqueConstraint(
                fields=["email", "region", "province"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                nulls_distinct=False,
                name="invitation_open_once",
            ),
        ]

    def __str__(self):
        """Never the name or the address: this ends up in logs and in the admin's own history."""
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.expires_at = self.expires_at or timezone.now() + VALID_FOR
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("invitation", args=[self.token])

    @property
    def token(self):
        return links.token_for(self.pk)

    @classmethod
    def in_token(cls, token):
        """Return the invitation that a link of ours leads to, or None."""
        return cls.objects.for_list().filter(pk=links.value_in(token)).first()

    @property
    def scope(self):
        return self.region or self.province

    @property
    def is_open(self):
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def is_expired(self):
        return self.is_open and self.expires_at <= timezone.now()

    @property
    def is_valid(self):
        return self.is_open and not self.is_expired

    @property
    def may_be_sent_again(self):
        rested = timezone.now() - self.asked_at >= PAUSE
        return self.is_open and self.asked_times < MOST_SENT and (rested or self.is_expired)

    @property
    def account(self):
        """The account that the address has already, or None."""
        return User.objects.filter(email__iexact=self.email).first()

    def ask_again(self):
        self.asked_at = timezone.now()
        self.expires_at = self.asked_at + VALID_FOR
        self.asked_times += 1
        self.refused_at = None
        self.save(update_fields=["asked_at", "expires_at", "asked_times", "refused_at"])

    def withdraw(self):
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
