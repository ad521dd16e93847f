"""What the job worker sends; each function may be called again without harm."""

import logging

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from collaborations.digests import Digest
from collaborations.models import SavedSearch, Subscriber
from letters.mail import HOST, AddressRefusedError, deliver, full_address, is_delivered, letter

logger = logging.getLogger(__name__)


def send_confirmation(search):
    """Ask the owner of the address; who has confirmed before gets the way to change it."""
    search = SavedSearch.objects.select_related("subscriber").filter(pk=search).first()
    if search is None:  # deleted in the meantime
        return
    with override(search.language):
        subject = _("Your saved search") if search.is_confirmed else _("Please confirm your search")
        mail = _letter("confirmation", subject, search.subscriber, {"search": search})
    is_delivered(mail, about=search)


def send_digest(subscriber):
    """Send one subscriber the news that are due; a crash repeats them once at most."""
    subscriber = Subscriber.objects.due().claim(subscriber)
    if subscriber is None:  # nothing due any more, or another process is at it
        return
    try:
        digest = Digest(subscriber)
        _deliver(digest)
    except AddressRefusedError as problem:
        logger.warning("Subscriber %s: %s", subscriber, problem)
        subscriber.note_refusal(digest)
    except Exception:
        subscriber.release()
        raise
    else:
        subscriber.note_sent(digest)


def _deliver(digest):
    if digest.subscriber.has_crashed_often:
        logger.error("Subscriber %s: digest given up after crashes.", digest.subscriber)
        return
    with override(digest.language):
        if not digest.sections:
            return
        count = len({news.stakeholder for section in digest.sections for news in section.news})
        subject = ngettext("%(count)d partner for you", "%(count)d partners for you", count)
        headers = unsubscribe_headers(digest.subscriber)
        headers["Message-ID"] = f"<{digest.key}@{HOST}>"
        context = {"sections": digest.sections}
        deliver(_letter("digest", subject % {"count": count}, digest.subscriber, context, headers))


def _letter(template, subject, subscriber, context, headers=None):
    context = {"subscriber": subscriber, **context}
    return letter(
        f"collaborations/mail/{template}", subject, context, to=subscriber.email, headers=headers
    )


def unsubscribe_headers(subscriber):
    """One click in the mail program stops everything (RFC 8058)."""
    stop = full_address(reverse("collaborations:subscription_stop", args=[subscriber.token]))
    return {
        "List-Id": f"<langganan.{HOST}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
