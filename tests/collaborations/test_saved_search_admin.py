from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from django.utils.translation import override

from collaborations.models import SavedSearch, Subscriber
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
]

URL = "/admin/collaborations/savedsearch/"


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_list_does_not_query_by_row(staff_client, django_assert_num_queries, row_count):
    factories.SavedSearchFactory.create_batch(row_count, query="peran=media&q=batik+tulis")

    with django_assert_num_queries(10):
        response = staff_client.get(URL)

    assert response.context["cl"].result_count == row_count


def test_no_address_can_be_read(staff_client):
    subscriber = factories.SubscriberFactory(email="rahasia@contoh.id")
    search = factories.SavedSearchFactory(subscriber=subscriber, query="q=batik+tulis")
    pages = ["", f"{search.pk}/change/", f"{search.pk}/delete/", f"{search.pk}/history/"]

    for page in pages:
        html = staff_client.get(f"{URL}{page}").content.decode()
        assert "rahasia" not in html
    assert "r•••@contoh.id" in staff_client.get(URL).content.decode()
    assert "q=batik tulis" in staff_client.get(URL).content.decode()


def test_the_state_in_words():
    state = admin.site.get_model_admin(SavedSearch).state
    confirmed = factories.SavedSearchFactory(confirmed=True)
    paused = factories.SavedSearchFactory(
        confirmed=True, subscriber__paused_until=timezone.now() + timedelta(days=1)
    )

    with override("en"):
        said = [str(state(each)) for each in (factories.SavedSearchFactory(), confirmed, paused)]
    assert said == ["not confirmed", "running", "paused"]


@pytest.mark.parametrize("way", ["action", "page"])
def test_deleting_deletes_the_address_too(staff_client, way):
    search = factories.SavedSearchFactory(confirmed=True)
    if way == "action":
        data = {"action": "delete_selected", "_selected_action": [search.pk], "post": "yes"}
        staff_client.post(URL, data)
    else:
        staff_client.post(f"{URL}{search.pk}/delete/", {"post": "yes"})

    assert SavedSearch.objects.count() == Subscriber.objects.count() == 0
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [f"#{search.pk}"]


@pytest.mark.parametrize("page", ["add/", "1/change/"])
def test_staff_change_nothing(staff_client, page):
    assert staff_client.post(f"{URL}{page}").status_code in (302, 403)
    assert staff_client.get(f"{URL}add/").status_code == 403


def test_others_see_nothing(client):
    client.force_login(factories.UserFactory(is_staff=True))

    assert client.get(URL).status_code == 403


def test_no_history_is_kept():
    tracked = {getattr(model, "pgh_tracked_model", None) for model in apps.get_models()}

    assert not tracked & {SavedSearch, Subscriber}
