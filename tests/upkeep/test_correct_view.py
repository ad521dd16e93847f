"""Correcting a listing by link: only public words, and past the review of its region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from history.models import Change
from stakeholders.models import ListingChange, Stakeholder
from tests import factories, hostile
from upkeep.models import SignedLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(listing_stale_for):
    listing = listing_stale_for(10, name="Batik Ayu", summary="Batik", website="https://ayu.id/")
    factories.OfferingFactory(stakeholder=listing)
    return listing


@pytest.fixture
def link(listing):
    return SignedLink.objects.make(listing, "reminder")


def page(link):
    return f"/konfirmasi/{link.token}/perbaiki/"


def words(**changes):
    return {"name": "Batik Ayu", "summary": "Batik", "website": "https://ayu.id/", **changes}


def test_it_shows_what_is_public(client, link):
    html = client.get(page(link)).content.decode()

    assert 'value="Batik Ayu"' in html
    assert "ayu@contoh.id" not in html
    assert 'name="base"' not in html
    assert SignedLink.objects.get().is_open


def test_it_is_public_at_once_and_confirms(client, link, listing):
    subsector = factories.SubsectorFactory()
    response = client.post(page(link), words(summary="Batik tulis", subsectors=[subsector.pk]))

    listing.refresh_from_db()
    assert response.url == f"/konfirmasi/{link.token}/"
    assert (listing.summary, listing.freshness) == ("Batik tulis", "fresh")
    assert (listing.verified_by, listing.verified_via) == (None, "link")
    assert list(listing.subsectors.all()) == [subsector]
    assert listing.offerings.count() == 1
    assert listing.contact_email == "ayu@contoh.id"
    assert SignedLink.objects.get().outcome == "changed"
    assert {change.metadata["via"] for change in Change.objects.all()} == {"link"}
    assert "sudah tampil" in client.get(response.url).content.decode()


@pytest.mark.parametrize("review", ["stewards", "all"])
def test_it_waits_where_the_region_says_so(client, link, listing, review):
    type(listing.region).objects.filter(pk=listing.region_id).update(review=review)

    client.post(page(link), words(summary="Batik tulis"))

    listing.refresh_from_db()
    assert (listing.summary, listing.freshness) == ("Batik", "stale")
    change = ListingChange.objects.get()
    assert (change.content["summary"], change.via, change.author) == ("Batik tulis", "link", None)
    html = client.get(f"/konfirmasi/{link.token}/").content.decode()
    assert "setelah ditinjau petugas daerah" in html


def test_nothing_changed_is_a_confirmation(client, link, listing):
    client.post(page(link), words())

    assert SignedLink.objects.get().outcome == "confirmed"
    assert Stakeholder.objects.get().freshness == "fresh"


def test_a_mistake_keeps_the_link_and_what_was_typed(client, link):
    response = client.post(page(link), words(name="", summary="Batik tulis"))

    assert response.status_code == 200
    assert "Batik tulis" in response.content.decode()
    assert SignedLink.objects.get().is_open


def test_no_other_field_is_taken(client, link, listing):
    """Whatever a forged form adds."""
    elsewhere = factories.RegionFactory()
    client.post(
        page(link),
        words(
            contact_email="pencuri@contoh.id",
            region=elsewhere.pk,
            rhythm_days=730,
            status="archived",
            base="x",
            **{"offerings-TOTAL_FORMS": 0, "offerings-INITIAL_FORMS": 0},
        ),
    )

    after = Stakeholder.objects.get()
    assert (after.contact_email, after.region, after.rhythm_days, after.status) == (
        "ayu@contoh.id",
        listing.region,
        180,
        "published",
    )
    assert after.offerings.count() == 1


def test_who_comes_too_late_keeps_their_words(client, link, listing):
    listing.confirm(None, via="link")

    response = client.post(page(link), words(summary="Batik <tulis>"))

    assert response.status_code == 410
    assert "Batik &lt;tulis&gt;" in response.content.decode()
    assert Stakeholder.objects.get().summary == "Batik"


@hostile.modestly
@given(value=st.sampled_from(hostile.VALUES) | st.text())
def test_whatever_somebody_types(client, listing, value):
    link = SignedLink.objects.make(listing, "reminder")
    data = dict.fromkeys(["summary", "description", "address", "social_links"], value)

    response = client.post(page(link), {"name": "Batik Ayu", **data})

    assert response.status_code in {200, 302}
    assert client.get(f"/mitra/{listing.slug}/").status_code == 200
