"""The listing that a page is about: invisible is not found, what only others may is forbidden."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from stakeholders.models import Stakeholder


def editable_listing(request, pk):
    return _allowed(request, pk, Stakeholder.objects.editable_by(request.user))


def listing_in_care(request, pk):
    """One of the regions that the user is an officer of; who is a mere steward may not."""
    return _allowed(request, pk, Stakeholder.objects.in_care_of(request.user))


def _allowed(request, pk, allowed):
    visible = Stakeholder.objects.visible_to(request.user).select_related("region")
    listing = get_object_or_404(visible, pk=pk)
    if not allowed.contains(listing):
        raise PermissionDenied
    return listing
