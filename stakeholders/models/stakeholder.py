from datetime import timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from history.tracking import tracked
from images.fields import PictureField
from images.pictures import LOGO, PHOTO
from regions.models import LATITUDES, LONGITUDES, Region, Subsector
from stakeholders.models.freshness import (
    DUE_WINDOW,
    Freshness,
)
from stakeholders.models.lists import OrganizationType
from stakeholders.models.stakeholder_queryset import (
    FRESHEST_FIRST,
    MOST_DOUBTFUL_FIRST,
    RESERVED_SLUGS,
    StakeholderQuerySet,
    name_in_order,
)
from stakeholders.roles import Role
from stakeholders.sites import Site

# Days; twice the window in which a confirmation counts as due, and two years.
SHORTEST_RHYTHM, LONGEST_RHYTHM = 60, 730


@tracked(exclude=["stale_at"])
class Stakeholder(models.Model):
    """An organisation or collective in one Hexahelix role; never a private person's file."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PENDING = "pending", _("Waiting for review")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    class Hand(models.TextChoices):
        """By whose hand a confirmation came, where it is the organisation's own."""

        LINK = "link", _("by a link, without an account")
        STEWARD = "steward", _("by its steward")

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("address word"), max_length=180, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("Short or former names, separated by commas: UGM, ITB …"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    organization_type = models.ForeignKey(
        OrganizationType,
        models.PROTECT,
        related_name="stakeholders",
        verbose_name=_("organisation type"),
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="stakeholders", verbose_name=_("region")
    )
    subsectors = models.ManyToManyField(
        Subsector, blank=True, related_name="stakeholders", verbose_name=_("subsectors")
    )
    summary = models.CharField(
        _("in one line"), max_length=200, blank=True, help_text=_("What it does, in one sentence.")
    )
    description = models.TextField(_("description"), blank=True)
    logo = PictureField(_("logo"), shape=LOGO, upload_to="stakeholders/logos/", blank=True)
    photo = PictureField(_("photo"), shape=PHOTO, upload_to="stakeholders/photos/", blank=True)
    website = models.URLField(_("website"), blank=True)
    social_links = ArrayField(
        models.URLField(),
        verbose_name=_("social media"),
        default=list,
        blank=True,
        help_text=_("Full addresses, separated by commas."),
    )
    public_email = models.EmailField(
        _("public e-mail"), blank=True, help_text=_("Shown on the page: only an office address.")
    )
    public_phone = models.CharField(_("public phone"), max_length=40, blank=True)
    contact_email = models.EmailField(
        _("private contact"),
        blank=True,
        help_text=_("Never shown: messages and reminders go here."),
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    verified_at = models.DateTimeField(
        _("confirmed at"),
        null=True,
        blank=True,
        help_text=_("When somebody responsible last said: still true."),
    )
    verified_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    verified_via = models.CharField(
        _("confirmed by the organisation itself"),
        max_length=7,
        choices=Hand,
        blank=True,
        default="",
        help_text=_("Empty where an officer or the network staff did it."),
    )
    rhythm_days = models.PositiveSmallIntegerField(
        _("confirm every (days)"),
        default=180,
        validators=[MinValueValidator(SHORTEST_RHYTHM), MaxValueValidator(LONGEST_RHYTHM)],
    )
    stale_at = models.GeneratedField(
        expression=Func("verified_at", "rhythm_days", function="days_after"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("source address"), blank=True)
    is_demo = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for the demo and marked as such.")
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
        help_text=_("The listing that replaces this one; this address then leads there."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = StakeholderQuerySet.as_manager()

    distance_km = None  # from the place of a search, if it has one

    class Meta:
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        ordering = ["name", "pk"]
        permissions = [
            ("publish_stakeholder", "Can publish stakeholders"),
            ("confirm_stakeholder", "Can confirm stakeholders"),
            ("archive_stakeholder", "Can archive stakeholders"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="stakeholder_role"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "pending", "published", "archived"]),
                name="stakeholder_status",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="stakeholder_slug_not_reserved",
                violation_error_message=_("This word is reserved for an address of the site."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="stakeholder_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | Q(verified_at__isnull=False),
                name="stakeholder_verified_by_has_date",
            ),
            models.CheckConstraint(
                condition=Q(verified_via="")
                | Q(verified_via="steward", verified_at__isnull=False)
                | Q(verified_via="link", verified_at__isnull=False, verified_by__isnull=True),
                name="stakeholder_verified_via",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # Without these a range of NULL would be unknown, and unknown passes.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=LATITUDES,
                    longitude__range=LONGITUDES,
                ),
                name="stakeholder_place_in_indonesia",
                violation_error_message=_("Give both coordinates, inside Indonesia, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(rhythm_days__range=(SHORTEST_RHYTHM, LONGEST_RHYTHM)),
                name="stakeholder_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status="archived"),
                name="stakeholder_merged_is_archived",
                violation_error_message=_("A listing that was merged must be archived."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="stakeholder_not_merged_into_itself",
                violation_error_message=_("A listing cannot be merged into itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="stakeholder_name"),
            # Holds all that coverage and the freshest of each role need: no wide row is read.
            models.Index(
                "region",
                "role",
                *FRESHEST_FIRST,
                condition=Q(status="published"),
                name="stakeholder_freshest",
            ),
            models.Index(*MOST_DOUBTFUL_FIRST, name="stakeholder_most_doubtful"),
            # Who may be the same: looked for while somebody types.
            models.Index(name_in_order(), name="stakeholder_name_in_order"),
            models.Index(
                OpClass(Site("website"), name="text_pattern_ops"), name="stakeholder_site"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_merge_cycle",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.Q(new__merged_into__isnull=False),
                func="""
                    IF EXISTS (
                        WITH RECURSIVE successors AS (
                            SELECT NEW.merged_into_id AS id
                            UNION
                            SELECT merged.merged_into_id
                            FROM stakeholders_stakeholder merged JOIN successors USING (id)
                        )
                        SELECT FROM successors WHERE id = NEW.id
                    ) THEN
                        RAISE check_violation USING
                            MESSAGE = 'A listing cannot be merged into itself by way of others.',
                            CONSTRAINT = 'stakeholder_without_merge_cycle';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("stakeholders:stakeholder", args=[self.slug])

    def clean(self):
        if self.organization_type_id and self.organization_type.role != self.role:
            raise ValidationError(
                {"organization_type": _("This organisation type belongs to another role.")}
            )

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    @property
    def freshness(self):
        if self.stale_at is None:
            return Freshness.UNVERIFIED
        left = self.stale_at - timezone.now()
        if left <= timedelta(0):
            return Freshness.STALE
        return Freshness.DUE if left <= DUE_WINDOW else Freshness.FRESH

    @property
    def offers(self):
        return [o for o in self.offerings.all() if o.is_offer]

    @property
    def needs(self):
        return [o for o in self.offerings.all() if not o.is_offer]

    def complements(self):
        """Return published listings in the same region that play another role."""
        others = Stakeholder.objects.published().filter(region=self.region_id)
        return others.exclude(role=self.role).by_relevance()

    def successor(self):
        """The listing that stands for this one after all merges, or itself."""
        seen, last = {self}, self
        while last.merged_into and last.merged_into not in seen:
            last = last.merged_into
            seen.add(last)
        return last

    def is_editable_by(self, user):
        return Stakeholder.objects.editable_by(user).filter(pk=self.pk).exists()

    def publish(self):
        self.status = self.Status.PUBLISHED
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["status", "published_at"])

    def confirm(self, user, via=""):
        """Note that `user` says the listing is still true; by a link nobody is known by name."""
        self.verified_at, self.verified_by, self.verified_via = timezone.now(), user, via
        self.save(update_fields=["verified_at", "verified_by", "verified_via"])

    def archive(self):
        self.status = self.Status.ARCHIVED
        self.save(update_fields=["status"])


@tracked()
class StakeholderSubsector(Stakeholder.subsectors.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True
