import re
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from stakeholders.coverage import ALL, Coverage
from stakeholders.roles import Role
from stakeholders.templatetags.hexahelix import ago, role_label


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def draw(tag, counts):
    """Draw a coverage of {role: living listings}."""
    coverage = Coverage((role, ALL, count, count) for role, count in counts.items())
    template = Template("{% load hexahelix %}" + tag)
    return template.render(Context({"coverage": coverage, "province": {"provinsi": "35"}}))


def helix(counts, scope=""):
    return draw("{% helix coverage " + scope + " %}", counts)


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
    drawn = helix({"academia": 1}, 'wilayah="kota-malang"')

    assert drawn.count('href="/en/mitra/?wilayah=kota-malang&amp;peran=academia"') == 2


def test_an_empty_wedge_leads_to_all_of_indonesia():
    drawn = helix({"media": 1}, 'wilayah="kota-malang"')

    assert drawn.count('href="/en/mitra/?peran=academia"') == 2


def test_an_empty_wedge_leads_elsewhere_where_the_page_says_so():
    drawn = helix({"media": 1}, 'elsewhere=province wilayah="kota-malang"')

    assert drawn.count('href="/en/mitra/?provinsi=35&amp;peran=academia"') == 2
    assert drawn.count('href="/en/mitra/?wilayah=kota-malang&amp;peran=media"') == 2


def test_two_hexagons_on_a_page_have_names_of_their_own():
    drawn = helix({}, 'wilayah="kota-malang"') + helix({}, 'wilayah="kota-batu"')

    names = re.findall(r'aria-labelledby="([^"]*)"', drawn)
    assert names == ["helix-kota-malang", "helix-kota-batu"]
    assert [drawn.count(f'<title id="{name}">The six roles</title>') for name in names] == [1, 1]


def test_missing_roles_lead_to_who_plays_them_elsewhere():
    drawn = draw("{% missing_roles coverage province %}", {"media": 1, "business": 2})

    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', drawn) == [
        ("/en/mitra/?provinsi=35&amp;peran=academia", "academia"),
        ("/en/mitra/?provinsi=35&amp;peran=community", "community"),
        ("/en/mitra/?provinsi=35&amp;peran=government", "government"),
        ("/en/mitra/?provinsi=35&amp;peran=aggregator", "aggregator"),
    ]


def test_where_all_six_are_played_nothing_is_missing():
    assert draw("{% missing_roles coverage %}", dict.fromkeys(Role, 1)).strip() == ""


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
    [(1, "1\xa0day"), (3, "3\xa0days"), (23, "3\xa0weeks"), (400, "1\xa0year")],
)
def test_time_is_told_in_one_unit(days, words):
    today = date(2026, 11, 22)

    assert ago(today - timedelta(days=days), today) == words
