"""/kelola/tinjauan/: changes that wait for somebody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.actions import publish_listing, save_listing
from stakeholders.forms import ListingForm
from stakeholders.models import ListingChange
from tests import factories
from tests.jobs import work
from tests.listings import filled_in, posted
from tests.mail_server import text

pytestmark = pytest.mark.django_db

URL = "/kelola/tinjauan/"


@pytest.fixture
def region(officer):
    officer.region.review = "all"
    officer.region.save()
    return officer.region


@pytest.fixture
def author(region):
    return factories.OfficerAssignmentFactory(region=region, user__name="Penulis").user


@pytest.fixture
def propose(region, author):
    """Let the author change a listing of the region."""

    def propose(user=author, **changes):
        changes = changes or {"summary": "Baru"}
        listing = factories.StakeholderFactory(region=region, published=True, summary="Lama")
        return save_listing(form=filled_in(listing, user, **changes)(), user=user).change

    return propose


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(officer_client, django_assert_num_queries, propose, row_count):
    for _number in range(row_count):
        propose()
    officer_client.get(URL)

    with django_assert_num_queries(8):
        response = officer_client.get(URL)

    assert len(response.context["page"]) == row_count


def test_the_longest_waiting_comes_first_with_its_age(officer_client, propose):
    younger, older = propose(), propose()
    past = timezone.now() - timedelta(days=3)
    ListingChange.objects.filter(pk=older.pk).update(submitted_at=past)

    response = officer_client.get(URL)

    assert list(response.context["page"]) == [older, younger]
    assert "menunggu 3\xa0hari" in response.text


def test_ones_own_change_is_for_somebody_else(officer_client, officer, propose):
    change = propose(user=officer)
    address = f"{URL}{change.pk}/"

    response = officer_client.get(URL)
    assert (list(response.context["page"]), list(response.context["own"])) == ([], [change])
    assert "setujui" not in officer_client.get(address).text
    assert officer_client.post(f"{address}setujui/").status_code == 403
    assert officer_client.post(f"{address}kembalikan/", {"reason": "x"}).status_code == 403
    officer_client.post(f"{address}tarik/")
    assert not ListingChange.objects.exists()


def test_field_by_field_and_approved(officer_client, propose):
    change = propose(summary="Baru", address="Jalan 1")

    response = officer_client.get(f"{URL}{change.pk}/")
    shown = {
        each.key: (each.before.text, each.after.text) for each, _now in response.context["fields"]
    }
    assert shown == {"summary": ("Lama", "Baru"), "address": ("–", "Jalan 1")}
    assert change.stakeholder.summary == "Lama"
    response = officer_client.post(f"{URL}{change.pk}/setujui/", follow=True)

    change.stakeholder.refresh_from_db()
    assert change.stakeholder.summary == "Baru"
    assert "Disetujui" in response.text
    assert officer_client.get(f"{URL}{change.pk}/").status_code == 404


def test_contradictions_lead_to_the_form(officer_client, officer, propose):
    change, staff = propose(), factories.StaffFactory()
    listing = change.stakeholder
    save_listing(form=filled_in(listing, staff, summary="Pusat")(), user=staff)

    assert "tampil sekarang:" in officer_client.get(f"{URL}{change.pk}/").text
    response = officer_client.post(f"{URL}{change.pk}/setujui/")
    assert response.url == f"/kelola/mitra/{listing.pk}/?perubahan={change.pk}"
    data = posted(officer_client.get(response.url).context["form"], perubahan=str(change.pk))
    response = officer_client.post(f"/kelola/mitra/{listing.pk}/", data.dict())
    assert [each["key"] for each in response.context["conflicts"]] == ["summary"]
    data = posted(response.context["form"], perubahan=str(change.pk), **{"pilih-summary": "mine"})
    officer_client.post(f"/kelola/mitra/{listing.pk}/", data.dict())

    listing.refresh_from_db()
    assert listing.summary == "Baru"
    assert not ListingChange.objects.exists()


def test_edited_before_it_is_approved(officer_client, officer, propose):
    change = propose()
    listing = change.stakeholder
    url = f"/kelola/mitra/{listing.pk}/"
    form = officer_client.get(f"{url}?perubahan={change.pk}").context["form"]

    officer_client.post(url, posted(form, summary="Lebih baik", perubahan=str(change.pk)).dict())

    listing.refresh_from_db()
    assert listing.summary == "Lebih baik"
    assert not ListingChange.objects.exists()


def test_sent_back_with_a_reason(officer_client, client, author, propose):
    change = propose()
    address = f"{URL}{change.pk}/kembalikan/"

    assert "reason" in officer_client.post(address, {"reason": " "}).context["form"].errors
    officer_client.post(address, {"reason": "Alamatnya salah"})

    assert not ListingChange.objects.waiting().exists()
    client.force_login(author)
    response = client.get(f"/kelola/mitra/{change.stakeholder_id}/")
    assert "Alamatnya salah" in response.text
    assert response.context["form"]["summary"].value() == "Baru"


def test_a_listing_that_was_never_public(officer_client, region, author):
    draft = factories.StakeholderFactory(region=region, name="Batik Laras")
    publish_listing(stakeholder=draft, user=author)
    change = draft.changes.get()

    assert "Batik Laras" in officer_client.get(f"{URL}{change.pk}/").text
    officer_client.post(f"{URL}{change.pk}/setujui/")
    draft.refresh_from_db()
    assert draft.is_published


@pytest.mark.parametrize("path", ["", "setujui/", "kembalikan/", "tarik/"])
def test_changes_elsewhere_are_not_found(client, propose, path):
    address = f"{URL}{propose().pk}/{path}"

    def answer():
        return (client.post if path else client.get)(address).status_code

    assert answer() == 302
    client.force_login(factories.UserFactory())
    assert answer() == 403
    client.force_login(factories.OfficerAssignmentFactory().user)
    assert answer() == 404


def test_a_change_outlives_the_office_of_its_author(officer_client, author, propose):
    change = propose()
    author.officer_assignments.update(starts_on="2020-01-01", ends_on="2020-01-01")

    officer_client.post(f"{URL}{change.pk}/setujui/")

    change.stakeholder.refresh_from_db()
    assert change.stakeholder.summary == "Baru"


def test_no_change_of_another_listing_is_edited_under_ones_own(officer_client, officer, propose):
    own, other = propose().stakeholder, propose()
    data = posted(ListingForm(user=officer, instance=own), perubahan=str(other.pk))

    assert officer_client.get(f"/kelola/mitra/{own.pk}/?perubahan={other.pk}").status_code == 404
    assert officer_client.post(f"/kelola/mitra/{own.pk}/", data.dict()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_author_hears_of_it_by_mail(queue, mail_server, officer_client, author, propose):
    change = propose()
    officer_client.post(f"{URL}{change.pk}/kembalikan/", {"reason": "Alamatnya salah"})
    work()

    [mail] = mail_server.taken
    assert mail["To"] == author.email
    assert "Alamatnya salah" in text(mail)
    assert f"/kelola/mitra/{change.stakeholder_id}/" in text(mail)
