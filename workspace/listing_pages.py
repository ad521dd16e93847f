"""The page on which a listing is written, with all that may stand around its form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from history.keys import is_key
from stakeholders import actions
from stakeholders.forms import ListingForm
from stakeholders.models import ListingDraft
from stakeholders.wording import label_of, labels_of, say
from workspace.undo_messages import say_with_undo

MOST_DRAFTS = 20


class EditPage:
    """`key` is that of the draft of a new listing; `listing` is one that exists."""

    def __init__(self, request, listing=None, key=None):
        self.request, self.user = request, request.user
        self.listing, self.key = listing, key

    @property
    def visible_drafts(self):
        drafts = ListingDraft.objects.visible_to(self.user).filter(stakeholder=self.listing)
        return drafts.select_related("author", "region")

    @cached_property
    def own_draft(self):
        own = {"author": self.user} if self.listing else {"key": self.key}
        return self.visible_drafts.filter(**own).first()

    @property
    def other_drafts(self):
        """The newest; staff see those of all regions."""
        return [each for each in self.visible_drafts[:MOST_DRAFTS] if each != self.own_draft]

    @cached_property
    def change(self):
        """Somebody's change to be looked at, or one's own that waits or was sent back."""
        if self.listing is None:
            return None
        changes = self.listing.changes.select_related("author", "sent_back_by")
        source = self.request.POST if self.request.method == "POST" else self.request.GET
        if pk := source.get("perubahan", ""):
            decidable = changes.decidable_by(self.user).exclude(content={})
            return get_object_or_404(decidable, pk=pk if is_key(pk) else 0)
        return changes.filter(author=self.user).first()

    @property
    def reviewed(self):
        """A change of somebody else that is edited in order to approve it."""
        return self.change if self.change and self.change.author_id != self.user.pk else None

    def shown_form(self):
        options = {"user": self.user, "instance": self.listing}
        if self.reviewed is None and self.own_draft:
            draft = self.own_draft
            return ListingForm(**options, typed=draft.data, base=draft.base)
        if self.change and self.change.content:
            return ListingForm(**options, content=self.change.content, base=self.change.base)
        return ListingForm(**options)

    def show(self, form=None, **context):
        form = form or self.shown_form()
        context |= {"page": self, "form": form, "listing": self.listing, "change": self.change}
        return render(self.request, "workspace/listing_form.html", context)

    @cached_property
    def other_change_count(self):
        if self.listing is None:
            return 0
        return self.listing.changes.decidable_by(self.user).exclude(content={}).count()

    def answer(self, form):
        """Do what the button says that was pressed."""
        acts = {"baris": self.add_row, "draf": self.keep_draft, "pratinjau": self.preview}
        return acts.get(self.request.POST.get("aksi"), self.save)(form)

    def add_row(self, form):
        """One more empty row, where no script adds it."""
        typed = form.typed()
        typed["offerings"].append({})
        return self.show(self._as_typed(form, typed))

    def _as_typed(self, form, typed):
        base = form.began_from
        return ListingForm(user=self.user, instance=self.listing, typed=typed, base=base)

    def keep_draft(self, form):
        self._keep(form)
        messages.success(
            self.request, _("Your draft is saved. Nobody but your colleagues sees it.")
        )
        return redirect(self.address)

    def _keep(self, form):
        return actions.keep_draft(form=form, user=self.user, key=self.key)

    @property
    def address(self):
        if self.listing:
            return reverse("workspace:listing", args=[self.listing.pk])
        return f"{reverse('workspace:listing_create')}?draf={self.key}"

    def preview(self, form):
        draft = self._keep(form)
        if self.listing:
            return redirect("workspace:listing_preview", self.listing.pk)
        return redirect("workspace:draft_preview", draft.key)

    def save(self, form):
        if not form.is_settled:
            return self.show(form)
        try:
            outcome = actions.save_listing(form=form, user=self.user, change=self.reviewed)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form)
        if outcome.conflicts:
            return self.show_conflicts(outcome)
        if self.listing is None:
            ListingDraft.objects.filter(key=self.key, author=self.user).delete()
        self.say_what_became(outcome)
        return HttpResponseRedirect(reverse("workspace:listing", args=[outcome.listing.pk]))

    def show_conflicts(self, outcome):
        """Begin from the other version now; what both changed stands side by side."""
        form = ListingForm(
            user=self.user,
            instance=self.listing,
            content=outcome.merged.content,
            base=outcome.theirs,
        )
        conflicts = [in_words(each) for each in outcome.conflicts]
        return self.show(form, conflicts=conflicts, taken=labels_of(outcome.merged.taken))

    def say_what_became(self, outcome):
        request, listing = self.request, outcome.listing
        taken = outcome.merged.taken if outcome.merged else []
        if outcome.change:
            messages.success(request, _("Saved: it waits until somebody else has looked at it."))
        elif listing.is_published:
            messages.success(request, _("Saved: what you changed is public."))
        elif listing.status == listing.Status.ARCHIVED:
            messages.success(request, _("Saved. It is archived: restore it to show it."))
        elif request.POST.get("aksi") != "terbitkan":  # else the next words say more
            messages.success(request, _("Saved. It is not public yet."))
        if taken:
            text = _("Somebody else has changed this meanwhile, and that is kept: %(fields)s.")
            messages.info(request, text % {"fields": labels_of(taken)})
        self.and_then(outcome)

    def and_then(self, outcome):
        """The buttons that save and do one thing more."""
        acts = {"konfirmasi": self.confirm, "terbitkan": self.publish}
        if then := acts.get(self.request.POST.get("aksi")):
            try:
                then(outcome)
            except ValidationError as error:
                messages.error(self.request, error.message)

    def confirm(self, outcome):
        if outcome.change:
            words = _("It is not confirmed: the public still reads what you have corrected.")
            messages.info(self.request, words)
            return
        actions.confirm_listing(stakeholder=outcome.listing, user=self.user)
        messages.success(self.request, _("Confirmed: still true. Thank you."))

    def publish(self, outcome):
        if self.listing is None:  # who has just written it all says that it is true
            actions.confirm_listing(stakeholder=outcome.listing, user=self.user)
        public = actions.publish_listing(stakeholder=outcome.listing, user=self.user)
        say_published(self.request, public)


def say_published(request, is_public):
    if is_public:
        say_with_undo(request, _("It is public now."))
    else:
        messages.success(request, _("It is public as soon as somebody else has looked at it."))


def in_words(conflict):
    return {
        "key": conflict.key,
        "label": label_of(conflict.key, conflict.mine or conflict.theirs or conflict.former),
        "former": say(conflict.key, conflict.former),
        "theirs": say(conflict.key, conflict.theirs),
        "mine": say(conflict.key, conflict.mine),
    }
