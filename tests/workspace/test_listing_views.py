"""/kelola/mitra/baru/ and /kelola/mitra/<pk>/ with all that is done to a listing there."""

import pytest

from stakeholders.actions import save_listing
from stakeholders.forms import ListingForm
from stakeholders.models import ListingChange, Stakeholder
from tests import factories
from tests.listings import filled_in, new_offering, posted

pytestmark = pytest.mark.django_db

NEW = "/kelola/mitra/baru/"
ACTS = ["konfirmasi", "terbitkan", "arsipkan", "pulihkan"]
SECRET = "rahasia@example.id"


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(
        name="Batik Laras",
        region=officer.region,
        published=True,
        summary="Batik tulis",
        contact_email=SECRET,
    )


@pytest.fixture
def url(listing):
    return f"/kelola/mitra/{listing.pk}/"


def words_of(response):
    return [str(message) for message in response.context["messages"]]


def send(client, user, listing, **changes):
    address = f"/kelola/mitra/{listing.pk}/" if listing else NEW
    data = posted(ListingForm(user=user, instance=listing), **changes)
    return client.post(address, data.dict() | dict(data.lists()), follow=True)


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(
    officer_client, django_assert_num_queries, listing, url, row_count
):
    factories.OfferingFactory.create_batch(row_count, stakeholder=listing)
    factories.SubsectorFactory.create_batch(row_count)
    officer_client.get(url)

    with django_assert_num_queries(19):
        response = officer_client.get(url)

    assert len(response.context["form"].offerings.forms) == row_count


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("", "get post"),
        ("pratinjau/", "get"),
        ("gandakan/", "get"),
        ("pindahkan/", "get post"),
        ("draf/", "post"),
        *((f"{act}/", "post") for act in ACTS),
    ],
)
def test_what_is_seen_but_not_ones_own_is_forbidden(client, listing, url, path, methods):
    elsewhere = factories.OfficerAssignmentFactory().user
    for method in methods.split():
        client.logout()
        assert getattr(client, method)(url + path).status_code == 302
        client.force_login(factories.UserFactory())
        assert getattr(client, method)(url + path).status_code == 403
        client.force_login(elsewhere)
        assert getattr(client, method)(url + path).status_code == 403
        Stakeholder.objects.filter(pk=listing.pk).update(status="draft")
        assert getattr(client, method)(url + path).status_code == 404
        Stakeholder.objects.filter(pk=listing.pk).update(status="published")
    listing.refresh_from_db()
    assert (listing.status, listing.verified_at) == ("published", None)


def test_saving_says_so_and_shows_it(officer_client, officer, listing):
    response = send(officer_client, officer, listing, summary="Batik cap")

    assert words_of(response) == ["Tersimpan: perubahan Anda sudah tampil."]
    assert response.context["listing"].summary == "Batik cap"


def test_what_is_wrong_is_said_and_what_was_typed_stays(officer_client, officer, listing):
    response = send(
        officer_client, officer, listing, public_email="bukan surel", summary="Batik cap", point="x"
    )

    form = response.context["form"]
    assert {"public_email", "point"} == set(form.errors)
    assert form["summary"].value() == "Batik cap"
    listing.refresh_from_db()
    assert listing.summary == "Batik tulis"


def test_one_button_saves_and_confirms(officer_client, officer, listing):
    send(officer_client, officer, listing, summary="Batik cap", aksi="konfirmasi")

    listing.refresh_from_db()
    assert (listing.summary, listing.verified_by) == ("Batik cap", officer)


def test_what_waits_for_review_confirms_nothing(officer_client, officer, listing):
    officer.region.review = "all"
    officer.region.save()

    response = send(officer_client, officer, listing, summary="Batik cap", aksi="konfirmasi")

    listing.refresh_from_db()
    assert (listing.summary, listing.verified_at) == ("Batik tulis", None)
    assert "Belum dikonfirmasi: publik masih membaca" in words_of(response)[1]


def test_what_was_archived_meanwhile_is_saved_but_not_confirmed(officer_client, officer, listing):
    listing.archive()

    response = send(officer_client, officer, listing, summary="Batik cap", aksi="konfirmasi")

    listing.refresh_from_db()
    assert (listing.summary, listing.verified_at) == ("Batik cap", None)
    assert words_of(response)[-1].startswith("Mitra yang diarsipkan")


def test_a_new_listing_is_public_with_one_button(officer_client, officer):
    kind = factories.OrganizationTypeFactory(role="media")
    category = factories.OfferingCategoryFactory()
    rows = new_offering(category=str(category.pk), direction="need")
    send(
        officer_client, officer, None, name="Radio Laras", organization_type=str(kind.pk), **rows,
        aksi="terbitkan",
    )  # fmt: skip

    listing = Stakeholder.objects.get()
    assert (listing.name, listing.role, listing.region) == ("Radio Laras", "media", officer.region)
    assert (listing.is_published, listing.verified_by) == (True, officer)
    assert [each.direction for each in listing.offerings.all()] == ["need"]


