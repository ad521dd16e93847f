"""What people type, and whom it finds."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.http import QueryDict
from django.utils import timezone, translation

from stakeholders.filters import StakeholderFilter
from stakeholders.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def listing(name="Laras", **values):
    """A listing whose place, type and role have no word in common with the tests'."""
    values = {"region__short_name": "Xx", "region__province__short_name": "Yy"} | values
    return factories.StakeholderFactory(
        name=name,
        published=True,
        organization_type__name_id="Zz",
        organization_type__name_en="Zz",
        **values,
    )


def found(text):
    return [row.name for row in StakeholderFilter(QueryDict(urlencode({"q": text}))).page]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("kerajinan", "pengrajin"),
        ("pengrajin", "kerajinan"),
        ("batik", "membatik"),
        ("pembatik", "batik"),
        ("pelatihan", "melatih"),
        ("anyaman", "menganyam"),
        ("lukisan", "pelukis"),
        ("kesenian", "seni"),
        ("menerbitkan", "penerbit"),
    ],
)
def test_a_word_is_found_by_its_relatives(written, typed):
    listing(summary=f"Tempat {written} warga")
    listing("Lain", summary="Studio gim")

    assert found(typed) == ["Laras"]


@pytest.mark.parametrize(
    ("written", "typed"), [("Café Aksara", "cafe"), ("Cafe Aksara", "café"), ("Énak", "ENAK")]
)
def test_accents_and_capitals_do_not_matter(written, typed):
    listing(written)
    listing("Laras", summary=written)
    listing("Lain")

    assert sorted(found(typed)) == sorted([written, "Laras"])


@pytest.mark.parametrize("typed", ["sangar", "sanggr", "Sangggar", "sangar ayu"])
def test_a_typo_in_the_name_is_forgiven(typed):
    listing("Sanggar Ayu")
    listing("Pasar Seni")

    assert found(typed) == ["Sanggar Ayu"]


@pytest.mark.parametrize("typed", ["fotografr", "kamra", "kameera", "akmera", "fotografr kamra"])
def test_a_misspelt_word_keeps_its_meaning(typed):
    photography = factories.SubsectorFactory(name_id="Fotografi", name_en="Photography")
    for words in ("fotografer", "kamera"):
        factories.SearchTermFactory(words=words, subsectors=[photography])
    listing(subsectors=[photography])
    listing("Lain")

    assert found(typed) == ["Laras"]


def test_a_word_whose_ending_is_misspelt_keeps_its_meaning():
    animation = factories.SubsectorFactory(name_id="Film", name_en="Film")
    factories.SearchTermFactory(words="animasi", subsectors=[animation])
    listing("Laras", subsectors=[animation])
    listing("Studio Animasi")

    assert found("animasii") == ["Studio Animasi", "Laras"]  # the stem of both is "animasi"


def test_a_word_that_listings_use_is_not_misspelt():
    craft = factories.SubsectorFactory(name_id="Kriya", name_en="Craft")
    factories.SearchTermFactory(words="tenun", subsectors=[craft])
    listing("Laras", subsectors=[craft])
    listing("Tenuna")

    assert found("tenuna") == ["Tenuna"]


@pytest.mark.parametrize("typed", ["nikah", "model", "museum", "Sunda", "bisa", "nikah ayu"])
def test_a_right_word_is_no_other_one(typed):
    listing("Nipah Ayu", summary="Modal musim Sungai Musi, biasa")

    assert found(typed) == []


@pytest.mark.parametrize("typed", ["gajah", "gadjah", "gajah mada"])
def test_old_names_are_found_by_their_modern_spelling(typed):
    listing("Gadjah Mada")

    assert found(typed) == ["Gadjah Mada"]


@pytest.mark.parametrize("typed", ["sanggr", "asnggar", "ansggar"])
def test_the_first_letter_is_right_or_changed_places(typed):
    listing("Sanggar")
    listing("Rangkas")

    assert found(typed) == ([] if typed == "ansggar" else ["Sanggar"])


