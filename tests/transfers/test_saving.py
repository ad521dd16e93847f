"""All or nothing, only what was shown, and back again."""

from datetime import timedelta

import pghistory
import pytest
from django.utils import timezone

from stakeholders.models import ListingChange, Stakeholder
from tests import factories
from tests.transfers.tools import checked, csv_file, outcomes, reasons, saved, taken_in, undone
from transfers import actions, work
from transfers.models import Import, ImportFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(officer):
    return officer.region


@pytest.fixture(autouse=True)
def kind():
    return factories.OrganizationTypeFactory(name_id="Sanggar", role="community")


@pytest.fixture
def line(region):
    return f"{{}},Komunitas,Sanggar,{region.name}"


def by_somebody():
    """A change after the import is a change of its own."""
    return pghistory.context(user=0)


def test_new_rows_become_published_listings(officer, region, kind, line):
    factories.SubsectorFactory(name_id="Kriya")
    factories.StakeholderFactory(slug="sanggar-melati", region=region)
    an_import = saved(
        checked(
            officer,
            csv_file(
                line.format("Sanggar Melati") + ",kriya",
                line.format("Sanggar melati (2)") + ",",
                header="Nama,Peran,Jenis,Kab/Kota,Subsektor",
            ),
        )
    )

    listing = Stakeholder.objects.get(name="Sanggar Melati")
    assert (listing.slug, listing.role, listing.status) == (
        "sanggar-melati-2",
        "community",
        "published",
    )
    assert (listing.region, listing.organization_type) == (region, kind)
    assert [subsector.name_id for subsector in listing.subsectors.all()] == ["Kriya"]
    assert (listing.verified_at, an_import.state) == (None, "done")
    assert an_import.rows.first().listing == listing.pk
    assert not ImportFile.objects.exists()
    event = Stakeholder.pgh_event_model.objects.filter(pgh_obj=listing).get()
    assert event.pgh_context_id == an_import.change
    metadata = event.pgh_context.metadata
    assert (metadata["via"], metadata["user"]) == ("import", officer.pk)


def test_changes_confirmation_and_drafts(officer, region, line):
    subsector = factories.SubsectorFactory(name_id="Kriya")
    old = factories.StakeholderFactory(
        name="Lama", region=region, subsectors=[subsector], public_phone="1", published=True
    )
    same = factories.StakeholderFactory(name="Sama", region=region, published=True)
    header = "Nama,Peran,Jenis,Kab/Kota,Subsektor,HP"
    rows = [
        f"Lama,,,{region.name},semua,0812",
        f"Sama,,,{region.name},,",
        line.format("Baru") + ",,",
    ]
    saved(checked(officer, csv_file(*rows, header=header)), confirms=True, publishes=False)

    old.refresh_from_db()
    same.refresh_from_db()
    assert (old.public_phone, list(old.subsectors.all())) == ("0812", [])
    assert (old.verified_by, same.verified_by) == (officer, officer)
    assert Stakeholder.objects.get(name="Baru").status == "draft"


def test_what_changed_since_the_check_is_left_out(officer, region, line):
    listing = factories.StakeholderFactory(name="Lama", region=region, address="A")
    header = "Nama,Peran,Jenis,Kab/Kota,Alamat"
    an_import = checked(
        officer, csv_file(f"Lama,,,{region.name},B", line.format("Baru") + ",", header=header)
    )
    Stakeholder.objects.filter(pk=listing.pk).update(address="C")
    factories.StakeholderFactory(name="Baru", region=region)  # somebody was faster

    saved(an_import)

    listing.refresh_from_db()
    assert listing.address == "C"
    assert outcomes(an_import) == [(2, "refused"), (3, "refused")]
    assert "berubah setelah diperiksa" in reasons(an_import)[0][1]
    assert Stakeholder.objects.filter(name="Baru").count() == 1


def test_same_file_twice_adds_nothing_twice(officer, line):
    first, second = (checked(officer, csv_file(line.format("Baru"))) for _each in range(2))
    saved(first)
    saved(second)

    assert Stakeholder.objects.count() == 1
    assert outcomes(second) == [(2, "refused")]


