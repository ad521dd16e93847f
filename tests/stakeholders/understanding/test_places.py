"""Which places people mean."""

import csv

import pytest

from regions.reference_data import DATA as REGIONS
from stakeholders.reference_data import DATA
from stakeholders.understanding import fold, understand

BOTH_MALANG = "Kota Malang / Kabupaten Malang"
JOGJA = "Kota Yogyakarta / DI Yogyakarta"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("solo", "Kota Surakarta"),
        ("surakarta", "Kota Surakarta"),
        ("SÓLO", "Kota Surakarta"),
        ("jabar", "Jawa Barat"),
        ("west java", "Jawa Barat"),
        ("jawa tengah", "Jawa Tengah"),
        ("jawatengah", "Jawa Tengah"),
        ("ntb", "Nusa Tenggara Barat"),
        ("bali", "Bali"),
        ("dki jakarta", "DKI Jakarta"),
        ("jkt", "DKI Jakarta"),
        ("jaksel", "Kota Administrasi Jakarta Selatan"),
        ("kota administrasi jakarta pusat", "Kota Administrasi Jakarta Pusat"),
        ("palangka raya", "Kota Palangkaraya"),
        ("palangkaraya", "Kota Palangkaraya"),
        ("Palangka-Raya", "Kota Palangkaraya"),
        ("pekan baru", "Kota Pekanbaru"),
        ("bandung barat", "Kabupaten Bandung Barat"),
        ("kota baru", "Kabupaten Kotabaru"),
        ("lima puluh kota", "Kabupaten Lima Puluh Kota"),
        ("kepulauan siau tagulandang biaro", "Kabupaten Kepulauan Siau Tagulandang Biaro"),
        ("malang", BOTH_MALANG),
        ("mlg", BOTH_MALANG),
        ("jogja", JOGJA),
        ("diy", "DI Yogyakarta"),
        ("daerah istimewa yogyakarta", "DI Yogyakarta"),
        ("gorontalo", "Kota Gorontalo / Kabupaten Gorontalo / Gorontalo"),
        ("mura", "Kabupaten Musi Rawas / Kabupaten Murung Raya"),
        ("maluku", "Maluku / Maluku Utara"),  # an island is all of its provinces
        ("maluku utara", "Maluku Utara"),
        ("toraja", "Kabupaten Tana Toraja / Kabupaten Toraja Utara"),
        ("kutai", "Kabupaten Kutai Barat / Kabupaten Kutai Timur"),
        ("nusa tenggara", "Nusa Tenggara Barat / Nusa Tenggara Timur"),
        ("bandung", "Kota Bandung / Kabupaten Bandung"),
    ],
)
def test_a_name_is_one_place_or_all_that_are_called_so(places, terms, typed, place):
    assert (places(typed), terms(typed)) == ([place], [])


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("banyumasan", ["Cilacap", "Banyumas", "Purbalingga", "Banjarnegara"]),
        ("kopi gayo", ["Aceh Tengah", "Gayo Lues", "Bener Meriah"]),
        ("keramik kasongan", ["Bantul"]),
        ("batik trusmi", ["Cirebon"]),
        ("tapal kuda", 9),
        ("Jabodetabek", 9),
        ("solo raya", 7),
        ("malang raya", 3),
        ("flores", 8),
        ("lombok", 5),
        ("madura", 4),
    ],
)
def test_areas_and_villages_are_the_regions_they_lie_in(lexicon, typed, place):
    [found] = understand(typed, lexicon).places
    names = [option.label.removeprefix("Kabupaten ") for option in found.options]

    assert (len(names) if isinstance(place, int) else names) == place
    assert not found.is_misspelt


def test_all_places_of_areas_exist(lexicon):
    with (REGIONS / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = {fold(option.label) for place in lexicon.places.values() for option in place.options}

    assert [
        (row["name"], name)
        for row in rows
        for name in row["places"].split(";")
        if fold(name) not in labels and fold(name) not in lexicon.places
    ] == []


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("kab malang", "Kabupaten Malang"),
        ("kab. malang", "Kabupaten Malang"),
        ("kab.malang", "Kabupaten Malang"),
        ("Kabupaten Malang", "Kabupaten Malang"),
        ("malang kab", "Kabupaten Malang"),
        ("kota malang", "Kota Malang"),
        ("kotamadya malang", "Kota Malang"),
        ("malang kota", "Kota Malang"),
        ("kota solo", "Kota Surakarta"),
        ("kota jogja", "Kota Yogyakarta"),
        ("prov. jambi", "Jambi"),
        ("provinsi jogja", "DI Yogyakarta"),
        ("provinsi gorontalo", "Gorontalo"),
        ("gorontalo raya", "Kota Gorontalo / Kabupaten Gorontalo / Gorontalo"),
        ("wilayah malang", BOTH_MALANG),
        ("kota jepara", "Kabupaten Jepara"),  # there is no other
        ("solo kota malang", "Kota Surakarta / Kota Malang"),
    ],
)
def test_a_kind_tells_which_one(places, terms, typed, place):
    assert (places(typed), terms(typed)) == ([place], [])


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("pemkot malang", "Kota Malang"),
        ("pemkab malang", "Kabupaten Malang"),
        ("bupati malang", "Kabupaten Malang"),
        ("pemprov jambi", "Jambi"),
    ],
)
def test_whoever_governs_tells_it_too_and_stays_a_word(places, terms, typed, place):
    assert (places(typed), terms(typed)) == ([place], [typed.split()[0]])


