"""A small set of data files that the loader accepts; tests change single cells of it."""

from contextlib import contextmanager

import pghistory
from django.core.management import call_command

FILES = {
    "provinces.csv": """\
code,name,short_name,aliases,capital,latitude,longitude,island,population
31,Daerah Khusus Ibukota Jakarta,DKI Jakarta,DKI;Jakarta,Jakarta,-6.1778,106.82844,jawa,11038216
35,Jawa Timur,Jawa Timur,,Surabaya,-7.24557,112.73917,jawa,41919906
""",
    "regions.csv": """\
code,kind,name,short_name,aliases,is_administrative,capital,latitude,longitude,timezone,population
35.07,kabupaten,Kabupaten Malang,Malang,,0,Kepanjen,-8.13,112.57,Asia/Jakarta,2737000
35.73,kota,Kota Malang,Malang,Ngalam;Malang Raya,0,Malang,-7.98,112.63,Asia/Jakarta,889000
""",
    "subsectors.csv": """\
slug,name_id,name_en,ministry_field,is_priority
aplikasi,Aplikasi,Apps,digital,1
kriya,Kriya,Crafts,budaya,1
kuliner,Kuliner,Culinary,budaya,0
""",
    "uccn.csv": """\
code,name,field,year,source
31,Daerah Khusus Ibukota Jakarta,literature,2021,a newspaper
35.73,Kota Malang,media-arts,2025,a newspaper
""",
    "kata_kreatif.csv": """\
code,name,year,subsectors,source
35.73,Kota Malang,2019,aplikasi+kriya,a decree
""",
    "organization_types.csv": """\
slug,role,name_id,name_en,position
universitas,academia,Universitas,University,1
""",
    "offering_categories.csv": """\
slug,name_id,name_en,position
tempat,Tempat,Venue,1
""",
    "search_terms.csv": """\
words,role,subsectors,organization_types,is_meant,is_ordinary
kampus,academia,,,1,0
batik,,aplikasi+kuliner,,0,0
batu,,,,0,1
""",
}


def write_files(folder):
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


def edit(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def load(folder):
    call_command("load_reference_data", data_dir=folder)


@contextmanager
def people():
    """What is written inside is written by a person, as the middleware would note it."""
    with pghistory.context(user=1):
        yield
