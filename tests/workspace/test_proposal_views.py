from datetime import timedelta

import pytest
from django.utils import timezone

from collaborations.models import Suggestion
from stakeholders.models import LikelyDuplicate, Stakeholder
from tests import factories
from upkeep.digests import waiting_for
from workspace.attention import count_matters

pytestmark = pytest.mark.django_db

URL = "/kelola/usulan/"
ACTS = ["", "terima/", "tolak/", "ambil/"]


def listing_of(region, **values):
    return factories.StakeholderFactory(region=region, published=True, **values)


def correction(about, changes=None, **values):
    values |= {"changes": changes or {}, "region": about.region, "name": about.name}
    return factories.SuggestionFactory(kind="correction", about=about, **values)


@pytest.fixture
def proposal(officer):
    return factories.SuggestionFactory(
        region=officer.region, name="Radio Laras", role="media", website="https://laras.example",
        proposer_email="ayu@contoh.id", subsectors=[factories.SubsectorFactory()],
    )  # fmt: skip


def state():
    return list(Suggestion.objects.order_by("pk").values()), Stakeholder.objects.count()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("who", "code"), [("visitor", 302), ("nobody", 403), ("steward", 403), ("elsewhere", 404)]
)
@pytest.mark.parametrize("kind", ["listing", "correction"])
def test_others_decide_nothing(client, kind, who, code, act):
    about = factories.StakeholderFactory(published=True)
    row = factories.SuggestionFactory(region=about.region)
    if kind == "correction":
        row = correction(about, {"summary": ["", "x"]})
    if who == "steward":
        client.force_login(factories.StewardshipFactory(stakeholder=about).user)
    elif who != "visitor":
        officer = factories.OfficerAssignmentFactory().user
        client.force_login(officer if who == "elsewhere" else factories.UserFactory())
    before = state()

    method = client.get if act in ("", "terima/") else client.post
    assert method(f"{URL}{row.pk}/{act}").status_code == code
    client.post(f"{URL}{row.pk}/{act}", {"jawaban": "Tidak", "ambil": "summary"})
    assert state() == before


def test_the_oldest_comes_first_and_the_scope_alone(officer_client, officer):
    def ago(days, **values):
        values |= {"created_at": timezone.now() - timedelta(days=days)}
        return factories.SuggestionFactory(**values)

    new, old = (ago(days, region=officer.region) for days in (1, 9))
    ago(30)
    ago(5, region=officer.region, status="declined", decided_at=timezone.now())
    moved = correction(listing_of(officer.region))
    Suggestion.objects.filter(pk=moved.pk).update(region=factories.RegionFactory())

    response = officer_client.get(URL)

    assert list(response.context["page"]) == [old, new, moved]
    html = response.content.decode().replace("\xa0", " ")
    assert "menunggu 1 minggu" in html
    fitting = officer_client.get(f"{URL}?wilayah={officer.region.slug}&jenis=listing")
    assert list(fitting.context["page"]) == [old, new]
    fitting = officer_client.get(f"{URL}?wilayah={officer.region.slug}&jenis=correction")
    assert list(fitting.context["page"]) == [moved]
    mine = officer.editable_regions()
    assert count_matters(mine, officer)[officer.region.pk]["proposal"] == 3
    assert [row.counts for row in waiting_for(officer, mine)] == [{"proposal": 3, "unverified": 1}]
    assert officer_client.get(f"{URL}?wilayah=zzz&jenis=x&halaman=9").status_code == 200


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_list_does_not_query_by_row(
    officer_client, officer, django_assert_num_queries, row_count
):
    for _each in range(row_count):
        correction(listing_of(officer.region))

    with django_assert_num_queries(8):
        officer_client.get(URL)


