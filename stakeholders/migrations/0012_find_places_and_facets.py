from django.db import migrations

# As in 0008, and more: what facets choose and places name are lexemes, too, so that each is one
# condition of the index. `n/` words of the name, `s/` subsector (0 for who works across all), `t/`
# type, `r/` role, `g/` region, `p/` province, `o/` and `w/` category of an offer or a need.
FUNCTION = """
CREATE OR REPLACE FUNCTION index_stakeholders(listings bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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
                || to_tsvector('simple', plain_text(listing.name))))
            || marked('s/', coalesce(link.ids::text[], '{0}'))
            || marked('t/', ARRAY[listing.organization_type_id::text])
            || marked('r/', ARRAY[listing.role::text])
            || marked('g/', ARRAY[listing.region_id::text])
            || marked('p/', ARRAY[region.province_id::text])
            || marked('o/', asks.offered::text[])
            || marked('w/', asks.needed::text[])
    FROM stakeholders_stakeholder listing
    JOIN regions_region region ON region.id = region_id
    CROSS JOIN to_tsvector('indonesian_unaccent', listing.name) AS names
    LEFT JOIN LATERAL (
        SELECT bit_or(1::bigint << bit) AS bits, array_agg(subsector_id) AS ids
        FROM stakeholders_stakeholder_subsectors link
        JOIN subsector ON subsector.id = subsector_id
        WHERE link.stakeholder_id = listing.id
    ) link ON true
    LEFT JOIN LATERAL (
        SELECT bit_or(1::bigint << bit) FILTER (WHERE direction = 'offer') AS offers,
            bit_or(1::bigint << bit) FILTER (WHERE direction = 'need') AS needs,
            array_agg(DISTINCT category_id) FILTER (WHERE direction = 'offer') AS offered,
            array_agg(DISTINCT category_id) FILTER (WHERE direction = 'need') AS needed
        FROM stakeholders_offering offering JOIN category ON category.id = category_id
        WHERE offering.stakeholder_id = listing.id
    ) asks ON true
    WHERE listing.id = ANY(listings) AND listing.status = 'published'
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

# A region that moves to another province takes its listings along.
MOVED_REGIONS = """
CREATE OR REPLACE FUNCTION index_moved_regions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM index_stakeholders(ARRAY(
        SELECT listing.id FROM changed JOIN former USING (id)
        JOIN stakeholders_stakeholder listing ON listing.region_id = changed.id
        WHERE changed.province_id <> former.province_id));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER search_regions_region_update AFTER UPDATE ON regions_region
    REFERENCING NEW TABLE AS changed OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION index_moved_regions();
"""


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0011_search_entries_of_a_region")]

    operations = [
        # Nothing that was there before minds the lexemes: there is nothing to take back.
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(
            MOVED_REGIONS,
            "DROP TRIGGER search_regions_region_update ON regions_region;"
            "DROP FUNCTION index_moved_regions;",
        ),
        migrations.RunSQL(
            "SELECT index_stakeholders(ARRAY(SELECT id FROM stakeholders_stakeholder));"
            "ANALYZE stakeholders_searchentry;",
            migrations.RunSQL.noop,
        ),
    ]
