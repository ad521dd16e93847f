import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from stakeholders.coverage import ALL, Coverage
from stakeholders.roles import Role
from stakeholders.templatetags.hexahelix import ago, role_label


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def helix(counts, scope=""):
    """Draw {role: living listings}."""
    coverage = Coverage((role, ALL, count, count) for role, count in counts.items())
    template = Template("{% load hexahelix %}{% helix coverage " + scope + " %}")
    return template.render(Context({"coverage": coverage}))


def test_a_hexagon_has_six_wedges_in_the_order_of_the_roles():
    labels = re.findall(r'<a class="helix__wedge[^>]*aria-label="([^"]*)"', helix({"media": 1234}))

    assert [" ".join(label.split()) for label in labels] == [
        "Academia: 0, none yet",
        "Business: 0, none yet",
        "Community: 0, none yet",
        "Government: 0, none yet",
        "Media: 1,234",
        "Aggregator: 0, none yet",
    ]


def test_a_list_beside_it_says_the_same():
    drawn = helix({"media": 2})
    key = re.findall(r'<span class="helix-key__count">([^<]*)</span>', drawn)

    assert key == ["none yet", "none yet", "none yet", "none yet", "2", "none yet"]
    assert drawn.count("?peran=") == 12


def test_a_wedge_keeps_the_scope_of_its_search():
    drawn = helix({}, 'wilayah="kota-malang"')

    assert 'href="/en/mitra/?wilayah=kota-malang&amp;peran=academia"' in drawn


def test_wedges_meet_in_the_middle_and_touch_each_other():
    shapes = re.findall(r'<polygon points="([^"]*)"', helix({}))

    assert len(shapes) == 6
    points = [shape.split() for shape in shapes]
    assert {point[0] for point in points} == {"0,0"}
    assert [point[2] for point in points] == [point[1] for point in points[1:] + points[:1]]


@pytest.mark.parametrize("role", Role)
def test_a_role_has_a_word(role):
    assert role_label(role.value) == role.label


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0\xa0minutes"), (3, "3\xa0days"), (23, "3\xa0weeks"), (400, "1\xa0year")],
)
def test_time_is_told_in_one_unit(days, words):
    assert ago(timezone.now() - timedelta(days=days)) == words
