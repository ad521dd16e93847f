from datetime import timedelta

import pytest
from django.utils import timezone

from collaborations.models import Suggestion
from history.models import Change
from stakeholders.models import Stakeholder
from tests import factories
from tests.refusals import refused_by

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
]

URL = "/admin/collaborations/suggestion/"


def act(client, action, *rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    response = client.post(URL, data, follow=True)
    return [(each.level_tag, each.message) for each in response.context["messages"]]


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_list_does_not_query_by_row(staff_client, django_assert_num_queries, row_count):
    factories.SuggestionFactory.create_batch(row_count)

    with django_assert_num_queries(10):
        response = staff_client.get(URL)

    assert response.context["cl"].result_count == row_count


def test_the_age_of_a_decided_one_stands_still(staff_client):
    now = timezone.now()
    factories.SuggestionFactory(created_at=now - timedelta(days=3))
    factories.SuggestionFactory(
        created_at=now - timedelta(days=9), decided_at=now - timedelta(days=8), status="declined"
    )

    html = staff_client.get(URL).content.decode().replace("\xa0", " ")

    assert (">3 hari<" in html, ">1 hari<" in html, ">1 minggu" in html) == (True, True, False)


def test_the_address_is_read_on_its_own_page_alone(staff_client):
    row = factories.SuggestionFactory(proposer_email="rahasia@contoh.id")

    pages = ["", f"{row.pk}/delete/", f"{row.pk}/history/", f"{row.pk}/change/"]
    shown = ["rahasia" in staff_client.get(f"{URL}{page}").content.decode() for page in pages]

    assert shown == [False, False, False, True]
    assert staff_client.get(f"{URL}?q=rahasia").context["cl"].result_count == 0


def test_accepting_makes_a_draft(staff_client, staff):
    kriya = factories.SubsectorFactory()
    factories.OrganizationTypeFactory(role="media", position=2)
    first = factories.OrganizationTypeFactory(role="media", position=1, name_id="Siaran")
    row = factories.SuggestionFactory(
        name="Radio Laras", role="media", subsectors=[kriya], website="https://laras.example",
        proposer_email="ayu@contoh.id",
    )  # fmt: skip

    [(level, said)] = act(staff_client, "accept", row)

    draft = Stakeholder.objects.get()
    assert (draft.name, draft.slug, draft.status) == ("Radio Laras", "radio-laras", "draft")
    assert (draft.role, draft.organization_type, draft.region) == ("media", first, row.region)
    assert (draft.summary, draft.website) == ("In one line", "https://laras.example")
    assert (draft.contact_email, list(draft.subsectors.all())) == ("", [kriya])
    row.refresh_from_db()
    assert (row.status, row.stakeholder, row.decided_by) == ("accepted", draft, staff)
    assert (row.decided_at is not None, row.proposer_email) == (True, "")
    assert (level, said.rpartition(": ")[2]) == ("success", "Radio Laras (Siaran)")
    assert staff_client.get("/mitra/radio-laras/").status_code == 200  # staff see drafts
    staff_client.logout()
    assert staff_client.get("/mitra/radio-laras/").status_code == 404


def test_declining_keeps_the_row_and_forgets_the_address(staff_client, staff):
    row = factories.SuggestionFactory(proposer_email="ayu@contoh.id")

    [(level, _said)] = act(staff_client, "decline", row)

    row.refresh_from_db()
    assert (level, row.status) == ("success", "declined")
    assert (row.decided_by, row.proposer_email) == (staff, "")
    assert Stakeholder.objects.count() == 0


@pytest.mark.parametrize("action", ["accept", "decline"])
def test_only_new_ones_are_decided(staff_client, action):
    factories.OrganizationTypeFactory(role="community")
    decided = factories.SuggestionFactory(status="declined", decided_at=timezone.now())
    new = factories.SuggestionFactory()

    said = act(staff_client, action, decided, new)

    assert [level for level, _message in said] == ["success", "warning"]
    assert (decided.name in said[1][1], new.name in said[1][1]) == (True, False)
    new.refresh_from_db()
    before = decided.decided_at
    decided.refresh_from_db()
    assert (decided.status, decided.decided_at) == ("declined", before)
    assert new.status != "new"
    assert Stakeholder.objects.count() == (1 if action == "accept" else 0)


def test_without_a_type_for_the_role_nothing_happens(staff_client):
    row = factories.SuggestionFactory(role="media")

    [(level, said)] = act(staff_client, "accept", row)

    assert (level, row.name in said) == ("warning", True)
    row.refresh_from_db()
    assert row.status == "new"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Usul", "usul-2"),
        ("Batik Laras", "batik-laras-3"),
        ("العربية", "mitra"),
        ("a" * 160, "a" * 160),
    ],
)
def test_the_address_word_is_free(name, slug):
    factories.StakeholderFactory(slug="batik-laras")
    factories.StakeholderFactory(slug="batik-laras-2")

    assert Stakeholder.objects.free_slug(name) == slug


