"""Officers who find the same organisation twice tell network staff, who merge."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts.access import officers_only
from history.actions import note
from regions.requests import read_or_post
from stakeholders.models import LikelyDuplicate, Stakeholder
from workspace.finding import listing_in_care


class ProposeMergeForm(forms.Form):
    """Which other listing of the own regions is the same; those of a similar name first."""

    lain = forms.ModelChoiceField(
        label=_("The other listing"), queryset=Stakeholder.objects.none(), empty_label=None
    )

    def __init__(self, *args, listing, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Stakeholder.objects.in_care_of(user).filter(merged_into=None)
        alike = mine.exclude(pk=listing.pk).named_like(listing.name)
        self.fields["lain"].queryset = alike.only("name")


@read_or_post
@officers_only
def propose_merge(request, pk):
    listing = listing_in_care(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ProposeMergeForm(data, listing=listing, user=request.user)
    if form.is_valid():
        LikelyDuplicate.objects.propose(listing, form.cleaned_data["lain"])
        note(action="merge_proposed", user=request.user, subject=listing)
        messages.success(request, _("Thank you. Network staff will look at both and merge them."))
        return redirect("workspace:listing_history", listing.pk)
    return render(request, "workspace/propose_merge.html", {"listing": listing, "form": form})
