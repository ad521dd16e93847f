"""The smallest valid row of each model; a test says what matters to it."""

from datetime import timedelta

import factory
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.groups import NETWORK_STAFF

# No province of Indonesia has one of these, so a test may name a real one beside it.
FREE_CODES = [
    code
    for first, last in [(22, 30), (37, 50), (54, 60), (66, 70), (77, 80), (83, 90)]
    for code in range(first, last + 1)
]


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = "regions.Province"

    code = factory.Sequence(lambda n: str(FREE_CODES[n % len(FREE_CODES)]))
    name = factory.Sequence(lambda n: f"Provinsi {n}")
    short_name = factory.SelfAttribute("name")
    slug = factory.Sequence(lambda n: f"provinsi-{n}")
    capital = "Ibu Kota"
    latitude = -7.0
    longitude = 110.0
    island = "jawa"
    population = 1_000_000


class SubsectorFactory(DjangoModelFactory):
    class Meta:
        model = "regions.Subsector"

    slug = factory.Sequence(lambda n: f"subsektor-{n}")
    name_id = factory.Sequence(lambda n: f"Subsektor {n}")
    name_en = factory.Sequence(lambda n: f"Subsector {n}")
    position = factory.Sequence(lambda n: n)
    ministry_field = "budaya"


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = "regions.Region"

    code = factory.Sequence(lambda n: f"{n // 90 % 90 + 10}.{n % 90 + 10}")
    kind = "kota"
    short_name = factory.Sequence(lambda n: f"Wilayah {n}")
    name = factory.LazyAttribute(lambda o: f"{o.kind.title()} {o.short_name}")
    slug = factory.Sequence(lambda n: f"kota-wilayah-{n}")
    province = factory.SubFactory(ProvinceFactory)
    capital = "Pusat"
    latitude = -7.0
    longitude = 110.0
    timezone = "Asia/Jakarta"
    population = 100_000


class RegionSubsectorFactory(DjangoModelFactory):
    class Meta:
        model = "regions.RegionSubsector"

    region = factory.SubFactory(RegionFactory)
    subsector = factory.SubFactory(SubsectorFactory)
    basis = "pmk3i"


class RecognitionFactory(DjangoModelFactory):
    class Meta:
        model = "regions.Recognition"
        skip_postgeneration_save = True

    scheme = "kata-kreatif"
    region = factory.SubFactory(RegionFactory)
    year = 2021
    source = "A decree"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = "accounts.User"
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Orang {n}")
    email = factory.Sequence(lambda n: f"orang{n}@example.id")
    password = factory.django.Password("rahasia")


class StaffFactory(UserFactory):
    is_staff = True

    @factory.post_generation
    def staff_group(user, create, extracted, **kwargs):
        user.groups.add(Group.objects.get(name=NETWORK_STAFF))


class OfficerAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = "accounts.OfficerAssignment"

    user = factory.SubFactory(UserFactory)
    region = factory.SubFactory(RegionFactory)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = "accounts.Invitation"

    name = factory.Sequence(lambda n: f"Undangan {n}")
    email = factory.Sequence(lambda n: f"undangan{n}@example.id")
    region = factory.SubFactory(RegionFactory)
    inviter = factory.SubFactory(StaffFactory)


class OrganizationTypeFactory(DjangoModelFactory):
    class Meta:
        model = "stakeholders.OrganizationType"

    slug = factory.Sequence(lambda n: f"jenis-{n}")
    name_id = factory.Sequence(lambda n: f"Jenis {n}")
    name_en = factory.Sequence(lambda n: f"Type {n}")
    role = "community"


class StakeholderFactory(DjangoModelFactory):
    class Meta:
        model = "stakeholders.Stakeholder"
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            status="published", published_at=factory.LazyFunction(timezone.now)
        )

    name = factory.Sequence(lambda n: f"Mitra {n}")
    slug = factory.Sequence(lambda n: f"mitra-{n}")
    role = "community"
    organization_type = factory.SubFactory(
        OrganizationTypeFactory, role=factory.SelfAttribute("..role")
    )
    region = factory.SubFactory(RegionFactory)

    @factory.post_generation
    def subsectors(stakeholder, create, extracted, **kwargs):
        if extracted:
            stakeholder.subsectors.set(extracted)


class StewardshipFactory(DjangoModelFactory):
    class Meta:
        model = "stakeholders.Stewardship"

    user = factory.SubFactory(UserFactory)
    stakeholder = factory.SubFactory(StakeholderFactory)


