from django.db import migrations

# The words move out of line, so that counting and ordering read narrow rows: PostgreSQL does so
# only for rows over 2 kB, hence the ballast, which takes 31 bytes once it is compressed.
NARROW = """
ALTER TABLE stakeholders_searchentry
    ADD COLUMN ballast text NOT NULL GENERATED ALWAYS AS (repeat(' ', 2000)) STORED,
    ALTER COLUMN words SET STORAGE EXTERNAL,
    SET (toast_tuple_target = 128);
"""
WIDE = "ALTER TABLE stakeholders_searchentry DROP COLUMN ballast;"

# Lexemes with a sign in front are not words of a text: `n/` words of the name, as stems and as they
# are written (whoever still types has no stem yet), `s/` subsector, `t/` type, `r/` role.
FUNCTIONS = """
CREATE FUNCTION marked(mark text, lexemes text[]) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT array_to_tsvector(ARRAY(SELECT mark || lexeme FROM unnest(lexemes) lexeme)) $$;

CREATE FUNCTION index_stakeholders(listings bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever changes another part of the same listing waits, and then sees this change.
    PERFORM FROM stakeholders_stakeholder WHERE id = ANY(listings) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM stakeholders_searchentry entry WHERE stakeholder_id = ANY(listings) AND NOT EXISTS (
        SELECT FROM stakeholders_stakeholder
        WHERE id = entry.stakeholder_id AND status = 'published'
    );
    WITH subsector AS (
        SELECT id, row_number() OVER (ORDER BY id)::int - 1 AS bit FROM regions_subsector
    ), category AS (
        SELECT id, row_number() OVER (ORDER BY id)::int - 1 AS bit
        FROM stakeholders_offeringcategory
    )
    INSERT INTO stakeholders_searchentry AS entry (
        stakeholder_id, region_id, organization_type_id, verified_at, stale_at,
        subsectors, offers, needs, role, completeness, words)
    SELECT listing.id, listing.region_id, listing.organization_type_id,
        listing.verified_at, listing.stale_at,
        coalesce(link.bits, 0), coalesce(asks.offers, 0), coalesce(asks.needs, 0),
        array_position(ARRAY['academia', 'business', 'community', 'government', 'media',
            'aggregator'], listing.role::text) - 1,
        (listing.summary <> '')::int + (listing.description <> '')::int
            + (listing.logo <> '')::int + (listing.website <> '')::int,
        setweight(names, 'A')
            || setweight(to_tsvector('indonesian_unaccent', array_text(listing.aliases)), 'B')
            || setweight(to_tsvector('indonesian_unaccent', listing.summary), 'C')
            || setweight(to_tsvector('indonesian_unaccent', listing.description), 'D')
            || marked('n/', tsvector_to_array(names
                || to_tsvector('indonesian_unaccent', array_text(listing.aliases))
                || to_tsvector('simple', plain_text(name))))
            || marked('s/', link.ids::text[])
            || marked('t/', ARRAY[listing.organization_type_id::text])
            || marked('r/', ARRAY[listing.role::text])
    FROM stakeholders_stakeholder listing
    CROSS JOIN to_tsvector('indonesian_unaccent', listing.name) AS names
    LEFT JOIN LATERAL (
        SELECT bit_or(1::bigint << bit) AS bits, array_agg(subsector_id) AS ids
        FROM stakeholders_stakeholder_subsectors link
        JOIN subsector ON subsector.id = subsector_id
        WHERE link.stakeholder_id = listing.id
    ) link ON true
    LEFT JOIN LATERAL (
        SELECT bit_or(1::bigint << bit) FILTER (WHERE direction = 'offer') AS offers,
            bit_or(1::bigint << bit) FILTER (WHERE direction = 'need') AS needs
        FROM stakeholders_offering offering JOIN category ON category.id = category_id
        WHERE offering.stakeholder_id = listing.id
    ) asks ON true
    WHERE listing.id = ANY(listings) AND status = 'published'
    ON CONFLICT (stakeholder_id) DO UPDATE SET
        region_id = excluded.region_id, organization_type_id = excluded.organization_type_id,
        verified_at = excluded.verified_at, stale_at = excluded.stale_at,
        subsectors = excluded.subsectors, offers = excluded.offers, needs = excluded.needs,
        role = excluded.role, completeness = excluded.completeness, words = excluded.words;
    INSERT INTO stakeholders_searchword (word, lexeme)
    SELECT word, (tsvector_to_array(to_tsvector('indonesian_unaccent', word)))[1]
    FROM (
        SELECT DISTINCT word
        FROM stakeholders_stakeholder, regexp_split_to_table(
            plain_text(concat_ws(' ', name, array_text(aliases), summary, description)),
            '[^[:alnum:]]+') word
        WHERE id = ANY(listings) AND status = 'published' AND word ~ '^[[:alpha:]]{3,40}$'
    ) written
    ORDER BY word  -- in one order, so that two writers never wait for each other
    ON CONFLICT DO NOTHING;
END $$;
"""

