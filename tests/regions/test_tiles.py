"""The layout of the tile map: regions/data/tiles.csv as it is kept."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import regions
from regions.tiles import places
from regions.tiles.grid import neighbours, pieces

DATA = Path(regions.__file__).parent / "data"
DRAWING = DATA.parent / "tiles" / "archipelago.txt"

# Provinces over several islands, which the map keeps apart as the sea does. All others are whole.
ISLANDS_OF = {
    "Aceh": 2,  # Simeulue
    "Sumatera Utara": 2,  # Nias
    "Sumatera Barat": 2,  # Mentawai
    "Kepulauan Bangka Belitung": 2,
    "Kepulauan Riau": 3,  # Natuna, Anambas
    "Jawa Timur": 2,  # Madura
    "Nusa Tenggara Barat": 2,  # Lombok, Sumbawa
    "Nusa Tenggara Timur": 4,  # Flores, Sumba, Timor, Sabu
    "Sulawesi Utara": 2,  # Sangihe and Talaud
    "Maluku": 6,  # Buru, Seram, Kei, Aru, Tanimbar, Babar
    "Maluku Utara": 2,  # Sula
    "Papua": 2,  # Biak and Yapen
}


def rows(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def provinces():
    return {row["code"]: row for row in rows("provinces.csv")}


@pytest.fixture(scope="module")
def land():
    """Return {cell: code of the region on it}."""
    return {cell: code for code, cell in places.cells().items()}


def test_each_region_has_one_tile_of_its_own(land):
    placed = [row["code"] for row in rows("tiles.csv")]

    assert placed == sorted(row["code"] for row in rows("regions.csv"))
    assert len(land) == len(placed) == 514


def test_sea_lies_between_island_groups(land, provinces):
    def island(cell):
        return provinces[land[cell][:2]]["island"]

    touching = {
        (island(cell), island(other))
        for cell in land
        for other in neighbours(*cell)
        if other in land
    }

    assert {pair for pair in touching if len(set(pair)) == 2} == set()
    assert len(touching) == 7


def test_provinces_are_whole_but_for_their_islands(land, provinces):
    cells = {}
    for cell, code in land.items():
        cells.setdefault(provinces[code[:2]]["short_name"], []).append(cell)

    counted = {name: len(pieces(inside)) for name, inside in cells.items()}

    assert {name: count for name, count in counted.items() if count > 1} == ISLANDS_OF


def test_regions_stand_where_the_islands_are_drawn(land):
    drawn = {
        (column, row)
        for row, line in enumerate(DRAWING.read_text().splitlines())
        for column, letter in enumerate(line[row % 2 :: 2])
        if letter not in ". "
    }

    assert drawn == set(land)


@pytest.mark.parametrize(
    ("western", "eastern"),
    [
        ("11.72", "91.71"),  # Sabang, Jayapura
        ("36.72", "31.73"),  # Cilegon, Jakarta Barat
        ("32.73", "33.74"),  # Bandung, Semarang
        ("33.74", "35.78"),  # Semarang, Surabaya
        ("51.71", "52.71"),  # Denpasar, Mataram
        ("61.71", "64.72"),  # Pontianak, Samarinda
        ("72.71", "71.71"),  # Palu, Manado
        ("96.71", "93.01"),  # Sorong, Merauke
    ],
)
def test_west_is_left_of_east(western, eastern):
    assert places.middle(western)[0] < places.middle(eastern)[0]


@pytest.mark.parametrize(
    ("northern", "southern"),
    [
        ("11.72", "18.71"),  # Sabang, Bandar Lampung
        ("18.71", "36.73"),  # Bandar Lampung, Serang
        ("33.74", "34.71"),  # Semarang, Yogyakarta
        ("64.72", "63.71"),  # Samarinda, Banjarmasin
        ("71.71", "73.71"),  # Manado, Makassar
        ("53.15", "53.11"),  # Labuan Bajo, Waingapu
        ("91.71", "93.01"),  # Jayapura, Merauke
    ],
)
def test_north_is_above_south(northern, southern):
    assert places.middle(northern)[1] < places.middle(southern)[1]


@pytest.mark.parametrize("cell", [(4, 6), (4, 7)])
def test_neighbours_are_one_tile_away(cell):
    around = neighbours(*cell)

    assert len(set(around)) == 6
    assert all(cell in neighbours(*other) for other in around)


def test_pieces_fall_apart_where_no_side_is_shared():
    found = pieces([(0, 0), (1, 0), (0, 1), (3, 0), (2, 2)])

    assert Counter(map(len, found)) == {3: 1, 1: 2}


def test_borders_are_drawn_between_provinces_only(monkeypatch):
    def drawn(cells):
        monkeypatch.setattr(places, "cells", lambda: cells)
        return places.borders.__wrapped__()

    assert drawn({"11.01": (0, 0), "11.02": (1, 0)}) == ""
    assert drawn({"11.01": (0, 0), "12.01": (1, 0)}) == "M20 6v12"


def test_a_region_newer_than_the_map_has_no_tile():
    assert places.middle("33.99") is None
