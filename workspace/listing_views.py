"""Writing listings: create, edit, look at, publish, archive and the like."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.access import officers_only, workers_only
from history.keys import is_key
from regions.requests import read_or_post, way_back
from stakeholders import actions
from stakeholders.content import content_of, laid_over
from stakeholders.forms import ListingForm
from stakeholders.models import ListingDraft, Stakeholder
from workspace.finding import editable_listing, listing_in_care
from workspace.listing_forms import AlikeForm, BeginForm, MoveForm
from workspace.listing_pages import EditPage, say_published
from workspace.undo_messages import say_with_undo

# What leads to one listing alone, and so is not copied to another.
OWN = {"point": None, "aliases": [], "social_links": []} | dict.fromkeys(
    ["address", "website", "public_email", "public_phone", "contact_email", "logo", "photo"], ""
)


def new_drafts(user):
    return ListingDraft.objects.visible_to(user).filter(stakeholder=None)


@read_or_post
@officers_only
@sensitive_post_parameters("contact_email")
def listing_create(request):
    """A new listing; a draft of one goes on at ?draf=, another is its pattern at ?dari=.

    Whoever comes from a gap of a region begins with its ?wilayah=, ?peran= and ?subsektor=.
    """
    page = EditPage(request, key=draft_key(request))
    if request.method == "POST":
        return page.answer(ListingForm(request.POST, request.FILES, user=request.user))
    if "draf" in request.GET and page.own_draft is None:
        raise Http404
    if "dari" in request.GET:
        return page.show(like(request))
    return page.show(None if page.own_draft else begun(request))


def begun(request):
    begin = BeginForm(request.GET, user=request.user)
    form = ListingForm(user=request.user, content=begin.content)
    form.offer_first(begin.roles)
    return form


def draft_key(request):
    text = request.POST.get("kunci") or request.GET.get("draf")
    try:
        return str(UUID(text)) if text else str(uuid4())
    except ValueError:
        raise Http404 from None


def like(request):
    """The form with what another listing has in common with the new one."""
    pk = request.GET["dari"]
    listing = editable_listing(request, pk if is_key(pk) else 0)
    content = content_of(listing)
    rows = enumerate(content["offerings"].values())
    copied = content | OWN | {"offerings": {f"new-{number}": row for number, row in rows}}
    return ListingForm(user=request.user, content=copied)


@read_or_post
@workers_only
@sensitive_post_parameters("contact_email")
def listing_edit(request, pk):
    listing = editable_listing(request, pk)
    page = EditPage(request, listing)
    if request.method != "POST":
        return page.show()
    form = ListingForm(request.POST, request.FILES, user=request.user, instance=listing)
    return page.answer(form)


@require_POST
@workers_only
@sensitive_post_parameters("contact_email")
def listing_draft(request, pk=None):
    """What a script sends every few seconds: kept, and said when."""
    listing = editable_listing(request, pk) if pk else None
    if listing is None and not request.user.is_officer:
        raise PermissionDenied
    form = ListingForm(request.POST, request.FILES, user=request.user, instance=listing)
    form.is_valid()
    key = None if listing else draft_key(request)
    actions.keep_draft(form=form, user=request.user, key=key)
    return JsonResponse({"said": _("Draft saved"), "pictures": form.pictures_for_script()})


@require_POST
@workers_only
def draft_discard(request, key):
    draft = get_object_or_404(ListingDraft.objects.visible_to(request.user), key=key)
    draft.delete()
    messages.success(request, _("The draft is discarded."))
    return redirect(place_of(draft))


@require_POST
@workers_only
def draft_continue(request, key):
    """Go on with what somebody else began."""
    draft = get_object_or_404(ListingDraft.objects.visible_to(request.user), key=key)
    try:
        actions.take_over_draft(draft=draft, user=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    is_new = draft.stakeholder_id is None
    return redirect(f"{place_of(draft)}?draf={draft.key}" if is_new else place_of(draft))


def place_of(draft):
    if draft.stakeholder_id:
        return reverse("workspace:listing", args=[draft.stakeholder_id])
    return reverse("workspace:listing_create")


@require_safe
@workers_only
def listing_preview(request, pk):
    """The public page with one's own draft, or with a change that waits, laid over it."""
    listing = editable_listing(request, pk)
    page = EditPage(request, listing)
    return preview(request, listing, page.shown_form(), page.address)


@require_safe
@officers_only
def draft_preview(request, key):
    get_object_or_404(new_drafts(request.user), key=key)
    page = EditPage(request, key=str(key))
    return preview(request, Stakeholder(), page.shown_form(), page.address)


def preview(request, listing, form, back):
    content = form.shown_content()
    if not (content["organization_type"] and content["region"]):
        messages.warning(request, _("Choose the kind of organisation and the region first."))
        return redirect(back)
    try:
        actions.refuse_gone(content)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(back)
    context = {"stakeholder": laid_over(listing, content), "preview": back}
    return render(request, "stakeholders/stakeholder_detail.html", context)


def act(request, pk, action, said):
    """Do one thing to a listing, say so with the button that takes it back, and go on."""
    listing = editable_listing(request, pk)
    try:
        result = action(stakeholder=listing, user=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        said(result)
    return redirect(way_back(request, reverse("workspace:listing", args=[pk])))


@require_POST
@workers_only
def listing_confirm(request, pk):
    words = _("Confirmed: still true. Thank you.")
    return act(request, pk, actions.confirm_listing, lambda _row: say_with_undo(request, words))


@require_POST
@workers_only
def listing_publish(request, pk):
    return act(request, pk, actions.publish_listing, lambda done: say_published(request, done))


@require_POST
@workers_only
def listing_archive(request, pk):
    words = _("Archived: the public sees it no longer, and it can be restored.")
    return act(request, pk, actions.archive_listing, lambda _row: say_with_undo(request, words))


@require_POST
@workers_only
def listing_restore(request, pk):
    words = _("Restored. Please check whether all of it is still true.")
    return act(request, pk, actions.restore_listing, lambda _row: say_with_undo(request, words))


@require_safe
@officers_only
def listing_duplicate(request, pk):
    listing = editable_listing(request, pk)
    return redirect(f"{reverse('workspace:listing_create')}?dari={listing.pk}")


@read_or_post
@officers_only
def listing_move(request, pk):
    listing = listing_in_care(request, pk)
    form = MoveForm(request.POST or None, listing=listing, user=request.user)
    if form.is_valid():
        return moved(request, listing, form.cleaned_data["region"])
    return render(request, "workspace/listing_move.html", {"listing": listing, "form": form})


def moved(request, listing, region):
    try:
        outcome = actions.move_listing(stakeholder=listing, region=region, user=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        words = _("It waits for review.") if outcome.change else _("It belongs to %(region)s now.")
        say_with_undo(request, words % {"region": region})
    return redirect("workspace:listing", listing.pk)


@require_safe
@workers_only
def alike(request):
    """A fragment: listings that may be the same as what is being typed."""
    form = AlikeForm(request.GET, user=request.user)
    return render(request, "workspace/_alike.html", {"alike": form.alike})