def test_scope_is_asked_again_when_it_is_saved(officer, region, line):
    other = factories.OfficerAssignmentFactory(user=officer).region
    listing = factories.StakeholderFactory(name="Lama", region=other, address="A")
    header = "Nama,Peran,Jenis,Kab/Kota,Alamat"
    an_import = checked(
        officer, csv_file(f"Lama,,,{other.name},B", line.format("Baru") + ",", header=header)
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = officer.officer_assignments.filter(region=other)
    ended.update(starts_on=yesterday, ends_on=yesterday)

    saved(an_import)

    listing.refresh_from_db()
    assert listing.address == "A"
    assert outcomes(an_import) == [(2, "refused"), (3, "create")]


def test_whoever_looks_after_nothing_any_more_saves_nothing(officer, line):
    an_import = checked(officer, csv_file(line.format("Baru")))
    officer.officer_assignments.all().delete()
    actions.begin_saving(an_import=an_import, confirms=True, publishes=True)

    from transfers import tasks

    tasks.save(an_import.pk)

    an_import.refresh_from_db()
    assert (an_import.state, Stakeholder.objects.count()) == ("ready", 0)
    assert "tidak lagi bertugas" in an_import.problem


def test_only_one_of_two_jobs_does_the_work(officer, line):
    an_import = checked(officer, csv_file(line.format("Baru")))
    assert actions.begin_saving(an_import=an_import, confirms=False, publishes=True)
    assert not actions.begin_saving(an_import=an_import, confirms=False, publishes=True)

    work.save(an_import)
    work.save(an_import)

    assert Stakeholder.objects.count() == 1


def test_where_officers_are_reviewed_all_of_it_waits(officer, region, line):
    region.review = "all"
    region.save()
    old = factories.StakeholderFactory(name="Lama", region=region, address="A", published=True)
    header = "Nama,Peran,Jenis,Kab/Kota,Alamat"
    an_import = saved(
        checked(
            officer, csv_file(f"Lama,,,{region.name},B", line.format("Baru") + ",", header=header)
        )
    )

    old.refresh_from_db()
    new = Stakeholder.objects.get(name="Baru")
    assert (old.address, new.status, an_import.waiting) == ("A", "pending", 2)
    assert ListingChange.objects.get(stakeholder=old).content["address"] == "B"
    assert ListingChange.objects.get(stakeholder=new).is_new_listing
    undone(an_import)
    assert (ListingChange.objects.count(), Stakeholder.objects.get()) == (0, old)


def test_decisions(officer, region, line):
    listing = factories.StakeholderFactory(name="Sanggar Melati", region=region, address="A")
    foreign = factories.StakeholderFactory(name="Sanggar Melati")
    header = "Nama,Peran,Jenis,Kab/Kota,Alamat"
    names = ["Sanggar Melatie", "Sanggar Melatii", "Sanggar Mellati", "Sangar Melati"]
    an_import = checked(
        officer, csv_file(*(line.format(name) + ",B" for name in names), header=header)
    )
    assert {outcome for _number, outcome in outcomes(an_import)} == {"choose"}

    decisions = {2: ("same", listing.pk), 3: ("new", None), 4: ("skip", None)}
    assert actions.decide(an_import=an_import, decisions=decisions)
    forged = {5: ("same", foreign.pk)}
    assert actions.decide(an_import=an_import, decisions=forged)
    saved(an_import)

    assert [outcome for _number, outcome in outcomes(an_import)] == [
        "update",
        "create",
        "skipped",
        "choose",
    ]
    listing.refresh_from_db()
    foreign.refresh_from_db()
    assert (listing.name, listing.address, foreign.address) == ("Sanggar Melatie", "B", "")


def test_undo_keeps_what_changed_since(officer, region, line):
    old = factories.StakeholderFactory(name="Lama", region=region, address="A")
    an_import = checked(
        officer,
        csv_file(
            f"Lama,,,{region.name},B",
            *(line.format(name) + "," for name in ["Mawar", "Melati", "Kenanga"]),
            header="Nama,Peran,Jenis,Kab/Kota,Alamat",
        ),
    )
    saved(an_import)
    with by_somebody():
        Stakeholder.objects.get(name="Mawar").confirm(officer)
        factories.OfferingFactory(stakeholder=Stakeholder.objects.get(name="Melati"))

    undone(an_import)

    old.refresh_from_db()
    assert (an_import.state, old.address) == ("undone", "A")
    assert "2 mitra tetap" in an_import.problem
    names = Stakeholder.objects.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Lama", "Mawar", "Melati"]


def test_choices_of_columns_are_remembered(officer, line):
    first = taken_in(officer, csv_file("A,x", header="Nama,Entah apa"))
    assert first.state == "columns"
    actions.choose_columns(an_import=first, columns=["name", "address"])

    assert taken_in(officer, csv_file("B,y", header="Nama,ENTAH  APA")).columns == [
        "name",
        "address",
    ]


def test_all_of_it_goes_after_thirty_days(officer, line):
    from transfers.tasks import forget_imports

    an_import = checked(officer, csv_file(line.format("Baru")))
    forget_imports(0)
    assert Import.objects.exists()

    Import.objects.filter(pk=an_import.pk).update(created_at=timezone.now() - timedelta(days=31))
    forget_imports(0)

    assert not Import.objects.exists()
    assert not ImportFile.objects.exists()
