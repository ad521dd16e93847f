import pytest

from tests import factories, pages

pytestmark = pytest.mark.django_db

URL = "/provinsi/jawa-tengah/"


@pytest.fixture
def province():
    return factories.ProvinceFactory(
        slug="jawa-tengah", code="33", short_name="Jawa Tengah", capital="Semarang"
    )


@pytest.mark.parametrize("region_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, province, region_count):
    for region in factories.RegionFactory.create_batch(region_count, province=province):
        factories.StakeholderFactory(region=region, published=True)
        factories.RecognitionFactory(region=region)
        factories.RegionSubsectorFactory(region=region)
    factories.RecognitionFactory(region=None, province=province)

    # Province, its titles and their subsectors; regions; coverage.
    with django_assert_num_queries(6):
        response = client.get(URL)

    assert len(response.context["regions"]) == region_count


def test_it_counts_its_own_published_listings(client, province):
    here = factories.RegionFactory(province=province)
    factories.StakeholderFactory.create_batch(2, region=here, role="media", published=True)
    factories.StakeholderFactory(region=here, role="academia")
    factories.StakeholderFactory(role="business", published=True)
    factories.RegionFactory()

    response = client.get(URL)

    assert [region.pk for region in response.context["regions"]] == [here.pk]
    assert pages.wedges(response) == {"media": (2, "/mitra/?provinsi=33&peran=media")}


def test_it_shows_its_title(client, province):
    factories.RecognitionFactory(
        region=None, province=province, scheme="unesco", field="literature", year=2021
    )

    html = client.get("/en" + URL).content.decode()

    assert "UNESCO Creative Cities Network</b> 2021" in html
    assert "Literature" in html


def test_an_empty_province_stands(client, province):
    response = client.get(URL)

    assert response.status_code == 200
    assert "Semarang" in response.content.decode()


def test_an_unknown_province_is_404(client):
    assert client.get("/provinsi/atlantis/").status_code == 404
