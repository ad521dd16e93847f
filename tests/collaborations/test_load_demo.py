from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import translation

from collaborations.demo.load import load_practices, remove_practices
from collaborations.models import Adoption, GoodPractice, PracticeStakeholder
from regions.models import Region, Subsector
from stakeholders.models import OrganizationType
from tests.factories import AdoptionFactory, GoodPracticeFactory, StakeholderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="module")
def reference_data(rows_of_the_module):
    call_command("load_reference_data", stdout=StringIO())


@pytest.fixture
def partners():
    """Two listings where an invented practice comes from: an invented one and a real one."""
    same = {
        "region": Region.objects.get(code="33.75"),
        "role": "business",
        "organization_type": OrganizationType.objects.filter(role="business").first(),
        "subsectors": [Subsector.objects.get(slug="kriya")],
        "published": True,
    }
    return [StakeholderFactory(is_demo=is_demo, **same) for is_demo in (True, False)]


@pytest.fixture
def demo(partners):
    assert list(load_practices()) == ["Good practices: 12 added"]
    return GoodPractice.objects.demo()


def test_the_demo_is_varied_and_marked(demo):
    assert demo.published().count() == 12
    assert {practice.title[-9:] for practice in demo} == {" (Contoh)"}
    assert {practice.slug[-7:] for practice in demo} == {"-contoh"}
    assert Counter(demo.values_list("pillar", flat=True)) == {
        "identity": 4,
        "liveability": 4,
        "participation": 4,
    }
    assert demo.values("cost_band").distinct().count() == 5
    assert demo.values("region__province").distinct().count() >= 9
    assert demo.values("subsectors").distinct().count() >= 14
    adoptions = [p.number for p in demo.annotate(number=Count("adoptions"))]
    assert (min(adoptions), max(adoptions)) == (0, 5)
    assert Adoption.objects.filter(adapted_from__adapted_from__isnull=False).count() == 1


def test_every_demo_row_is_valid(demo):
    for row in [*demo, *Adoption.objects.all()]:
        row.full_clean()


def test_only_invented_partners_took_part(demo, partners):
    invented, _real = partners

    links = PracticeStakeholder.objects.values_list("goodpractice__region__code", "stakeholder")
    assert list(links) == [("33.75", invented.pk)]


def test_a_second_load_changes_nothing(demo):
    demo.first().delete()

    assert list(load_practices()) == ["Good practices: already there"]
    assert demo.count() == 11


def test_remove_takes_exactly_the_demo_away(demo):
    kept = GoodPracticeFactory(title="Milik kami (Contoh)", region=Region.objects.first())
    adoption = AdoptionFactory(practice=kept, region=Region.objects.last())

    assert remove_practices() == 12

    assert list(GoodPractice.objects.all()) == [kept]
    assert list(Adoption.objects.all()) == [adoption]
    assert remove_practices() == 0


def test_the_command_loads_and_removes_both(monkeypatch):
    loader = "collaborations.management.commands.load_demo"
    monkeypatch.setattr(f"{loader}.load_demo", lambda files: ["Listings"])
    output = StringIO()

    call_command("load_demo", stdout=output)
    call_command("load_demo", remove=True, stdout=output)

    assert output.getvalue().splitlines() == [
        "Listings",
        "Region profiles: 3 added",
        "Good practices: 12 added",
        "0 demo listings removed",
        "12 demo practices removed",
        "3 demo profiles removed",
    ]
    event = GoodPractice.pgh_event_model.objects.last()
    assert (event.pgh_label, event.pgh_context.metadata) == ("delete", {"command": "load_demo"})


def test_what_is_missing_is_named_and_nothing_is_loaded(monkeypatch):
    monkeypatch.setattr("collaborations.management.commands.load_demo.load_demo", lambda files: [])
    Subsector.objects.filter(slug="periklanan").update(slug="iklan")

    with pytest.raises(CommandError, match="There is no subsector “periklanan”"):
        call_command("load_demo")

    assert GoodPractice.objects.count() == 0
