"""The words that staff teach the search, in the admin."""

import pytest
from django.core.exceptions import ValidationError

from stakeholders.models import SearchTerm
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/admin/stakeholders/searchterm/"


def test_words_are_kept_without_spare_spaces():
    term = SearchTerm(words="  kedai   kopi ")
    term.full_clean()

    assert term.words == "kedai kopi"


@pytest.mark.parametrize("words", ["  ", "***", "-"])
def test_words_have_a_letter_or_digit(words):
    with pytest.raises(ValidationError):
        SearchTerm(words=words).full_clean()


@pytest.mark.parametrize("words", ["kedai kopi", "Kedai Kopi", "kedái kopi"])
def test_words_are_in_the_list_once(words):
    factories.SearchTermFactory(words="Kedai kopi")

    with pytest.raises(ValidationError):
        SearchTerm(words=words).full_clean()


def post(client, **values):
    return client.post(f"{URL}add/", {"words": "wastra", "role": ""} | values)


def test_staff_add_a_word_with_its_meaning(staff_client):
    crafts = factories.SubsectorFactory()

    assert post(staff_client, subsectors=[crafts.pk]).status_code == 302
    assert [list(term.subsectors.all()) for term in SearchTerm.objects.all()] == [[crafts]]


def test_a_word_that_says_nothing_is_not_kept(staff_client):
    response = post(staff_client)

    assert response.status_code == 200
    assert len(response.context["adminform"].form.non_field_errors()) == 1
    assert not SearchTerm.objects.exists()


def test_the_history_knows_who_changed_a_meaning(staff_client, staff):
    subsector = factories.SubsectorFactory(name_id="Kriya")
    post(staff_client, subsectors=[subsector.pk])
    term = SearchTerm.objects.get()

    page = staff_client.get(f"{URL}{term.pk}/history/").content.decode()

    assert staff.name in page
    assert "Kriya" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_tells_meanings_in_a_constant_number_of_queries(
    staff_client, django_assert_num_queries, rows
):
    for _ in range(rows):
        factories.SearchTermFactory(
            role="academia",
            subsectors=[factories.SubsectorFactory(name_id="Kriya")],
            organization_types=[factories.OrganizationTypeFactory(name_id="Sanggar")],
        )

    with django_assert_num_queries(11):
        page = staff_client.get(URL).content.decode()

    assert page.count("Akademisi, Kriya, Sanggar") == rows


@pytest.mark.parametrize(
    "query", ["q=tenun", "is_ordinary__exact=0", "role__exact=academia", "subsectors__id__exact={}"]
)
def test_the_list_is_searched_and_filtered(staff_client, query):
    subsector = factories.SubsectorFactory()
    factories.SearchTermFactory(words="tenun", role="academia", subsectors=[subsector])
    factories.SearchTermFactory(words="batu", is_ordinary=True)

    response = staff_client.get(f"{URL}?{query.format(subsector.pk)}")

    assert [term.words for term in response.context["cl"].result_list] == ["tenun"]
