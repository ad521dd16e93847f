"""How many listings share a place, a type, a subsector …, counted by all of them in one reading.

PostgreSQL returns a few hundred counts, whatever the number of listings; facets add them up.
"""

from typing import NamedTuple

from django.db import connection

from stakeholders.models import freshness_now

BY_REGION = ("region_id",)
BY_TYPE = ("organization_type_id", "freshness")
BY_SUBSECTORS = ("subsectors",)
BY_OFFERS = ("offers",)
BY_NEEDS = ("needs",)
EVERYTHING = (BY_REGION, BY_TYPE, BY_SUBSECTORS, BY_OFFERS, BY_NEEDS)
COLUMNS = {column: "bigint" for columns in EVERYTHING for column in columns} | {"freshness": "text"}


class Tally(NamedTuple):
    """Listings that share the values of one set of columns; the other columns are None."""

    part: str
    place: int  # of the set of columns among `EVERYTHING`
    region_id: int | None
    organization_type_id: int | None
    freshness: str | None
    subsectors: int | None
    offers: int | None
    needs: int | None
    rows: int

    @property
    def columns(self):
        """The set of columns that the listings were counted by."""
        return EVERYTHING[self.place]


def tallies(parts):
    """Count {name: (entries, sets of columns)} in one statement; return a list of `Tally`."""
    if not parts:
        return []
    counted = [_part(name, *part) for name, part in parts.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _params in counted),
            [param for _sql, params in counted for param in params],
        )
        return [Tally(*row) for row in cursor.fetchall()]


def _part(name, entries, sets):
    used = [column for columns in sets for column in columns]
    rows = entries.order_by().annotate(freshness=freshness_now()).values_list(*used)
    sql, params = rows.query.sql_with_params()
    selected = ", ".join(
        column if column in used else f"NULL::{kind}" for column, kind in COLUMNS.items()
    )
    grouped = ", ".join(f"({', '.join(columns)})" for columns in sets)
    places = " ".join(
        f"WHEN GROUPING({columns[0]}) = 0 THEN {EVERYTHING.index(columns)}" for columns in sets
    )
    return (
        # The names come from this module alone.
        f"SELECT %s, CASE {places} END, {selected}, count(*) FROM ({sql}) entry"  # noqa: S608
        f" GROUP BY GROUPING SETS ({grouped})",
        [name, *params],
    )
