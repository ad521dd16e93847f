import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given

from collaborations.models import Suggestion
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/mitra/usul/"
SENT = "/mitra/usul/terima-kasih/"


@pytest.fixture
def malang():
    return factories.RegionFactory(slug="kota-malang", short_name="Malang")


@pytest.fixture
def kriya():
    return factories.SubsectorFactory(slug="kriya", name_id="Kriya")


@pytest.fixture
def answer(malang, kriya):
    return {
        "name": "Batik  Laras", "role": "community", "region": malang.pk, "subsectors": [kriya.pk],
        "summary": "Membatik\r\nbersama", "website": "laras.example", "note": "Saya pembelinya",
        "proposer_email": "ayu@contoh.id", "situs": "",
    }  # fmt: skip


def test_the_word_is_no_listing_in_either_language(client):
    for address in (URL, f"/en{URL}", SENT, f"/en{SENT}"):
        assert client.get(address).status_code == 200
    assert client.get("/en/mitra/usulan/").status_code == 404


def test_a_proposal_is_kept_and_nothing_is_public(client, answer, malang, kriya):
    response = client.post(URL, answer)

    kept = Suggestion.objects.get()
    assert (response.status_code, response.url) == (302, kept.get_absolute_url())
    assert (kept.name, kept.role, kept.region) == ("Batik Laras", "community", malang)
    assert (kept.summary, kept.website) == ("Membatik bersama", "https://laras.example")
    assert (kept.note, kept.proposer_email) == ("Saya pembelinya", "ayu@contoh.id")
    assert (list(kept.subsectors.all()), kept.status) == ([kriya], "new")
    assert "Laras" not in client.get("/mitra/?q=laras").content.decode().split("<main")[1].replace(
        'value="laras"', ""
    )


def test_a_line_break_counts_once_as_in_the_browser(client, answer):
    note = "\r\n".join(["Baris"] * 83)  # 497 characters in the browser

    client.post(URL, answer | {"note": note})

    assert Suggestion.objects.get().note == note.replace("\r\n", "\n")


def test_little_is_enough(client, answer):
    few = {name: answer[name] for name in ("name", "role", "region", "summary")}

    assert client.post(f"/en{URL}", few).url.startswith("/en/mitra/usul/status/")
    kept = Suggestion.objects.get()
    assert kept.language == "en"
    assert (kept.website, kept.note, kept.proposer_email) == ("", "", "")


def test_the_search_fills_the_form_in(client, malang, kriya):
    address = f"{URL}?q=Batik+Laras&peran=media&wilayah=kota-malang&subsektor=kriya&subsektor=x"

    form = client.get(address).context["form"]

    assert (form["name"].value(), form["role"].value()) == ("Batik Laras", "media")
    assert (form["region"].value(), form["subsectors"].value()) == (malang.pk, [kriya.pk])


def test_a_region_named_in_the_words_is_taken_over_unless_two_fit(client, malang):
    tegal = factories.RegionFactory(slug="kota-tegal", short_name="Tegal")
    factories.RegionFactory(slug="kabupaten-malang", kind="kabupaten", short_name="Malang")

    def region_for(words):
        return client.get(URL, {"q": words}).context["form"]["region"].value()

    assert region_for("media di tegal") == tegal.pk
    assert region_for("media di kota malang") == malang.pk
    assert region_for("media di malang") is None


def test_a_guess_fills_in_nothing(client):
    factories.RegionFactory(slug="kabupaten-katingan", kind="kabupaten", short_name="Katingan")

    form = client.get(f"{URL}?q=keramik+katongan").context["form"]

    assert (form["name"].value(), form["region"].value()) == ("", None)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Laras Sejati", "Laras Sejati"),
        ("laras malang", ""),
        ("batik laras", ""),
        ("kampus laras", ""),
    ],
)
def test_only_words_that_mean_nothing_else_are_a_name(client, malang, kriya, words, name):
    factories.SearchTermFactory(words="batik", subsectors=[kriya])
    factories.SearchTermFactory(words="kampus", role="academia")

    form = client.get(URL, {"q": words}).context["form"]

    assert form["name"].value() == name


@pytest.mark.parametrize(
    "query", ["", "peran=zzz&wilayah=x&subsektor=y", "peran=media&peran=business", "halaman=3"]
)
def test_what_is_unknown_or_not_one_is_left_open(client, query):
    form = client.get(f"{URL}?{query}").context["form"]

    values = [form[name].value() for name in ("name", "role", "region", "subsectors")]
    assert values == ["", "", None, []]


def test_regions_stand_under_their_province(client, malang):
    factories.ProvinceFactory(short_name="Tanpa Wilayah")

    choices = client.get(URL).context["form"].fields["region"].widget.choices[1:]

    assert choices == [(malang.province.short_name, [(malang.pk, "Kota Malang")])]


