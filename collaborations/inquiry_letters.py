"""Letters about messages to listings; each function may be called again without harm."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from collaborations.models import Inquiry
from collaborations.reach import Reached, ways_to
from letters.mail import HOST, full_address, is_delivered, letter


def send_inquiry(inquiry):
    """Bring a message to the first who can be reached; the mail server may refuse addresses."""
    waiting = Inquiry.objects.open().filter(pk=inquiry, sent_at=None, failed_at=None)
    inquiry = waiting.select_related("stakeholder__region", "sender_listing").first()
    if inquiry is None or inquiry.is_held:
        return
    for reached, addresses in ways_to(inquiry.stakeholder):
        taken = [_is_taken(inquiry, reached, address) for address in addresses]
        if any(taken):
            inquiry.note_sent(reached)
            return
    inquiry.note_failure()


def _is_taken(inquiry, reached, address):
    with override(settings.LANGUAGE_CODE):
        mail = _message(inquiry, reached, address)
    return is_delivered(mail, about=inquiry)


def _message(inquiry, reached, address):
    names = {"sender": inquiry.sender_name, "listing": inquiry.stakeholder}
    subject = _("%(sender)s writes to %(listing)s") % names
    is_officer = reached == Reached.OFFICERS
    link = inquiry.get_absolute_url() if is_officer else _answer_address(inquiry)
    context = {"inquiry": inquiry, "is_officer": is_officer, "link": full_address(link)}
    headers = {
        "Reply-To": inquiry.sender_email,
        "Message-ID": f"<inquiry-{inquiry.pk}-{inquiry.letter_number}@{HOST}>",
    }
    template = "collaborations/mail/inquiry"
    return letter(template, subject, context, to=address, headers=headers)


def _answer_address(inquiry):
    return reverse("collaborations:inquiry_answer", args=[inquiry.answer_token])


def send_news(inquiry, news):
    """Tell the sender how things stand, with the link to see and withdraw the message."""
    rows = Inquiry.objects.select_related("stakeholder__region")
    inquiry = rows.filter(pk=inquiry).first()
    if inquiry is None:  # withdrawn in the meantime
        return
    with override(inquiry.language):
        subject, words = WORDS[news](inquiry)
        link = reverse("collaborations:inquiry_state", args=[inquiry.state_token])
        context = {"inquiry": inquiry, "words": words, "news": news, "link": full_address(link)}
        template = "collaborations/mail/inquiry_news"
        mail = letter(template, subject, context, to=inquiry.sender_email)
    is_delivered(mail, about=inquiry)


def _receipt(inquiry):
    """Not a word of the message: somebody else may have typed this address."""
    name = {"listing": inquiry.stakeholder}
    subject = _("Your message to %(listing)s") % name
    if inquiry.held_for:
        return subject, _("We have your message. Our staff read it before it goes on.")
    return subject, _("We have your message and pass it on. An answer comes to this address.")


def _declined(inquiry):
    name = {"listing": inquiry.stakeholder}
    return (
        _("%(listing)s cannot take part") % name,
        _("%(listing)s has read your message, and says that it does not fit at the moment.") % name,
    )


def _answered(inquiry):
    names = {"listing": inquiry.stakeholder, "region": inquiry.stakeholder.region}
    return (
        _("An answer about %(listing)s") % names,
        _("The officer of %(region)s answers your message to %(listing)s:") % names,
    )


def _outcome(inquiry):
    name = {"listing": inquiry.stakeholder}
    return (
        _("What came of it? %(listing)s") % name,
        _("A month ago your message to %(listing)s was answered. Please tell us what came of it.")
        % name,
    )


WORDS = {
    "receipt": _receipt,
    "declined": _declined,
    "answered": _answered,
    "outcome": _outcome,
}
