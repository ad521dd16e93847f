from datetime import timedelta

import factory
import pgtrigger
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from stakeholders.models import RESERVED_SLUGS, Freshness, OrganizationType, Stakeholder
from tests import factories
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db

SOMEBODY = factory.SubFactory(factories.UserFactory)
ANOTHER = factory.SubFactory(factories.StakeholderFactory)
NOW = timezone.datetime(2026, 6, 15, 9, tzinfo=timezone.timezone.utc)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def stopped_clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def officer(**values):
    return factories.OfficerAssignmentFactory(**values).user


@pytest.mark.parametrize(
    ("constraint", "factory_class", "values"),
    [
        ("stakeholder_status", factories.StakeholderFactory, {"status": "lost"}),
        ("stakeholder_published_has_date", factories.StakeholderFactory, {"status": "published"}),
        (
            "stakeholder_verified_by_has_date",
            factories.StakeholderFactory,
            {"verified_by": SOMEBODY},
        ),
        ("stakeholder_verified_via", factories.StakeholderFactory, {"verified_via": "link"}),
        (
            "stakeholder_verified_via",
            factories.StakeholderFactory,
            {"verified_via": "link", "verified_at": NOW, "verified_by": SOMEBODY},
        ),
        (
            "stakeholder_place_in_indonesia",
            factories.StakeholderFactory,
            {"latitude": 52, "longitude": 5},
        ),
        ("stakeholder_merged_is_archived", factories.StakeholderFactory, {"merged_into": ANOTHER}),
        ("organization_type_role", factories.OrganizationTypeFactory, {"role": "pirate"}),
        ("offering_direction", factories.OfferingFactory, {"direction": "swap"}),
        ("offering_reach", factories.OfferingFactory, {"reach": "world"}),
    ],
)
def test_the_database_refuses(constraint, factory_class, values):
    with refused_by(constraint):
        factory_class(**values)


@pytest.mark.parametrize("values", [{"latitude": -7}, {"longitude": 110}])
def test_a_place_has_both_coordinates(values):
    with refused_by("stakeholder_place_in_indonesia"):
        factories.StakeholderFactory(**values)


@pytest.mark.parametrize("word", RESERVED_SLUGS)
def test_a_word_of_the_site_is_no_address_of_a_listing(word):
    with refused_by("stakeholder_slug_not_reserved"):
        factories.StakeholderFactory(slug=word)


def test_an_address_belongs_to_one_listing():
    listing = factories.StakeholderFactory()

    with refused_by("stakeholders_stakeholder_slug_key"):
        factories.StakeholderFactory(slug=listing.slug)


def test_a_listing_does_not_replace_itself():
    listing = factories.StakeholderFactory(status="archived")

    with refused_by("stakeholder_not_merged_into_itself"):
        Stakeholder.objects.update(merged_into=listing)


def test_a_listing_has_the_role_of_its_type():
    studio = factories.OrganizationTypeFactory(role="business")

    with refused_by("stakeholder_role_of_type"):
        factories.StakeholderFactory(role="media", organization_type=studio)


def test_a_type_in_use_keeps_its_role():
    factories.StakeholderFactory(role="media")

    with refused_by("stakeholder_role_of_type"):
        OrganizationType.objects.update(role="business")


def test_a_form_hears_of_the_wrong_type_in_words():
    listing = factories.StakeholderFactory(role="media")
    listing.role = "business"

    with pytest.raises(ValidationError) as refusal:
        listing.full_clean()

    assert list(refusal.value.message_dict) == ["organization_type"]


@pytest.mark.parametrize(
    ("rhythm", "since_confirmation", "state"),
    [
        (180, timedelta(0), Freshness.FRESH),
        (180, 150 * DAY - INSTANT, Freshness.FRESH),
        (180, 150 * DAY, Freshness.DUE),
        (180, 180 * DAY - INSTANT, Freshness.DUE),
        (180, 180 * DAY, Freshness.STALE),
        (730, 700 * DAY - INSTANT, Freshness.FRESH),
        (730, 700 * DAY, Freshness.DUE),
        (730, 730 * DAY, Freshness.STALE),
        (60, 30 * DAY - INSTANT, Freshness.FRESH),
        (60, 30 * DAY, Freshness.DUE),
        (60, 60 * DAY, Freshness.STALE),
    ],
)
@pytest.mark.usefixtures("stopped_clock")
def test_freshness_changes_at_the_limits_of_the_rhythm(rhythm, since_confirmation, state):
    factories.StakeholderFactory(rhythm_days=rhythm, verified_at=NOW - since_confirmation)

    listing = Stakeholder.objects.get()

    assert listing.freshness == state
    assert [s for s in Freshness if Stakeholder.objects.with_freshness_in([s])] == [state]


def test_without_a_confirmation_it_is_unverified_however_new():
    listing = factories.StakeholderFactory(published=True)

    assert listing.freshness == Freshness.UNVERIFIED
    assert list(Stakeholder.objects.with_freshness_in(["unverified"])) == [listing]
    assert list(Stakeholder.objects.with_freshness_in(["fresh", "due", "stale"])) == []


