"""Finding listings that may stand for the same organisation, for network staff to look at."""

from django.db import connection, transaction

from regions.models import Region
from stakeholders.models import LikelyDuplicate

ALIKE = 0.55  # of the trigrams of two names in one region
MOST_SHARING = 5  # listings with one contact: more share a building, not an identity

KEEP = """
INSERT INTO stakeholders_likelyduplicate (first_id, second_id, likeness, reason, found_at)
{pairs}
ON CONFLICT (first_id, second_id) DO NOTHING
"""
# Names are compared within one region only: all with all would be a hundred times as many.
BY_NAME = """
SELECT one.id, other.id, similarity(plain_text(one.name), plain_text(other.name)), 'name', now()
FROM stakeholders_stakeholder one
JOIN stakeholders_stakeholder other ON other.region_id = one.region_id AND one.id < other.id
WHERE one.region_id = %s AND 'archived' NOT IN (one.status, other.status)
    AND similarity(plain_text(one.name), plain_text(other.name)) >= %s
"""
BY_CONTACT = """
WITH contact AS (
    SELECT id, name, {contact} AS said FROM stakeholders_stakeholder WHERE status <> 'archived'
), shared AS (
    SELECT said FROM contact WHERE length(said) >= 6
    GROUP BY said HAVING count(*) BETWEEN 2 AND %s
)
SELECT one.id, other.id, similarity(plain_text(one.name), plain_text(other.name)), %s, now()
FROM shared JOIN contact one USING (said) JOIN contact other USING (said) WHERE one.id < other.id
"""
CONTACTS = {
    "website": r"lower(regexp_replace(website, '^https?://(www\.)?|/+$', '', 'g'))",
    "email": "lower(public_email)",
    "phone": r"regexp_replace(regexp_replace(public_phone, '\D', '', 'g'), '^62', '0')",
}


@transaction.atomic
def find_duplicates():
    """Look for pairs anew; what somebody found not to be the same, or proposed, stays as it is."""
    undecided = LikelyDuplicate.objects.filter(dismissed_at=None)
    undecided.exclude(reason=LikelyDuplicate.Reason.PROPOSED).delete()
    with connection.cursor() as cursor:
        for reason, contact in CONTACTS.items():
            pairs = BY_CONTACT.format(contact=contact)
            cursor.execute(KEEP.format(pairs=pairs), [MOST_SHARING, reason])
        for region in Region.objects.order_by("pk").values_list("pk", flat=True):
            cursor.execute(KEEP.format(pairs=BY_NAME), [region, ALIKE])
    return LikelyDuplicate.objects.open().count()