class TestNewPartner:
    @pytest.fixture
    def kind(self):
        return factories.OrganizationTypeFactory(role="media")

    def answer(self, client, proposal, kind):
        form = client.get(f"{URL}{proposal.pk}/terima/").context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value()}
        return sent | {"organization_type": kind.pk}

    def test_it_is_filled_in_and_becomes_a_listing(self, officer_client, officer, proposal, kind):
        answer = self.answer(officer_client, proposal, kind)
        assert (answer["name"], answer["website"]) == ("Radio Laras", "https://laras.example")

        response = officer_client.post(f"{URL}{proposal.pk}/terima/", answer)

        made = Stakeholder.objects.get()
        assert response.url == f"/kelola/mitra/{made.pk}/"
        assert (made.status, made.role, made.region) == ("draft", "media", officer.region)
        assert list(made.subsectors.all()) == list(proposal.subsectors.all())
        proposal.refresh_from_db()
        assert (proposal.status, proposal.stakeholder) == ("accepted", made)
        assert (proposal.decided_by, proposal.proposer_email) == (officer, "")
        assert officer_client.post(f"{URL}{proposal.pk}/terima/", answer).status_code == 404

    def test_it_can_be_published_at_once(self, officer_client, proposal, kind):
        answer = self.answer(officer_client, proposal, kind)

        answer |= {"terbitkan": "1"}
        response = officer_client.post(f"{URL}{proposal.pk}/terima/", answer, follow=True)

        assert Stakeholder.objects.get().is_published
        assert "sekarang ada di direktori" in response.text

    def test_where_changes_are_reviewed_it_waits(self, officer_client, officer, proposal, kind):
        officer.region.review = "all"
        officer.region.save()
        answer = self.answer(officer_client, proposal, kind)

        answer |= {"terbitkan": "1"}
        response = officer_client.post(f"{URL}{proposal.pk}/terima/", answer, follow=True)

        assert Stakeholder.objects.get().status == "pending"
        assert "Akan tampil setelah diperiksa orang lain" in response.text

    def test_what_is_alike_is_shown_first(self, officer_client, officer, proposal, kind):
        same = listing_of(officer.region, name="Radio Laras")
        answer = self.answer(officer_client, proposal, kind)

        response = officer_client.post(f"{URL}{proposal.pk}/terima/", answer)

        assert response.context["form"].alike == [same]
        officer_client.post(f"{URL}{proposal.pk}/terima/", answer | {"tetap": "1"})
        assert Stakeholder.objects.count() == 2

    def test_a_foreign_region_cannot_be_forged(self, officer_client, proposal, kind):
        foreign = factories.RegionFactory()
        answer = self.answer(officer_client, proposal, kind) | {"region": foreign.pk}

        form = officer_client.post(f"{URL}{proposal.pk}/terima/", answer).context["form"]

        assert list(form.errors) == ["region"]
        assert not Stakeholder.objects.exists()

    def test_declining_needs_a_reason(self, officer_client, proposal):
        address = f"{URL}{proposal.pk}/tolak/"

        assert officer_client.post(address, {"jawaban": " "}).context["form"].errors
        assert officer_client.post(address, {"jawaban": "Sudah ada."}).url == URL
        proposal.refresh_from_db()
        assert (proposal.status, proposal.answer) == ("declined", "Sudah ada.")


