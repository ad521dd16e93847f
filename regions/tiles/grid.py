"""Hexagons with a corner up, in rows; every odd row is pushed half a tile to the right."""

from functools import cache
from math import sqrt

ROW_HEIGHT = sqrt(3) / 2  # of a row, where a tile is 1 wide


@cache
def middle(column, row):
    """Where the tile lies, in tile widths from the top left tile."""
    return column + (row % 2) / 2, row * ROW_HEIGHT


@cache
def neighbours(column, row):
    """Return the six cells around, clockwise from the upper right."""
    left, right = column - 1 + row % 2, column + row % 2
    return [
        (right, row - 1),
        (column + 1, row),
        (right, row + 1),
        (left, row + 1),
        (column - 1, row),
        (left, row - 1),
    ]


def pieces(cells):
    """Split cells into their connected pieces."""
    left, found = set(cells), []
    while left:
        piece, edge = set(), [left.pop()]
        while edge:
            cell = edge.pop()
            piece.add(cell)
            touching = left.intersection(neighbours(*cell))
            left -= touching
            edge += touching
        found.append(piece)
    return found