@pytest.mark.parametrize("region_count", [1, 3])
def test_the_page_does_not_query_by_region(client, django_assert_num_queries, region_count):
    factories.RegionFactory.create_batch(region_count)

    with django_assert_num_queries(2):  # the lists, the subsectors
        client.get(URL)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""), ("name", "  "), ("name", "a" * 161), ("name", "Batik\x00"),
        ("role", ""), ("role", "zzz"), ("region", ""), ("region", "9" * 5000), ("region", "-1"),
        ("subsectors", "9" * 25), ("subsectors", "x"), ("summary", ""), ("summary", "a" * 201),
        ("website", "javascript:alert(1)"), ("website", "https://" + "a" * 200 + ".id"),
        ("note", "a" * 501), ("proposer_email", "ayu"), ("proposer_email", "a@b.id\nBcc: c@d.id"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_kept(client, answer, name, value):
    response = client.post(URL, answer | {name: value})

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, [name])
    kept = {each: form[each].value() for each in answer if each not in (name, "subsectors")}
    assert kept == {each: form.data[each] for each in kept}
    html = response.content.decode()
    assert f'id="usul-{name}_error"' in html
    assert f'id="usul-{name}_error"' in html.split(f'aria-describedby="usul-{name}')[1]
    assert Suggestion.objects.count() == 0


def test_a_listing_that_may_be_the_same_is_shown_first(client, answer, malang):
    same = factories.StakeholderFactory(name="Bátik LARAS Malang", region=malang, published=True)
    known_as = factories.StakeholderFactory(
        name="Sanggar Wyangsari", aliases=["Batik Laras"], region=malang, published=True
    )
    factories.StakeholderFactory(name="Kelas Film", region=malang, published=True)
    factories.StakeholderFactory(name="Batik Laras", published=True)
    factories.StakeholderFactory(name="Batik Laras", region=malang)

    response = client.post(URL, answer)

    assert response.status_code == 200
    assert response.context["form"].alike == [same, known_as]
    assert f'href="/mitra/{same.slug}/"' in response.content.decode()
    assert response.context["form"]["note"].value() == "Saya pembelinya"
    assert Suggestion.objects.count() == 0
    assert client.post(URL, answer | {"tetap": "1"}).status_code == 302
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize("listing_count", [1, 3])
def test_likeness_costs_one_query(client, answer, malang, django_assert_num_queries, listing_count):
    factories.StakeholderFactory.create_batch(
        listing_count, name="Batik Laras", region=malang, published=True
    )
    client.get(URL)

    with django_assert_num_queries(8):  # to check and draw the form seven, however many are alike
        response = client.post(URL, answer)

    assert len(response.context["form"].alike) == listing_count


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(client, answer):
    assert client.post(URL, answer | {"situs": "https://spam.example"}).url == SENT
    assert Suggestion.objects.count() == 0


def test_a_network_may_send_thirty_an_hour(client, answer):
    def send():
        return client.post(URL, answer)

    assert [send().status_code for _each in range(31)] == [302] * 30 + [429]
    assert send().context["form"]["summary"].value() == answer["summary"]
    assert client.post(URL, answer, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_the_form_says_what_becomes_of_the_address(client):
    html = client.get(f"/en{URL}").content.decode()

    assert "It is never shown, and then deleted." in html


def test_the_address_of_who_proposed_is_in_no_history(client, answer):
    client.post(URL, answer)

    columns = {field.name for field in Suggestion.pgh_event_models["insert"]._meta.fields}
    assert "proposer_email" not in columns
    [event] = Suggestion.pgh_event_models["insert"].objects.values()
    assert event["name"] == "Batik Laras"
    assert "ayu" not in str(event)


def test_searches_lead_here_with_what_was_asked(client, malang):
    query = "?q=qqqqzzzz&amp;wilayah=kota-malang"
    html = client.get("/mitra/?q=qqqqzzzz&wilayah=kota-malang&halaman=2").content.decode()
    assert f'href="/mitra/usul/{query}"' in html

    factories.StakeholderFactory(region=malang, published=True)
    html = client.get("/en/mitra/?wilayah=kota-malang").content.decode()
    assert 'href="/en/mitra/usul/?wilayah=kota-malang"' in html


def test_a_post_needs_the_token_of_the_form(answer):
    client = Client(enforce_csrf_checks=True)

    assert client.post(URL, answer).status_code == 403
    client.get(URL)
    token = client.cookies["csrftoken"].value
    assert client.post(URL, answer | {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize("address", [URL, SENT])
def test_other_methods_are_refused(client, address):
    assert client.put(address).status_code == 405
    assert client.post(address).status_code == (200 if address == URL else 405)


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_hostile_searches(client, value):
    names = ["q", "peran", "wilayah", "subsektor", "tetap"]

    hostile.assert_harmless(client.get(URL + "?" + "&".join(f"{n}={value}" for n in names)))


@hostile.modestly
@given(value=hostile.anything.filter(lambda value: "%00" not in value))  # refused above
def test_anything_in_any_field(client, value):
    cache.clear()
    names = ["name", "role", "region", "subsectors", "summary", "website", "note"]
    body = "&".join(f"{name}={value}" for name in [*names, "proposer_email"])

    response = client.post(URL, body, content_type="application/x-www-form-urlencoded")

    hostile.assert_harmless(response)
    assert Suggestion.objects.count() == 0