TRIGGERS = """
CREATE FUNCTION index_changed_stakeholders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM index_stakeholders(ARRAY(SELECT id FROM changed));
    RETURN NULL;
END $$;
CREATE FUNCTION index_changed_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM index_stakeholders(ARRAY(SELECT DISTINCT stakeholder_id FROM changed));
    RETURN NULL;
END $$;
CREATE FUNCTION index_moved_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM index_stakeholders(ARRAY(
        SELECT stakeholder_id FROM changed UNION SELECT stakeholder_id FROM former));
    RETURN NULL;
END $$;
CREATE FUNCTION unindex_stakeholders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stakeholders_searchentry WHERE stakeholder_id IN (SELECT id FROM changed);
    RETURN NULL;
END $$;

-- A row that does not come last moves the bits of those behind it.
CREATE FUNCTION index_anew() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_last boolean := false;
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT (SELECT min(id) FROM changed) > coalesce((SELECT max(id) FROM %I'
            ' WHERE id NOT IN (SELECT id FROM changed)), 0)', TG_TABLE_NAME) INTO is_last;
    END IF;
    IF NOT is_last THEN
        PERFORM index_stakeholders(ARRAY(SELECT stakeholder_id FROM stakeholders_searchentry));
    END IF;
    RETURN NULL;
END $$;
"""


def trigger(table, event, function, tables):
    name = f"search_{table}_{event.lower()}"
    make = (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )
    return make, f"DROP TRIGGER {name} ON {table};"


NEW, OLD = "NEW TABLE AS changed", "OLD TABLE AS changed"
BOTH = "NEW TABLE AS changed OLD TABLE AS former"
LISTINGS = "stakeholders_stakeholder"
PARTS = ["stakeholders_stakeholder_subsectors", "stakeholders_offering"]
LISTS = ["regions_subsector", "stakeholders_offeringcategory"]
ALL_TRIGGERS = [
    trigger(LISTINGS, "INSERT", "index_changed_stakeholders", NEW),
    trigger(LISTINGS, "UPDATE", "index_changed_stakeholders", NEW),
    trigger(LISTINGS, "DELETE", "unindex_stakeholders", OLD),
    *(trigger(part, "INSERT", "index_changed_parts", NEW) for part in PARTS),
    *(trigger(part, "UPDATE", "index_moved_parts", BOTH) for part in PARTS),
    *(trigger(part, "DELETE", "index_changed_parts", OLD) for part in PARTS),
    *(trigger(each, "INSERT", "index_anew", NEW) for each in LISTS),
    *(trigger(each, "DELETE", "index_anew", OLD) for each in LISTS),
]


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0007_search_entry")]

    operations = [
        migrations.RunSQL(NARROW, WIDE),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION index_stakeholders, marked;",
        ),
        migrations.RunSQL(
            TRIGGERS,
            "DROP FUNCTION index_changed_stakeholders, index_changed_parts, index_moved_parts,"
            " unindex_stakeholders, index_anew;",
        ),
        *(migrations.RunSQL(make, drop) for make, drop in ALL_TRIGGERS),
        migrations.RunSQL(
            "SELECT index_stakeholders(ARRAY(SELECT id FROM stakeholders_stakeholder));"
            "ANALYZE stakeholders_searchentry, stakeholders_searchword;",
            migrations.RunSQL.noop,
        ),
    ]
