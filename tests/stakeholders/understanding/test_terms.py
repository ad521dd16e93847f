"""The words that listings must mention or mean."""

import pytest

from stakeholders.roles import Role
from stakeholders.understanding import MOST_TERMS, understand


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("batik laras", [("batik", False, False), ("laras", False, False)]),
        ('"batik tulis" laras', [("batik tulis", True, False), ("laras", False, False)]),
        ("“batik tulis” laras", [("batik tulis", True, False), ("laras", False, False)]),
        ("batik -cap", [("batik", False, False), ("cap", False, True)]),
        ("batik –cap", [("batik", False, False), ("cap", False, True)]),
        ('batik -"cap tangan"', [("batik", False, False), ("cap tangan", True, True)]),
        ('"laras', [("laras", False, False)]),
        ('""laras""', [("laras", True, False)]),
        ("laras,seruni", [("laras", False, False), ("seruni", False, False)]),
        ("& | ! <-> :* laras", [("laras", False, False)]),
        ("laras\x00seruni", [("laras", False, False), ("seruni", False, False)]),
    ],
)
def test_quotes_and_minus(lexicon, typed, found):
    read = understand(typed, lexicon).terms

    assert [(term.text, term.is_phrase, term.is_excluded) for term in read] == found


@pytest.mark.parametrize("typed", ["", "   ", "***", "_", "%", '""', "-", "\x00", "\\", "🎭"])
def test_signs_alone_say_nothing(lexicon, typed):
    assert understand(typed, lexicon) == ([], [], [])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("batik di laras", ["batik", "laras"]),
        ("Cari batik DAN laras yg ada", ["batik", "laras"]),
        ("di", ["di"]),
        ("yang di", ["yang", "di"]),
        ('"di"', ["di"]),
        ("batik -di", ["batik", "di"]),
        ("cari mitra teater kreatif", ["teater"]),
        ("di solo", []),
    ],
)
def test_small_words_are_dropped_unless_there_is_nothing_else(terms, typed, words):
    assert terms(typed) == words


def test_words_past_the_limit_are_left_out_and_known(lexicon):
    words = [f"kata{number}" for number in range(MOST_TERMS + 2)]

    read = understand(" ".join([*words, "solo"]), lexicon)

    assert [term.text for term in read.terms] == words[:MOST_TERMS]
    assert read.left_out == words[MOST_TERMS:]
    assert [place.text for place in read.places] == ["solo"]


def test_of_thousands_of_words_none_is_lost(lexicon):
    read = understand(" ".join(f"kata{number}" for number in range(5000)), lexicon)

    assert [len(read.terms), len(read.left_out)] == [MOST_TERMS, 5000 - MOST_TERMS]


@pytest.mark.parametrize(
    ("typed", "stands_for"),
    [
        ("batik", ["fesyen", "kriya"]),
        ("Tenun", ["fesyen", "kriya"]),
        ("kampus", ["academia"]),
        ("poltek", ["politeknik"]),
        ("game", ["pengembangan-permainan"]),
        ("e-sports", ["pengembangan-permainan"]),
        ("startup", ["aplikasi", "perusahaan-rintisan"]),
        ("start up", ["aplikasi", "perusahaan-rintisan"]),
        ("kedai kopi", ["kuliner"]),
        ("warung tegal", ["kuliner"]),
        ("f&b", ["kuliner"]),
        ("desain grafis", ["desain-komunikasi-visual"]),
        ("film pendek", ["film-animasi-video"]),
        ("radio", ["televisi-radio", "radio"]),
        ("podcast", ["siniar"]),
        ("media", ["media"]),
        ("pemda", ["government"]),
        ("dinas pariwisata", ["government"]),
        ("paguyuban", ["community"]),
        ("investor", ["lembaga-pembiayaan"]),
        ("co-working space", ["ruang-kerja-bersama"]),
        ("umkm", ["usaha-mikro-kecil"]),
        ("laras", []),
    ],
)
def test_a_word_stands_for_what_it_means(meaning, typed, stands_for):
    assert meaning(typed) == stands_for


def test_names_of_roles_subsectors_and_types_need_no_row(meaning):
    assert meaning("akademisi") == meaning("academia") == ["academia"]
    assert meaning("agregator") == ["aggregator"]
    assert meaning("culinary") == ["kuliner"]
    assert meaning("televisi dan radio") == ["televisi-radio"]
    assert meaning("hub kreatif") == ["hub-kreatif"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("desain grafis jepara", ["desain grafis"]),
        ("komunitas film pendek", ["komunitas", "film pendek"]),
        ("kedai kopi susu", ["kedai kopi", "susu"]),
        ("film, pendek", ["film", "pendek"]),
        ("cari creative hub", ["creative hub"]),
    ],
)
def test_words_that_belong_together_are_one_term(terms, typed, words):
    assert terms(typed) == words


@pytest.mark.parametrize(
    ("typed", "stands_for"),
    [
        ("-batik", []),  # whoever mentions it, not all crafts
        ("-kuliner", ["kuliner"]),
        ("-media", ["media"]),
        ("-kampus", ["academia"]),
        ('"kampus"', []),
        ('-"kampus"', []),
    ],
)
def test_a_minus_keeps_only_a_name_and_quotes_nothing(meaning, typed, stands_for):
    assert meaning(typed) == stands_for


def test_a_word_that_stands_for_its_meaning_alone(lexicon):
    read = understand("kampus batik universitas", lexicon)

    assert [term.is_meant for term in read.terms] == [True, False, False]


def test_every_role_and_subsector_has_words(reference):
    meanings = reference.lexicon.meanings.values()
    hinted = [meaning for meaning in meanings if not meaning.is_name]

    assert {role for meaning in hinted for role in meaning.roles} == set(Role)
    assert {reference.subsectors[pk] for m in hinted for pk in m.subsectors} == set(
        reference.subsectors.values()
    )
    assert len(hinted) > 250
