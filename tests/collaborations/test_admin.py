import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages

from collaborations.models import Adoption, GoodPractice
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
]

PRACTICES = "/admin/collaborations/goodpractice/"
ADOPTIONS = "/admin/collaborations/adoption/"
NO_ADOPTIONS = {"adoptions-TOTAL_FORMS": "0", "adoptions-INITIAL_FORMS": "0"}


def titles(response):
    return [str(row) for row in response.context["cl"].result_list]


def levels(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def publish(client, practices):
    keys = [practice.pk for practice in practices]
    return client.post(PRACTICES, {"action": "publish", "_selected_action": keys})


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize(
    ("address", "factory", "query_count"),
    [(PRACTICES, factories.GoodPracticeFactory, 11), (ADOPTIONS, factories.AdoptionFactory, 10)],
)
def test_lists_do_not_query_by_row(
    staff_client, django_assert_num_queries, address, factory, query_count, row_count
):
    factory.create_batch(row_count)

    with django_assert_num_queries(query_count):
        response = staff_client.get(address)

    assert response.context["cl"].result_count == row_count


@pytest.mark.parametrize("words", ["warna", "Pekalongan", "dapur-warna"])
def test_a_practice_is_found(staff_client, words):
    factories.GoodPracticeFactory(
        title="Dapur warna", slug="dapur-warna", region__short_name="Pekalongan"
    )
    factories.GoodPracticeFactory()

    assert titles(staff_client.get(PRACTICES, {"q": words})) == ["Dapur warna"]


def practice_data(**values):
    return {
        "title": "Dapur warna",
        "slug": "dapur-warna",
        "region": factories.RegionFactory().pk,
        "pillar": "identity",
        "cost_band": "none",
        "status": "draft",
        **NO_ADOPTIONS,
        **values,
    }


COMPLETE = {
    "status": "published",
    "summary": "a",
    "challenge": "b",
    "approach": "c",
    "results": "d",
    "how_to_replicate": "e",
}


def test_staff_writes_a_practice_with_an_adoption(staff_client):
    adopter = factories.RegionFactory()
    data = practice_data(
        roles=["media", "business"],
        subsectors=[factories.SubsectorFactory().pk],
        stakeholders=[factories.StakeholderFactory().pk],
        **COMPLETE,
        **{
            "adoptions-TOTAL_FORMS": "1",
            "adoptions-0-region": adopter.pk,
            "adoptions-0-status": "running",
            "adoptions-0-is_public": "on",
        },
    )

    response = staff_client.post(f"{PRACTICES}add/", data)

    assert response.status_code == 302
    practice = GoodPractice.objects.published().for_page().get()
    assert sorted(practice.roles) == ["business", "media"]
    assert (practice.subsectors.count(), practice.adoption_count) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"status": "published"}, "__all__"),
        ({"roles": ["mayor"]}, "roles"),
        ({"started_year": "1800"}, "__all__"),
        ({"cost_band": ""}, "cost_band"),
    ],
)
def test_a_wrong_practice_is_refused_in_words(staff_client, wrong, field):
    response = staff_client.post(f"{PRACTICES}add/", practice_data(**wrong))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]


def test_the_origin_cannot_adopt_its_own_practice(staff_client):
    data = practice_data()
    data |= {
        "adoptions-TOTAL_FORMS": "1",
        "adoptions-0-region": data["region"],
        "adoptions-0-status": "running",
    }

    response = staff_client.post(f"{PRACTICES}add/", data)

    [inline] = response.context["inline_admin_formsets"]
    assert list(inline.formset.errors[0]) == ["region"]
    assert GoodPractice.objects.count() == 0


def test_an_adoption_is_adapted_from_one_of_its_practice(staff_client):
    factories.AdoptionFactory()
    practice = factories.GoodPracticeFactory()
    adoptions = factories.AdoptionFactory.create_batch(2, practice=practice)

    response = staff_client.get(f"{PRACTICES}{practice.pk}/change/")

    [inline] = response.context["inline_admin_formsets"]
    choices = inline.formset.forms[0].fields["adapted_from"].choices
    assert [key for key, _name in choices] == ["", *(adoption.pk for adoption in adoptions)]


def test_publish_keeps_drafts_that_are_not_complete(staff_client):
    complete = factories.GoodPracticeFactory(published=True)
    GoodPractice.objects.update(status="draft")
    bare = factories.GoodPracticeFactory()
    public = factories.GoodPracticeFactory(published=True)

    response = publish(staff_client, [complete, bare, public])

    assert levels(response) == ["success", "warning"]
    assert set(GoodPractice.objects.published()) == {complete, public}


def test_publishing_nothing_that_fits_only_warns(staff_client):
    bare = factories.GoodPracticeFactory()

    assert levels(publish(staff_client, [bare])) == ["warning"]


def test_publishing_has_its_own_right(client):
    practice = factories.GoodPracticeFactory(published=True)
    GoodPractice.objects.update(status="draft")
    user = factories.UserFactory(is_staff=True)
    rights = ["view_goodpractice", "change_goodpractice"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)

    publish(client, [practice])
    form = client.get(f"{PRACTICES}{practice.pk}/change/").context["adminform"].form

    assert GoodPractice.objects.published().count() == 0
    assert "status" not in form.fields


@pytest.mark.parametrize("address", [PRACTICES, ADOPTIONS])
def test_its_history_is_shown(staff_client, address):
    adoption = factories.AdoptionFactory()
    row = {PRACTICES: adoption.practice, ADOPTIONS: adoption}[address]

    response = staff_client.get(f"{address}{row.pk}/history/")

    assert response.status_code == 200
    assert len(response.context["row_changes"]) == {PRACTICES: 2, ADOPTIONS: 1}[address]


def test_a_deleted_practice_comes_back_with_its_adoptions(staff_client):
    adoption = factories.AdoptionFactory()
    practice = adoption.practice
    staff_client.post(f"{PRACTICES}{practice.pk}/delete/", {"post": "yes"})
    assert Adoption.objects.count() == 0

    changes = staff_client.get("/admin/history/change/").context["cl"].result_list
    staff_client.post(f"/admin/history/change/{changes[0].pk}/change/")

    assert Adoption.objects.get(pk=adoption.pk).practice == practice


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_form_does_not_query_by_adoption(staff_client, django_assert_num_queries, row_count):
    practice = factories.GoodPracticeFactory()
    adoptions = factories.AdoptionFactory.create_batch(row_count, practice=practice)
    ContentType.objects.clear_cache()

    with django_assert_num_queries(12):
        page = staff_client.get(f"{PRACTICES}{practice.pk}/change/").content.decode()

    chosen = [
        f'<option value="{each.region.pk}" selected>{each.region}</option>' in page
        for each in adoptions
    ]
    assert chosen == [True] * row_count


def test_who_may_only_look_sees_the_adoptions(client):
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, "collaborations.view_goodpractice", "collaborations.view_adoption")
    client.force_login(user)
    adoption = factories.AdoptionFactory()

    response = client.get(f"{PRACTICES}{adoption.practice.pk}/change/")

    assert str(adoption.region) in response.content.decode()
