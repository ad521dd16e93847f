"""Good practices on the pages of other apps: a region's, and the first."""

import pytest
from django.template import Context, Template

from regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db

SECTION = Template("{% load practices %}{% region_practices region %}")


def text(html):
    return " ".join(html.split())


@pytest.fixture
def region():
    return factories.RegionFactory(slug="kota-batang", short_name="Batang")


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(django_assert_num_queries, region, row_count):
    craft = factories.SubsectorFactory()
    factories.RegionSubsectorFactory(region=region, subsector=craft)
    published = {"published": True, "subsectors": [craft]}
    factories.GoodPracticeFactory.create_batch(row_count, region=region, **published)
    factories.GoodPracticeFactory.create_batch(row_count, **published)
    for practice in factories.GoodPracticeFactory.create_batch(row_count, **published):
        factories.AdoptionFactory(practice=practice, region=region)
    fetched = Region.objects.for_profile().get(pk=region.pk)

    # those known and those suggested, with their subsectors
    with django_assert_num_queries(4):
        html = SECTION.render(Context({"region": fetched}))

    assert html.count("card--practice") == 3 * row_count


def test_a_region_shows_its_practices_those_it_adopted_and_suggestions(client, region):
    factories.GoodPracticeFactory(title="Dari sini", region=region, published=True)
    factories.GoodPracticeFactory(title="Draf", region=region)
    planned = factories.AdoptionFactory(practice__title="Rencana", region=region, status="planned")
    factories.AdoptionFactory(practice__title="Diadopsi", region=region)
    factories.GoodPracticeFactory(title="Cocok", pillar="participation", published=True)

    html = text(client.get("/en/wilayah/kota-batang/").content.decode())

    ours, adopted, suggested = (
        html.index(f'<h3 class="small-head">{heading}</h3>')
        for heading in ("From Kota Batang", "Adopted here", "Practices that could work here")
    )
    assert ours < html.index(">Dari sini<") < adopted < html.index(">Diadopsi<") < suggested
    assert suggested < html.index(">Cocok<")
    assert "A first practice for participation here;" in html
    assert ">Draf<" not in html
    assert f">{planned.practice.title}<" not in html


def test_a_region_without_any_says_nothing(client, region):
    assert 'id="praktik-baik"' not in client.get("/wilayah/kota-batang/").content.decode()


def test_the_first_page_shows_the_newest(client):
    for number in range(4):
        factories.GoodPracticeFactory(title=f"Nomor {number}", published=True)

    html = text(client.get("/en/").content.decode())

    assert "Newest good practices" in html
    assert [number for number in range(4) if f">Nomor {number}<" in html] == [1, 2, 3]


def test_the_first_page_without_practices(client):
    assert "Newest good practices" not in client.get("/en/").content.decode()


def test_the_room_is_marked_in_the_navigation(client):
    marked = '<a href="/praktik-baik/" aria-current="true">'

    assert marked in client.get("/praktik-baik/").content.decode()
    assert marked not in client.get("/wilayah/").content.decode()
