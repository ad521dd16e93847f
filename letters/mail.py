"""Letters of the site. What goes wrong is told without the address: it ends up in logs."""

import logging
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

HOST = urlsplit(settings.SITE_URL).hostname


class NotDeliveredError(Exception):
    """The mail server could not be reached or did not take the mail; try again later."""


class AddressRefusedError(Exception):
    """The mail server says that this address will never work."""


def full_address(path):
    return settings.SITE_URL + path


def letter(template, subject, context, *, to, headers=None):
    """Compose a mail in the language in force, as text and as simple HTML.

    `template` names two files without their endings, as "collaborations/mail/digest" does.
    """
    subject = " ".join(subject.split())  # names may hold a line break, a header may not
    context = {"site": settings.SITE_URL, "subject": subject, **context}
    text, html = (
        render_to_string(f"{template}.{kind}", context).strip() + "\n" for kind in ("txt", "html")
    )
    headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    mail = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def deliver(mail):
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = max(code for code, _text in error.recipients.values())
        problem = AddressRefusedError if code >= 500 else NotDeliveredError
        raise problem(f"The mail server refused the address with {code}.") from None
    except (smtplib.SMTPException, OSError) as error:
        code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
        raise NotDeliveredError(
            f"The mail was not delivered: {type(error).__name__} {code}."
        ) from None


def is_delivered(mail, *, about):
    """Deliver a mail about a row; say whether the address took it, else it never will."""
    try:
        deliver(mail)
    except AddressRefusedError as problem:
        logger.warning("%s %s: %s", about._meta.label, about.pk, problem)
        return False
    return True