def test_a_row_more_needs_no_script(officer_client, officer, listing):
    response = send(officer_client, officer, listing, summary="Batik cap", aksi="baris")

    form = response.context["form"]
    assert len(form.offerings.forms) == 2
    assert form["summary"].value() == "Batik cap"
    assert not form.is_bound


def test_two_versions_stand_side_by_side_and_one_is_chosen(officer_client, officer, listing):
    mine = posted(ListingForm(user=officer, instance=listing), summary="Saya", address="Jalan 1")
    other = factories.OfficerAssignmentFactory(region=officer.region).user
    send_theirs = filled_in(listing, other, summary="Mereka", website="https://laras.id")
    save_listing(form=send_theirs(), user=other)

    url = f"/kelola/mitra/{listing.pk}/"
    response = officer_client.post(url, mine.dict())

    assert response.context["taken"] == "situs web"
    [conflict] = response.context["conflicts"]
    said = [conflict[which].text for which in ("former", "theirs", "mine")]
    assert said == ["Batik tulis", "Mereka", "Saya"]
    chosen = {"pilih-summary": "theirs", "public_email": "bukan surel"}
    response = officer_client.post(url, posted(response.context["form"], **chosen).dict())
    assert response.context["form"]["summary"].value() == "Mereka"  # nor is the choice lost
    again = posted(response.context["form"], public_email="")
    response = officer_client.post(url, again.dict(), follow=True)
    listing.refresh_from_db()
    assert (listing.summary, listing.address) == ("Mereka", "Jalan 1")
    assert listing.website == "https://laras.id"


def test_what_may_be_the_same_is_shown_before_it_is_saved_twice(officer_client, officer, listing):
    values = {"name": "Batik  laras", "organization_type": str(listing.organization_type_id)}

    response = send(officer_client, officer, None, **values)
    assert response.context["form"].alike == [listing]
    assert "Jika bukan salah satu dari ini" in response.text
    send(officer_client, officer, None, **values, tetap="1")

    assert Stakeholder.objects.count() == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=batik laras", True),
        ("name=Batik Laras Malang", True),
        ("name=Kopi Senja", False),
        ("name=Ba", False),
        ("website=www.laras.id/tentang", True),
        ("website=instagram.com/laras", False),
        ("website=instagram.com/batiklaras", True),
        ("name=Sanggar Laras&region=HERE", False),
        ("name=Sanggar Laras&region=HERE&point=-7.9666, 112.6327", True),
        ("name=batik laras&point=-7.", True),
        ("name=batik laras&kecuali=PK", False),
        ("name=batik laras&kecuali=x&region=y", False),
    ],
)
def test_likely_the_same_while_typing(officer_client, listing, query, found):
    social = "instagram" in query
    listing.website = "https://instagram.com/batiklaras/" if social else "http://laras.id/"
    listing.latitude, listing.longitude = -7.9667, 112.6326
    listing.save()
    query = query.replace("PK", str(listing.pk)).replace("HERE", str(listing.region_id))

    response = officer_client.get(f"/kelola/mitra/serupa/?{query}")

    assert ("Batik Laras" in response.text) == found


@pytest.mark.parametrize(
    ("query", "here", "elsewhere"),
    [
        ("name=Batik Lares", True, False),  # likeness counts where one looks
        ("name=batik lar", True, True),
        ("name=BATIK LARAS", True, True),
        ("name=Batik Laras Malang Raya", True, True),
        ("name=Batik% Laras_", True, False),
        ("name=laras batik", True, False),
    ],
)
def test_elsewhere_a_name_begins_alike(officer_client, listing, query, here, elsewhere):
    other = factories.RegionFactory()

    def is_found(region):
        url = f"/kelola/mitra/serupa/?{query}&region={region.pk}"
        return "Batik Laras" in officer_client.get(url).text

    assert (is_found(listing.region), is_found(other)) == (here, elsewhere)


def test_drafts_of_other_regions_are_nobodys_duplicates(client, listing):
    Stakeholder.objects.filter(pk=listing.pk).update(status="draft")
    client.force_login(factories.OfficerAssignmentFactory().user)

    assert "Batik Laras" not in client.get("/kelola/mitra/serupa/?name=batik laras").text


def test_the_next_listing_takes_over_what_leads_to_none(officer_client, officer, listing):
    factories.OfferingFactory(stakeholder=listing, description="Kelas")

    response = officer_client.get(f"/kelola/mitra/{listing.pk}/gandakan/", follow=True)

    form = response.context["form"]
    assert form["summary"].value() == "Batik tulis"
    assert SECRET not in response.text
    data = posted(form, name="Batik Kedua", tetap="1")
    officer_client.post(NEW, data.dict())
    copy = Stakeholder.objects.exclude(pk=listing.pk).get()
    assert [each.description for each in copy.offerings.all()] == ["Kelas"]
    assert listing.offerings.count() == 1


