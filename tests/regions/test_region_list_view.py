import pytest

from tests import factories

pytestmark = pytest.mark.django_db

URL = "/wilayah/"


def names(response):
    return [region.name for region in response.context["filterset"].page]


@pytest.mark.parametrize("region_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, region_count):
    for region in factories.RegionFactory.create_batch(region_count):
        factories.RecognitionFactory(region=region)
        factories.RegionSubsectorFactory(region=region)
        factories.StakeholderFactory(region=region, published=True)

    with django_assert_num_queries(6):  # scores (3), words, counts, page
        response = client.get(URL)

    assert len(names(response)) == region_count


def test_a_card_tells_the_region(client):
    region = factories.RegionFactory(short_name="Pekalongan", province__short_name="Jawa Tengah")
    factories.RecognitionFactory(region=region, year=2019)
    factories.RegionSubsectorFactory(region=region, subsector__name_en="Craft")
    factories.StakeholderFactory.create_batch(2, region=region, published=True)
    factories.StakeholderFactory(region=region)

    html = client.get("/en/wilayah/").content.decode()

    assert f'<a href="/en/wilayah/{region.slug}/">Kota Pekalongan</a>' in html
    for words in ("Jawa Tengah", "2 partners", "KaTa Kreatif 2019", "<span>Craft</span>"):
        assert words in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pengakuan=unesco", ["Kota Ambon"]),
        ("pengakuan=unesco&pengakuan=kata-kreatif", ["Kota Ambon", "Kota Bitung"]),
        ("subsektor=musik", ["Kota Ambon"]),
        ("subsektor=film", []),
        ("q=bitung", ["Kota Bitung"]),
        ("urut=mitra", ["Kota Cilegon", "Kota Ambon", "Kota Bitung"]),
        ("urut=nama", ["Kota Ambon", "Kota Bitung", "Kota Cilegon"]),
    ],
)
def test_facets(client, query, found):
    ambon, bitung, cilegon = [
        factories.RegionFactory(short_name=name) for name in ("Ambon", "Bitung", "Cilegon")
    ]
    factories.RecognitionFactory(region=ambon, scheme="unesco", field="music")
    factories.RecognitionFactory(region=ambon)
    factories.RecognitionFactory(region=bitung)
    factories.RegionSubsectorFactory(region=ambon, subsector__slug="musik")
    factories.RegionSubsectorFactory(region=ambon, subsector__slug="film", is_lead=False)
    factories.StakeholderFactory(region=cilegon, published=True)

    response = client.get(f"{URL}?{query}")

    assert names(response) == found
    assert response.context["filterset"].total == len(found)


def test_nothing_found_offers_the_way_back(client):
    factories.RegionFactory()

    response = client.get(f"{URL}?q=atlantis")

    assert names(response) == []
    assert f'<a class="button button--line" href="{URL}">' in response.content.decode()


def test_the_list_only_reads(client):
    assert client.post(URL).status_code == 405
