import pytest
from django.utils import timezone

from collaborations.models import StewardInvitation
from stakeholders.models import Stewardship
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/kelola/pengelola/"


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(region=officer.region, published=True)


def make(kind, listing):
    """A row about a listing, and the addresses that a guess would try."""
    match kind:
        case "listing":
            return f"/kelola/mitra/{listing.pk}/pengelola/"
        case "claim":
            row = factories.StewardInvitationFactory(stakeholder=listing, claim=True)
            return f"{URL}klaim/{row.pk}/"
        case "kirim-ulang" | "tarik":
            row = factories.StewardInvitationFactory(stakeholder=listing)
            return f"{URL}undangan/{row.pk}/{kind}/"
    return f"{URL}{factories.StewardshipFactory(stakeholder=listing).pk}/{kind}/"


KINDS = ["listing", "claim", "kirim-ulang", "tarik", "akhiri"]


def state():
    rows = [model.objects.order_by("pk") for model in (StewardInvitation, Stewardship)]
    return [list(each.values()) for each in rows]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("who", "code"), [("visitor", 302), ("nobody", 403), ("steward", 403), ("expired", 403)]
)
def test_others_stay_outside(client, kind, who, code):
    listing = factories.StakeholderFactory(published=True)
    address = make(kind, listing)
    if who == "steward":
        client.force_login(factories.StewardshipFactory(stakeholder=listing).user)
    elif who != "visitor":
        ends = {"starts_on": "2020-01-01", "ends_on": "2020-12-31"} if who == "expired" else {}
        region = {"region": listing.region} if who == "expired" else {}
        user = factories.OfficerAssignmentFactory(**region, **ends).user
        client.force_login(user if who == "expired" else factories.UserFactory())
    before = state()

    answer = {"setuju": "1", "surel": "a@contoh.id"}
    assert client.post(address, answer).status_code == code
    assert state() == before


@pytest.mark.parametrize("kind", KINDS)
def test_officers_elsewhere_decide_nothing(officer_client, kind):
    address = make(kind, factories.StakeholderFactory(published=True))
    before = state()

    answer = {"setuju": "1", "surel": "a@contoh.id"}
    code = 403 if kind == "listing" else 404  # the listing itself is public
    assert officer_client.post(address, answer).status_code == code
    assert state() == before


def test_a_hidden_listing_elsewhere_is_not_found(officer_client):
    assert officer_client.get(make("listing", factories.StakeholderFactory())).status_code == 404


@pytest.mark.parametrize("kind", ["kirim-ulang", "tarik", "akhiri"])
def test_looking_changes_nothing(officer_client, listing, kind):
    assert officer_client.get(make(kind, listing)).status_code == 405


def test_an_officer_invites_the_organisation(officer_client, officer, listing):
    listing.contact_email = "ketua@laras.example"
    listing.save()
    address = make("listing", listing)
    form = officer_client.get(address).context["form"]
    assert form["surel"].value() == "ketua@laras.example"

    response = officer_client.post(address, {"surel": "Ayu@contoh.id", "nama": "Ayu"})

    assert response.url == address
    made = StewardInvitation.objects.get()
    assert (made.stakeholder, made.email, made.status) == (listing, "ayu@contoh.id", "open")
    assert (made.granted_by, made.how, made.sent_times) == (officer, "invited", 1)
    html = officer_client.get(address).content.decode()
    assert "ayu@contoh.id" in html
    for _again in range(5):
        officer_client.post(f"{URL}undangan/{made.pk}/kirim-ulang/")
    made.refresh_from_db()
    assert made.sent_times == 5
    officer_client.post(f"{URL}undangan/{made.pk}/tarik/")
    assert "ayu@contoh.id" not in officer_client.get(address).content.decode()


@pytest.mark.parametrize("surel", ["", "ayu", "a@b.id\nBcc: c@d.id", "a" * 260 + "@contoh.id"])
def test_a_wrong_address_is_said_beside_it(officer_client, listing, surel):
    response = officer_client.post(make("listing", listing), {"surel": surel})

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["surel"])
    assert not StewardInvitation.objects.exists()


