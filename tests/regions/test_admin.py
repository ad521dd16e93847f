import re

import pytest
from django.contrib.contenttypes.models import ContentType

from regions.models import Recognition, Region
from tests import factories

pytestmark = [
    pytest.mark.django_db,
]

PROVINCES = "/admin/regions/province/"
REGIONS = "/admin/regions/region/"
RECOGNITIONS = "/admin/regions/recognition/"


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize(
    ("address", "factory", "query_count"),
    [
        ("/admin/regions/province/", factories.ProvinceFactory, 7),
        ("/admin/regions/subsector/", factories.SubsectorFactory, 7),
        ("/admin/regions/region/", factories.RegionFactory, 8),
        ("/admin/regions/regionsubsector/", factories.RegionSubsectorFactory, 9),
        ("/admin/regions/recognition/", factories.RecognitionFactory, 11),
    ],
)
def test_lists_do_not_query_by_row(
    staff_client, django_assert_num_queries, address, factory, query_count, row_count
):
    factory.create_batch(row_count)

    with django_assert_num_queries(query_count):
        response = staff_client.get(address)

    assert response.context["cl"].result_count == row_count


@pytest.mark.parametrize("words", ["Surakarta", "Solo", "33.72", "Jawa Tengah"])
def test_a_region_is_found(staff_client, words):
    province = factories.ProvinceFactory(short_name="Jawa Tengah")
    factories.RegionFactory(
        short_name="Surakarta", code="33.72", aliases=["Solo"], province=province
    )
    factories.RegionFactory(code="11.01")

    response = staff_client.get(REGIONS, {"q": words})

    assert [row.short_name for row in response.context["cl"].result_list] == ["Surakarta"]


def test_a_province_is_found_by_what_people_call_it(staff_client):
    factories.ProvinceFactory(short_name="Jawa Timur", aliases=["Jatim"])
    factories.ProvinceFactory(short_name="Jawa Barat", aliases=["Jabar"])

    response = staff_client.get(PROVINCES, {"q": "jatim"})

    assert [row.short_name for row in response.context["cl"].result_list] == ["Jawa Timur"]


def form_of(response):
    """Return the data a browser would send back."""
    data = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for field in (field for form in forms for field in form):
        value = field.field.prepare_value(field.value())
        # Nothing to send for None and for a file field without a file.
        data[field.html_name] = value if value or value == 0 else ""
    return data


def test_staff_edits_a_region_with_its_parts(staff_client):
    region = factories.RegionFactory()
    kriya = factories.SubsectorFactory()
    address = f"{REGIONS}{region.pk}/change/"
    data = form_of(staff_client.get(address)) | {
        "aliases": "Solo, Sala",
        "region_subsectors-TOTAL_FORMS": "1",
        "region_subsectors-0-subsector": kriya.pk,
        "region_subsectors-0-is_lead": "on",
        "region_subsectors-0-basis": "pmk3i",
        "recognitions-TOTAL_FORMS": "1",
        "recognitions-0-scheme": "unesco",
        "recognitions-0-year": "2014",
        "recognitions-0-field": "crafts-folk-art",
        "recognitions-0-subsectors": [kriya.pk],
        "recognitions-0-source": "UNESCO",
    }

    response = staff_client.post(address, data)

    assert response.status_code == 302
    region.refresh_from_db()
    assert region.aliases == ["Solo", "Sala"]
    assert region.lead_subsectors == [kriya]
    assert list(region.recognitions.get().subsectors.all()) == [kriya]


def test_staff_edits_what_else_a_province_is_called(staff_client):
    province = factories.ProvinceFactory(aliases=["Jatim"])
    address = f"{PROVINCES}{province.pk}/change/"
    data = form_of(staff_client.get(address))
    assert data["aliases"] == "Jatim"

    response = staff_client.post(address, data | {"aliases": "Jatim, Jawa Wetan"})

    assert response.status_code == 302
    province.refresh_from_db()
    assert province.aliases == ["Jatim", "Jawa Wetan"]


def test_a_wrong_code_is_told_beside_its_field(staff_client):
    region = factories.RegionFactory()
    address = f"{REGIONS}{region.pk}/change/"
    data = form_of(staff_client.get(address)) | {"code": "x"}

    response = staff_client.post(address, data)

    assert list(response.context["adminform"].form.errors) == ["code"]
    assert Region.objects.get() == region


def test_a_title_says_why_it_is_refused(staff_client):
    response = staff_client.post(
        f"{RECOGNITIONS}add/",
        {"scheme": "kata-kreatif", "year": "2021", "field": "music", "source": "A decree"},
    )

    messages = response.context["adminform"].form.errors["__all__"]
    constraints = {c.name: c.violation_error_message for c in Recognition._meta.constraints}
    assert messages == [
        constraints["recognition_of_region_or_province"],
        constraints["recognition_unesco_has_field"],
    ]


def test_a_region_leads_to_its_page(staff_client):
    region = factories.RegionFactory()
    content_type = ContentType.objects.get_for_model(Region)

    response = staff_client.get(f"/admin/r/{content_type.pk}/{region.pk}/")

    assert response.url == f"http://testserver/wilayah/{region.slug}/"


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_form_does_not_query_by_subsector_or_title(
    staff_client, django_assert_num_queries, row_count
):
    region = factories.RegionFactory()
    factories.RegionSubsectorFactory.create_batch(row_count, region=region)
    kriya = factories.SubsectorFactory()
    for field in ["music", "film", "design"][:row_count]:
        title = factories.RecognitionFactory(region=region, scheme="unesco", field=field)
        title.subsectors.add(kriya)
    ContentType.objects.clear_cache()

    with django_assert_num_queries(13):
        page = staff_client.get(f"{REGIONS}{region.pk}/change/").content.decode()

    assert page.count(f'<option value="{kriya.pk}" selected>{kriya}</option>') == row_count


def test_who_may_only_look_sees_the_parts_of_a_region(client):
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, "regions.view_region", "regions.view_regionsubsector")
    client.force_login(user)
    part = factories.RegionSubsectorFactory()

    response = client.get(f"{REGIONS}{part.region.pk}/change/")

    assert str(part.subsector) in response.content.decode()


@pytest.mark.parametrize("address", [RECOGNITIONS, "/admin/history/change/"])
def test_lists_have_their_own_style(staff_client, address):
    page = staff_client.get(address).content.decode()

    assert '<link rel="stylesheet" href="/static/css/admin_lists.css">' in page


def test_a_long_source_is_shortened_in_the_list(staff_client):
    factories.RecognitionFactory(source="A decree " + "of a ministry " * 20)

    page = staff_client.get(RECOGNITIONS).content.decode()

    source = re.search(r'<td class="field-short_source">(.*?)</td>', page)[1]
    assert len(source) == 60
    assert source.startswith("A decree of a ministry")
    assert source.endswith("…")
