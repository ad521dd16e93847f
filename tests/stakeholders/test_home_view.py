from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories, pages

pytestmark = pytest.mark.django_db

URL = "/"


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, row_count):
    factories.OfferingFactory.create_batch(row_count)
    factories.SubsectorFactory.create_batch(row_count)
    for _ in range(row_count):
        factories.RecognitionFactory(scheme="unesco", field="music")
        factories.RecognitionFactory()

    # The numbers of the network, subsectors, titles, designations, practices, needs.
    with django_assert_num_queries(13):
        response = client.get(URL)

    assert len(response.context["needs"]) == len(response.context["recognitions"]) == row_count


def test_numbers_are_of_published_listings(client):
    for days in (10, 160, 200):
        moment = timezone.now() - timedelta(days=days)
        factories.StakeholderFactory(published=True, role="media", verified_at=moment)
    factories.StakeholderFactory(role="media", verified_at=timezone.now())
    factories.RecognitionFactory()

    response = client.get("/en/")

    html = text(response)
    assert pages.wedges(response) == {"media": (3, "/en/mitra/?peran=media")}
    for fact in (
        "<dt>kabupaten and kota</dt><dd>5</dd>",
        "<dt>partners listed</dt><dd>3</dd>",
        "<dt>confirmed and in date</dt><dd>67%</dd>",
        "<dt>KaTa Kreatif regions</dt><dd>1</dd>",
        "<dt>UNESCO creative cities</dt><dd>0</dd>",
    ):
        assert fact in html


def test_an_empty_directory_stands(client):
    html = text(client.get("/en/"))

    assert "<dt>partners listed</dt><dd>0</dd>" in html
    assert "<dd>0%</dd>" in html
    assert "Newest needs" not in html


def test_needs_are_open_one_a_listing_and_newest_first(client):
    first = factories.OfferingFactory(description="Lama")
    factories.OfferingFactory(stakeholder=first.stakeholder, description="Baru")
    factories.OfferingFactory(description="Lain")
    factories.OfferingFactory(description="Tawaran", direction="offer")
    factories.OfferingFactory(description="Lewat", valid_until="2020-01-01")
    factories.OfferingFactory(description="Konsep", stakeholder__status="draft")

    response = client.get(URL)

    assert [need.description for need in response.context["needs"]] == ["Lain", "Baru"]


def test_no_more_than_four_needs(client):
    factories.OfferingFactory.create_batch(6)

    assert len(client.get(URL).context["needs"]) == 4


def test_a_title_of_a_province_leads_to_it(client):
    province = factories.ProvinceFactory(slug="dki-jakarta", short_name="DKI Jakarta")
    factories.RecognitionFactory(
        region=None, province=province, scheme="unesco", field="literature", year=2021
    )

    html = text(client.get("/en/"))

    assert '<a class="tile" href="/en/provinsi/dki-jakarta/">' in html
    assert "Literature · 2021" in html


def test_the_finder_leads_to_the_search(client):
    factories.SubsectorFactory(slug="kriya", name_en="Craft")

    html = text(client.get("/en/"))

    assert '<form class="finder" action="/en/mitra/" role="search">' in html
    assert '<option value="kriya">Craft</option>' in html
    assert '<option value="media">Media</option>' in html


def test_the_map_says_what_its_shade_means(client):
    assert "The fuller a hexagon, the more of the six roles are active there" in text(
        client.get("/en/")
    )
    assert client.get("/wilayah/peta/").context["map"].shading.code == "peran"


def test_the_map_can_be_opened_without_scripts(client):
    page = client.get(URL).text

    place = page.split('class="tilemap-later"')[1].split("</div>")[0]
    assert '<a class="button button--line" href="/wilayah/peta/">' in place
    assert "Buka peta" in place
