"""What the job worker does for accounts; a job carries keys, never an address or a token."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from accounts import sending
from accounts.limits import forget_the_past
from accounts.models import EmailChange, Invitation
from letters.tasks import PATIENTLY, defer_once


@app.task(retry=PATIENTLY, priority=10)  # somebody is waiting for it
def send_password_reset(user, language):
    sending.send_password_reset(user, language)


@app.task(retry=PATIENTLY, priority=10)
def send_email_confirmation(user, language):
    sending.send_email_confirmation(user, language)


@app.task(retry=PATIENTLY)
def send_security_notice(user, what):
    sending.send_security_notice(user, what)


@app.task(retry=PATIENTLY, priority=10)
def send_invitation(invitation):
    sending.send_invitation(invitation)


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="queue_invitations")
def queue_invitations(timestamp):
    """What is owed stands in the table, so a job that got lost or failed is made anew here."""
    for invitation in Invitation.objects.owed().values_list("pk", flat=True):
        defer_once(send_invitation, invitation=invitation)


@app.periodic(cron="40 19 * * *")  # the small hours in Indonesia
@app.task(queueing_lock="forget_accounts")
def forget(timestamp):
    """Delete what nobody confirmed, invitations that ended long ago, and traces of sessions."""
    forget_the_past()
    EmailChange.objects.over().delete()
    Invitation.objects.over_for_long().delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    living = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=living).delete()
