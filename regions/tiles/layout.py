"""Gives each region its hexagon: `python -m regions.tiles.layout` writes regions/data/tiles.csv.

Needs requirements/tiles.txt, no Django and no database. archipelago.txt draws the islands, one
letter a tile; this program decides which region stands on which tile of its island. First an
assignment problem (the least sum of squared displacements from the seats of government), then
swaps that keep neighbours near and every province of an island in one piece. The same input
gives the same map. It takes a minute or two and prints the error that the map makes.
"""

# ruff: noqa: T201

import csv
import math
import random
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from regions.tiles.grid import middle, neighbours, pieces

DATA = Path(__file__).parent.parent / "data"
DRAWING = Path(__file__).with_name("archipelago.txt")
SEA = ". "
SOUTH_DOWN = (1, -1)

# Letter of the drawing: whose regions it holds. The longest code that fits wins.
ISLANDS = {
    "S": ["11", "12", "13", "14", "15", "16", "17", "18"],  # Sumatera
    "I": ["11.09"],  # Simeulue
    "N": ["12.04", "12.14", "12.24", "12.25", "12.78"],  # Nias
    "W": ["13.09"],  # Mentawai
    "G": ["19"],  # Bangka
    "E": ["19.02", "19.06"],  # Belitung
    "R": ["21"],  # Riau and Lingga
    "T": ["21.03"],  # Natuna
    "A": ["21.05"],  # Anambas
    "J": ["31", "32", "33", "34", "35", "36"],  # Jawa
    "M": ["35.26", "35.27", "35.28", "35.29"],  # Madura
    "B": ["51"],  # Bali
    "L": ["52"],  # Lombok
    "V": ["52.04", "52.05", "52.06", "52.07", "52.72"],  # Sumbawa
    "F": ["53"],  # Flores to Alor
    "X": ["53.11", "53.12", "53.17", "53.18"],  # Sumba
    "Y": ["53.01", "53.02", "53.03", "53.04", "53.14", "53.21", "53.71"],  # Timor and Rote
    "s": ["53.20"],  # Sabu
    "K": ["61", "62", "63", "64", "65"],  # Kalimantan
    "C": ["71", "72", "73", "74", "75", "76"],  # Sulawesi
    "Z": ["71.03", "71.04", "71.09"],  # Sangihe and Talaud
    "Q": ["81"],  # Seram and Ambon
    "O": ["81.04", "81.09"],  # Buru
    "D": ["81.02", "81.72"],  # Kei
    "a": ["81.07"],  # Aru
    "t": ["81.03"],  # Tanimbar
    "m": ["81.08"],  # Babar to Wetar
    "H": ["82"],  # Halmahera
    "U": ["82.05", "82.08"],  # Sula and Taliabu
    "P": ["91", "92", "93", "94", "95", "96"],  # Papua
    "y": ["91.05", "91.06", "91.19"],  # Yapen, Biak, Supiori
}
NEAREST = 4  # regions whose nearness counts
NEAR, TOGETHER, ONE_PIECE = 1.5, 0.6, 5  # what each is worth beside a tile's displacement²
STEPS_PER_TILE = 1500
HOT, COLD = 5.0, 0.02
TRIES = 5


def island_of(code):
    fitting = [
        (len(prefix), letter)
        for letter, prefixes in ISLANDS.items()
        for prefix in prefixes
        if code.startswith(prefix)
    ]
    return max(fitting)[1]