class TestRights:
    @pytest.fixture(autouse=True)
    def listings(self):
        self.region = factories.RegionFactory()
        self.published = factories.StakeholderFactory(region=self.region, published=True)
        self.hidden = {
            factories.StakeholderFactory(region=self.region, status=status)
            for status in ("draft", "pending", "archived")
        }

    def sees(self, user):
        """Return (what the user sees, what the user may edit)."""
        visible = list(Stakeholder.objects.visible_to(user))
        assert len(visible) == len(set(visible))
        return set(visible), set(Stakeholder.objects.editable_by(user))

    def test_a_visitor_sees_what_is_published(self):
        assert self.sees(AnonymousUser()) == ({self.published}, set())

    def test_a_user_without_an_assignment_sees_no_more(self):
        assert self.sees(factories.UserFactory()) == ({self.published}, set())

    def test_an_officer_sees_and_edits_the_own_region(self):
        own = {self.published, *self.hidden}

        assert self.sees(officer(region=self.region)) == (own, own)

    def test_an_officer_of_the_province_too(self):
        own = {self.published, *self.hidden}

        assert self.sees(officer(region=None, province=self.region.province)) == (own, own)

    def test_an_officer_elsewhere_sees_what_is_published(self):
        assert self.sees(officer()) == ({self.published}, set())

    def test_an_expired_assignment_gives_nothing(self):
        former = officer(region=self.region, starts_on="2020-01-01", ends_on="2020-12-31")

        assert self.sees(former) == ({self.published}, set())

    def test_staff_sees_and_edits_all(self, staff):
        everything = {self.published, *self.hidden}

        assert self.sees(staff) == (everything, everything)

    def test_one_row_can_be_asked(self):
        assert self.published.is_editable_by(officer(region=self.region)) is True
        assert self.published.is_editable_by(officer()) is False
        assert self.published.is_editable_by(AnonymousUser()) is False


def test_publishing_keeps_the_first_date():
    listing = factories.StakeholderFactory(published_at=NOW)

    listing.publish()

    listing.refresh_from_db()
    assert (listing.status, listing.published_at) == ("published", NOW)


@pytest.mark.usefixtures("stopped_clock")
def test_confirming_says_who_and_when(staff):
    listing = factories.StakeholderFactory()

    listing.confirm(staff)

    listing.refresh_from_db()
    assert (listing.verified_by, listing.verified_at) == (staff, NOW)
    assert listing.freshness == Freshness.FRESH


def test_archiving_hides_and_deletes_nothing():
    listing = factories.StakeholderFactory(published=True)

    listing.archive()

    assert Stakeholder.objects.get().status == "archived"
    assert list(Stakeholder.objects.published()) == []


def test_complements_are_published_neighbours_in_other_roles():
    listing = factories.StakeholderFactory(role="media")
    same_region = {"region": listing.region}
    found = factories.StakeholderFactory(role="academia", published=True, **same_region)
    factories.StakeholderFactory(role="media", published=True, **same_region)
    factories.StakeholderFactory(role="business", **same_region)
    factories.StakeholderFactory(role="business", published=True)

    assert list(listing.complements()) == [found]


@pytest.fixture
def merged():
    """Three listings, each merged into the next."""
    last = factories.StakeholderFactory(published=True)
    second = factories.StakeholderFactory(status="archived", merged_into=last)
    return factories.StakeholderFactory(status="archived", merged_into=second), second, last


def test_the_successor_is_the_last_of_all_merges(merged):
    assert [listing.successor() for listing in merged] == [merged[-1]] * 3


@pytest.mark.parametrize("start", [0, 1])
def test_merges_do_not_lead_back(merged, start):
    last = Stakeholder.objects.filter(pk=merged[-1].pk)

    with refused_by("stakeholder_without_merge_cycle"):
        last.update(status="archived", merged_into=merged[start])


def test_a_cycle_older_than_its_trigger_has_an_end(merged):
    first, _second, last = merged
    with pgtrigger.ignore("stakeholders.Stakeholder:no_merge_cycle"):
        Stakeholder.objects.filter(pk=last.pk).update(status="archived", merged_into=first)

    assert Stakeholder.objects.get(pk=first.pk).successor() == last


def test_a_card_names_the_subsectors_in_the_language_of_the_reader():
    film, craft = (
        factories.SubsectorFactory(position=position, name_id=name_id, name_en=name_en)
        for position, name_id, name_en in ((2, "Film", "Movies"), (1, "Kriya", "Craft"))
    )
    factories.StakeholderFactory(name="Batik Laras", subsectors=[film, craft])
    factories.StakeholderFactory(name="Dinas")

    named = {}
    for language in ("id", "en"):
        with translation.override(language):
            cards = Stakeholder.objects.for_cards()
            named[language] = {card.name: card.subsector_names for card in cards}

    assert named == {
        "id": {"Batik Laras": ["Kriya", "Film"], "Dinas": []},
        "en": {"Batik Laras": ["Craft", "Movies"], "Dinas": []},
    }