class OfferingCategoryFactory(DjangoModelFactory):
    class Meta:
        model = "stakeholders.OfferingCategory"

    slug = factory.Sequence(lambda n: f"kategori-{n}")
    name_id = factory.Sequence(lambda n: f"Kategori {n}")
    name_en = factory.Sequence(lambda n: f"Category {n}")


class SearchTermFactory(DjangoModelFactory):
    class Meta:
        model = "stakeholders.SearchTerm"
        skip_postgeneration_save = True

    words = factory.Sequence(lambda n: f"kata {n}")

    @factory.post_generation
    def subsectors(term, create, extracted, **kwargs):
        if extracted:
            term.subsectors.set(extracted)

    @factory.post_generation
    def organization_types(term, create, extracted, **kwargs):
        if extracted:
            term.organization_types.set(extracted)


class OfferingFactory(DjangoModelFactory):
    class Meta:
        model = "stakeholders.Offering"

    stakeholder = factory.SubFactory(StakeholderFactory, published=True)
    category = factory.SubFactory(OfferingCategoryFactory)
    direction = "need"


def grant(user, *rights):
    """Give a user single rights, as Django names them: "regions.view_region"."""
    for right in rights:
        app_label, codename = right.split(".")
        permission = Permission.objects.get(codename=codename, content_type__app_label=app_label)
        user.user_permissions.add(permission)


class GoodPracticeFactory(DjangoModelFactory):
    class Meta:
        model = "collaborations.GoodPractice"
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            status="published",
            published_at=factory.LazyFunction(timezone.now),
            summary="In one line",
            challenge="It was hard",
            approach="They did it",
            results="It is better",
            how_to_replicate="Begin",
        )

    title = factory.Sequence(lambda n: f"Praktik {n}")
    slug = factory.Sequence(lambda n: f"praktik-{n}")
    region = factory.SubFactory(RegionFactory)
    pillar = "identity"
    cost_band = "none"

    @factory.post_generation
    def subsectors(obj, create, extracted, **kwargs):
        if extracted:
            obj.subsectors.set(extracted)

    @factory.post_generation
    def stakeholders(obj, create, extracted, **kwargs):
        if extracted:
            obj.stakeholders.set(extracted)


class AdoptionFactory(DjangoModelFactory):
    class Meta:
        model = "collaborations.Adoption"

    practice = factory.SubFactory(GoodPracticeFactory, published=True)
    region = factory.SubFactory(RegionFactory)
    status = "running"


class SubscriberFactory(DjangoModelFactory):
    class Meta:
        model = "collaborations.Subscriber"

    email = factory.Sequence(lambda n: f"pembaca{n}@example.id")


class SavedSearchFactory(DjangoModelFactory):
    class Meta:
        model = "collaborations.SavedSearch"

    class Params:
        """Confirmed: told until a week ago, and due since an hour."""

        confirmed = factory.Trait(
            confirmed_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=7)),
            seen_until=factory.SelfAttribute("confirmed_at"),
            due_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
        )

    subscriber = factory.SubFactory(SubscriberFactory)
    language = "id"
    rhythm = "weekly"


class SuggestionFactory(DjangoModelFactory):
    class Meta:
        model = "collaborations.Suggestion"
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Usulan {n}")
    role = "community"
    region = factory.SubFactory(RegionFactory)
    summary = "In one line"

    @factory.post_generation
    def subsectors(suggestion, create, extracted, **kwargs):
        if extracted:
            suggestion.subsectors.set(extracted)


class StewardInvitationFactory(DjangoModelFactory):
    """Sent once and open; as a claim, waiting for a decision."""

    class Meta:
        model = "collaborations.StewardInvitation"

    class Params:
        claim = factory.Trait(how="claimed", status="asked", sent_at=None, sent_times=0)

    stakeholder = factory.SubFactory(StakeholderFactory, published=True)
    email = factory.Sequence(lambda n: f"pengelola{n}@contoh.id")
    name = "Ayu"
    how = "invited"
    status = "open"
    sent_at = factory.LazyFunction(timezone.now)
    sent_times = 1


class InquiryFactory(DjangoModelFactory):
    """Arrived just now and sent to the contact of the listing."""

    class Meta:
        model = "collaborations.Inquiry"

    class Params:
        held = factory.Trait(held_for="links", sent_at=None, reached="")
        late = factory.Trait(
            received_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=8))
        )

    stakeholder = factory.SubFactory(
        StakeholderFactory, published=True, contact_email="mitra@contoh.id"
    )
    sender_name = "Ayu"
    sender_email = "ayu@contoh.id"
    kind = "collaboration"
    message = "Bolehkah kami memakai sanggar Anda?"
    received_at = factory.LazyFunction(timezone.now)
    sent_at = factory.LazyFunction(timezone.now)
    reached = "contact"