def test_the_preview_is_the_public_page_with_what_is_not_saved(officer_client, officer, listing):
    response = send(officer_client, officer, listing, summary="Batik cap", aksi="pratinjau")

    assert response.request["PATH_INFO"] == f"/kelola/mitra/{listing.pk}/pratinjau/"
    assert "stakeholders/stakeholder_detail.html" in [each.name for each in response.templates]
    assert "Batik cap" in response.text
    assert "noindex" in response.text
    assert SECRET not in response.text
    listing.refresh_from_db()
    assert listing.summary == "Batik tulis"


def test_a_listing_moves_only_within_the_own_scope(officer_client, officer, listing):
    url = f"/kelola/mitra/{listing.pk}/pindahkan/"
    theirs = factories.RegionFactory()
    own = factories.OfficerAssignmentFactory(user=officer).region

    assert "region" in officer_client.post(url, {"region": theirs.pk}).context["form"].errors
    officer_client.post(url, {"region": own.pk})
    listing.refresh_from_db()
    assert listing.region == own


def test_each_act_does_what_it_says(officer_client, officer, listing, url):
    for act, status in [("arsipkan", "archived"), ("pulihkan", "published")]:
        officer_client.post(f"{url}{act}/")
        listing.refresh_from_db()
        assert listing.status == status
    response = officer_client.post(f"{url}konfirmasi/", {"next": "/kelola/mitra/"})
    assert response.url == "/kelola/mitra/"
    response = officer_client.post(f"{url}konfirmasi/", {"next": "https://another.example/"})
    assert response.url == url
    listing.refresh_from_db()
    assert listing.verified_by == officer


def test_a_steward_writes_but_neither_moves_nor_copies(client, listing, url):
    steward = factories.StewardshipFactory(stakeholder=listing).user
    client.force_login(steward)

    response = send(client, steward, listing, summary="Kami sendiri")

    listing.refresh_from_db()
    assert listing.summary == "Kami sendiri"
    assert response.status_code == 200
    for path in [f"{url}pindahkan/", f"{url}gandakan/", NEW, "/kelola/tinjauan/"]:
        assert client.get(path).status_code == 403


def test_nobody_sees_a_private_contact_elsewhere(client, listing, url):
    client.force_login(factories.OfficerAssignmentFactory().user)
    ListingChange.objects.create(stakeholder=listing, content={"contact_email": SECRET})

    alike = "/kelola/mitra/serupa/?name=Batik Laras"
    for path in [url, f"{url}pratinjau/", NEW, "/kelola/tinjauan/", alike]:
        assert SECRET not in client.get(path).text


def test_a_merged_listing_says_where_it_went(officer_client, officer, listing):
    kept = factories.StakeholderFactory(region=officer.region, name="Sanggar Laras", published=True)
    Stakeholder.objects.filter(pk=listing.pk).update(status="archived", merged_into=kept)

    html = officer_client.get(f"/kelola/mitra/{listing.pk}/").text

    assert "Sanggar Laras" in html
    assert f'href="/kelola/mitra/{kept.pk}/"' in html
    assert "Pulihkan" not in html


def test_what_is_offered_is_said_in_one_line_and_unfolds(officer_client, listing):
    category = factories.OfferingCategoryFactory(name_id="Pelatihan")
    factories.OfferingFactory(stakeholder=listing, category=category, direction="need")
    url = f"/kelola/mitra/{listing.pk}/"

    shown = officer_client.get(url).context["form"].offerings.forms[0]
    assert (shown.words, shown.is_open) == ("Membutuhkan: Pelatihan", False)

    sent = posted(officer_client.get(url).context["form"], aksi="baris")
    first, added = officer_client.post(url, sent.dict()).context["form"].offerings.forms
    assert [first.is_open, added.is_open] == [False, True]


def test_a_new_one_begins_with_the_gap_it_shall_fill(officer_client, officer):
    factories.OfficerAssignmentFactory(user=officer)
    kind = factories.OrganizationTypeFactory(role="media")
    factories.OrganizationTypeFactory(role="academia")
    subsector = factories.SubsectorFactory()
    asked = f"?wilayah={officer.region.slug}&peran=media&subsektor={subsector.slug}"

    form = officer_client.get(f"{NEW}{asked}").context["form"]

    shown = [form[name].value() for name in ("region", "organization_type", "subsectors")]
    assert shown == [officer.region.pk, kind.pk, [subsector.pk]]


def test_the_kinds_of_the_role_come_first(officer_client):
    for role in ["academia", "media", "media"]:
        factories.OrganizationTypeFactory(role=role)

    response = officer_client.get(f"{NEW}?peran=media&subsektor=lintas")

    _blank, (label, kinds), *_others = (
        response.context["form"].fields["organization_type"].widget.choices
    )
    assert (label, len(kinds)) == ("Media", 2)
    assert response.context["form"]["organization_type"].value() is None


@pytest.mark.parametrize("name", ["wilayah", "peran", "subsektor"])
def test_nothing_outside_the_scope_nor_unknown_is_taken(officer_client, name):
    slug = factories.RegionFactory().slug
    for value in [slug, "%00", "%27%22%3E", "9" * 30]:
        form = officer_client.get(f"{NEW}?{name}={value}").context["form"]
        assert slug not in str(form)
        assert [form[each].value() for each in ("organization_type", "subsectors")] == [None, []]
