"""The invented practices; all of them or none, so that one that staff deleted stays away."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from collaborations.models import Adoption, GoodPractice
from regions.models import Region, Subsector
from stakeholders.demo.entry import ReferenceRows
from stakeholders.demo.phrases import MARK
from stakeholders.models import Stakeholder

PRACTICES = Path(__file__).parent / "practices.toml"
DAYS_BETWEEN = 23  # from one publication to the one before
MOST_PARTNERS = 4


def load_practices():
    """Store the practices where there are none; yields what was done."""
    label = _("Good practices")
    if GoodPractice.objects.demo().exists():
        yield _("%(label)s: already there") % {"label": label}
        return
    rows = tomllib.loads(PRACTICES.read_text(encoding="utf-8"))["practice"]
    regions = ReferenceRows(Region.objects.all(), "code")
    subsectors = ReferenceRows(Subsector.objects.all(), "slug")
    for age, row in enumerate(rows):
        links = [subsectors[slug] for slug in row.pop("subsectors")]
        adoptions = row.pop("adoption", [])
        practice = store(row, regions[row.pop("region")], timedelta(days=age * DAYS_BETWEEN))
        practice.subsectors.set(links)
        practice.stakeholders.set(partners(practice, links))
        store_adoptions(practice, adoptions, regions)
    yield _("%(label)s: %(added)d added") % {"label": label, "added": len(rows)}


def store(row, region, age):
    title = f"{row.pop('title')} ({MARK})"
    return GoodPractice.objects.create(
        title=title,
        slug=slugify(title),
        region=region,
        status=GoodPractice.Status.PUBLISHED,
        published_at=timezone.now() - age,
        is_demo=True,
        **{field: text.strip() if isinstance(text, str) else text for field, text in row.items()},
    )


def partners(practice, subsectors):
    """Return invented listings only: nobody real took part in an invented practice."""
    invented = Stakeholder.objects.demo().published().filter(region=practice.region)
    fitting = invented.in_subsectors([subsector.slug for subsector in subsectors])
    return fitting.filter(role__in=practice.roles).order_by("slug")[:MOST_PARTNERS]


def store_adoptions(practice, rows, regions):
    """Store them in their order: each after the one it was adapted from."""
    stored = {}
    for row in rows:
        code, teacher = row.pop("region"), stored.get(row.pop("from", None))
        stored[code] = Adoption.objects.create(
            practice=practice, region=regions[code], adapted_from=teacher, **row
        )


def remove_practices():
    """Delete the demo practices with their adoptions; returns how many there were."""
    _total, by_model = GoodPractice.objects.demo().delete()
    return by_model.get(GoodPractice._meta.label, 0)