def test_a_word_with_a_meaning_is_likelier_than_another():
    craft = factories.SubsectorFactory(name_id="Kriya", name_en="Craft")
    factories.SearchTermFactory(words="keramik", subsectors=[craft])
    listing("Laras", subsectors=[craft])
    listing("Kerabik")

    assert found("keratik") == ["Laras"]


def test_words_of_three_letters_are_taken_as_typed():
    listing("Ubi Media")

    assert found("uby") == []


@pytest.mark.parametrize("typed", ["pekal", "pekalonga", "bat", "komuni"])
def test_the_beginning_of_a_word_is_enough_while_typing(typed):
    listing("Komunitas Batik Pekalongan")
    listing("Lain", role="media")

    assert found(typed) == ["Komunitas Batik Pekalongan"]


@pytest.fixture
def jogja():
    province = factories.ProvinceFactory(short_name="DI Yogyakarta", aliases=["Jogja"])
    return factories.RegionFactory(short_name="Yogyakarta", aliases=["Jogja"], province=province)


@pytest.mark.parametrize("typed", ["studio jog", "studio di yogyak", "studio jogj "])
def test_the_beginning_of_a_place_is_enough_while_typing(typed, jogja):
    listing("Studio Laras", region=jogja)
    listing("Studio Jogja")
    listing("Studio Lain")

    assert sorted(found(typed)) == ["Studio Jogja"] * ("yog" not in typed) + ["Studio Laras"]


def test_what_a_place_was_read_from_is_said(jogja):
    reading = StakeholderFilter(QueryDict("q=studio+jog")).readings

    assert [notice.message for notice in reading.notices] == [
        f"“jog” dibaca sebagai {jogja} atau DI Yogyakarta."
    ]
    assert [choice.url for choice in reading.notices[0].choices] == [
        f"?q=studio&wilayah={jogja.slug}",
        f"?q=studio&provinsi={jogja.province.code}",
        "?q=studio+%22jog%22",
    ]


@pytest.mark.parametrize("typed", ["jo", "jog laras", '"jog"', "-jog", "jog,,"])
def test_a_word_in_the_middle_or_too_short_begins_no_place(typed, jogja):
    listing("Laras", region=jogja)

    assert found(typed) == (["Laras"] if typed[0] == "-" else [])


def test_what_begins_a_word_of_a_listing_is_that_word(jogja):
    listing("Laras", region=jogja)
    listing("Joget")

    assert found("jog") == ["Joget"]


def test_every_word_must_be_mentioned():
    listing("Batik Laras")
    listing("Batik Seruni")

    assert found("batik laras") == ["Batik Laras"]


@pytest.mark.parametrize(
    "typed", ["solo", "surakarta", "kota surakarta", "jawa tengah", "batik solo", "SÓLO"]
)
def test_a_place_word_finds_who_is_there(typed):
    listing(
        "Batik Laras",
        region__short_name="Surakarta",
        region__aliases=["Solo"],
        region__province__short_name="Jawa Tengah",
    )
    listing("Lain")

    assert found(typed) == ["Batik Laras"]


@pytest.mark.parametrize(
    "typed", ["politeknik negeri solo", "politeknik negeri surakarta", "batik politeknik solo"]
)
def test_a_whole_name_is_found_wherever_it_is(typed):
    factories.RegionFactory(short_name="Surakarta", aliases=["Solo"])
    listing("Politeknik Negeri Batik Surakarta")
    listing("Politeknik Negeri Batik")

    assert found(typed) == ["Politeknik Negeri Batik Surakarta"]


def test_who_is_called_like_a_region_is_not_called_like_its_area():
    malang = factories.RegionFactory(short_name="Malang", name="Kota Malang")
    factories.RegionFactory(short_name="Batu", name="Kota Batu")
    listing("Studio Laras", region=malang)
    listing("Studio Batu")
    listing("Studio Malang Raya")

    assert found("studio malang raya") == ["Studio Malang Raya", "Studio Laras"]


