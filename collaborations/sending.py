"""What the job worker sends; each function may be called again without harm."""

import logging

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from collaborations.digests import Digest
from collaborations.mail import HOST, AddressRefusedError, deliver, letter, unsubscribe_headers
from collaborations.models import SavedSearch, Subscriber
from collaborations.models.saved_search import MOST_CLAIMS

logger = logging.getLogger(__name__)


def send_confirmation(search):
    """Ask the owner of the address; who has confirmed before gets the way to change it."""
    search = SavedSearch.objects.select_related("subscriber").filter(pk=search).first()
    if search is None:  # deleted in the meantime
        return
    with override(search.language):
        subject = _("Your saved search") if search.is_confirmed else _("Please confirm your search")
        mail = letter("confirmation", subject, search.subscriber, {"search": search})
        try:
            deliver(mail)
        except AddressRefusedError as problem:
            logger.warning("Saved search %s: %s", search, problem)


def send_digest(subscriber):
    """Send one subscriber the news that are due; a crash repeats them once at most."""
    subscriber = Subscriber.objects.claim(subscriber)
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
    if digest.subscriber.claims > MOST_CLAIMS:
        logger.error("Subscriber %s: digest given up after crashes.", digest.subscriber)
        return
    with override(digest.language):
        if not digest.sections:
            return
        count = len({news.stakeholder for section in digest.sections for news in section.news})
        subject = ngettext("%(count)d partner for you", "%(count)d partners for you", count)
        mail = letter(
            "digest",
            subject % {"count": count},
            digest.subscriber,
            {"sections": digest.sections},
            **unsubscribe_headers(digest.subscriber),
            **{"Message-ID": f"<{digest.key}@{HOST}>"},
        )
        deliver(mail)
