import pytest

from tests import factories, pages

pytestmark = pytest.mark.django_db

LIST_URL = "/subsektor/"
URL = "/subsektor/kriya/"


@pytest.fixture
def subsector():
    return factories.SubsectorFactory(slug="kriya", name_id="Kriya", name_en="Craft")


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_of_the_list_does_not_grow(client, django_assert_num_queries, row_count):
    factories.SubsectorFactory.create_batch(row_count)

    with django_assert_num_queries(2):  # subsectors and their lead regions, coverage
        response = client.get(LIST_URL)

    assert len(response.context["subsectors"]) == row_count


def test_the_list_goes_by_field_and_counts(client, subsector):
    factories.SubsectorFactory(ministry_field="digital", name_en="Games", is_priority=True)
    factories.StakeholderFactory.create_batch(2, subsectors=[subsector], published=True)
    factories.StakeholderFactory(subsectors=[subsector])
    factories.RegionSubsectorFactory(subsector=subsector)

    html = " ".join(client.get("/en/subsektor/").content.decode().split())

    assert html.index("<h2>Culture</h2>") < html.index("Craft") < html.index("<h2>Digital</h2>")
    assert "2 partners · 1 leading region<" in html
    assert html.count("National priority 2026") == 1


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, subsector, row_count):
    for row in factories.RegionSubsectorFactory.create_batch(row_count, subsector=subsector):
        factories.RecognitionFactory(region=row.region)
        factories.OfferingFactory(
            stakeholder__region=row.region, stakeholder__subsectors=[subsector]
        )

    # Subsector, roles; listings with offerings; those across all subsectors; regions.
    with django_assert_num_queries(5):
        response = client.get(URL)

    assert len(response.context["stakeholders"]) == len(response.context["regions"]) == row_count


def test_only_published_listings_and_leading_regions_show(client, subsector):
    inside = factories.StakeholderFactory(subsectors=[subsector], role="media", published=True)
    factories.StakeholderFactory(subsectors=[subsector])
    factories.StakeholderFactory(published=True)
    lead = factories.RegionSubsectorFactory(subsector=subsector)
    factories.RegionSubsectorFactory(subsector=subsector, is_lead=False)

    response = client.get(URL)

    assert list(response.context["stakeholders"]) == [inside]
    assert list(response.context["regions"]) == [lead.region]
    assert pages.wedges(response) == {"media": (1, "/mitra/?subsektor=kriya&peran=media")}


@pytest.mark.parametrize(("path", "name"), [(URL, "Kriya"), ("/en" + URL, "Craft")])
def test_its_name_is_in_the_language_of_the_page(client, subsector, path, name):
    assert f"<h1>{name}</h1>" in client.get(path).content.decode()


def test_an_unknown_subsector_is_404(client):
    assert client.get("/subsektor/atlantis/").status_code == 404


@pytest.mark.parametrize(
    ("across_count", "words"),
    [
        (1, "1 more partner works across all subsectors and is not counted here."),
        (3, "3 more partners work across all subsectors and are not counted here."),
    ],
)
def test_who_works_across_all_subsectors_is_told_apart(client, subsector, across_count, words):
    factories.StakeholderFactory(subsectors=[subsector], published=True)
    factories.StakeholderFactory.create_batch(across_count, published=True)
    factories.StakeholderFactory()

    html = " ".join(client.get("/en" + URL).content.decode().split())

    assert f'{words} <a href="/en/mitra/?subsektor=lintas">See them</a>' in html
    found = client.get("/mitra/?subsektor=lintas").context["filterset"].total
    assert found == across_count


def test_nobody_across_all_subsectors_is_no_line(client, subsector):
    factories.StakeholderFactory(subsectors=[subsector], published=True)

    assert "?subsektor=lintas" not in client.get(URL).content.decode()
