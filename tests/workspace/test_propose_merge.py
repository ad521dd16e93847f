"""/kelola/mitra/<pk>/gabungkan/: officers tell staff that two listings are the same."""

import pytest

from history.models import Action
from stakeholders.models import LikelyDuplicate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(officer):
    same = {"region": officer.region, "published": True}
    names = ("Batik Laras", "Batik Laras Malang")
    return [factories.StakeholderFactory(name=name, **same) for name in names]


def address(listing):
    return f"/kelola/mitra/{listing.pk}/gabungkan/"


def test_it_reaches_the_list_of_staff_even_if_it_was_dismissed(officer_client, officer, pair):
    one, other = pair
    found = LikelyDuplicate.objects.create(first=one, second=other, likeness=0.6, reason="name")
    found.dismiss(officer)

    response = officer_client.post(address(other), {"lain": one.pk})

    assert response.url == f"/kelola/mitra/{other.pk}/riwayat/"
    (proposed,) = LikelyDuplicate.objects.open()
    assert (proposed.first, proposed.second, proposed.reason) == (one, other, "proposed")
    assert Action.objects.get().action == "merge_proposed"


def test_only_similar_names_of_the_own_regions_are_offered(officer_client, pair):
    elsewhere = factories.StakeholderFactory(name="Batik Laras", published=True)
    page = officer_client.get(address(pair[0]))

    assert list(page.context["form"].fields["lain"].queryset) == [pair[1]]
    for wrong in (elsewhere.pk, pair[0].pk, "x", ""):
        officer_client.post(address(pair[0]), {"lain": wrong})
    assert not LikelyDuplicate.objects.exists()
    assert officer_client.get(address(elsewhere)).status_code == 403


def test_others_are_kept_out(client, pair):
    hidden = factories.StakeholderFactory()
    assert client.get(address(pair[0])).status_code == 302
    client.force_login(factories.OfficerAssignmentFactory().user)
    assert client.post(address(pair[0]), {"lain": pair[1].pk}).status_code == 403
    assert client.get(address(hidden)).status_code == 404
