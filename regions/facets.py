"""Filters that count: each facet says how many rows each of its options would leave."""

from typing import NamedTuple

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from regions.models import Region
from regions.typed_place import TypedPlace, tidied, typed_places

LONGEST_TEXT = 200  # characters anybody types to look for something
MOST_OPTIONS = 40
LONGEST_ECHO = 40  # characters of a bad value that we repeat
NEAREST = "terdekat"  # the order that needs a place


class Ignored(NamedTuple):
    label: str
    value: str

    @property
    def echo(self):
        """The value as a page may repeat it: short, and every sign visible."""
        return "".join(c if c.isprintable() else "\ufffd" for c in self.value[:LONGEST_ECHO])


class Option(NamedTuple):
    value: str
    label: str
    count: int
    is_chosen: bool


class Panel(NamedTuple):
    """What the page draws of a facet."""

    name: str
    label: str
    open: list  # options
    rest: list  # options that a click unfolds
    beyond: int  # how many more there are than a page carries

    @property
    def further(self):
        return len(self.rest) + self.beyond


class Chip(NamedTuple):
    facet: str
    label: str
    url: str


class Removal(NamedTuple):
    """The same search without one of its parameters."""

    name: str
    label: str
    url: str
    rows: int


class ForgivingField:
    """A field that drops what it does not understand and remembers that it did."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ignored = []


class FacetField(ForgivingField, forms.MultipleChoiceField):
    def clean(self, value):
        values = list(dict.fromkeys(filter(None, value or [])))
        if not values:
            return []
        known = {choice for choice, _label in self.choices}
        self.ignored = [each for each in values if each not in known]
        return [each for each in values if each in known]


class TextField(ForgivingField, forms.CharField):
    def clean(self, value):
        """Drop what nobody can look for: NUL bytes, signs alone, what is past the limit."""
        text = (value or "").replace("\x00", "").strip()
        kept = text[:LONGEST_TEXT] if any(map(str.isalnum, text[:LONGEST_TEXT])) else ""
        self.ignored = [text[len(kept) :]] if text != kept else []
        if "\x00" in (value or ""):
            self.ignored.append("\x00")
        return kept


class OneOfField(ForgivingField, forms.ChoiceField):
    def clean(self, value):
        known = {choice for choice, _label in self.choices}
        self.ignored = [value] if value and value not in known else []
        return value if value in known else ""


class PlaceField(ForgivingField, forms.CharField):
    """A region by its address word or as people write it; cleans to the region."""

    typed = TypedPlace()

    def clean(self, value):
        if text := tidied(value):
            [self.typed] = typed_places([text], Region.objects.all())
        is_clear = self.typed.region or self.typed.candidates
        self.ignored = [value] if value and not is_clear else []
        return self.typed.region


class PlaceFilter(django_filters.Filter):
    """A region from which distances are told; it leaves no row out."""

    field_class = PlaceField

    def filter(self, queryset, place):
        return queryset


class TextFilter(django_filters.CharFilter):
    field_class = TextField


class SortFilter(django_filters.Filter):
    """The order of the rows; it leaves none out. The first choice is the default."""

    field_class = OneOfField


class Facet(django_filters.Filter):
    """Several options of one kind: OR among them, AND with every other facet.

    `counted_by` is the path, or a callable that returns the expression, whose values are the
    options. `among` narrows the rows of a to-many path before they are counted. `first` is how
    many options stand open on the page, `most_first` puts the fullest ones first.
    A page carries no more than `MOST_OPTIONS`; the text and the other facets lead to the rest.
    """

    field_class = FacetField

    def __init__(self, *, counted_by, among=None, first=8, most_first=False, **kwargs):
        super().__init__(**kwargs)
        self.counted_by = counted_by
        self.among = among or {}
        self.first = first
        self.most_first = most_first

    def filter(self, queryset, values):
        if not values:
            return queryset
        return queryset.filter(**{f"{self.field_name}__in": values})

    def counts(self, queryset, name):
        """Return queries of (facet, option, number of rows), to be united with others."""
        by = self.counted_by() if callable(self.counted_by) else F(self.counted_by)
        return [_counted(queryset.filter(**self.among), name, by)]


class ConditionFacet(Facet):
    """Options that are conditions rather than values of a column; a row may fit several."""

    def __init__(self, **kwargs):
        super().__init__(counted_by=None, **kwargs)

    def counts(self, queryset, name):
        return [
            _counted(self.filter(queryset, [option]), name, Value(option))
            for option, _label in self.extra["choices"]
        ]


def _counted(queryset, facet, option):
    named = queryset.order_by().annotate(
        facet=Value(facet, CharField()), option=Cast(option, CharField())
    )
    counted = named.values("facet", "option").annotate(rows=Count("pk", distinct=True))
    return counted.values_list("facet", "option", "rows")


class FacetFilterSet(django_filters.FilterSet):
    """Facets, a text and an order, whose state is in the address and nowhere else."""

    per_page = 24
    most_rows = None  # that may be paged through

    def __init__(self, data, queryset):
        super().__init__(data, queryset)
        # As a function: a form would copy the hundreds of options of its fields each time.
        for name, choices in self.choices().items():
            self.filters[name].extra["choices"] = lambda choices=choices: choices

    def choices(self):
        """Return {facet: [(value, label), …]} for the facets whose options are rows."""
        return {}

    @cached_property
    def facets(self):
        return {name: each for name, each in self.filters.items() if isinstance(each, Facet)}

    @cached_property
    def chosen(self):
        """What the visitor asked for, understood: {parameter: value or list of values}."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def place(self):
        """The region from which distances are told, or None."""
        return self.chosen.get("dekat")

    @property
    def typed_place(self):
        """What stands in the field of the place, understood or not; None without such a field."""
        self.form.is_valid()
        return getattr(self.form.fields.get("dekat"), "typed", None)

    @property
    def place_choices(self):
        """What the place may mean, if that is not clear: [(name, address)]."""
        candidates = self.typed_place.candidates if self.typed_place else []
        return [(region.name, self.address(dekat=region.slug)) for region in candidates]

    @property
    def lacks_place(self):
        """Whether the nearest are asked for, but not from where."""
        return self.chosen.get("urut") == NEAREST and not self.place

    @property
    def default_order(self):
        """Nearest first where a place is named, else the first choice."""
        return NEAREST if self.place else self.form.fields["urut"].choices[0][0]

    @property
    def order(self):
        """The order in force: the one asked for, or the default."""
        asked = "" if self.lacks_place else self.chosen.get("urut")
        return asked or self.default_order

    def narrowed(self, *but):
        """Return the rows that every filter leaves, except those named; unordered."""
        queryset = self.queryset
        for name, value in self.chosen.items():
            if name not in but and not isinstance(self.filters[name], SortFilter):
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def filter_queryset(self, queryset):
        return self.ordered(self.narrowed())

    def ordered(self, queryset):
        raise NotImplementedError

    @cached_property
    def counts(self):
        """Return {facet: {option: rows}} in one query, with the total under ("", "")."""
        total = _counted(self.narrowed(), "", Value(""))
        parts = [
            part
            for name, facet in self.facets.items()
            for part in facet.counts(self.narrowed(name), name)
        ]
        counts = {name: {} for name in ["", *self.facets]}
        for name, option, rows in total.union(*parts, all=True):
            counts[name][option] = rows
        return counts

    @property
    def total(self):
        return self.counts[""].get("", 0)

    @cached_property
    def page(self):
        """The page that the address names, or the first; counted by the facets' own query."""
        paginator = Paginator(self.qs, self.per_page)
        paginator.count = min(self.total, self.most_rows or self.total)
        asked = self.data.get("halaman", "")
        is_right = asked.isascii() and asked.isdigit() and asked == asked.lstrip("0")
        number = int(asked) if is_right and len(asked) < 9 else 1
        return paginator.page(number if number <= paginator.num_pages else 1)

    @property
    def panels(self):
        return [
            Panel(name, facet.label, *self._split(self.options(name), facet.first))
            for name, facet in self.facets.items()
        ]

    def options(self, name):
        """Options that leave a row, or are chosen, in the order of the facet."""
        chosen, counts = self.chosen.get(name, []), self.counts[name]
        options = [
            Option(value, label, counts.get(value, 0), value in chosen)
            for value, label in self.labelled(name)
            if counts.get(value) or value in chosen
        ]
        if self.facets[name].most_first:
            options.sort(key=lambda option: -option.count)
        return options

    def labelled(self, name):
        """Return [(value, label)] of all options of a facet."""
        choices = self.filters[name].extra.get("choices", [])
        return choices() if callable(choices) else choices

    @staticmethod
    def _split(options, first):
        """Keep chosen options open; a rest of one or two is not worth a click."""
        shown = [o for i, o in enumerate(options) if i < first or o.is_chosen]
        rest = [o for o in options[first:MOST_OPTIONS] if not o.is_chosen]
        beyond = sum(not o.is_chosen for o in options[MOST_OPTIONS:])
        return (shown, rest, beyond) if len(rest) + beyond > 2 else (shown + rest, [], beyond)

    @property
    def state(self):
        """All that was asked for and understood, as fields of another form: (name, value)."""
        return [
            (name, getattr(each, "slug", each))
            for name, value in self.chosen.items()
            for each in (value if isinstance(value, list) else [value])
        ]

    @property
    def rescues(self):
        """What would be found without one of several things asked for: a list of `Removal`.

        One query; for the page on which nothing was found.
        """
        parts = [_counted(self.narrowed(name), name, Value("")) for name in self.removable]
        counted = parts[0].union(*parts[1:], all=True) if parts else []
        return self.removals({name: rows for name, _option, rows in counted})

    @property
    def removable(self):
        names = [name for name in self.chosen if self._narrows(name)]
        # Without the words alone nothing is asked for: that is to start again.
        return [] if names == ["q"] else names

    def removals(self, rows):
        """Return a `Removal` for each name in {name: rows found without it} that brings some."""
        return [
            Removal(name, self.filters[name].label, self.address(name), rows[name])
            for name in self.removable
            if rows.get(name)
        ]

    def _narrows(self, name):
        return not isinstance(self.filters[name], SortFilter | PlaceFilter)

    def address(self, *without, **instead):
        """The query of the same search without some parameters, and with others."""
        query = self.data.copy()
        for name in ("halaman", *without):
            query.pop(name, None)
        for name, value in instead.items():
            query[name] = value
        return "?" + query.urlencode()

    @property
    def chips(self):
        """One removable chip for each thing asked for."""
        chips = []
        for name, value in self.chosen.items():
            if isinstance(self.filters[name], SortFilter):
                continue
            for each in value if isinstance(value, list) else [value]:
                label = self.label_of(name, each)
                chips.append(Chip(self.filters[name].label, label, self._without(name, each)))
        return chips

    def label_of(self, name, value):
        """What a chip calls the value."""
        return dict(getattr(self.form.fields[name], "choices", [])).get(value, value)

    def _without(self, name, value):
        if name == "dekat":  # what is told from there goes with it
            return self.address("dekat", "radius", *["urut"][: self.order == NEAREST])
        query = self.data.copy()
        query.pop("halaman", None)
        values = query.getlist(name) if name in self.facets else []
        query.setlist(name, [each for each in values if each != value])
        return "?" + query.urlencode()

    @property
    def ignored(self):
        """What the address asked for and we did not understand."""
        self.form.is_valid()
        ignored = [
            Ignored(self.filters[name].label, value)
            for name, field in self.form.fields.items()
            for value in field.ignored
        ]
        page = self.data.get("halaman")
        if page and page != str(self.page.number):
            ignored.append(Ignored(_("Page"), page))
        return ignored