class TestCorrection:
    @pytest.fixture
    def about(self, officer):
        kriya = factories.SubsectorFactory(name_id="Kriya")
        return listing_of(
            officer.region, summary="Membatik", website="https://lama.example",
            contact_email="rahasia@laras.example", subsectors=[kriya],
        )  # fmt: skip

    @pytest.fixture
    def row(self, about):
        website = ["https://lama.example", "https://baru.example"]
        changes = {"website": website, "summary": ["Membatik", "Batik tulis"]}
        return correction(about, changes | {"subsectors": [[about.subsectors.get().pk], []]})

    def seen(self, client, row):
        return client.get(f"{URL}{row.pk}/").context["correction"]["dasar"].value()

    def take(self, client, row, *fields, dasar=None):
        answer = {"ambil": fields, "dasar": dasar or self.seen(client, row)}
        return client.post(f"{URL}{row.pk}/ambil/", answer)

    def test_the_officer_takes_over_what_is_right(self, officer_client, officer, about, row):
        html = officer_client.get(f"{URL}{row.pk}/").content.decode()
        assert "https://baru.example" in html
        assert "Kriya" in html
        assert "rahasia" not in html

        assert self.take(officer_client, row, "website", "subsectors").url == URL

        about.refresh_from_db()
        assert (about.website, about.summary) == ("https://baru.example", "Membatik")
        assert list(about.subsectors.all()) == []
        row.refresh_from_db()
        assert (row.status, row.taken) == ("accepted", ["website", "subsectors"])
        assert about.contact_email == "rahasia@laras.example"

    def test_nobody_overwrites_what_changed_while_the_officer_looked(
        self, officer_client, about, row
    ):
        dasar = self.seen(officer_client, row)
        about.summary, about.website = "Batik cap", "https://lain.example"
        about.save()

        response = self.take(officer_client, row, "website", dasar=dasar)

        assert response.url == f"{URL}{row.pk}/"
        about.refresh_from_db()
        row.refresh_from_db()
        assert (about.website, row.status) == ("https://lain.example", "new")
        html = officer_client.get(f"{URL}{row.pk}/").content.decode()
        assert "sudah diubah orang lain" in html

    def test_other_fields_may_change_meanwhile(self, officer_client, about, row):
        dasar = self.seen(officer_client, row)
        about.description = "Baru"
        about.save()

        self.take(officer_client, row, "website", dasar=dasar)

        about.refresh_from_db()
        assert (about.website, about.description) == ("https://baru.example", "Baru")

    @pytest.mark.parametrize("field", ["contact_email", "region", "status", "report", "9", ""])
    def test_only_what_was_proposed_is_taken(self, officer_client, row, field):
        response = self.take(officer_client, row, field)

        assert response.context["correction"].errors
        row.refresh_from_db()
        assert row.status == "new"

    def test_a_forged_version_is_refused(self, officer_client, row):
        assert self.take(officer_client, row, "website", dasar="x.y").context["correction"].errors

    def test_where_changes_are_reviewed_it_waits(self, officer_client, officer, about, row):
        officer.region.review = "all"
        officer.region.save()

        self.take(officer_client, row, "website")

        about.refresh_from_db()
        assert about.website == "https://lama.example"
        assert about.changes.get().content["website"] == "https://baru.example"

    def test_a_listing_that_is_closed_goes_to_the_archive(self, officer_client, about):
        row = correction(about, report="closed")

        self.take(officer_client, row, "report")

        about.refresh_from_db()
        row.refresh_from_db()
        assert (about.status, row.status) == ("archived", "accepted")

    def test_of_what_is_listed_twice_staff_are_asked_to_make_one(self, officer_client, about):
        other = listing_of(about.region)
        row = correction(about, report="duplicate", duplicate_of=other)
        LikelyDuplicate.objects.create(
            first=about, second=other, likeness=0.1, reason="phone", dismissed_at=timezone.now()
        )

        assert self.take(officer_client, row, "report").url == URL

        about.refresh_from_db()
        assert about.status == "archived"
        pair = LikelyDuplicate.objects.open().get()
        assert (pair.first, pair.second, pair.reason) == (about, other, "proposed")
        assert "Staf jejaring diminta" in officer_client.get(URL).text

    def test_staff_go_on_to_the_page_that_merges(self, staff_client, about):
        other = listing_of(about.region)
        row = correction(about, report="duplicate", duplicate_of=other)

        response = self.take(staff_client, row, "report")

        query = f"kept={other.pk}&merged={about.pk}"
        assert response.url == f"/admin/stakeholders/stakeholder/merge/?{query}"
        assert staff_client.get(response.url).status_code == 200
        about.refresh_from_db()
        assert about.is_published  # until they have merged it

    def test_what_was_merged_meanwhile_is_not_archived(self, officer_client, about):
        row = correction(about, report="duplicate", duplicate_of=about)

        self.take(officer_client, row, "report")

        about.refresh_from_db()
        row.refresh_from_db()
        assert (about.status, row.status) == ("published", "accepted")

    def test_a_remark_alone_is_just_done(self, officer_client, about):
        row = correction(about, note="Pindah ke Solo")

        self.take(officer_client, row)

        row.refresh_from_db()
        assert row.status == "accepted"

    def test_a_new_partner_is_no_correction(self, officer_client, proposal, row):
        assert officer_client.post(f"{URL}{proposal.pk}/ambil/").status_code == 404
        assert officer_client.get(f"{URL}{row.pk}/terima/").status_code == 404
