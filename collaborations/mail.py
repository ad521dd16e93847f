"""Letters of the site. What goes wrong is told without the address: it ends up in logs."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

HOST = urlsplit(settings.SITE_URL).hostname


class NotDeliveredError(Exception):
    """The mail server could not be reached or did not take the mail; try again later."""


class AddressRefusedError(Exception):
    """The mail server says that this address will never work."""


def full_address(path):
    return settings.SITE_URL + path


def letter(template, subject, subscriber, context, **headers):
    """Compose a mail in the language in force, as text and as simple HTML."""
    context = {"site": settings.SITE_URL, "subject": subject, "subscriber": subscriber, **context}
    text, html = (
        render_to_string(f"collaborations/mail/{template}.{kind}", context).strip() + "\n"
        for kind in ("txt", "html")
    )
    mail = EmailMultiAlternatives(
        subject,
        text,
        to=[subscriber.email],
        headers={"Auto-Submitted": "auto-generated", **headers},
    )
    mail.attach_alternative(html, "text/html")
    return mail


def unsubscribe_headers(subscriber):
    """One click in the mail program stops everything (RFC 8058)."""
    stop = full_address(reverse("collaborations:subscription_stop", args=[subscriber.token]))
    return {
        "List-Id": f"<langganan.{HOST}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


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