def test_a_meaning_and_a_place_are_no_name():
    factories.SearchTermFactory(words="kampus", role="academia", is_meant=True)
    solo = factories.RegionFactory(short_name="Surakarta", aliases=["Solo"])
    listing("Laras", region=solo, role="academia")
    listing("Radio Kampus Solo", role="media")

    assert found("kampus solo") == ["Laras"]


def test_names_come_before_parts_of_names_before_mentions_before_meanings():
    craft = factories.SubsectorFactory(name_id="Batik Tulis", name_en="Batik")
    fresh = {"verified_at": timezone.now(), "subsectors": [craft]}
    listing("Ayu", **fresh)
    listing("Bunga", summary="Tulis dan batik", **fresh)
    listing("Batik Melati", subsectors=[craft])
    listing("Tulis Batik Seruni")

    assert found("batik tulis") == ["Tulis Batik Seruni", "Batik Melati", "Bunga", "Ayu"]


@pytest.mark.parametrize("typed", ["kriya", "craft", "Kri"])
def test_a_subsector_word_finds_who_works_in_it(typed):
    craft = factories.SubsectorFactory(name_id="Kriya", name_en="Craft")
    listing(subsectors=[craft, factories.SubsectorFactory(name_id="Kriya Lain")])
    listing("Lain", subsectors=[factories.SubsectorFactory(name_id="Film", name_en="Film")])

    assert found(typed) == ["Laras"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", Role)
def test_a_role_word_finds_who_plays_it_in_both_languages(language, role):
    for each in Role:
        listing(f"Mitra {each.value[:2]}", role=each.value)
    with translation.override(language):
        word = str(role.label)

    assert found(word) == [f"Mitra {role.value[:2]}"]


def test_a_meaning_that_nobody_mentions_leads_no_like_name():
    factories.SearchTermFactory(words="kemenparekraf", role="government")
    listing("Pemkot Parepare", role="government")
    listing("Laras", role="government", summary="Tenun", website="https://laras.example.id")

    assert found("kemenparekraf") == ["Laras", "Pemkot Parepare"]


@pytest.mark.parametrize("typed", ["sanggar", "workshop", "sang"])
def test_a_type_word_finds_those_of_the_type(typed):
    kind = factories.OrganizationTypeFactory(name_id="Sanggar", name_en="Workshop")
    factories.StakeholderFactory(name="Laras", organization_type=kind, published=True)
    listing("Lain")

    assert found(typed) == ["Laras"]


def test_an_alias_finds_the_listing():
    listing("Universitas Gadjah Mada", aliases=["UGM"])
    listing("Lain")

    assert found("ugm") == ["Universitas Gadjah Mada"]


def test_words_in_quotes_stand_together():
    listing("Batik Tulis Laras")
    listing("Tulis Batik Seruni")

    assert found('"batik tulis"') == ["Batik Tulis Laras"]
    assert sorted(found("batik tulis")) == ["Batik Tulis Laras", "Tulis Batik Seruni"]


@pytest.mark.parametrize("typed", ["batik -tulis", "-tulis batik", 'batik -"batik tulis"'])
def test_a_minus_leaves_out(typed):
    listing("Batik Tulis Laras")
    listing("Batik Cap Seruni")

    assert found(typed) == ["Batik Cap Seruni"]


def test_a_minus_leaves_out_a_place_too():
    listing("Batik Solo", region__short_name="Klaten")
    listing("Batik Laras", region__short_name="Solo")
    listing("Batik Seruni", region__short_name="Klaten")

    assert found("batik -solo") == ["Batik Seruni"]


@pytest.mark.parametrize("typed", ["a & | ! <-> :*", "!laras", "(laras", "laras'", '"laras'])
def test_signs_of_the_query_language_say_nothing(typed):
    listing("A Laras")

    assert found(typed) == ["A Laras"]


@pytest.mark.parametrize("typed", ["", "   ", "***", "_", "%", '""', "-", "\x00", "\\"])
def test_signs_alone_leave_everybody(typed):
    listing("Laras")

    assert found(typed) == ["Laras"]


@pytest.mark.parametrize("typed", ["l%s", "l_ras", "%aras"])
def test_wildcards_are_plain_signs(typed):
    listing("Xy", region__short_name="Laras")

    assert found(typed) == []


def test_private_contacts_are_not_searched():
    listing(contact_email="rahasia@example.id", public_phone="0812000")

    assert found("rahasia") == found("rahasia@example.id") == found("0812000") == []


class TestOrder:
    def test_name_then_alias_then_summary_then_description(self):
        listing("Dewi", description="Tempat tenun warga desa")
        listing("Citra", summary="Tempat tenun warga desa")
        listing("Bayu", aliases=["Tenun"])
        listing("Tenun Ayu")

        assert found("tenun") == ["Tenun Ayu", "Bayu", "Citra", "Dewi"]

    def test_the_exact_name_beats_a_longer_one(self):
        listing("Rumah Batik Laras Pekalongan")
        listing("Batik Laras")

        assert found("batik laras") == ["Batik Laras", "Rumah Batik Laras Pekalongan"]

    def test_the_exact_name_beats_a_confirmed_stranger(self):
        listing("Laras", summary="Tempat tenun", verified_at=timezone.now())
        listing("Tenun")

        assert found("tenun") == ["Tenun", "Laras"]

    def test_confirmed_then_unconfirmed_then_out_of_date(self):
        listing("Basi", verified_at=timezone.now() - timedelta(days=181))
        listing("Cuma")
        listing("Dijamin", verified_at=timezone.now() - timedelta(days=179))

        assert found("") == ["Dijamin", "Cuma", "Basi"]

    def test_a_full_listing_then_a_bare_one(self):
        listing("Ani")
        listing("Budi", summary="Tenun")
        listing("Cici", summary="Tenun", website="https://cici.example.id")

        assert found("") == ["Cici", "Budi", "Ani"]

    @pytest.mark.parametrize("typed", ["", "warta"])
    def test_equals_take_turns_every_day(self, typed, monkeypatch):
        for letter in "abcdef":
            listing(f"Warta {letter * 3}")
        orders = []
        for day in range(1, 15):
            monkeypatch.setattr(timezone, "localdate", lambda day=day: date(2026, 11, day))
            caches["process"].clear()  # as time does
            orders.append(found(typed))
            assert orders[-1] == found(typed)

        assert len({tuple(order) for order in orders}) > 7
        assert len({order[0] for order in orders}) > 3

    def test_an_edit_does_not_lift(self):
        edited = [listing(name, summary="Lama") for name in ("Ani", "Zahra")]
        before = found("")

        for each in edited:
            each.summary = "Baru"
            each.save()
            assert found("") == before


def test_the_example_of_the_search_field_finds_its_kind():
    province = factories.ProvinceFactory(short_name="DI Yogyakarta", aliases=["Jogja"])
    region = factories.RegionFactory(short_name="Sleman", province=province)
    listing("Studio Rekam Gerak", summary="Animasi untuk anak", region=region)
    listing("Studio Lain", summary="Animasi untuk anak")

    assert found("studio animasi jogja") == ["Studio Rekam Gerak"]


@pytest.mark.parametrize("typed", ["batik di laras", "batik dan laras", "Batik DARI laras"])
def test_small_words_between_the_others_are_not_asked_for(typed):
    listing("Batik Laras")

    assert found(typed) == ["Batik Laras"]


def test_a_small_word_alone_in_quotes_or_with_a_minus_counts():
    listing("Rumah di Bukit")
    listing("Laras")

    assert found("di") == found('"di"') == ["Rumah di Bukit"]
    assert found("-di") == ["Laras"]
