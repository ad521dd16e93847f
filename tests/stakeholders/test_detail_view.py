import re
from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.models import Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/mitra/batik-laras/"
HIDDEN = ["draft", "pending", "archived"]
SECRET = "pemilik-rahasia@example.id"


@pytest.fixture
def region():
    return factories.RegionFactory()


@pytest.fixture
def make(region):
    """Make the listing of this page, with its status and whatever else matters."""

    def make(status="published", **values):
        return factories.StakeholderFactory(
            **{"slug": "batik-laras", "region": region, "name": "Batik Laras"},
            **{"status": status, "published_at": timezone.now(), "contact_email": SECRET},
            **values,
        )

    return make


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, make, region, row_count):
    listing = make(subsectors=factories.SubsectorFactory.create_batch(row_count))
    factories.OfferingFactory.create_batch(row_count, stakeholder=listing)
    for neighbour in factories.StakeholderFactory.create_batch(
        row_count, region=region, role="media", published=True
    ):
        factories.OfferingFactory(stakeholder=neighbour)

    # Successor, listing with subsectors and offerings; others with offerings.
    with django_assert_num_queries(5):
        response = client.get(URL)

    assert len(response.context["complements"]) == row_count


def test_it_tells_all_that_is_public(client, make):
    craft = factories.SubsectorFactory(slug="kriya", name_en="Craft")
    listing = make(
        summary="Batik of natural dyes",
        description="First line.\n\nSecond <b>line</b>.",
        website="https://laras.example.id/",
        social_links=["https://social.example/laras"],
        public_email="halo@laras.example.id",
        public_phone="0285 123 456",
        address="Jalan Batik 1",
        source="Dinas",
        source_url="https://dinas.example.id/daftar",
        subsectors=[craft],
    )
    factories.OfferingFactory(
        stakeholder=listing,
        direction="offer",
        category__name_en="Training",
        description="Every Saturday",
        valid_until="2030-12-31",
    )

    html = " ".join(client.get("/en" + URL).content.decode().split())

    for words in (
        "<h1>Batik Laras</h1>",
        '<p class="lede">Batik of natural dyes</p>',
        "<p>First line.</p> <p>Second &lt;b&gt;line&lt;/b&gt;.</p>",
        '<a href="https://laras.example.id/" rel="noopener external">',
        '<a href="https://social.example/laras" rel="noopener external">',
        '<a href="mailto:halo@laras.example.id">',
        '<a href="tel:0285123456">0285 123 456</a>',
        "Jalan Batik 1",
        '<a href="https://dinas.example.id/daftar" rel="noopener external">Dinas</a>',
        '<a class="chip" href="/en/subsektor/kriya/">Craft</a>',
        "<b>Training</b> <span>Every Saturday</span>",
        "until 31 December 2030",
    ):
        assert words in html


def test_a_bare_listing_stands(client, make, region):
    make()

    html = client.get("/en" + URL).content.decode()

    assert "This listing says no more about itself yet." in html
    assert "Nobody responsible has confirmed this yet." in html
    assert "Taken from a public source" not in html
    assert f'partners in <a href="/en/wilayah/{region.slug}/">{region.name}</a>.' in html


def test_what_has_ended_stands_last_and_says_so(client, make):
    listing, today = make(), timezone.localdate()
    for name, day in [("Training", today - timedelta(days=1)), ("Space", today), ("Funds", None)]:
        factories.OfferingFactory(
            stakeholder=listing, direction="offer", category__name_en=name, valid_until=day
        )

    html = " ".join(client.get("/en" + URL).content.decode().split())

    assert re.findall(r"<li><b>(\w+)</b>", html) == ["Space", "Funds"]
    assert re.findall(r'<li class="quiet"><span>(\w+)</span> <span class="small">(\w+)', html) == [
        ("Training", "ended")
    ]


@pytest.mark.parametrize("status", HIDDEN)
class TestHidden:
    def test_404_for_a_visitor(self, client, make, status):
        make(status)

        assert client.get(URL).status_code == 404

    def test_404_for_an_officer_elsewhere(self, client, make, status):
        make(status)
        client.force_login(factories.OfficerAssignmentFactory().user)

        assert client.get(URL).status_code == 404

    def test_404_for_a_former_officer(self, client, make, region, status):
        make(status)
        yesterday = timezone.localdate() - timedelta(days=1)
        former = factories.OfficerAssignmentFactory(
            region=region, starts_on="2020-01-01", ends_on=yesterday
        )
        client.force_login(former.user)

        assert client.get(URL).status_code == 404

    def test_an_officer_of_the_region_reads_it_with_a_notice(self, client, make, region, status):
        make(status)
        client.force_login(factories.OfficerAssignmentFactory(region=region).user)

        response = client.get("/en" + URL)

        assert response.status_code == 200
        assert "Only you and the network staff see this listing" in response.content.decode()

    def test_an_officer_of_the_province_too(self, client, make, region, status):
        make(status)
        assignment = factories.OfficerAssignmentFactory(region=None, province=region.province)
        client.force_login(assignment.user)

        assert client.get(URL).status_code == 200

    def test_staff_too(self, client, make, staff, status):
        make(status)
        client.force_login(staff)

        assert client.get(URL).status_code == 200


