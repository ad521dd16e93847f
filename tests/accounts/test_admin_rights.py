"""Who may enter which page of the admin, and what the staff group may do."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.groups import grant_network_staff, rights_of_network_staff
from tests import factories

pytestmark = [
    pytest.mark.django_db,
]

PAGES = [
    "/admin/",
    "/admin/accounts/invitation/",
    "/admin/accounts/officerassignment/",
    "/admin/accounts/user/",
    "/admin/collaborations/adoption/",
    "/admin/collaborations/goodpractice/",
    "/admin/collaborations/suggestion/",
    "/admin/history/change/",
    "/admin/history/change/unknown/",
    "/admin/regions/province/",
    "/admin/regions/recognition/",
    "/admin/regions/region/",
    "/admin/regions/regionsubsector/",
    "/admin/regions/subsector/",
    "/admin/stakeholders/offering/",
    "/admin/stakeholders/offeringcategory/",
    "/admin/stakeholders/organizationtype/",
    "/admin/stakeholders/searchterm/",
    "/admin/stakeholders/stakeholder/",
    "/admin/stakeholders/stewardship/",
    "/admin/stakeholders/vainsearch/",
]
ADDABLE = [
    "/admin/accounts/officerassignment/add/",
    "/admin/accounts/user/add/",
    "/admin/collaborations/adoption/add/",
    "/admin/collaborations/goodpractice/add/",
    "/admin/regions/recognition/add/",
    "/admin/regions/regionsubsector/add/",
    "/admin/regions/subsector/add/",
    "/admin/stakeholders/offering/add/",
    "/admin/stakeholders/offeringcategory/add/",
    "/admin/stakeholders/organizationtype/add/",
    "/admin/stakeholders/searchterm/add/",
    "/admin/stakeholders/stakeholder/add/",
    "/admin/stakeholders/stewardship/add/",
]
FOR_SUPERUSERS = [
    "/admin/auth/group/",
    "/admin/regions/province/add/",
    "/admin/regions/region/add/",
]


@pytest.mark.parametrize("page", [*PAGES, *ADDABLE, *FOR_SUPERUSERS])
@pytest.mark.parametrize("who", ["visitor", "officer"])
def test_others_are_asked_to_sign_in(client, who, page):
    if who == "officer":
        client.force_login(factories.OfficerAssignmentFactory().user)

    response = client.get(page)

    assert response.status_code == 302
    assert response.url == f"/admin/login/?next={page}"


@pytest.mark.parametrize("page", [*PAGES, *ADDABLE])
def test_staff_enters(client, staff, page):
    client.force_login(staff)

    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", FOR_SUPERUSERS)
def test_staff_does_not_enter(client, staff, page):
    client.force_login(staff)

    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, *ADDABLE, *FOR_SUPERUSERS])
def test_a_superuser_enters_everywhere(client, superuser, page):
    client.force_login(superuser)

    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "factory",
    [
        factories.ProvinceFactory,
        factories.RegionFactory,
        factories.StakeholderFactory,
        factories.UserFactory,
    ],
)
def test_staff_changes_but_does_not_delete(client, staff, factory):
    row = factory()
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}"
    client.force_login(staff)

    assert client.get(f"{address}/change/").context["has_change_permission"] is True
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert factory._meta.model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "factory",
    [
        factories.OfferingCategoryFactory,
        factories.OfferingFactory,
        factories.OfficerAssignmentFactory,
        factories.OrganizationTypeFactory,
        factories.RecognitionFactory,
        factories.RegionSubsectorFactory,
        factories.SearchTermFactory,
        factories.SubsectorFactory,
    ],
)
def test_staff_deletes(client, staff, factory):
    row = factory()
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}"
    client.force_login(staff)

    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 302
    assert not factory._meta.model.objects.filter(pk=row.pk).exists()


def test_every_right_of_the_group_exists(staff):
    assert staff.get_group_permissions() == rights_of_network_staff()


def test_a_migration_gives_the_group_exactly_its_rights(staff):
    group = Group.objects.get()
    surplus = group.permissions.model.objects.get(codename="delete_user")
    group.permissions.set([surplus])

    call_command("migrate", verbosity=0)

    names = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
    assert names == rights_of_network_staff()


def test_rights_that_are_there_are_not_written_again(django_assert_num_queries):
    with django_assert_num_queries(3) as queries:  # all rights, the group, its rights
        grant_network_staff(sender=None, apps=apps)

    assert [query["sql"][:6] for query in queries] == ["SELECT", "SELECT", "SELECT"]