def read_regions():
    """Return {island: [(code, (longitude, latitude))]}."""
    islands = {}
    with open(DATA / "regions.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seat = float(row["longitude"]), float(row["latitude"])
            islands.setdefault(island_of(row["code"]), []).append((row["code"], seat))
    return islands


def read_drawing():
    """Return {island: [(column, row)]}."""
    islands = {}
    for row, line in enumerate(DRAWING.read_text().splitlines()):
        for column, letter in enumerate(line[row % 2 :: 2]):
            if letter not in SEA:
                islands.setdefault(letter, []).append((column, row))
    return islands


def check(regions, drawing):
    """Stop where the drawing and the regions disagree."""
    for letter in sorted(regions.keys() | drawing.keys()):
        wanted, drawn = len(regions.get(letter, [])), len(drawing.get(letter, []))
        if wanted != drawn:
            raise SystemExit(f"{DRAWING.name}: {wanted} regions, but {drawn} tiles of {letter!r}")
    land = {cell: letter for letter, cells in drawing.items() for cell in cells}
    for cell, letter in land.items():
        if touched := {land.get(each, letter) for each in neighbours(*cell)} - {letter}:
            raise SystemExit(f"{DRAWING.name}: {letter!r} touches {touched} at {cell}")


def gap(piece, other):
    """The way between two pieces, in tile widths: it tells a stray where home is."""
    return min(math.dist(middle(*a), middle(*b)) for a in piece for b in other)


class Island:
    """Regions on the tiles of one island; `place[i]` is the tile of region i."""

    def __init__(self, regions, cells):
        self.codes = [code for code, _seat in regions]
        self.seats = np.array([seat for _code, seat in regions])
        self.cells = cells
        self.middles = np.array([middle(*cell) for cell in cells])
        self.spread = self.middles.std(0) / np.maximum(self.seats.std(0), 1e-9)
        self.cost = ((self.wanted()[:, None] - self.middles[None]) ** 2).sum(-1).tolist()
        self.near = self._nearest()
        self.provinces = {}
        for region, code in enumerate(self.codes):
            self.provinces.setdefault(code[:2], []).append(region)
        self.place = linear_sum_assignment(self.cost)[1].tolist()

    def wanted(self):
        """The seats, stretched east and north apart, until they spread like the tiles."""
        return self.middles.mean(0) + (self.seats - self.seats.mean(0)) * self.spread * SOUTH_DOWN

    def _nearest(self):
        """Return for each region those it is, or that are, nearest to it."""
        apart = ((self.seats[:, None] - self.seats[None]) ** 2).sum(-1)
        near = [set() for _ in self.codes]
        for region, others in enumerate(np.argsort(apart)[:, 1 : NEAREST + 1].tolist()):
            for other in others:
                near[region].add(other)
                near[other].add(region)
        return [sorted(others) for others in near]

    def settle(self, rng):
        """Swap tiles, boldly first, until neighbours are near and provinces whole."""
        steps = STEPS_PER_TILE * len(self.codes) if len(self.codes) > 2 else 0
        best, energy, lowest = self.place[:], 0.0, 0.0
        for step in range(steps):
            heat = HOT * (COLD / HOT) ** (step / steps)
            pair = self._pick(rng)
            change = self._swap(*pair)
            if change > 0 and rng.random() >= math.exp(-change / heat):
                self._swap(*pair)
                continue
            energy += change
            if energy < lowest:
                best, lowest = self.place[:], energy
        self.place = best

    def _pick(self, rng):
        """Two regions, near each other every other time: far swaps seldom help."""
        one = rng.randrange(len(self.codes))
        other = rng.choice(self.near[one]) if rng.random() < 0.5 else rng.randrange(len(self.codes))
        return one, other

    def _swap(self, one, other):
        """Swap, and return by how much that made it worse."""
        before = self._energy_of(one, other)
        self.place[one], self.place[other] = self.place[other], self.place[one]
        return self._energy_of(one, other) - before

    def _energy_of(self, one, other):
        """What a swap of these two may change."""
        energy = self._strain_of(one) + self._strain_of(other)
        provinces = self.codes[one][:2], self.codes[other][:2]
        if provinces[0] != provinces[1]:
            energy += self._scatter_of(provinces[0]) + self._scatter_of(provinces[1])
        return energy

    def _strain_of(self, region):
        """How far the region is from its seat and from its neighbours."""
        x, y = self._points[self.place[region]]
        strain = self.cost[region][self.place[region]]
        for other in self.near[region]:
            other_x, other_y = self._points[self.place[other]]
            strain += NEAR * max(0.0, math.hypot(x - other_x, y - other_y) - 1)
        return strain

    def _scatter_of(self, province):
        """How little the province holds together."""
        tiles = {self.cells[self.place[region]] for region in self.provinces[province]}
        touching = sum(len(tiles.intersection(neighbours(*tile))) for tile in tiles) / 2
        home, *strays = sorted(pieces(tiles), key=len, reverse=True)
        return ONE_PIECE * sum(map(partial(gap, home), strays)) - TOGETHER * touching

    @cached_property
    def _points(self):
        return self.middles.tolist()

    def torn(self):
        """Return the provinces that are not in one piece here."""
        return [
            province
            for province, regions in self.provinces.items()
            if len(pieces(self.cells[self.place[region]] for region in regions)) > 1
        ]

    def tiles(self):
        return {code: self.cells[tile] for code, tile in zip(self.codes, self.place, strict=True)}

    def drift(self):
        """Return how far each tile is from its wanted place, in tile widths east and down."""
        return self.middles[self.place] - self.wanted()

    def drift_in_degrees(self):
        # Where all seats are one, or all tiles in one row, nothing is stretched that way.
        return self.drift() / np.where(self.spread, self.spread, 1)

    def neighbour_pairs(self):
        """Yield (tiles apart, turn in degrees) for each pair of near regions."""
        for one, others in enumerate(self.near):
            for other in (each for each in others if each > one):
                was = (self.wanted()[other] - self.wanted()[one]).tolist()
                now = (self.middles[self.place[other]] - self.middles[self.place[one]]).tolist()
                turn = math.degrees(math.atan2(*was) - math.atan2(*now))
                yield math.hypot(*now), abs((turn + 180) % 360 - 180)


def whole_drift(islands):
    """Return how far each tile is from its seat, in degrees, where one map holds all islands."""
    seats = np.concatenate([island.seats for island in islands])
    tiles = np.concatenate([island.middles[island.place] for island in islands])
    drift = []
    for axis in (0, 1):
        per_tile, origin = np.polyfit(tiles[:, axis], seats[:, axis], 1)
        drift.append(origin + per_tile * tiles[:, axis] - seats[:, axis])
    return np.hypot(*drift)


def report(islands):
    """Print the error of the map."""
    tiles = np.concatenate([island.drift() for island in islands])
    degrees = np.concatenate(
        [island.drift() / np.where(island.spread, island.spread, 1) for island in islands]
    )
    for name, lengths in [
        ("on its own island, tile widths", np.hypot(*tiles.T)),
        ("on its own island, degrees", np.hypot(*degrees.T)),
        ("on one map of all islands, degrees", whole_drift(islands)),
    ]:
        print(f"displacement {name}: mean {lengths.mean():.2f}, worst {lengths.max():.2f}")
    apart, turns = np.array([pair for each in islands for pair in each.neighbour_pairs()]).T
    print(f"near pairs that touch: {(apart < 1.01).mean():.0%}")
    print(f"near pairs within two tiles: {(apart < 2.01).mean():.0%}")
    print(f"near pairs turned by more than 45 degrees: {(turns > 45).mean():.0%}")


def write(tiles):
    with open(DATA / "tiles.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["code", "column", "row"])
        rows.writerows([code, *tiles[code]] for code in sorted(tiles))


def settled(regions, cells):
    """Return the island with its provinces whole; chance may need more than one try."""
    for attempt in range(TRIES):
        island = Island(regions, cells)
        island.settle(random.Random(attempt))  # noqa: S311
        if not island.torn():
            return island
    raise SystemExit(f"{DRAWING.name}: the shape tears the provinces {island.torn()} apart")


def main():
    regions, drawing = read_regions(), read_drawing()
    check(regions, drawing)
    islands = [settled(regions[letter], drawing[letter]) for letter in sorted(regions)]
    write({code: cell for island in islands for code, cell in island.tiles().items()})
    report(islands)


if __name__ == "__main__":
    main()
