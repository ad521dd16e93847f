from xml.etree import ElementTree

import pytest

from benchmarks.plot import plot, x_of, y_of
from benchmarks.queries import ADDRESSES, BUDGETS, budget


def result(listings, p50, p95):
    datasette = {"rare": {"p95_ms": 10 * p95}}
    classes = {"rare": {"p50_ms": p50, "p95_ms": p95}}
    return {"listings": listings, "classes": classes, "references": {"Datasette": datasette}}


def test_both_axes_are_logarithmic():
    decade = x_of(10_000) - x_of(1_000)

    assert decade > 0
    assert x_of(1_000_000) - x_of(100_000) == pytest.approx(decade, abs=0.1)
    assert y_of(10) - y_of(100) == pytest.approx(y_of(100) - y_of(1_000), abs=0.1)


def test_every_size_has_a_dot_on_every_line():
    svg = plot([result(1_500, 5, 9), result(200_000, 8, 20)])
    drawn = ElementTree.fromstring(svg)  # noqa: S314 - our own
    dots = [each for each in drawn.iter() if each.get("class", "").startswith("dot")]

    assert [(dot.get("class"), dot[0].text) for dot in dots] == [
        ("dot other", "1,500 listings: 90 ms"),
        ("dot other", "200,000 listings: 200 ms"),
        ("dot p50", "1,500 listings: 5 ms"),
        ("dot p50", "200,000 listings: 8 ms"),
        ("dot p95", "1,500 listings: 9 ms"),
        ("dot p95", "200,000 listings: 20 ms"),
    ]


def test_what_is_slower_than_the_axis_stays_on_the_paper():
    assert y_of(10**9) == y_of(10_000)


def test_every_class_has_a_budget_that_grows_three_times():
    assert list(ADDRESSES) == list(BUDGETS)
    assert sum(map(len, ADDRESSES.values())) >= 40
    assert (budget("rare", 200_000), budget("rare", 1_000_000)) == (40, 120)
