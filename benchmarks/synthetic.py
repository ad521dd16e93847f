"""Synthetic listings in a database of their own, to measure large sizes.

`make bench LISTINGS=200000` fills it; it is made anew only when it holds another number.
"""

from urllib.parse import urlsplit

import psycopg

DATABASE = "hexahelix_bench"

# A few regions hold most listings, as in life; half of all listings share a common word.
LISTINGS = """
SELECT setseed(0.17);
INSERT INTO stakeholders_stakeholder (
    name, slug, aliases, role, organization_type_id, region_id, summary, description, logo, photo,
    website, social_links, public_email, public_phone, contact_email, address, status,
    published_at, verified_at, rhythm_days, source, source_url, is_demo, created_at)
SELECT
    initcap(kinds[1 + floor(random() * 12)::int] || ' '
        || things[1 + floor(random() * 20)::int] || ' '
        || places[1 + floor(random() * 20)::int] || ' ' || n),
    'sintetis-' || n, '{}', role, type_id, region_ids[1 + floor(514 * power(random(), 2))::int],
    'Karya ' || things[1 + floor(random() * 20)::int]
        || ' dan ' || things[1 + floor(random() * 20)::int]
        || CASE WHEN random() < 0.5 THEN ' untuk komunitas kreatif' ELSE ' bagi warga' END,
    repeat('Kami membuat ' || things[1 + floor(random() * 20)::int] || ' bersama '
        || places[1 + floor(random() * 20)::int] || '. ', 4),
    '', '', '', '{}', '', '', '', '', 'published', now() - random() * interval '900 days',
    CASE WHEN random() < 0.8 THEN now() - random() * interval '400 days' END,
    180, '', '', true, now() - random() * interval '900 days'
FROM (
    SELECT n, types.id AS type_id, types.role
    FROM generate_series(1, %(listings)s) AS n
    JOIN (SELECT id, role, row_number() OVER (ORDER BY id) - 1 AS place
          FROM stakeholders_organizationtype) AS types
        ON types.place = (n * 7919) %% (SELECT count(*) FROM stakeholders_organizationtype)
) AS drawn,
(SELECT array_agg(id ORDER BY code) AS region_ids FROM regions_region) AS r,
(SELECT
    '{studio,sanggar,rumah,galeri,kopi,bengkel,kelas,pasar,ruang,radio,kolektif,hub}'::text[]
        AS kinds,
    '{batik,tenun,gim,komik,musik,tari,keramik,animasi,film,foto,roti,bambu,rotan,perak,wayang,
      desain,mural,gamelan,jamu,kayu}'::text[] AS things,
    '{pesisir,kampung,lereng,pelabuhan,alun,taman,hutan,sawah,pasar,teluk,bukit,lembah,sungai,
      danau,pulau,kota,desa,stasiun,benteng,kebun}'::text[] AS places) AS words;
INSERT INTO stakeholders_stakeholder_subsectors (stakeholder_id, subsector_id)
SELECT DISTINCT s.id, ids[1 + floor(17 * power(random(), 1.5))::int]
FROM stakeholders_stakeholder s, generate_series(1, 2),
     (SELECT array_agg(id ORDER BY position) AS ids FROM regions_subsector) AS subsectors;
INSERT INTO stakeholders_offering (
    stakeholder_id, direction, category_id, reach, description, created_at)
SELECT s.id, CASE WHEN random() < 0.5 THEN 'offer' ELSE 'need' END,
       ids[1 + floor(random() * array_length(ids, 1))::int], 'region', '', now()
FROM stakeholders_stakeholder s,
     (SELECT array_agg(id) AS ids FROM stakeholders_offeringcategory) AS categories
WHERE random() < 0.6;
"""


def prepare(server_url, listings):
    """Return the URL of a database with that many listings, empty unless it has them already."""
    url = urlsplit(server_url)._replace(path=f"/{DATABASE}").geturl()
    if count(url) != listings:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {DATABASE}")
    return url


def count(url):
    try:
        with psycopg.connect(url) as database:
            return database.execute("SELECT count(*) FROM stakeholders_stakeholder").fetchone()[0]
    except psycopg.Error:
        return None


def fill(listings):
    """Migrate and fill the database of the settings, unless it is full already."""
    from django.core.management import call_command
    from django.db import connection

    from stakeholders.models import Stakeholder

    call_command("migrate", verbosity=0)
    call_command("load_reference_data")
    if Stakeholder.objects.exists():
        return
    with connection.cursor() as cursor:
        # Nobody asks for the history of invented rows; the triggers would double the time.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(LISTINGS, {"listings": listings})
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