def test_accepting_can_be_undone(staff_client):
    factories.OrganizationTypeFactory(role="community")
    row = factories.SuggestionFactory(proposer_email="ayu@contoh.id")
    act(staff_client, "accept", row)
    change = Change.objects.latest("created_at")

    staff_client.post(f"/admin/history/change/{change.pk}/change/")

    row.refresh_from_db()
    assert (row.status, row.stakeholder, row.proposer_email) == ("new", None, "")
    assert Stakeholder.objects.count() == 0


def test_deleting_can_be_undone_but_for_the_address(staff_client):
    row = factories.SuggestionFactory(proposer_email="ayu@contoh.id")
    staff_client.post(f"{URL}{row.pk}/delete/", {"post": "yes"})
    assert Suggestion.objects.count() == 0
    change = Change.objects.latest("created_at")

    staff_client.post(f"/admin/history/change/{change.pk}/change/")

    assert Suggestion.objects.get().proposer_email == ""


def test_nobody_rewrites_what_was_proposed(staff_client):
    row = factories.SuggestionFactory()

    assert staff_client.post(f"{URL}{row.pk}/change/", {"name": "x"}).status_code == 403
    assert staff_client.get(f"{URL}add/").status_code == 403


@pytest.mark.parametrize("who", ["visitor", "officer", "someone of the staff"])
def test_others_see_and_decide_nothing(client, who):
    row = factories.SuggestionFactory()
    if who == "officer":
        client.force_login(factories.OfficerAssignmentFactory(region=row.region).user)
    elif who != "visitor":
        client.force_login(factories.UserFactory(is_staff=True))
    code = 403 if who == "someone of the staff" else 302

    data = {"action": "decline", "_selected_action": [row.pk]}
    assert client.get(URL).status_code == code
    assert client.get(f"{URL}{row.pk}/change/").status_code == code
    assert client.post(URL, data).status_code == code
    row.refresh_from_db()
    assert row.status == "new"


def test_who_may_only_read_decides_nothing(client):
    row = factories.SuggestionFactory()
    reader = factories.UserFactory(is_staff=True)
    factories.grant(reader, "collaborations.view_suggestion")
    client.force_login(reader)

    client.post(URL, {"action": "decline", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert row.status == "new"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"role": "zzz"}, "suggestion_role"),
        ({"status": "declined"}, "suggestion_decided_has_date"),
        ({"decided_at": timezone.now()}, "suggestion_decided_has_date"),
        (
            {"status": "declined", "decided_at": timezone.now(), "proposer_email": "a@b.id"},
            "suggestion_decided_forgets_email",
        ),
    ],
)
def test_the_database_keeps_it_whole(values, constraint):
    with refused_by(constraint):
        factories.SuggestionFactory(**values)


def test_a_listing_comes_from_an_accepted_one():
    with refused_by("suggestion_listing_when_accepted"):
        factories.SuggestionFactory(stakeholder=factories.StakeholderFactory())