def test_a_published_listing_carries_no_such_notice(client, make, staff):
    make()
    client.force_login(staff)

    assert "Only you and" not in client.get("/en" + URL).content.decode()


class TestMerged:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_it_leads_to_its_successor_for_ever(self, client, make, prefix):
        successor = factories.StakeholderFactory(slug="laras-baru", published=True)
        make("archived", merged_into=successor)

        response = client.get(prefix + URL)

        assert response.status_code == 301
        assert response["Location"] == f"{prefix}/mitra/laras-baru/"

    @pytest.mark.parametrize("status", HIDDEN)
    def test_404_while_the_successor_is_hidden(self, client, make, status):
        make("archived", merged_into=factories.StakeholderFactory(status=status))

        assert client.get(URL).status_code == 404

    def test_its_officer_still_reads_it_then(self, client, make, region):
        make("archived", merged_into=factories.StakeholderFactory())
        client.force_login(factories.OfficerAssignmentFactory(region=region).user)

        assert client.get(URL).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/mitra/",
        "/mitra/?q=laras",
        f"/mitra/?q={SECRET}",
        URL,
        "/wilayah/",
        "/subsektor/kriya/",
    ],
)
def test_the_private_contact_is_on_no_page(client, make, staff, path):
    listing = make(
        subsectors=[factories.SubsectorFactory(slug="kriya")], verified_at=timezone.now()
    )
    listing.confirm(staff)
    factories.OfferingFactory(stakeholder=listing)
    client.force_login(staff)

    html = client.get(path).content.decode().replace(f'value="{SECRET}"', "").split("<main")[1]

    assert html.count(SECRET) == ("q=" + SECRET in path)  # only the chip repeats what was typed
    assert staff.email not in html
    assert staff.name not in html


def test_no_page_of_the_place_tells_it_either(client, make, region):
    make()

    for place in (region, region.province):
        assert SECRET not in client.get(place.get_absolute_url()).content.decode()


class TestTrust:
    def test_a_source_is_no_confirmation(self, client, make):
        make(source="Dinas")

        html = client.get("/en" + URL).content.decode()

        assert "Taken from a public source; nobody responsible has confirmed it here yet." in html

    def test_an_invented_listing_was_confirmed_by_nobody(self, client, make, staff):
        make(is_demo=True).confirm(staff)

        html = client.get("/en" + URL).content.decode()

        assert "Invented example." in html
        assert "Confirmed by" not in html

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            (0, "Confirmed today"),
            (21, "Confirmed 3\xa0weeks ago"),
            (160, "Confirmation due, last 5\xa0months ago"),
            (400, "Out of date, last confirmed 1\xa0year ago"),
        ],
    )
    def test_how_fresh(self, client, make, days, words):
        make(verified_at=timezone.now() - timedelta(days=days))

        html = client.get("/en" + URL).content.decode()

        assert words in html

    def test_an_office_vouches_not_a_person(self, client, make, staff):
        listing = make()
        officer = factories.UserFactory(name="Sari Dewi")
        listing.confirm(officer)
        assert "Confirmed by the regional officer." in client.get("/en" + URL).content.decode()

        listing.confirm(staff)
        html = client.get("/en" + URL).content.decode()
        assert "Confirmed by the network staff." in html
        assert "Sari Dewi" not in html

    def test_the_organisation_itself(self, client, make):
        make().confirm(None, via="link")

        html = client.get(URL).content.decode()

        assert "Dikonfirmasi oleh lembaganya sendiri." in html


@pytest.mark.parametrize(("is_demo", "marks"), [(True, 1), (False, 0)])
def test_an_invented_listing_says_so(client, make, is_demo, marks):
    make(is_demo=is_demo)

    html = client.get("/en" + URL).content.decode()

    assert html.count("An invented example") == marks


def test_an_unknown_listing_is_404(client):
    assert client.get("/mitra/tidak-ada/").status_code == 404


def test_the_page_only_reads(client, make):
    make()

    assert client.post(URL).status_code == 405


def test_the_photo_has_words_and_the_logo_beside_the_name_has_none(client, make):
    make(photo="stakeholders/photos/a.webp", logo="a.webp")
    Stakeholder.objects.update(name='Batik "Laras" & Anak')

    page = client.get("/en" + URL).content.decode()

    assert 'alt="Photo: Batik &quot;Laras&quot; &amp; Anak" class="listing__photo"' in page
    assert '<img alt="" decoding="async" loading="lazy" src="/media/a.webp">' in page
