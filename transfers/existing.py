"""Which listings a row may mean: by its ID, by name and region, or likely."""

import re
from collections import defaultdict
from itertools import chain

from rapidfuzz import fuzz, process

from stakeholders.models import Stakeholder
from stakeholders.understanding import fold

ALIKE = 86  # of a hundred, from which on two folded names may mean the same
MOST_ALIKE = 3
BRACKETS = re.compile(r"\(([^)]*)\)")
LEGAL_FORMS = re.compile(r"\b(pt|cv|ud|tbk|yayasan|perkumpulan)\b\.?", re.IGNORECASE)
SHORT_FORMS = {"univ": "universitas", "poltek": "politeknik", "pemkot": "pemerintah kota"}
SHORT_FORMS |= {"pemkab": "pemerintah kabupaten", "pemprov": "pemerintah provinsi"}
SHORT_FORM = re.compile(rf"\b({'|'.join(SHORT_FORMS)})\b\.?", re.IGNORECASE)
EVERYBODY_S = {"instagramcom", "facebookcom", "tiktokcom", "youtubecom", "linktree", "googlecom"}


class Existing:
    """The listings of some regions by what tells them apart."""

    def __init__(self, scope, ids=()):
        """`scope` holds the keys of regions; `ids` are those that the file names."""
        in_scope = Stakeholder.objects.filter(region__in=scope, merged_into=None)
        self.ids = {*in_scope.filter(pk__in=ids).values_list("pk", flat=True)}
        self._in_scope = in_scope
        self._named, self._sites = defaultdict(list), defaultdict(list)
        self._names, self._short = defaultdict(dict), defaultdict(list)

    def load(self, regions):
        """Read what is there in these regions."""
        rows = self._in_scope.filter(region__in=regions).order_by("pk")
        for pk, region, name, aliases, website in rows.values_list(
            "pk", "region", "name", "aliases", "website"
        ).iterator():
            self._named[region, fold(name)].append(pk)
            for each in [name, *aliases]:
                self._names[region][pk, each] = core_of(each)
            for each in aliases:
                self._short[region, fold(each)].append(pk)
            if site := site_of(website):
                self._sites[region, site].append(pk)

    def named(self, region, name):
        """The listings of exactly this name there."""
        return self._named.get((region, fold(name)), [])

    def likely(self, region, name, website):
        """The listings there that may be the same, the likeliest first."""
        found = process.extract(
            core_of(name),
            self._names.get(region, {}),
            scorer=fuzz.ratio,
            score_cutoff=ALIKE,
            limit=MOST_ALIKE,
        )
        alike = [pk for _name, _score, (pk, _spelled) in found]
        same_site = self._sites.get((region, site_of(website)), [])
        # Who writes "Universitas Brawijaya (UB)" means the one that is also called UB.
        short = [self._short.get((region, fold(each)), []) for each in BRACKETS.findall(name)]
        return list(dict.fromkeys([*same_site, *chain(*short), *alike]))


def core_of(name):
    """What tells a name apart: neither what stands in brackets nor the legal form."""
    plain = LEGAL_FORMS.sub(" ", BRACKETS.sub(" ", name))
    plain = SHORT_FORM.sub(lambda found: SHORT_FORMS[found[1].lower()], plain)
    return fold(plain) or fold(name)


def site_of(website):
    """Two addresses that lead to the same page are one."""
    site = (website or "").partition("://")[2].removeprefix("www.").rstrip("/")
    key = fold(site)
    return "" if key in EVERYBODY_S else key
