import re

import pytest
from django.utils import timezone

from regions.models import Region
from tests import factories, pages

pytestmark = pytest.mark.django_db

URL = "/wilayah/kota-pekalongan/"


@pytest.fixture
def region():
    return factories.RegionFactory(
        slug="kota-pekalongan",
        short_name="Pekalongan",
        aliases=["Pekajangan"],
        capital="Pekalongan Timur",
        population=317_524,
        tagline="Kota batik dunia",
        story="Batik sejak 1802.",
        identity="Pesisir.",
        liveability="Trotoar lebar.",
        participation="Musrenbang kreatif.",
        website="https://pekalongankota.example.id/",
    )


def listings(response):
    return [stakeholder.name for stakeholder in response.context["stakeholders"]]


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, region, row_count):
    factories.RegionFactory.create_batch(row_count)
    for year in range(2019, 2019 + row_count):
        factories.RegionSubsectorFactory(region=region)
        factories.OfferingFactory(stakeholder__region=region)
        factories.RecognitionFactory(
            region=region, scheme="unesco", field=["music", "film", "design"][year - 2019]
        ).subsectors.add(factories.SubsectorFactory())

    # Region, lead subsectors, titles; all subsectors, coverage; listings with offerings; near and
    # similar regions, their cards; needs and offers; practices known, those suggested.
    with django_assert_num_queries(11):
        response = client.get(URL)

    assert len(response.context["stakeholders"]) == min(row_count, 2)
    assert len(response.context["region"].titles) == row_count


def test_a_published_profile_is_told(client, region):
    region.profile_status = "published"
    region.profile_verified_at = timezone.now()
    region.save()

    html = client.get(URL).content.decode()

    for words in (region.tagline, region.story, region.identity, region.liveability):
        assert words in html
    assert region.participation in html
    assert (
        f'<time datetime="{timezone.localtime(region.profile_verified_at).isoformat()[:19]}' in html
    )


def test_a_draft_of_the_profile_is_not(client, region):
    html = client.get(URL).content.decode()

    for words in (region.tagline, region.story, region.identity, region.liveability):
        assert words not in html
    assert region.participation not in html


def test_public_records_are_told_either_way(client, region):
    html = client.get("/en" + URL).content.decode()

    for words in ("Pekajangan", "Pekalongan Timur", "317,524", region.code, region.website):
        assert words in html


def test_titles_of_the_province_are_its_own_too(client, region):
    factories.RecognitionFactory(region=None, province=region.province, year=2021)

    html = client.get("/en" + URL).content.decode()

    assert "KaTa Kreatif Indonesia</b> 2021" in html


def test_only_published_listings_of_the_region_count(client, region):
    factories.StakeholderFactory(name="Batik Laras", region=region, role="business", published=True)
    factories.StakeholderFactory(name="Konsep", region=region, role="media")
    factories.StakeholderFactory(name="Seberang", role="media", published=True)

    response = client.get(URL)

    assert listings(response) == ["Batik Laras"]
    assert pages.wedges(response) == {
        "business": (1, "/mitra/?wilayah=kota-pekalongan&peran=business")
    }


def test_it_says_which_roles_the_lead_subsectors_lack(client, region):
    lead = factories.RegionSubsectorFactory(region=region).subsector
    for role in ("academia", "business", "community", "government"):
        factories.StakeholderFactory(region=region, role=role, subsectors=[lead], published=True)

    for address in ("/en" + URL, f"/en{URL}lembar-data/"):
        html = " ".join(client.get(address).content.decode().split())
        [gap] = re.findall('<p class="gap">(.*?)</p>', html)

        province = region.province.code
        links = [
            f'<a href="/en/mitra/?provinsi={province}&amp;subsektor={lead.slug}'
            f'&amp;peran={role}">{role}</a>'
            for role in ("media", "aggregator")
        ]
        assert gap == f"Not yet for {lead.name_en}: {', '.join(links)}."


def test_without_a_lead_subsector_it_says_no_such_thing(client, region):
    assert 'class="gap"' not in client.get(URL).content.decode()


def test_the_nearest_four_regions_with_their_distance(client, region):
    for degrees in range(1, 9):
        factories.RegionFactory(short_name=f"Jauh {degrees}", latitude=region.latitude + degrees)

    response = client.get(URL)

    assert [r.short_name for r in response.context["neighbours"]] == [
        f"Jauh {degrees}" for degrees in range(1, 5)
    ]
    assert "<span>111 km</span>" in response.content.decode()


@pytest.mark.parametrize(("prefix", "distance"), [("", "3.654 km"), ("/en", "3,654 km")])
def test_thousands_of_kilometres_are_grouped(client, region, prefix, distance):
    Region.objects.update(latitude=0, longitude=98)
    factories.RegionFactory(latitude=0, longitude=130.861)

    assert f"<span>{distance}</span>" in client.get(prefix + URL).text


def test_an_unwritten_profile_leads_on(client, region):
    page = client.get(URL).text

    assert "Profil ini belum ditulis" in page
    assert f'<a href="/mitra/usul/?wilayah={region.slug}">' in page


def test_a_source_is_marked_as_indonesian(client, region):
    factories.RecognitionFactory(region=region, source="Keputusan menteri", source_url="")

    assert '<span lang="id">Keputusan menteri</span>' in client.get(f"/en{URL}").text


@pytest.mark.parametrize("path", ["/wilayah/atlantis/", "/en/wilayah/atlantis/"])
def test_an_unknown_region_is_404(client, path):
    assert client.get(path).status_code == 404
