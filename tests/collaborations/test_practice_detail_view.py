from datetime import date

import pytest
from hypothesis import given

from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/praktik-baik/dapur-warna/"


@pytest.fixture
def practice():
    return factories.GoodPracticeFactory(
        slug="dapur-warna",
        title="Dapur warna",
        published=True,
        region__short_name="Pekalongan",
        started_year=2019,
        months=8,
        roles=["academia"],
        evidence="From 410 to 45",
        evidence_url="https://example.org/evidence/",
        sources="A report\nhttps://example.org/report/",
        subsectors=[factories.SubsectorFactory(slug="kriya", name_en="Crafts")],
    )


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, practice, row_count):
    [craft] = practice.subsectors.all()
    for _ in range(row_count):
        partner = factories.StakeholderFactory(published=True, subsectors=[craft])
        factories.OfferingFactory(stakeholder=partner)
        practice.stakeholders.add(partner)
        teacher = factories.AdoptionFactory(practice=practice)
        factories.AdoptionFactory(practice=practice, adapted_from=teacher)
        factories.RegionSubsectorFactory(subsector=craft)

    # The practice, its subsectors, partners with offerings, its adoptions, the regions to try it.
    with django_assert_num_queries(5):
        response = client.get(URL)

    assert len(response.context["practice"].lineage) == row_count


def test_the_page_tells_all(client, practice):
    partner = factories.StakeholderFactory(name="Sanggar Laras", role="media", published=True)
    hidden = factories.StakeholderFactory(name="Sanggar Draf")
    practice.stakeholders.set([partner, hidden])

    html = text(client.get(f"/en{URL}"))

    for words in (
        "<h1>Dapur warna</h1>",
        "Kota Pekalongan",
        "It was hard",
        "They did it",
        "It is better",
        "From 410 to 45",
        'href="https://example.org/evidence/"',
        "Begin",
        "No budget, volunteers",
        "after 8 months",
        "Academia",
        "Media",
        "Sanggar Laras",
        'href="https://example.org/report/"',
        "Not adopted yet",
        "Yours could be the first.",
    ):
        assert words in html
    assert "Sanggar Draf" not in html


def test_the_lineage_says_who_learned_from_whom(client, practice):
    teacher = factories.AdoptionFactory(
        practice=practice,
        region__short_name="Batang",
        status="done",
        started_on=date(2021, 3, 1),
        ended_on=date(2023, 6, 30),
    )
    factories.AdoptionFactory(
        practice=practice,
        region__short_name="Lebak",
        adapted_from=teacher,
        started_on=date(2023, 9, 1),
        adapted_how="Moves from village to village",
    )
    factories.AdoptionFactory(practice=practice, region__short_name="Rahasia", is_public=False)

    html = text(client.get(f"/en{URL}"))

    assert "Adopted by 2 regions" in html
    assert "Done · 2021–2023" in html
    assert "Running · 2023" in html
    assert "Moves from village to village" in html
    assert html.index("Kota Batang") < html.index("Kota Lebak")
    assert html.count('<ul class="lineage__learners">') == 2
    assert "Kota Rahasia" not in html


def test_regions_to_try_stand_with_their_reason(client, practice):
    [craft] = practice.subsectors.all()
    factories.RegionSubsectorFactory(region__short_name="Rembang", subsector=craft)

    html = text(client.get(f"/en{URL}"))

    assert "Kota Rembang" in html
    assert "Leads in Crafts; has received no practice yet; 0 km away." in html


def test_an_example_says_so(client, practice):
    assert "An invented example" not in text(client.get(f"/en{URL}"))

    practice.is_demo = True
    practice.save()

    assert "An invented example" in text(client.get(f"/en{URL}"))


def test_a_draft_is_not_found_but_staff_see_it_marked(client, staff):
    factories.GoodPracticeFactory(slug="dapur-warna")
    assert client.get(URL).status_code == 404

    client.force_login(factories.UserFactory())
    assert client.get(URL).status_code == 404

    client.force_login(staff)
    assert "A draft: only the network staff see this page." in text(client.get(f"/en{URL}"))


def test_a_bare_draft_stands(client, staff):
    factories.GoodPracticeFactory(slug="dapur-warna")
    client.force_login(staff)

    html = text(client.get(f"/en{URL}"))

    assert "Challenge" not in html
    assert "Sources" not in html


def test_any_address(client):
    @hostile.modestly
    @given(slug=hostile.anything)
    def try_one(slug):
        assert client.get(f"/praktik-baik/{slug}x/").status_code == 404

    try_one()


def test_what_staff_wrote_cannot_write_markup(client, practice):
    for field in ("title", "summary", "challenge", "approach", "results", "evidence", "sources"):
        setattr(practice, field, hostile.HTML)
    practice.save()
    factories.AdoptionFactory(practice=practice, adapted_how=hostile.HTML)

    for path in (URL, "/praktik-baik/", "/", practice.region.get_absolute_url()):
        hostile.assert_harmless(client.get(path))


def test_the_page_only_reads(client, practice):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("url", [URL, f"/en{URL}"])
def test_each_language_leads_to_the_other(client, practice, url):
    other = {URL: f"/en{URL}", f"/en{URL}": URL}[url]

    assert f'<a class="lang" href="{other}"' in text(client.get(url))
