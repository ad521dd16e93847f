import importlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import clear_url_caches
from django.utils import timezone

from iccn_network import urls
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/gaya/"


@pytest.fixture
def debugging(settings):
    def reload():
        importlib.reload(urls)
        clear_url_caches()

    settings.DEBUG = True
    reload()
    yield
    settings.DEBUG = False
    reload()


@pytest.fixture
def every_freshness():
    for days in (1, 160, 200):
        moment = timezone.now() - timedelta(days=days)
        factories.StakeholderFactory(published=True, verified_at=moment)
    factories.StakeholderFactory(published=True)


@pytest.mark.parametrize("path", [URL, "/en" + URL])
def test_it_is_no_page_of_the_real_site(client, superuser, path):
    client.force_login(superuser)

    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("debugging", "every_freshness")
def test_it_shows_every_state(client):
    html = client.get("/en" + URL).content.decode()

    states = set(re.findall(r'class="freshness is-(\w+)"', html))
    assert states == {"fresh", "due", "stale", "unverified"}
    levels = re.findall(r'message--(\w+)" role="status"><svg [^>]*><use href="[^"]*#(\w+)"', html)
    assert levels == [(level, level) for level in ("success", "info", "warning", "error")]
    drawn = Path("static/img/icons.svg").read_text()
    assert [level for level, icon in levels if f'id="{icon}"' not in drawn] == []
    assert "field__error" in html


@pytest.mark.usefixtures("debugging")
def test_an_empty_database_has_a_style_too(client):
    assert client.get(URL).status_code == 200


@pytest.mark.usefixtures("debugging")
def test_a_region_with_two_titles_stands_once_and_counts_right(client):
    region = factories.RegionFactory()
    factories.RecognitionFactory(region=region)
    factories.RecognitionFactory(region=region, scheme="unesco", field="music")
    factories.StakeholderFactory.create_batch(2, region=region, published=True)

    response = client.get(URL)

    assert [row.stakeholder_count for row in response.context["regions"]] == [2]