@pytest.mark.parametrize(("button", "status"), [("setuju", "open"), ("tolak", "declined")])
def test_an_officer_decides_on_a_claim_once(officer_client, officer, listing, button, status):
    address = make("claim", listing)

    assert "Ayu" in officer_client.get(address).content.decode()
    assert officer_client.post(address, {button: "1"}).url == URL
    assert StewardInvitation.objects.get().status == status
    assert officer_client.post(address, {"setuju": "1"}).status_code == 404


def test_an_officer_ends_a_stewardship(officer_client, listing):
    address = make("akhiri", listing)

    officer_client.post(address)

    assert Stewardship.objects.get().ended_at is not None
    assert officer_client.post(address).status_code == 404


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_list_shows_the_scope_alone(
    officer_client, officer, django_assert_num_queries, row_count
):
    for region in [officer.region] * row_count + [factories.RegionFactory()]:
        for kind in ("claim", "tarik", "akhiri"):
            make(kind, factories.StakeholderFactory(region=region, published=True))

    with django_assert_num_queries(9):  # session, user, rights (3), the three lists and a count
        context = officer_client.get(URL).context

    shown = [len(context[name]) for name in ("claims", "invitations")]
    assert [*shown, len(context["page"])] == [row_count] * 3


def test_one_region_of_several(officer_client, officer):
    other = factories.OfficerAssignmentFactory(user=officer).region
    names = {}
    for region in (officer.region, other):
        listing = factories.StakeholderFactory(region=region, published=True)
        names[region] = f"Pengelola {region.pk}"
        factories.StewardshipFactory(stakeholder=listing, user__name=names[region])
        factories.StewardInvitationFactory(stakeholder=listing, claim=True)

    both, one = officer_client.get(URL), officer_client.get(f"{URL}?wilayah={other.slug}")

    assert all(name in both.text for name in names.values())
    assert names[other] in one.text
    assert names[officer.region] not in one.text
    assert [claim.stakeholder.region for claim in one.context["claims"]] == [other]
    elsewhere = factories.RegionFactory().slug
    assert len(officer_client.get(f"{URL}?wilayah={elsewhere}").context["claims"]) == 2


def test_a_steward_sees_the_own_listing_at_the_door(steward_client, steward):
    factories.StakeholderFactory(name="Tetangga", region=steward.listing.region, published=True)

    html = steward_client.get("/kelola/").content.decode()

    assert steward.listing.name in html
    assert "Tetangga" not in html
    assert steward_client.get(URL).status_code == 403


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_door_does_not_query_by_listing(client, django_assert_num_queries, row_count):
    user = factories.UserFactory()
    factories.StewardshipFactory.create_batch(row_count, user=user)
    client.force_login(user)

    with django_assert_num_queries(8):  # session, user, rights (4), stewardships, their changes
        client.get("/kelola/")


def test_a_steward_sees_what_became_of_the_own_changes(steward_client, steward):
    changes = steward.listing.changes
    own = changes.create(author=steward, content={"name": "x"})
    changes.create(author=factories.UserFactory(), content={"name": "y"}, reason="", via="link")

    html = steward_client.get("/kelola/").content.decode()
    assert html.count("menunggu petugas daerah") == 1
    own.sent_back_at, own.reason = timezone.now(), "Alamatnya belum tepat."
    own.save()
    assert "Alamatnya belum tepat." in steward_client.get("/kelola/").content.decode()


def test_a_steward_gives_the_listing_back(steward_client, steward):
    address = f"{URL}{steward.stewardships.get().pk}/mundur/"

    assert steward_client.get(address).status_code == 200
    assert steward.stewardships.active().exists()
    assert steward_client.post(address).url == "/"
    assert not steward.stewardships.active().exists()
    assert steward_client.get("/kelola/").status_code == 403


def test_nobody_resigns_for_somebody_else(steward_client):
    other = factories.StewardshipFactory()

    assert steward_client.post(f"{URL}{other.pk}/mundur/").status_code == 404
    assert Stewardship.objects.get(pk=other.pk).ended_at is None
