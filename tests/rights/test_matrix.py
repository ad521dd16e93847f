"""Every address of the site x everybody who may come by x reading and writing."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.template.backends.django import Template
from django.utils import timezone

from accounts.models import User
from tests.rights.addresses import MODEL_PAGES, Visits, names, page_of_model
from tests.rights.matrix import ADDRESSES, ADMIN, WITHOUT_CSRF_TOKEN, rows
from tests.rights.world import WHO

pytestmark = pytest.mark.django_db

# Pages of the admin that stay open to who has still to set up a second factor.
OPEN_TO_ALL = {
    *("admin/login/", "admin:login", "admin:logout", "admin:jsi18n"),
    *("admin/password_change/", "admin:password_change"),
}
POWERFUL = ["staff", "superuser"]
NAMES = {"changelist": "list"}
ROWS, MODELS = rows(ADDRESSES), rows(ADMIN)


@pytest.fixture(scope="module")
def visits(world):
    return Visits(world)


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch):
    """Only the status counts here, and drawing two thousand pages takes a minute."""
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")


def answers(world, address, body, who=WHO):
    """Return {who: "GET/POST"} as the site answers, each time in the same world."""
    return {one: f"{ask(world, one, address)}/{ask(world, one, address, body)}" for one in who}


def ask(world, who, address, body=None):
    cache.clear()  # where it is counted who comes too often
    client = world.client(who, headers={"origin": "http://testserver"})
    with transaction.atomic():
        response = client.get(address) if body is None else client.post(address, body())
        transaction.set_rollback(True)
    return response.status_code


def test_every_address_has_a_row_and_every_row_an_address():
    of_models = {f"admin:{model}_{page}" for model in MODELS for page in MODEL_PAGES}
    named = {row.partition("(")[0] for row in ROWS}

    assert set(names()) - named - of_models == set(), "without a row"
    assert (named | of_models) - set(names()) == set(), "without an address"


@pytest.mark.parametrize("row", ROWS)
def test_address(visits, row):
    cells = ROWS[row].split()
    assert len(cells) in {1, len(WHO)}

    expected = dict(zip(WHO, cells if len(cells) > 1 else cells * len(WHO), strict=True))
    assert answers(visits.world, visits.address(row), lambda: visits.body(row)) == expected


@pytest.mark.parametrize("name", MODELS)
def test_pages_of_a_model_in_the_admin(world, name):
    staff, superuser = (pages.split() for pages in MODELS[name].split("|"))
    model = apps.get_model(*name.split("_"))

    for page in MODEL_PAGES:
        found = answers(world, page_of_model(model, page), dict, ["visitor", "officer", *POWERFUL])
        may = {who: [code != "403" for code in found[who].split("/")] for who in POWERFUL}
        assert may == {"staff": rights(page, staff), "superuser": rights(page, superuser)}, page
        assert found["visitor"] == found["officer"] == "302/302"  # and so all who are no staff


def rights(page, pages):
    """Return whether somebody may read and write a page, by what the table says."""
    name = NAMES.get(page, page)
    return [name in pages or (name == "change" and "see" in pages), name in pages]


def test_without_a_token_no_form_is_taken(visits):
    """The shortlist, too, refuses what no browser of this site sent."""
    rows = [row for row in ROWS if "(" not in row]

    assert {row for row in rows if ask_without_token(visits, row) != 403} == {*WITHOUT_CSRF_TOKEN}


def ask_without_token(visits, row):
    """As somebody who might do everything."""
    client = visits.world.client("superuser", enforce_csrf_checks=True)
    with transaction.atomic():
        response = client.post(visits.address(row), visits.body(row))
        transaction.set_rollback(True)
    return response.status_code


def test_the_second_factor_guards_all_rooms_behind_the_door(visits):
    """Once the days of grace are over: whatever asks officers or staff to sign in."""
    User.objects.update(grace_began_on=timezone.localdate() - timedelta(days=99))
    behind = [row for row in ROWS if visits.address(row).startswith(("/kelola/", "/admin/"))]

    assert {row for row in behind if not is_sent_to_set_it_up(visits, row)} == OPEN_TO_ALL


def is_sent_to_set_it_up(visits, row):
    address = visits.address(row)
    sent = [visits.world.client(who).get(address) for who in ("officer", "superuser")]
    wanted = sent if address.startswith("/kelola/") else sent[1:]
    return all(
        answer.headers.get("Location", "").startswith("/akun/keamanan/") for answer in wanted
    )
