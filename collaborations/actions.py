from django.db import transaction
from django.utils import timezone

from collaborations import tasks
from collaborations.models import Subscriber
from collaborations.models.saved_search import JUST_NOW
from stakeholders.models import OrganizationType, Stakeholder

COPIED = ["name", "role", "region", "website", "summary"]


@transaction.atomic
def ask_to_confirm(*, email, query, rhythm, language):
    """Keep the wish, and have a mail sent that only the owner of the address can answer."""
    now = timezone.now()
    subscriber, _created = Subscriber.objects.select_for_update().get_or_create(email=email)
    wish = {"rhythm": rhythm, "language": language, "asked_at": now}
    search, is_new = subscriber.searches.get_or_create(query=query, defaults=wish)
    is_double_click = not is_new and search.asked_at > now - JUST_NOW
    if is_double_click or not subscriber.may_be_asked():
        return
    if search.is_confirmed:  # only the owner changes it, with the link in the mail
        wish = {"asked_at": now}
    subscriber.searches.filter(pk=search.pk).update(**wish)
    tasks.send_confirmation.defer(search=search.pk)


@transaction.atomic
def accept_suggestion(*, suggestion, user):
    """Make a draft of it, and return that; None where its role has no organisation type yet.

    A listing needs a type and a visitor names none: the first one stands until staff choose.
    """
    first_type = OrganizationType.objects.filter(role=suggestion.role).first()
    if first_type is None:
        return None
    draft = Stakeholder.objects.create(
        slug=Stakeholder.objects.free_slug(suggestion.name),
        organization_type=first_type,
        **{name: getattr(suggestion, name) for name in COPIED},
    )
    draft.subsectors.set(suggestion.subsectors.all())
    suggestion.accept(user, draft)
    return draft
