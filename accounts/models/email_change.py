from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from letters.links import Links

CONFIRM_WITHIN = timedelta(days=1)
confirmations = Links("accounts.EmailChange", CONFIRM_WITHIN)


class EmailChangeQuerySet(models.QuerySet):
    def over(self):
        return self.filter(asked_at__lt=timezone.now() - CONFIRM_WITHIN)


class EmailChange(models.Model):
    """An address somebody wants to sign in with, once its owner has confirmed it. Not tracked."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="email_change", verbose_name=_("user")
    )
    email = models.EmailField(_("e-mail address"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_change_case"),
        ]

    def __str__(self):
        """Never the address: this may end up in logs."""
        return f"#{self.pk}"

    @property
    def token(self):
        return confirmations.token_for([self.user_id, self.email])

    @classmethod
    def in_token(cls, token):
        """Return the wish that a link of ours asks to confirm, or None; a newer wish ends it."""
        user, email = confirmations.value_in(token) or (None, None)
        return cls.objects.select_related("user").filter(user=user, email=email).first()

    @property
    def is_taken(self):
        """Whether the address has come to belong to somebody else."""
        others = User.objects.exclude(pk=self.user_id)
        return others.filter(email__iexact=self.email).exists()

    @transaction.atomic
    def confirm(self):
        """Sign in with the new address from now on, unless it has been taken meanwhile."""
        user = User.objects.select_for_update().get(pk=self.user_id)
        taken = self.is_taken
        if not taken:
            user.email = self.email
            user.save(update_fields=["email"])
        EmailChange.objects.filter(pk=self.pk).delete()
        return not taken
