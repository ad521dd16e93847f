import pytest
from django.core.cache import cache
from hypothesis import given

from collaborations.models import Suggestion
from stakeholders.models import Stakeholder
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/mitra/batik-laras/usul-koreksi/"


@pytest.fixture
def kriya():
    return factories.SubsectorFactory(slug="kriya", name_id="Kriya")


@pytest.fixture
def listing(kriya):
    return factories.StakeholderFactory(
        name="Batik Laras", slug="batik-laras", summary="Membatik", website="https://laras.example",
        description="Sejak 1990.\n\nDi Laweyan.", public_email="kantor@laras.example",
        contact_email="rahasia@laras.example", social_links=["https://a.example", "https://b.example"],
        published=True, subsectors=[kriya],
    )  # fmt: skip


@pytest.fixture
def answer(client, listing):
    """What the browser sends if nobody types anything."""
    form = client.get(URL).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent["description"] = sent["description"].replace("\n", "\r\n")
    sent["social_links"] = "\r\n".join(listing.social_links)
    return {name: value for name, value in sent.items() if value != ""}


def test_the_page_leads_there_and_shows_what_is_public(client, listing):
    assert f'href="{URL}"' in client.get("/mitra/batik-laras/").content.decode()

    response = client.get(URL)

    html = response.content.decode()
    assert "Sejak 1990." in html
    assert "https://b.example" in html
    dasar = response.context["form"]["dasar"].value()
    assert "rahasia" not in html + str(Suggestion.objects.none())
    assert "rahasia" not in str(response.context["form"].shown)
    assert len(dasar) < 1500


def test_only_what_is_written_over_is_proposed(client, listing, answer):
    answer |= {"website": "laras.id", "note": "Saya ketuanya", "proposer_email": "ayu@contoh.id"}
    answer |= {"social_links": "https://b.example"}
    del answer["subsectors"]

    response = client.post(URL, answer)

    kept = Suggestion.objects.get()
    assert response.url == kept.get_absolute_url()
    assert (kept.kind, kept.about, kept.name) == ("correction", listing, "Batik Laras")
    assert kept.changes == {
        "website": ["https://laras.example", "https://laras.id"],
        "social_links": [["https://a.example", "https://b.example"], ["https://b.example"]],
        "subsectors": [[listing.subsectors.get().pk], []],
    }
    assert (kept.note, kept.proposer_email, kept.report) == ("Saya ketuanya", "ayu@contoh.id", "")
    assert Stakeholder.objects.get().website == "https://laras.example"


def test_what_others_change_meanwhile_is_not_the_visitors(client, listing, answer):
    Stakeholder.objects.update(summary="Batik tulis")

    client.post(URL, answer | {"website": "https://laras.id"})

    assert list(Suggestion.objects.get().changes) == ["website"]


def test_nothing_is_no_correction(client, answer):
    form = client.post(URL, answer).context["form"]

    assert form.non_field_errors() == ["Belum ada yang diubah: tulis ulang bagian yang keliru."]
    assert client.post(URL, answer | {"note": "Pindah ke Solo"}).status_code == 302


def test_a_listing_may_be_closed_or_listed_twice(client, listing, answer):
    other = factories.StakeholderFactory(slug="batik-laras-2", published=True)
    client.post(URL, answer | {"report": "closed"})
    twice = answer | {"report": "duplicate"}

    assert list(client.post(URL, twice).context["form"].errors) == ["other"]
    for address in ("http://localhost:8000/en/mitra/batik-laras-2/?a=b", "batik-laras-2"):
        assert client.post(URL, twice | {"other": address}).status_code == 302
    assert [(each.report, each.duplicate_of) for each in Suggestion.objects.order_by("pk")] == [
        ("closed", None), ("duplicate", other), ("duplicate", other),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""), ("name", "a" * 161), ("summary", "a" * 201), ("description", "a" * 8001),
        ("website", "javascript:alert(1)"), ("social_links", "x\ny"), ("subsectors", "9" * 25),
        ("public_email", "kantor"), ("note", "a" * 501), ("proposer_email", "ayu"),
        ("report", "zzz"), ("other", "/mitra/batik-laras/"), ("other", "//evil.example"),
        ("name", "Batik\x00"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(client, answer, name, value):
    response = client.post(URL, answer | {"note": "x", name: value})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [name])
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("slug", ["tidak-ada", "konsep"])
def test_only_public_listings_are_corrected(client, slug):
    factories.StakeholderFactory(slug="konsep")

    assert client.get(f"/mitra/{slug}/usul-koreksi/").status_code == 404


def test_a_program_is_thanked_and_ignored(client, answer):
    response = client.post(URL, answer | {"situs": "x", "note": "x"})

    assert response.url == "/mitra/usul/terima-kasih/"
    assert not Suggestion.objects.exists()


def test_a_network_may_send_thirty_an_hour(client, answer):
    assert [client.post(URL, answer).status_code for _each in range(31)] == [200] * 30 + [429]


def test_a_forged_version_proposes_against_the_page_as_it_is(client, listing, answer):
    client.post(URL, answer | {"dasar": "x.y", "summary": "Batik tulis"})

    assert Suggestion.objects.get().changes == {"summary": ["Membatik", "Batik tulis"]}


@hostile.modestly
@given(value=hostile.anything.filter(lambda value: "%00" not in value))
def test_anything_in_any_field(client, listing, value):
    cache.clear()
    names = ["name", "summary", "description", "website", "social_links", "public_email"]
    names += ["public_phone", "address", "subsectors", "report", "other", "note", "dasar"]
    body = "&".join(f"{name}={value}" for name in [*names, "proposer_email"])

    hostile.assert_harmless(
        client.post(URL, body, content_type="application/x-www-form-urlencoded")
    )
