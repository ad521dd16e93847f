"""What others changed in a region, told by change: "Sari confirmed twelve partners"."""

from django.apps import apps
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.utils.functional import cached_property
from django.utils.translation import ngettext_lazy

from history.models import Change, authors_of

MOST_READ = 200  # rows; whoever was away for a year does not read on
NAMED = 3
# What weighs most first: it names the whole change.
SAID = {
    "added": ngettext_lazy("added %(number)d partner", "added %(number)d partners", "number"),
    "archived": ngettext_lazy(
        "archived %(number)d partner", "archived %(number)d partners", "number"
    ),
    "published": ngettext_lazy(
        "published %(number)d partner", "published %(number)d partners", "number"
    ),
    "confirmed": ngettext_lazy(
        "confirmed %(number)d partner", "confirmed %(number)d partners", "number"
    ),
    "changed": ngettext_lazy("changed %(number)d partner", "changed %(number)d partners", "number"),
}


class News:
    """One change by one hand, with all its listings of the region."""

    author = None

    def __init__(self, change, rows):
        self.change, self.rows = change, rows
        self.at = rows[0][0]

    @cached_property
    def listings(self):
        """[(listing, its name)], each once."""
        return list({pk: name for _at, _change, pk, name, _deed in self.rows}.items())

    @property
    def words(self):
        deeds = {deed for *_row, deed in self.rows}
        deed = next(each for each in SAID if each in deeds)
        return SAID[deed] % {"number": len(self.listings)}

    @property
    def named(self):
        return self.listings[:NAMED]

    @property
    def further(self):
        return max(0, len(self.listings) - NAMED)


def news_of(region, *, since, but_by, most):
    """Return the newest changes of a region's listings by others, newest first."""
    by_others = Q(pgh_context__isnull=True) | ~Q(pgh_context__metadata__user=but_by.pk)
    parts = [
        events.filter(by_others, pgh_created_at__gt=since).values_list(
            "pgh_created_at", "pgh_context", *columns
        )
        for events, columns in _sources(region)
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("-pgh_created_at")[:MOST_READ]
    by_change = {}
    for row in rows:
        by_change.setdefault(row[1] or row[:3], []).append(row)
    news = [News(*each) for each in by_change.items()][:most]
    _fetch_authors(news)
    return news


def _sources(region):
    """Events of the listings themselves, then those of their parts."""
    listing = _with_deed(_event("StakeholderEvent").filter(region=region))
    yield listing, ("pgh_obj_id", "name", "of_deed")
    for part in ("OfferingEvent", "StakeholderSubsectorEvent"):
        events = _event(part).filter(stakeholder__region=region)
        changed = events.annotate(of_deed=Value("changed", CharField()))
        yield changed, ("stakeholder_id", "stakeholder__name", "of_deed")


def _event(name):
    return apps.get_model("stakeholders", name).objects.order_by()


def _with_deed(events):
    """Annotate what each did to its listing, told by the event before."""
    earlier = events.model.objects.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    ).order_by("-pgh_id")
    was = {name: Subquery(earlier.values(name)[:1]) for name in ("status", "verified_at")}
    is_new_status = ~Q(status=F("status_before"))
    is_newly_confirmed = Q(verified_before__isnull=True) | ~Q(verified_at=F("verified_before"))
    deed = Case(
        When(pgh_label="insert", then=Value("added")),
        When(is_new_status & Q(status="archived"), then=Value("archived")),
        When(is_new_status & Q(status="published"), then=Value("published")),
        When(is_newly_confirmed & Q(verified_at__isnull=False), then=Value("confirmed")),
        default=Value("changed"),
        output_field=CharField(),
    )
    before = events.alias(status_before=was["status"], verified_before=was["verified_at"])
    return before.annotate(of_deed=deed)


def _fetch_authors(news):
    changes = Change.objects.filter(pk__in=[each.change for each in news if _is_known(each)])
    authors = {change.pk: author for change, author in authors_of(changes).items()}
    for each in news:
        each.author = authors.get(each.change)


def _is_known(news):
    return news.change is not None and not isinstance(news.change, tuple)
