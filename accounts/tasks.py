"""What the job worker does for accounts; a job carries keys, never an address or a token."""

from procrastinate.contrib.django import app

from accounts import sending
from accounts.models import EmailChange
from letters.tasks import PATIENTLY


@app.task(retry=PATIENTLY, priority=10)  # somebody is waiting for it
def send_password_reset(user, language):
    sending.send_password_reset(user, language)


@app.task(retry=PATIENTLY, priority=10)
def send_email_confirmation(user, language):
    sending.send_email_confirmation(user, language)


@app.task(retry=PATIENTLY)
def send_security_notice(user, what):
    sending.send_security_notice(user, what)


@app.periodic(cron="40 19 * * *")  # the small hours in Indonesia
@app.task(queueing_lock="forget_accounts")
def forget(timestamp):
    """Delete what was asked for and not confirmed."""
    EmailChange.objects.over().delete()
