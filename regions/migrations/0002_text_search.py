from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# All three are immutable, so that generated columns and indexes may use them.
FUNCTIONS = """
CREATE FUNCTION plain_text(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent', words)) $$;

CREATE FUNCTION array_text(words text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT array_to_string(words, ' ') $$;

-- In UTC every day has 24 hours, so the sum does not depend on the session's time zone.
CREATE FUNCTION days_after(moment timestamptz, days smallint) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT (moment AT TIME ZONE 'UTC' + make_interval(days => days)) AT TIME ZONE 'UTC' $$;
"""

CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION indonesian_unaccent (COPY = indonesian);
ALTER TEXT SEARCH CONFIGURATION indonesian_unaccent
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, indonesian_stem;
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]
    run_before = [("stakeholders", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION plain_text, array_text, days_after;",
        ),
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION indonesian_unaccent;"),
    ]
