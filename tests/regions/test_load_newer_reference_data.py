"""A newer version of a file meets what people changed meanwhile."""

import pytest
from django.db import connection

from regions.models import Province, Recognition, Region, RegionSubsector, Subsector
from stakeholders.models import OrganizationType, SearchTerm
from tests.regions.reference_files import FILES, edit, load, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_value_nobody_touched_follows_the_file(data_folder, capsys):
    load(data_folder)
    edit(data_folder, "regions.csv", "889000", "900000")
    load(data_folder)

    assert Region.objects.get(code="35.73").population == 900_000
    assert "regions.csv: 1 updated, 1 unchanged\n" in capsys.readouterr().out


def test_value_people_wrote_stays(data_folder, capsys):
    load(data_folder)
    with people():
        Region.objects.filter(code="35.73").update(population=7, tagline="Kota bunga")
    edit(data_folder, "regions.csv", "889000", "900000")
    load(data_folder)

    malang = Region.objects.get(code="35.73")
    assert (malang.population, malang.tagline) == (7, "Kota bunga")
    assert "regions.csv: 1 unchanged, 1 kept as people left them\n" in capsys.readouterr().out


def test_value_written_without_a_context_stays(data_folder):
    load(data_folder)
    with connection.cursor() as cursor:  # as in a transaction the loader had no part in
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
    Region.objects.filter(code="35.73").update(population=7)
    load(data_folder)

    assert Region.objects.get(code="35.73").population == 7


def test_each_field_has_its_own_author(data_folder):
    load(data_folder)
    with people():
        Region.objects.filter(code="35.73").update(population=7)
    edit(data_folder, "regions.csv", ",Malang,-7.98", ",Klojen,-7.98")
    load(data_folder)  # writes the row, with the population of people
    load(data_folder)

    malang = Region.objects.get(code="35.73")
    assert (malang.population, malang.capital) == (7, "Klojen")


def test_value_people_undid_follows_the_file_again(data_folder):
    load(data_folder)
    for population in (7, 889_000):
        with people():
            Region.objects.filter(code="35.73").update(population=population)
    edit(data_folder, "regions.csv", "889000", "900000")
    load(data_folder)

    assert Region.objects.get(code="35.73").population == 900_000


def test_row_people_deleted_stays_away(data_folder, capsys):
    load(data_folder)
    with people():
        Region.objects.get(code="35.73").delete()
        Subsector.objects.get(slug="kuliner").delete()
    load(data_folder)

    assert not Region.objects.filter(code="35.73").exists()
    assert not Subsector.objects.filter(slug="kuliner").exists()
    assert [str(title.place) for title in Recognition.objects.all()] == ["DKI Jakarta"]
    assert "regions.csv: 1 unchanged, 1 kept as people left them\n" in capsys.readouterr().out


def test_title_and_subsector_people_deleted_stay_away(data_folder):
    load(data_folder)
    with people():
        Recognition.objects.get(scheme="kata-kreatif").delete()
        RegionSubsector.objects.get(subsector__slug="kriya").delete()
        Subsector.objects.get(slug="kriya").delete()
    load(data_folder)

    assert [title.scheme for title in Recognition.objects.all()] == ["unesco", "unesco"]
    assert [row.subsector.slug for row in RegionSubsector.objects.all()] == ["aplikasi"]


def test_province_people_deleted_gets_no_regions(data_folder):
    load(data_folder)
    with people():
        Province.objects.get(code="31").delete()
    central = "31.71,kota,Jakarta Pusat,Jakarta Pusat,,1,Menteng,-6.18,106.83,Asia/Jakarta,1100000"
    edit(data_folder, "regions.csv", "35.07,", f"{central}\n35.07,")
    load(data_folder)

    assert [province.code for province in Province.objects.all()] == ["35"]
    assert {region.code for region in Region.objects.all()} == {"35.07", "35.73"}
    assert {str(title.place) for title in Recognition.objects.all()} == {"Kota Malang"}


def test_link_people_deleted_stays_away(data_folder):
    load(data_folder)
    title = Recognition.objects.get(scheme="kata-kreatif")
    with people():
        title.subsectors.remove(Subsector.objects.get(slug="kriya"))
        RegionSubsector.objects.get(subsector__slug="aplikasi").delete()
    load(data_folder)

    assert [subsector.slug for subsector in title.subsectors.all()] == ["aplikasi"]
    assert [row.subsector.slug for row in RegionSubsector.objects.all()] == ["kriya"]