@pytest.mark.parametrize(
    ("typed", "words", "place"),
    [
        ("media di solo", ["media"], "Kota Surakarta"),
        ("studio animasi jogja", ["studio", "animasi"], JOGJA),
        ("solo batik", ["batik"], "Kota Surakarta"),
        ("studio di yogyakarta", ["studio"], JOGJA),  # "di" is a word, not the province
        ("batik dijogja", ["batik"], JOGJA),
        ("batik sejabar", ["batik"], "Jawa Barat"),
        ("batik se-jabar", ["batik"], "Jawa Barat"),
        ("universitas brawijaya malang", ["universitas", "brawijaya"], BOTH_MALANG),
        ("institut seni indonesia surakarta", ["institut seni", "indonesia"], "Kota Surakarta"),
        ("batik, malang", ["batik"], BOTH_MALANG),
    ],
)
def test_a_place_stands_among_words(places, terms, typed, words, place):
    assert (terms(typed), places(typed)) == (words, [place])


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("pekalongn", "Kota Pekalongan / Kabupaten Pekalongan"),
        ("surabya", "Kota Surabaya"),
        ("makasar", "Kota Makassar"),
        ("bandnug", "Kota Bandung / Kabupaten Bandung"),
        ("bnadung", "Kota Bandung / Kabupaten Bandung / Kabupaten Badung"),
        ("abnten", "Banten"),  # the first two letters changed places
        ("banyuwngai", "Kabupaten Banyuwangi"),
        ("banyuangi", "Kabupaten Banyuwangi"),
        ("kasonagn", "Kabupaten Bantul"),
        ("ktaingan", "Kabupaten Katingan"),
        ("katnigam", ""),  # two slips are too many
        ("jawa tngah", "Jawa Tengah"),
        ("kota semarng", "Kota Semarang"),
        ("pemkot pekalongn", "Kota Pekalongan"),
        ("bandun barat", "Kabupaten Bandung Barat"),
        ("bandung brat", "Kabupaten Bandung Barat"),
        ("sumatra utara", "Sumatera Utara"),
        ("sindiai", ""),
        ("kab", ""),
        ("sol0", ""),
        ("baly", ""),  # too short to be sure
        ("urabaya", ""),  # the first letter is another
        ("srbaay", ""),
    ],
)
def test_slips_are_forgiven_within_reason(places, typed, place):
    assert places(typed) == [each for each in [place] if each]


def test_a_forgiven_slip_is_said(lexicon):
    (slip,) = understand("batik pekalongn", lexicon).places
    (right,) = understand("batik pekalongan", lexicon).places

    assert (slip.text, slip.spelled, slip.is_misspelt) == ("pekalongn", "Pekalongan", True)
    assert (right.text, right.spelled, right.is_misspelt) == ("pekalongan", "Pekalongan", False)


@pytest.mark.parametrize(
    "typed",
    [
        "pasar seni",
        "sekarang",
        "sambal",
        "tapis",
        "kain tapis",
        "konser",
        "bintang film",
        "sanggar",
    ],
)
def test_ordinary_words_hide_no_place(places, typed):
    assert places(typed) == []


@pytest.mark.parametrize("typed", ["kerajinan batu", "metro tv", "palu dan pahat", "batu bata"])
def test_a_place_called_like_an_ordinary_word_needs_a_hint(places, typed):
    assert places(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["batu", "kota batu", "kerajinan di batu", "kopi dari batu", "kafe kota batu", "di batu"],
)
def test_with_a_hint_it_is_the_place(places, typed):
    assert places(typed) == ["Kota Batu"]


@pytest.mark.parametrize("typed", ['"malang"', '"kab malang"', "-malang", '-"malang"', '"di solo"'])
def test_quotes_and_minus_make_plain_words(places, typed):
    assert places(typed) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("solo jogja", ["Kota Surakarta / Kota Yogyakarta / DI Yogyakarta"]),
        ("solo solo", ["Kota Surakarta"]),
        ("malang jatim", [BOTH_MALANG, "Jawa Timur"]),
        ("banjar jawa barat", ["Kota Banjar", "Jawa Barat"]),
        ("sleman jogja", ["Kabupaten Sleman", "DI Yogyakarta"]),
    ],
)
def test_places_that_exclude_each_other_are_either_and_others_narrow(places, typed, found):
    assert places(typed) == found


def test_names_of_listings_hide_no_misspelt_place(lexicon):
    """Whoever copies a name into the search field must find its owner."""
    with (DATA / "universities.csv").open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]

    assert len(names) == 132
    assert [
        (name, place.spelled)
        for name in names
        for place in understand(name, lexicon).places
        if place.is_misspelt
    ] == []
