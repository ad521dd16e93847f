"""Draws latency against size from the newest result of each size, for docs/benchmarks/.

One small drawing for each class, all on the same axes, both logarithmic: a straight line that
rises by one square for each square to the right grows as fast as the number of listings.
"""

import json
import math
from html import escape

from benchmarks.queries import BUDGETS, budget
from benchmarks.server import RESULTS, ROOT

FOLDER = ROOT / "docs/benchmarks"
COLUMNS, WIDTH, HEIGHT = 3, 250, 190  # drawings in a row, units of one
LEFT, TOP, RIGHT, BOTTOM = 52, 34, 18, 28
SIZES = [1_000, 10_000, 100_000, 1_000_000]
TIMES = [1, 10, 100, 1_000, 10_000]  # milliseconds
LINES = {"p95": "95 % of requests", "p50": "half of the requests", "other": "Datasette (95 %)"}
STYLE = """
  svg { color-scheme: light dark; --ink: #201c18; --quiet: #5d544a; --grid: #ddd2bf;
        --paper: #fffdf8; --p95: #a63c22; --p50: #17605c; --other: #6b6156; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #f3ece0; --quiet: #cdc2b1; --grid: #40382c;
          --paper: #17140f; --p95: #f0916f; --p50: #7bcfc8; --other: #b0a491; } }
  .paper { fill: var(--paper); } text { fill: var(--quiet); font: 11px system-ui, sans-serif; }
  .title { fill: var(--ink); font-weight: 650; font-size: 13px; } .end { text-anchor: end; }
  .middle { text-anchor: middle; } .grid { stroke: var(--grid); }
  .budget { stroke: var(--ink); stroke-width: 2; }
  .told { fill: var(--p95); font-weight: 650; text-anchor: end;
          stroke: var(--paper); stroke-width: 3; paint-order: stroke; }
  .line { fill: none; stroke-width: 2; } .p95 { stroke: var(--p95); }
  .p50 { stroke: var(--p50); stroke-dasharray: 6 3; }
  .other { stroke: var(--other); stroke-dasharray: 1 4; stroke-linecap: round; }
  .dot { stroke: none; fill: var(--p95); } .dot.p50 { fill: var(--p50); }
  .dot.other { fill: var(--other); }
"""


def newest_results(folder=RESULTS):
    """Return the last result of each size, the smallest size first."""
    results = {}
    for file in sorted(folder.glob("search-*.json"), key=lambda file: file.stat().st_mtime):
        result = json.loads(file.read_text())
        results[result["listings"]] = result
    return [results[size] for size in sorted(results)]


def x_of(size):
    share = math.log(size / SIZES[0]) / math.log(SIZES[-1] / SIZES[0])
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def y_of(milliseconds):
    inside = min(max(milliseconds, TIMES[0]), TIMES[-1])
    share = math.log(inside / TIMES[0]) / math.log(TIMES[-1] / TIMES[0])
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def axes():
    right, floor = WIDTH - RIGHT, HEIGHT - BOTTOM
    for milliseconds in TIMES:
        y = y_of(milliseconds)
        label = f"{milliseconds} ms" if milliseconds < 1000 else f"{milliseconds // 1000} s"
        yield f'<path class="grid" d="M{LEFT} {y}H{right}"/>'
        yield f'<text class="end" x="{LEFT - 5}" y="{y + 4}">{label}</text>'
    for size in SIZES:
        x = x_of(size)
        label = f"{size // 1000} k" if size < 1_000_000 else "1 M"
        yield f'<path class="grid" d="M{x} {TOP}V{floor}"/>'
        yield f'<text class="middle" x="{x}" y="{floor + 16}">{label}</text>'


def curve(kind, points):
    """Return a line through points of (size, milliseconds), each with a dot that tells it."""
    places = [(x_of(size), y_of(time)) for size, time in points]
    if len(places) > 1:
        path = "L".join(f"{x} {y}" for x, y in places)
        yield f'<path class="line {kind}" d="M{path}"/>'
    for (x, y), (size, time) in zip(places, points, strict=True):
        title = f"<title>{size:,} listings: {time:g} ms</title>"
        yield f'<circle class="dot {kind}" cx="{x}" cy="{y}" r="3">{title}</circle>'


def drawing(name, results):
    """Return one class: its budget, its percentiles and, where it was asked, Datasette's."""
    here = [result for result in results if name in result["classes"]]
    yield f'<text class="title" x="{LEFT}" y="20">{escape(name.capitalize())}</text>'
    yield from axes()
    for result in here:
        if result["listings"] >= 200_000:
            x, y = x_of(result["listings"]), y_of(budget(name, result["listings"]))
            yield f'<path class="budget" d="M{x - 9} {y}H{min(x + 9, WIDTH)}"/>'
    others = [
        (result["listings"], result["references"]["Datasette"][name]["p95_ms"])
        for result in here
        if name in result["references"].get("Datasette", {})
    ]
    yield from curve("other", others)
    for percentile in ("p50", "p95"):
        points = [(r["listings"], r["classes"][name][f"{percentile}_ms"]) for r in here]
        yield from curve(percentile, points)
    size, time = points[-1]
    yield f'<text class="told" x="{x_of(size)}" y="{y_of(time) - 8}">{time:,.0f} ms</text>'


def key(y):
    x = LEFT
    for kind, label in LINES.items():
        yield f'<path class="line {kind}" d="M{x} {y}h28"/>'
        yield f'<text x="{x + 35}" y="{y + 4}">{label}</text>'
        x += 175
    yield f'<path class="budget" d="M{x} {y}h18"/>'
    yield f'<text x="{x + 25}" y="{y + 4}">budget (95 %)</text>'


def plot(results):
    """Return the SVG of all classes."""
    names = [name for name in BUDGETS if any(name in result["classes"] for result in results)]
    width, height = COLUMNS * WIDTH, math.ceil(len(names) / COLUMNS) * HEIGHT + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>Search: server time against the number of listings</title>",
        "<desc>The numbers are in the JSON files beside this drawing.</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}" rx="8"/>',
        *key(24),
    ]
    for place, name in enumerate(names):
        x, y = place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT + 40
        lines += [f'<g transform="translate({x} {y})">', *drawing(name, results), "</g>"]
    return "\n".join([*lines, "</svg>", ""])


def main():
    results = newest_results()
    FOLDER.mkdir(exist_ok=True)
    for result in results:
        file = FOLDER / f"search-{result['listings']}.json"
        file.write_text(json.dumps(result, indent=1) + "\n")
    (FOLDER / "latency.svg").write_text(plot(results))
    sizes = ", ".join(f"{result['listings']:,}" for result in results)
    print(f"Drew docs/benchmarks/latency.svg for {sizes or 'no'} listings")


if __name__ == "__main__":
    main()
