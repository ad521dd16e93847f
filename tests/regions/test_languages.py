"""Every public page in both languages, each leading to itself in the other."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/mitra/",
    "/mitra/batik-laras/",
    "/wilayah/",
    "/wilayah/kota-pekalongan/",
    "/wilayah/kota-pekalongan/lembar-data/",
    "/wilayah/banding/",
    "/jejaring/",
    "/provinsi/jawa-tengah/",
    "/subsektor/",
    "/subsektor/kriya/",
    "/tentang/",
]
QUERY = "?q=batik+laras&peran=media&peran=business&halaman=2"


@pytest.fixture(autouse=True)
def rows():
    province = factories.ProvinceFactory(slug="jawa-tengah")
    region = factories.RegionFactory(slug="kota-pekalongan", province=province)
    subsectors = [factories.SubsectorFactory(slug="kriya")]
    factories.StakeholderFactory(
        slug="batik-laras", region=region, subsectors=subsectors, published=True
    )


def switch(html):
    """Return (address, language) of the link to the other language."""
    link = r'<a class="lang" href="([^"]+)" lang="(\w\w)" hreflang="\2" id="language">'
    return re.search(link, html.replace("&amp;", "&")).groups()


@pytest.mark.parametrize("page", PAGES)
def test_indonesian_is_the_default_whatever_the_browser_prefers(client, page):
    html = client.get(page + QUERY, headers={"accept-language": "en"}).content.decode()

    assert '<html lang="id">' in html
    assert switch(html) == (f"/en{page}{QUERY}", "en")


@pytest.mark.parametrize("page", PAGES)
def test_english_stands_under_en(client, page):
    html = client.get(f"/en{page}{QUERY}", headers={"accept-language": "id"}).content.decode()

    assert '<html lang="en">' in html
    assert switch(html) == (f"{page}{QUERY}", "id")


@pytest.mark.parametrize("page", PAGES)
def test_search_engines_learn_of_both(client, page):
    for path in (page, f"/en{page}"):
        html = client.get(path).content.decode()
        alternates = re.findall(r'<link rel="alternate" hreflang="(\w\w)" href="([^"]+)">', html)
        assert alternates == [
            ("id", f"http://testserver{page}"),
            ("en", f"http://testserver/en{page}"),
        ]


@pytest.mark.parametrize("page", PAGES)
def test_an_english_page_leads_to_english_pages(client, page):
    html = client.get(f"/en{page}").content.decode()

    addresses = set(re.findall(r'<(?:a|form)\b[^>]*?(?:href|action)="(/[^"]*)"', html))
    assert addresses - {page} == {each for each in addresses if each.startswith("/en/")}
