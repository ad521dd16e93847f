"""The geometry of plots; templates/includes/plots/ draws them, the style sheet colours them."""

from typing import NamedTuple

WIDTH = 360  # units of every drawing: about a phone's pixels, so that letters stay legible
LETTER = 6.8  # units, the usual width of a letter of 12
WIDEST_LABEL = 176
ROW = 26
LINE_HEIGHT, MARGIN = 150, 22


class Series(NamedTuple):
    code: str  # names its style: .series-<code>
    label: str


class Row(NamedTuple):
    code: str
    label: str
    numbers: list


class Plot(NamedTuple):
    """One drawing with its table: a row's numbers belong to the `series`, in their order."""

    name: str
    shape: str
    title: str
    lede: str
    first_column: str
    series: list
    rows: list
    is_share: bool = False  # each bar fills the width: parts of a whole

    @property
    def template(self):
        return f"includes/plots/{self.shape}.html"

    @property
    def header(self):
        return [self.first_column, *(series.label for series in self.series)]

    @property
    def table(self):
        return [[row.label, *row.numbers] for row in self.rows]

    @property
    def drawing(self):
        return {"bars": bars, "hexagons": hexagons, "line": line}[self.shape](self)


def bars(plot):
    """One bar for each row, of one part for each series."""
    left = _left(plot)
    room = WIDTH - left - (0 if plot.is_share else 44)
    longest = max((sum(row.numbers) for row in plot.rows), default=0) or 1
    drawn = []
    for place, row in enumerate(plot.rows):
        total = sum(row.numbers)
        scale = room / ((total if plot.is_share else longest) or 1)
        parts, end = _parts(plot.series, row.numbers, left, scale)
        drawn.append(
            {"row": row, "y": place * ROW, "parts": parts, "total": total, "end": f"{end + 6:.1f}"}
        )
    return {"width": WIDTH, "height": len(plot.rows) * ROW, "left": left, "bars": drawn}


def _parts(series, numbers, x, scale):
    """Return the parts of a bar, and where it ends. A part says its number if that fits."""
    parts = []
    for each, number in zip(series, numbers, strict=True):
        width = number * scale
        if number:
            fits = width > len(str(number)) * LETTER + 6
            parts.append(
                {
                    "series": each,
                    "number": number,
                    "x": f"{x:.1f}",
                    "width": f"{width:.1f}",
                    "middle": f"{x + width / 2:.1f}" if fits else "",
                }
            )
        x += width
    return parts, x


def hexagons(plot):
    """A hexagon for each row and series; its area is the share of the row's last number."""
    left = _left(plot)
    series = plot.series[:-1]
    step = (WIDTH - left) / len(series)
    rows = []
    for place, row in enumerate(plot.rows):
        *numbers, whole = row.numbers
        cells = [
            _hexagon(each, number / (whole or 1), left + step * (column + 0.5), place * 44 + 52)
            for column, (each, number) in enumerate(zip(series, numbers, strict=True))
        ]
        rows.append({"row": row, "y": place * 44 + 52, "cells": cells})
    heads = [(each, f"{left + step * (i + 0.5):.1f}") for i, each in enumerate(series)]
    height = len(rows) * 44 + 30
    return {"width": WIDTH, "height": height, "left": left, "rows": rows, "heads": heads}


def _hexagon(series, share, x, y):
    size = 20 * share**0.5
    half = size * 0.866
    corners = [(0, -1), (1, -0.5), (1, 0.5), (0, 1), (-1, 0.5), (-1, -0.5)]
    points = " ".join(f"{x + dx * half:.1f},{y + dy * size:.1f}" for dx, dy in corners)
    is_small = size < 14
    return {
        "series": series,
        "percent": round(100 * share),
        "points": points,
        "x": f"{x:.1f}",
        "is_small": is_small,
        "text_y": f"{y + size + 11:.1f}" if is_small else f"{y + 4:.1f}",
    }


def line(plot):
    """The last series over the rows, which are equal steps of time."""
    numbers = [row.numbers[-1] for row in plot.rows]
    top = max(numbers, default=0) or 1
    step = (WIDTH - 2 * MARGIN) / max(len(numbers) - 1, 1)
    points = [
        (MARGIN + i * step, MARGIN + (1 - number / top) * LINE_HEIGHT)
        for i, number in enumerate(numbers)
    ]
    floor = MARGIN + LINE_HEIGHT
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    ends = [
        {"row": plot.rows[i], "x": f"{points[i][0]:.1f}", "y": f"{points[i][1]:.1f}"}
        for i in ([0, len(points) - 1] if len(points) > 1 else range(len(points)))
    ]
    return {
        "width": WIDTH,
        "height": floor + 22,
        "floor": floor,
        "right": WIDTH - MARGIN,
        "left": MARGIN,
        "path": path,
        "area": f"{MARGIN},{floor} {path} {points[-1][0]:.1f},{floor}" if points else "",
        "ends": ends,
    }


def _left(plot):
    """Where the labels end, a whole number: a template would write a decimal comma."""
    longest = max((len(row.label) for row in plot.rows), default=0)
    return min(round(longest * LETTER), WIDEST_LABEL) + 8
