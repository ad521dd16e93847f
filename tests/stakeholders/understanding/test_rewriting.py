"""The links beside what was understood: without it, and as plain words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders.understanding import choose, literally, understand, without
from stakeholders.understanding.words import fold
from tests.hostile import VALUES

# Words that are read as something, and the signs around them.
PIECES = [
    *["solo", "kab", "kota", "malang", "jawa", "tngah", "batu", "media", "kedai", "kopi", "di"],
    *["laras", '"', "-", "–", ",", " ", "  ", "“", "\x00", "'", "&", "kab.", "se-", "é", "🎭"],
]
typed = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))


@pytest.mark.parametrize(
    ("text", "rest", "plain"),
    [
        ("media di solo", "media", 'media di "solo"'),
        ("solo", "", '"solo"'),
        ("di sekitar solo batik", "batik", 'di sekitar "solo" batik'),
        ("batik kab. malang murah", "batik murah", 'batik "kab. malang" murah'),
        ("batik solo tenun jogja", "batik tenun", 'batik "solo" tenun "jogja"'),
        ("batik se-jabar", "batik", 'batik se- "jabar"'),
        ("batik, solo", "batik", 'batik, "solo"'),
        ('"solo jogja batik', "batik", '"solo" "jogja" batik'),
        ('"batik tulis" -cap solo', '"batik tulis" -cap', '"batik tulis" -cap "solo"'),
    ],
)
def test_a_place_is_removed_or_taken_literally(lexicon, text, rest, plain):
    (place,) = understand(text, lexicon).places

    assert without(text, place) == rest
    assert literally(text, place) == plain
    assert understand(plain, lexicon).places == []


@pytest.mark.parametrize(
    ("text", "number", "rest", "plain"),
    [
        ("kedai  kopi solo", 0, "solo", '"kedai kopi" solo'),
        ("batik -cap", 1, "batik", 'batik -"cap"'),
        ('batik "cap tangan"', 1, "batik", 'batik "cap tangan"'),
        ("kampus di solo", 0, "di solo", '"kampus" di solo'),
    ],
)
def test_a_term_is_removed_or_taken_literally(lexicon, text, number, rest, plain):
    term = understand(text, lexicon).terms[number]

    assert without(text, term) == rest
    assert literally(text, term) == plain


def test_an_option_is_chosen(lexicon):
    (place,) = understand("batik di jogja", lexicon).places

    assert [choose("batik di jogja", place, option) for option in place.options] == [
        ({"wilayah": "kota-yogyakarta"}, "batik"),
        ({"provinsi": "34"}, "batik"),
    ]


def assert_rewritable(text, lexicon):
    read = understand(text, lexicon)
    for part in [*read.terms, *read.places]:
        without(text, part)
        plain = understand(literally(text, part), lexicon)
        literal = {fold(term.text) for term in plain.terms if term.is_phrase}
        literal |= {fold(words) for words in plain.left_out}
        assert {fold(text[start:end]) for start, end in part.spans} <= literal


@settings(max_examples=300, deadline=None)
@given(text=typed)
def test_whatever_is_typed_is_understood_somehow(lexicon, text):
    assert_rewritable(text, lexicon)


@pytest.mark.parametrize("text", VALUES)
def test_hostile_text_too(lexicon, text):
    assert_rewritable(text[:2000], lexicon)
    understand(text, lexicon)
