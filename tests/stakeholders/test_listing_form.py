"""What people type, paste and upload into the form of a listing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholders.actions import keep_draft, save_listing
from stakeholders.content import content_of, merge
from stakeholders.forms import ListingForm
from stakeholders.sites import site_key
from tests import factories
from tests.hostile import VALUES
from tests.images import pictures
from tests.listings import posted, valid

pytestmark = pytest.mark.django_db

# Each example begins anew within the same rows, which it does not change.
FREE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TYPED = st.one_of(st.sampled_from(VALUES), st.text(max_size=60))
FIELDS = [
    *("name", "aliases", "organization_type", "region", "point", "subsectors", "website", "base"),
    *("public_email", "public_phone", "social_links", "rhythm_days", "kept_logo", "description"),
    *("offerings-0-key", "offerings-0-category", "offerings-0-direction", "offerings-0-subsectors"),
    *("offerings-0-valid_until", "offerings-TOTAL_FORMS", "pilih-summary", "pilih-offerings/1"),
]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(region=officer.region, published=True, summary="Lama")


def bound(listing, user, files=None, **changes):
    data = posted(ListingForm(user=user, instance=listing), **changes)
    return ListingForm(data, files, user=user, instance=listing)


@FREE
@given(data=st.data())
def test_whatever_is_sent_is_saved_or_refused_in_words(officer, listing, data):
    changes = data.draw(st.dictionaries(st.sampled_from(FIELDS), TYPED, max_size=5))
    listing.refresh_from_db()
    shown = ListingForm(user=officer, instance=listing)
    sent = posted(shown, **{"offerings-TOTAL_FORMS": "1"})
    for name, value in changes.items():
        sent[name] = value

    form = ListingForm(sent, user=officer, instance=listing)
    if form.is_valid():
        outcome = save_listing(form=form, user=officer)
        assert outcome.listing.region == officer.region
    else:
        assert form.errors
    form = ListingForm(sent, user=officer, instance=listing)
    if draft := keep_draft(form=form, user=officer):
        draft.refresh_from_db()
        again = ListingForm(user=officer, instance=listing, typed=draft.data, base=draft.base)
        assert again["name"].value() == sent["name"].replace("\0", "")
        assert again.shown_content()


offerings = st.fixed_dictionaries(
    {"direction": st.just("offer"), "category": st.integers(1, 3), "description": st.just("")}
)
versions = st.fixed_dictionaries(
    {"name": st.sampled_from("abc"), "summary": st.sampled_from("abc")},
    optional={"offerings": st.dictionaries(st.sampled_from(["1", "2", "new-1"]), offerings)},
)


@given(base=versions, theirs=versions, mine=versions)
def test_a_merge_invents_nothing_and_loses_nothing(base, theirs, mine):
    merged = merge(base, theirs, mine)

    assert merge(base, theirs, base).content == {"offerings": {}} | theirs
    assert merge(base, base, mine).content == {"offerings": {}} | mine
    asked = {conflict.key for conflict in merged.conflicts}
    for key in ["name", "summary"]:
        values = {base[key], theirs[key], mine[key]}
        assert (key in asked) == (len(values) == 3)
        assert merged.content[key] in values
        if theirs[key] != base[key] and key not in asked:
            assert merged.content[key] == theirs[key]


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("-7.2575, 112.7521", [-7.2575, 112.7521]),
        ("-7.2575 112.7521", [-7.2575, 112.7521]),
        ("-7,2575; 112,7521", [-7.2575, 112.7521]),
        ("−7.2575,112.7521", [-7.2575, 112.7521]),
        ("https://maps.example/place/@-7.2575,112.7521,17z", [-7.2575, 112.7521]),
        ("", None),
        ("112.7521, -7.2575", False),
        ("7", False),
        ("di depan pasar", False),
    ],
)
def test_places_are_read_as_people_write_them(officer, listing, typed, point):
    form = bound(listing, officer, point=typed)

    assert form.is_valid() == (point is not False)
    if form.is_valid():
        assert save_listing(form=form, user=officer).merged.content["point"] == point


def test_several_words_and_addresses_in_one_field(officer, listing):
    links = "instagram.com/laras\r\nhttps://laras.id/,\r\n"
    form = bound(listing, officer, aliases="UGM, , ITB;UGM", social_links=links)

    content = valid(form).content()

    assert content["aliases"] == ["UGM", "ITB"]
    assert content["social_links"] == ["https://instagram.com/laras", "https://laras.id/"]


def test_a_picture_outlives_what_is_wrong_elsewhere(officer, listing):
    upload = {"logo": SimpleUploadedFile("logo.png", pictures.png((300, 300)))}
    form = bound(listing, officer, MultiValueDict({k: [v] for k, v in upload.items()}), name="")
    assert list(form.errors) == ["name"]
    assert form.shown_logo.url

    again = posted(form, name="Batik Laras", kept_logo=form.data["kept_logo"])
    saved = save_listing(
        form=valid(ListingForm(again, user=officer, instance=listing)), user=officer
    ).listing

    assert saved.logo.name == form.picture_name("logo")
    assert saved.logo.storage.exists(saved.logo.name)
    form = bound(saved, officer, remove_logo="on")
    assert save_listing(form=valid(form), user=officer).listing.logo.name == ""


def test_what_is_no_picture_is_refused_and_a_forged_name_is_ignored(officer, listing):
    files = MultiValueDict({"logo": [SimpleUploadedFile("logo.png", b"not a picture")]})
    assert list(bound(listing, officer, files).errors) == ["logo"]

    form = bound(listing, officer, kept_logo="stakeholders/logos/another.webp")
    assert valid(form).content() == content_of(listing)


def test_offerings_of_another_listing_are_out_of_reach(officer, listing):
    other = factories.OfferingFactory(description="Milik orang")
    rows = {"key": str(other.pk), "category": str(other.category_id), "description": "Dicuri"}
    rows |= {"direction": "offer", "reach": "region"}
    changes = {f"offerings-0-{name}": value for name, value in rows.items()}

    save_listing(form=valid(bound(listing, officer, **changes)), user=officer)

    other.refresh_from_db()
    assert (other.description, other.stakeholder == listing) == ("Milik orang", False)
    assert [each.description for each in listing.offerings.all()] == ["Dicuri"]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Laras.id/tentang?x=1", "laras.id"),
        ("https://www.instagram.com/Laras/", "instagram.com/laras"),
        ("https://instagram.com/", ""),
        ("", ""),
    ],
)
def test_whose_website_it_is(url, key):
    assert site_key(url) == key
