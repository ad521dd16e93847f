"""All that an officer sees of one region."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from collaborations.models import Suggestion
from stakeholders.lists import Lists
from stakeholders.models import Freshness, ListingDraft, Stakeholder, VainSearch
from stakeholders.models.completeness import Completeness
from stakeholders.roles import Role
from workspace.attention import (
    VAIN_DAYS,
    RegionState,
    count_matters,
    gaps_of_each,
    without_officer,
)
from workspace.models import Visit
from workspace.news import news_of

NEWS_DAYS = 30  # where there was no visit before
NEWCOMER_DAYS = 7
ASK_FIRST = [Freshness.STALE, Freshness.DUE, Freshness.UNVERIFIED]


def published_in(regions):
    return Stakeholder.objects.published().filter(region__in=regions)


class VainWords:
    """What several searches in vain asked for, in words, and the same search again."""

    def __init__(self, words, facets, searches):
        self.words, self.searches = words, searches
        self.chosen = [(n, value) for n, value in parse_qsl(facets) if n != "wilayah"]
        self.address = f"{reverse('stakeholders:stakeholders')}?{self._query(facets)}"

    def _query(self, facets):
        return urlencode([*([("q", self.words)] if self.words else []), *parse_qsl(facets)])

    @property
    def labels(self):
        names = _names_of_facets()
        return [names.get(each, each[1]) for each in self.chosen]

    @property
    def as_new(self):
        """The query with which a form for a partner that fits begins."""
        return urlencode([(n, value) for n, value in self.chosen if n in {"peran", "subsektor"}])


def _names_of_facets():
    lists = Lists.load()
    kinds = {"subsektor": "subsector", "jenis": "type", "menawarkan": "category"}
    names = {("peran", role.value): role.label for role in Role}
    for facet, kind in {**kinds, "membutuhkan": "category", "provinsi": "province"}.items():
        names |= {(facet, value): label for value, label in lists.choices(kind)}
    return names


class Workbench:
    """One region as it waits for its officer; `most` is how long its lists are."""

    def __init__(self, region, user, most):
        self.region, self.user, self.most = region, user, most

    @cached_property
    def state(self):
        regions = type(self.region).objects.filter(pk=self.region.pk)
        counts = count_matters(regions, self.user)[self.region.pk]
        state = RegionState(self.region, counts, not without_officer(regions))
        state.gaps = gaps_of_each([self.region.pk])[self.region.pk]
        state.completeness = self.completeness
        return state

    @cached_property
    def completeness(self):
        found = Completeness.of_each_region(published_in([self.region.pk]))
        return found.get(self.region.pk, Completeness())

    @cached_property
    def visit(self):
        return Visit.objects.note(self.user, self.region)

    @property
    def is_new_here(self):
        return self.visit.seen_at - self.visit.first_at < timedelta(days=NEWCOMER_DAYS)

    @property
    def news_since(self):
        return self.visit.news_since or timezone.now() - timedelta(days=NEWS_DAYS)

    @cached_property
    def news(self):
        """What others changed since the visit before."""
        return news_of(self.region, since=self.news_since, but_by=self.user, most=self.most)

    @cached_property
    def to_confirm(self):
        """Published listings that need a word: what ran out the longest ago, then what is new."""
        doubtful = published_in([self.region.pk]).with_freshness_in(ASK_FIRST).for_workspace()
        return doubtful.order_by(F("stale_at").asc(nulls_last=True), "pk")[: self.most]

    @cached_property
    def proposals(self):
        here = Suggestion.objects.undecided().in_regions([self.region.pk])
        return here.order_by("created_at", "pk")[: self.most]

    @cached_property
    def begun(self):
        """What was typed and not saved, by whomever: a successor finds it here."""
        new = Q(stakeholder=None, region=self.region)
        here = ListingDraft.objects.filter(Q(stakeholder__region=self.region) | new)
        return here.select_related("stakeholder", "author")[: self.most]

    @cached_property
    def vain(self):
        lately = timezone.localdate() - timedelta(days=VAIN_DAYS)
        here = VainSearch.objects.filter(region=self.region, day__gt=lately).order_by()
        counted = here.values_list("words", "facets").annotate(number=Sum("searches"))
        most = counted.order_by("-number", "words", "facets")[: self.most]
        return [VainWords(*row) for row in most]
