"""Two regions, each with all there is to hide, and everybody who may come by.

Whatever is private in a region carries its mark: found in an answer, it says what got out.
"""

import time
from datetime import timedelta

import pghistory
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.models import EmailChange
from regions.models import ProfileDraft
from stakeholders.content import content_of
from stakeholders.models import LikelyDuplicate, ListingChange, ListingDraft, VainSearch
from tests import factories
from tests.transfers.tools import checked, csv_file
from upkeep.models import Contact, SignedLink

WHO = [
    *("visitor", "officer", "elsewhere", "province", "expired", "steward", "staff"),
    "superuser",
]


class Place:
    """A region with listings in each status and with all that people send about them."""

    def __init__(self, mark, province):
        self.mark = mark
        self.region = factories.RegionFactory(province=province)
        self.assignment = self.officer_of(self.region, "officer")
        self.officer = self.assignment.user
        self.subsector = factories.SubsectorFactory()
        self.kind = factories.OrganizationTypeFactory(role="community")
        self.add_listings()
        self.add_unpublished()
        self.add_letters()
        self.add_people()
        self.add_import()

    def email(self, name):
        return f"{self.mark}-{name}@contoh.id"

    def officer_of(self, region, name, **fields):
        user = factories.UserFactory(email=self.email(name))
        return factories.OfficerAssignmentFactory(user=user, region=region, **fields)

    def listing_of(self, **fields):
        return factories.StakeholderFactory(
            region=self.region,
            organization_type=self.kind,
            contact_email=self.email("contact"),
            **fields,
        )

    def add_listings(self):
        self.listing = self.listing_of(published=True, public_email="kantor@contoh.id")
        hidden = {"summary": f"{self.mark} summary", "description": f"{self.mark} description"}
        self.hidden = self.draft, self.archived, self.pending = [
            self.listing_of(
                name=f"{self.mark} {status}",
                slug=f"{status}-{self.region.pk}",
                status=status,
                public_email=self.email(status),
                **hidden,
            )
            for status in ("draft", "archived", "pending")
        ]
        factories.OfferingFactory(stakeholder=self.draft, description=f"{self.mark} offering")
        with pghistory.context(user=self.officer.pk) as context:
            self.listing.contact_email = self.email("contact-now")
            self.listing.save()
        self.key = str(context.id)

    def add_unpublished(self):
        self.stewardship = factories.StewardshipFactory(
            stakeholder=self.listing, user__email=self.email("steward")
        )
        self.steward = self.stewardship.user
        base = content_of(self.listing)
        self.change = ListingChange.objects.create(
            stakeholder=self.listing,
            author=self.steward,
            base=base,
            content={**base, "summary": f"{self.mark} change", "contact_email": self.email("new")},
        )
        ListingChange.objects.create(stakeholder=self.pending, author=None, via="import")
        typed = {"name": [f"{self.mark} typed"], "contact_email": [self.email("typed")]}
        self.new_draft = ListingDraft.objects.create(
            author=self.officer,
            region=self.region,
            data={
                **typed,
                "region": [str(self.region.pk)],
                "organization_type": [str(self.kind.pk)],
            },
        )
        ListingDraft.objects.create(
            author=self.officer, stakeholder=self.listing, base=base, data=typed
        )
        ProfileDraft.objects.create(region=self.region, tagline=f"{self.mark} tagline")

    def add_letters(self):
        sender = {"sender_name": f"{self.mark} sender", "sender_email": self.email("sender")}
        self.inquiry = factories.InquiryFactory(
            stakeholder=self.listing, message=f"{self.mark} message", held=True, **sender
        )
        proposer = {"note": f"{self.mark} note", "proposer_email": self.email("proposer")}
        self.suggestion = factories.SuggestionFactory(
            region=self.region, name=f"{self.mark} proposal", **proposer
        )
        self.correction = factories.SuggestionFactory(
            kind="correction",
            about=self.listing,
            region=self.region,
            name=self.listing.name,
            changes={"summary": ["", f"{self.mark} correction"]},
            **proposer,
        )
        self.search = factories.SavedSearchFactory(subscriber__email=self.email("reader"))
        self.followed = factories.SavedSearchFactory(
            confirmed=True, subscriber__email=self.email("subscriber")
        )
        self.contact = Contact.objects.of_address(self.listing.contact_email)
        self.link = SignedLink.objects.make(self.listing, "reminder")

    def add_people(self):
        person = {"name": f"{self.mark} person", "note": f"{self.mark} note"}
        about = {"stakeholder": self.listing}
        self.claim = factories.StewardInvitationFactory(
            claim=True, email=self.email("claim"), **about, **person
        )
        self.steward_invitation = factories.StewardInvitationFactory(
            email=self.email("invited"), **about, **person
        )
        self.invitation = factories.InvitationFactory(
            region=self.region,
            name=person["name"],
            email=self.email("successor"),
            inviter=self.officer,
        )
        self.deputy = self.officer_of(self.region, "deputy", invited_by=self.officer)
        self.email_change = EmailChange.objects.create(
            user=self.officer, email=self.email("changed")
        )
        self.passkey = Authenticator.objects.create(
            user=self.deputy.user, type="webauthn", data={"name": f"{self.mark} phone"}
        )

    def add_import(self):
        rows = [f"{self.mark} row,community,{self.kind.slug},{self.region.name}", "Nama,,,"]
        self.imported = checked(self.officer, csv_file(*rows))
        self.imported.file_name = f"{self.mark}.csv"
        self.imported.save()


class World:
    def __init__(self):
        province = factories.ProvinceFactory()
        self.home = Place("qzhome", province)
        self.away = Place("qzaway", factories.ProvinceFactory())
        self.practice = factories.AdoptionFactory().practice
        factories.RecognitionFactory(), factories.RegionSubsectorFactory()
        factories.SearchTermFactory()
        VainSearch.objects.create(
            day=timezone.localdate(), words="sutra", other_words=0, searches=1
        )
        pair = sorted([self.home.listing, self.away.listing], key=lambda one: one.pk)
        LikelyDuplicate.objects.create(
            first=pair[0], second=pair[1], likeness=1, reason=LikelyDuplicate.Reason.NAME
        )
        self.sibling = factories.RegionFactory(province=province)
        yesterday = timezone.localdate() - timedelta(days=1)
        over = factories.OfficerAssignmentFactory(
            region=self.home.region, starts_on=yesterday, ends_on=yesterday
        )
        of_province = factories.OfficerAssignmentFactory(region=None, province=province)
        self.users = {
            "officer": self.home.officer,
            "elsewhere": self.away.officer,
            "province": of_province.user,
            "expired": over.user,
            "steward": self.home.steward,
            "staff": factories.StaffFactory(),
            "superuser": factories.UserFactory(is_staff=True, is_superuser=True),
        }
        self.cookies = {"visitor": None} | {
            who: signed_in(user) for who, user in self.users.items()
        }

    def client(self, who, **options):
        """A browser of somebody who has just signed in."""
        client = Client(**options)
        if self.cookies[who]:
            client.cookies["sessionid"] = self.cookies[who]
        return client


def signed_in(user):
    client = Client()
    client.force_login(user)
    session = client.session
    just_now = time.time() + 3600  # however long the tests take
    session["account_authentication_methods"] = [{"method": "password", "at": just_now}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return session.session_key
