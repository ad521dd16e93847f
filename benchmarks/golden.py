"""How well the search understands people: queries as they type them, and who must come first.

`expected` is the slug of a listing, or several joined by "|": one of them must be within the first
`within`. Or it is conditions such as "peran:media provinsi:34", again with "|" for or: then the
first `within` results must all fulfil all of them, and there must be one.
"""

import csv
from pathlib import Path
from typing import NamedTuple

from benchmarks.server import be_production

FILE = Path(__file__).parent.parent / "tests/stakeholders/golden_queries.csv"
VALUES = {
    "peran": lambda card: {card.role},
    "subsektor": lambda card: {subsector.slug for subsector in card.subsectors.all()},
    "wilayah": lambda card: {card.region.slug},
    "provinsi": lambda card: {card.region.province.code},
}


class Golden(NamedTuple):
    query: str
    expected: str
    within: int

    def fits(self, card):
        wanted = [each.rpartition(":") for each in self.expected.split()]
        return all(
            VALUES[name](card) & set(values.split("|")) if name else card.slug in values.split("|")
            for name, _colon, values in wanted
        )

    @property
    def names_listings(self):
        return ":" not in self.expected


class Verdict(NamedTuple):
    golden: Golden
    place: int  # of the first that fits; 0 where none does
    is_hit: bool
    first: list  # slugs, to see what came instead

    def __str__(self):
        came = ", ".join(self.first[:3]) or "nothing"
        return f"{self.golden.query!r} should find {self.golden.expected}; came: {came}"


class Scores(NamedTuple):
    verdicts: list

    @property
    def recall(self):
        return sum(verdict.is_hit for verdict in self.verdicts) / len(self.verdicts)

    @property
    def mean_reciprocal_rank(self):
        ranks = [1 / verdict.place for verdict in self.verdicts if verdict.place]
        return sum(ranks) / len(self.verdicts)

    @property
    def misses(self):
        return [verdict for verdict in self.verdicts if not verdict.is_hit]

    def __str__(self):
        told = f"recall {self.recall:.3f}, mean reciprocal rank {self.mean_reciprocal_rank:.3f}"
        return "\n".join([f"{len(self.verdicts)} queries: {told}", *map(str, self.misses)])


def read():
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Golden(q, expected, int(n)) for q, expected, n in list(csv.reader(file))[1:]]


def judge(golden, cards):
    fitting = [golden.fits(card) for card in cards]
    place = fitting.index(True) + 1 if any(fitting) else 0
    first = fitting[: golden.within]
    is_hit = any(first) if golden.names_listings else bool(first) and all(first)
    return Verdict(golden, place, is_hit, [card.slug for card in cards])


def score(client):
    """Ask the partner search through Django's test client, which sees what the page was made of."""
    verdicts = []
    for golden in read():
        response = client.get("/mitra/", {"q": golden.query})
        verdicts.append(judge(golden, list(response.context["filterset"].page)))
    return Scores(verdicts)


def main():
    be_production()
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    print(f"\nThe search on the demo: {score(Client())}")


if __name__ == "__main__":
    main()
