import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/wilayah/"
LISTS = ["pulau", "provinsi", "jenis", "subsektor", "pengakuan"]
PARAMETERS = ["q", *LISTS, "urut", "halaman"]


@pytest.fixture(autouse=True)
def region():
    return factories.RegionSubsectorFactory().region


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_the_page_stands_whatever_is_in_its_parameters(client, value):
    response = client.get(URL + "?" + "&".join(f"{name}={value}" for name in PARAMETERS))

    hostile.assert_harmless(response)
    assert len(hostile.ignored(response)) >= len(LISTS) + 2  # the lists, the order and the page


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_html_in_a_parameter_is_only_text(client, parameter):
    response = client.get(URL, {parameter: hostile.HTML})

    hostile.assert_harmless(response)
    assert "&lt;script&gt;" in response.content.decode()


@hostile.modestly
@given(values=st.dictionaries(st.sampled_from(PARAMETERS), hostile.anything, min_size=1))
def test_anything_in_any_parameter(client, values):
    hostile.assert_harmless(client.get(URL + "?" + "&".join(f"{n}={v}" for n, v in values.items())))


@pytest.mark.parametrize("room", ["wilayah", "provinsi", "subsektor"])
def test_any_address_of_a_place(client, room):
    @hostile.modestly
    @given(slug=hostile.anything)
    def try_one(slug):
        assert client.get(f"/{room}/{slug}x/").status_code == 404

    try_one()


def test_a_stored_profile_cannot_write_markup_either(client, region):
    for field in ("tagline", "story", "identity", "liveability", "participation", "capital"):
        setattr(region, field, hostile.HTML[:80])
    region.aliases = [hostile.HTML[:80]]
    region.profile_status = "published"
    region.save()
    factories.RecognitionFactory(region=region, source=hostile.HTML)

    for path in (URL, region.get_absolute_url(), region.province.get_absolute_url()):
        hostile.assert_harmless(client.get(path))
