from collections import Counter

import pytest

from benchmarks.listings import CHUNK, TYPES, Inventor, Region, Taxonomy, cut, total
from benchmarks.synthetic import COLUMNS
from benchmarks.vocabulary import HALF, RARE, RARE_LISTINGS, TOPICS

LISTINGS = 10_000
FIELDS = [name.strip() for name in COLUMNS["stakeholder"].split(",")]


@pytest.fixture(scope="module")
def inventor():
    regions = [
        Region(1, "kota", "Bandung", 2_500_000, -6.9, 107.6),
        Region(2, "kabupaten", "Supiori", 25_000, -0.7, 135.6),
    ]
    types = {slug: (number, "business") for number, slug in enumerate(TYPES)}
    subsectors = {slug: number for number, slug in enumerate(TOPICS)}
    return Inventor(Taxonomy(regions, types, subsectors, [1, 2, 3]), LISTINGS)


@pytest.fixture(scope="module")
def rows(inventor):
    lines = "".join(
        inventor.chunk(first)["stakeholder"] for first in range(1, total(LISTINGS) + 1, CHUNK)
    )
    return [dict(zip(FIELDS, line.split("\t"), strict=True)) for line in lines.splitlines()]


def test_the_same_chunk_is_invented_again_whatever_came_before(inventor):
    before = inventor.chunk(1)
    inventor.chunk(CHUNK + 1)

    assert inventor.chunk(1) == before


def test_as_many_are_published_as_were_asked_for(rows):
    statuses = Counter(row["status"] for row in rows)

    assert statuses["published"] == LISTINGS
    assert set(statuses) == {"published", "draft", "pending", "archived"}
    assert len({row["slug"] for row in rows}) == len(rows)


def test_words_are_as_frequent_as_told(rows):
    texts = [f"{row['summary']} {row['description']}".lower() for row in rows]
    published = [row["summary"].lower().split() for row in rows if row["status"] == "published"]

    assert sum(HALF in text for text in texts) == pytest.approx(LISTINGS / 2, rel=0.05)
    for word in RARE:
        assert sum(word in text for text in published) == pytest.approx(RARE_LISTINGS, abs=3)


def test_texts_are_as_long_as_told(rows):
    descriptions = [len(row["description"]) for row in rows if row["description"]]

    assert all(60 <= len(row["summary"]) <= 180 for row in rows)
    assert 180 <= min(descriptions) <= max(descriptions) <= 800


def test_most_live_in_the_city(rows):
    regions = Counter(row["region_id"] for row in rows)

    assert regions["1"] > 100 * regions["2"] > 0


def test_a_text_is_cut_between_words():
    assert cut("batik tulis solo", 12) == "batik tulis"
    assert cut("batik", 5) == "batik"
