import pghistory.models
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Sum

from regions.models import Province, Recognition, Region, Subsector
from stakeholders.models import (
    OfferingCategory,
    OrganizationType,
    SearchTerm,
    SearchTermSubsector,
    SearchTermType,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def event_counts():
    return {
        model: model.objects.count()
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    }


def test_loads_all_of_indonesia():
    call_command("load_reference_data")

    assert Province.objects.count() == 38
    assert Region.objects.filter(kind="kabupaten").count() == 416
    assert Region.objects.filter(kind="kota").count() == 98
    assert Region.objects.filter(is_administrative=True).count() == 6
    assert Region.objects.aggregate(Sum("population")) == {"population__sum": 284_973_643}
    assert Subsector.objects.count() == 17
    assert Recognition.objects.filter(scheme="unesco").count() == 7
    assert Recognition.objects.filter(scheme="kata-kreatif").count() == 47
    assert OfferingCategory.objects.count() == 18
    assert set(OrganizationType.objects.values_list("role", flat=True)) == {
        "academia",
        "business",
        "community",
        "government",
        "media",
        "aggregator",
    }


def test_regions_add_up_to_their_province():
    call_command("load_reference_data")

    of_regions = Region.objects.values_list("province__code").annotate(Sum("population"))
    assert dict(of_regions) == dict(Province.objects.values_list("code", "population"))


def test_recognitions():
    call_command("load_reference_data")

    jakarta = Recognition.objects.get(scheme="unesco", field="literature")
    assert (jakarta.province.slug, jakarta.region) == ("dki-jakarta", None)
    malang = Region.objects.get(slug="kota-malang")
    assert {title.scheme: title.year for title in malang.recognitions.all()} == {
        "unesco": 2025,
        "kata-kreatif": 2019,
    }
    assert [
        (row.subsector.slug, row.since_year, row.basis)
        for row in malang.region_subsectors.order_by("subsector__position")
    ] == [
        ("aplikasi", 2019, "kata-kreatif"),
        ("pengembangan-permainan", 2019, "kata-kreatif"),
    ]


def test_other_names_of_regions():
    call_command("load_reference_data")

    code_of = {
        alias: Region.objects.get(aliases__contains=[alias]).code
        for alias in ("Solo", "Jogja", "Kukar", "Palangka Raya", "Tanjungpinang", "Jaksel")
    }
    assert code_of == {
        "Solo": "33.72",
        "Jogja": "34.71",
        "Kukar": "64.02",
        "Palangka Raya": "62.71",
        "Tanjungpinang": "21.72",
        "Jaksel": "31.74",
    }


def test_second_run_changes_no_row():
    call_command("load_reference_data")
    before = event_counts()

    call_command("load_reference_data")

    assert event_counts() == before
    words = SearchTerm.objects.count()
    links = SearchTermSubsector.objects.count() + SearchTermType.objects.count()
    assert sum(before.values()) == 38 + 514 + 17 + 54 + 49 + 49 + 38 + 18 + words + links


def test_a_handful_of_queries(django_assert_num_queries):
    with django_assert_num_queries(50):  # savepoint; lock, history, rows, insert of each step
        call_command("load_reference_data")
    with django_assert_num_queries(38):
        call_command("load_reference_data")


def test_tells_its_progress(capsys):
    call_command("load_reference_data")

    assert capsys.readouterr().out.splitlines() == [
        "provinces.csv: 38 created",
        "regions.csv: 514 created",
        "subsectors.csv: 17 created",
        "uccn.csv: 7 created",
        "kata_kreatif.csv: 47 created",
        "kata_kreatif.csv, subsectors of the titles: 49 created",
        "kata_kreatif.csv, lead subsectors of the regions: 49 created",
        "organization_types.csv: 38 created",
        "offering_categories.csv: 18 created",
        f"search_terms.csv: {SearchTerm.objects.count()} created",
        f"search_terms.csv, subsectors of the words: {SearchTermSubsector.objects.count()} created",
        "search_terms.csv, organisation types of the words: "
        f"{SearchTermType.objects.count()} created",
    ]
