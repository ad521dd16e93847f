"""The one letter to whoever proposed something and left an address."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from collaborations.models import SuggestionAnswer
from letters.mail import is_delivered, letter


def send_answer(suggestion):
    """Tell what became of it, and forget the address: a crash in between repeats it once."""
    owed = SuggestionAnswer.objects.select_related(
        "suggestion__stakeholder", "suggestion__about", "suggestion__region"
    )
    found = owed.filter(pk=suggestion).first()
    if found is None:
        return
    proposal = found.suggestion
    with override(proposal.language):
        subject = _("Your proposal “%(name)s”") % {"name": proposal}
        mail = letter(
            "collaborations/mail/suggestion_answer",
            subject,
            {"suggestion": proposal, "listing": proposal.stakeholder or proposal.about},
            to=found.email,
        )
    is_delivered(mail, about=proposal)
    found.delete()