def test_row_people_gave_another_slug_is_the_same_row(data_folder):
    load(data_folder)
    with people():
        Subsector.objects.filter(slug="kriya").update(slug="kerajinan")
    edit(data_folder, "subsectors.csv", "Crafts", "Craft")
    load(data_folder)

    renamed = Subsector.objects.get(slug="kerajinan")
    assert renamed.name_en == "Craft"
    assert not Subsector.objects.filter(slug="kriya").exists()
    assert renamed.recognitions.count() == 1


def test_row_people_made_first_is_theirs(data_folder):
    with people():
        Subsector.objects.create(slug="kriya", name_id="Kria", name_en="Craft")
    load(data_folder)

    assert Subsector.objects.get(slug="kriya").name_id == "Kria"


def test_corrected_subsector_replaces_the_wrong_one(data_folder, capsys):
    load(data_folder)
    with people():
        malang = Region.objects.get(code="35.73")
        malang.region_subsectors.filter(subsector__slug="aplikasi").update(is_lead=False)
    edit(data_folder, "kata_kreatif.csv", "aplikasi+kriya", "kuliner")
    load(data_folder)

    title = Recognition.objects.get(scheme="kata-kreatif")
    assert [subsector.slug for subsector in title.subsectors.all()] == ["kuliner"]
    assert {row.subsector.slug: row.is_lead for row in malang.region_subsectors.all()} == {
        "kuliner": True,
        "aplikasi": False,  # people changed that row: it is theirs
    }
    assert "lead subsectors of the regions: 1 created, 1 removed\n" in capsys.readouterr().out


def test_correction_may_be_taken_back(data_folder):
    load(data_folder)
    edit(data_folder, "kata_kreatif.csv", "aplikasi+kriya", "kuliner")
    load(data_folder)
    edit(data_folder, "kata_kreatif.csv", "kuliner", "aplikasi+kriya")
    load(data_folder)

    leads = {row.subsector.slug for row in RegionSubsector.objects.all()}
    assert leads == {"aplikasi", "kriya"}


def test_title_that_left_the_file_stays_whole(data_folder):
    load(data_folder)
    malang = FILES["kata_kreatif.csv"].splitlines()[1]
    edit(data_folder, "kata_kreatif.csv", malang, "35.07,Kabupaten Malang,2022,kuliner,a newspaper")
    load(data_folder)

    leads = RegionSubsector.objects.values_list("region__code", "subsector__slug")
    assert set(leads) == {("35.07", "kuliner"), ("35.73", "aplikasi"), ("35.73", "kriya")}
    title = Recognition.objects.get(scheme="kata-kreatif", region__code="35.73")
    assert {subsector.slug for subsector in title.subsectors.all()} == {"aplikasi", "kriya"}


def test_row_that_left_the_file_stays(data_folder):
    load(data_folder)
    edit(data_folder, "organization_types.csv", "universitas,", "akademi,")
    load(data_folder)

    assert {row.slug for row in OrganizationType.objects.all()} == {"universitas", "akademi"}


def test_search_word_keeps_the_meaning_people_gave_it(data_folder):
    load(data_folder)
    with people():
        SearchTerm.objects.filter(words="kampus").update(role="community")
        SearchTerm.objects.get(words="batik").subsectors.set([Subsector.objects.get(slug="kriya")])
        SearchTerm.objects.get(words="batu").delete()
    load(data_folder)

    assert {
        term.words: (term.role, [subsector.slug for subsector in term.subsectors.all()])
        for term in SearchTerm.objects.all()
    } == {"kampus": ("community", []), "batik": ("", ["kriya"])}


def test_search_word_follows_the_file_where_nobody_touched_it(data_folder):
    load(data_folder)
    edit(data_folder, "search_terms.csv", "aplikasi+kuliner", "kuliner+kriya")
    edit(data_folder, "search_terms.csv", "kampus,academia", "kampus,business")
    load(data_folder)

    batik, kampus = (SearchTerm.objects.get(words=words) for words in ("batik", "kampus"))
    assert {subsector.slug for subsector in batik.subsectors.all()} == {"kriya", "kuliner"}
    assert kampus.role == "business"


def test_search_word_loses_the_subsector_people_deleted(data_folder):
    load(data_folder)
    with people():
        Subsector.objects.get(slug="kuliner").delete()
    load(data_folder)

    batik = SearchTerm.objects.get(words="batik")
    assert [subsector.slug for subsector in batik.subsectors.all()] == ["aplikasi"]
