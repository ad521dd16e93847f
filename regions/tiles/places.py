"""Where each tile is drawn; whole numbers keep the drawing small."""

import csv
from functools import cache
from pathlib import Path

from regions.tiles.grid import neighbours

FILE = Path(__file__).parent.parent / "data" / "tiles.csv"
TILE, ROW = 20, 17  # units of the drawing
# Where the name of an island group stands in the sea, as the column and row it begins at.
NAMES = {
    "sumatera": (3.4, 14.6),
    "jawa": (15.4, 28.2),
    "bali-nusa-tenggara": (36, 23.2),
    "kalimantan": (20, 3.8),
    "sulawesi": (30.5, 2.9),
    "maluku": (37.6, 10.1),
    "papua": (46.6, 5.4),
}


@cache
def cells():
    """Return {code: (column, row)}."""
    with open(FILE, encoding="utf-8", newline="") as file:
        return {
            line["code"]: (int(line["column"]), int(line["row"])) for line in csv.DictReader(file)
        }


def middle(code):
    """Return the x and y of a tile's middle; a region newer than the map has none."""
    if code not in cells():
        return None
    column, row = cells()[code]
    return TILE // 2 * (2 * column + 1 + row % 2), 12 + ROW * row


@cache
def size():
    """Return the width and height of the drawing, with a unit of sea around the tiles."""
    across, down = zip(*map(middle, cells()), strict=True)
    return max(across) + TILE // 2 + 2, max(down) + 12 + 2


@cache
def borders():
    """Return path data of the lines between provinces that touch."""
    province = {cell: code[:2] for code, cell in cells().items()}
    lines = []
    for code, cell in cells().items():
        x, y = middle(code)
        upper_right, right, lower_right = neighbours(*cell)[:3]
        # Relative lines along the three sides that no tile before has drawn.
        for other, start, line in [
            (upper_right, (0, -11), "l10 5"),
            (right, (10, -6), "v12"),
            (lower_right, (10, 6), "l-10 5"),
        ]:
            if province.get(other, code[:2]) != code[:2]:
                lines.append(f"M{x + start[0]} {y + start[1]}{line}")
    return "".join(lines)


def name_place(island):
    """Return the x and y where the name of an island group begins."""
    column, row = NAMES[island]
    return round(column * TILE), round(row * ROW) + 12
