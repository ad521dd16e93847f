"""Covers of the invented region profiles: landscapes of the shapes that the logos are made of."""

import math

from PIL import Image, ImageDraw

from images.pictures import COVER
from stakeholders.demo.logos import flower, hexagon

SCALE = 2  # drawn larger, then shrunk: smooth edges
WIDTH = COVER.widths[-1] * SCALE
HEIGHT = round(WIDTH / COVER.ratios[0])


def draw_cover(kind):
    """Return a picture, the same for the same kind."""
    ground, motif = MOTIFS[kind]
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    motif(ImageDraw.Draw(image))
    return image.reduce(SCALE)


def at(x, y):
    """A point by its parts of the width and the height."""
    return WIDTH * x, HEIGHT * y


def land(draw, top, height, bends, shift, colour):
    """Fill all below a wavy line."""
    places = [step / 160 for step in range(161)]
    line = [at(x, top + height * math.sin(x * bends + shift)) for x in places]
    draw.polygon([*line, (WIDTH, HEIGHT), (0, HEIGHT)], colour)


def hills(draw):
    draw.circle(at(0.68, 0.42), HEIGHT * 0.24, "#f0b24a")
    land(draw, 0.46, 0.12, 7, 0.6, "#c9876b")
    land(draw, 0.58, 0.10, 9, 2.4, "#a4573c")
    land(draw, 0.72, 0.07, 6, 4.4, "#6d3423")
    for number in range(22):
        house = at(0.02 + number / 22, 0.84 + 0.02 * math.sin(number * 2))
        hexagon(draw, house, HEIGHT * 0.055, ["#f4dfc4", "#e2a33c", "#8fb08c"][number % 3])
    land(draw, 0.9, 0.015, 12, 1, "#3c1c14")


def sea(draw):
    draw.circle(at(0.3, 0.5), HEIGHT * 0.3, "#f2a65a")
    land(draw, 0.56, 0.012, 20, 0.4, "#4d8a94")
    boat(draw, 0.52, 0.64, 0.34)
    land(draw, 0.68, 0.016, 16, 2.2, "#2f6d7a")
    boat(draw, 0.76, 0.8, 0.5)
    land(draw, 0.8, 0.02, 13, 4.1, "#1f5261")
    land(draw, 0.91, 0.02, 11, 0.9, "#123a47")


def boat(draw, x, y, size):
    """`x` and `y` are where its mast stands in the water, `size` is its height."""
    wide = size * HEIGHT / WIDTH
    hull = [(-0.55, -0.16), (0.6, -0.2), (0.4, 0.06), (-0.4, 0.06)]
    main = [(0.02, -1), (0.02, -0.22), (0.52, -0.26)]
    fore = [(-0.03, -0.9), (-0.03, -0.22), (-0.46, -0.22)]
    for part, colour in [(hull, "#5b2a1b"), (main, "#7c3f58"), (fore, "#d9573a")]:
        draw.polygon([at(x + dx * wide, y + dy * size) for dx, dy in part], colour)


def cloth(draw):
    step = HEIGHT / 4
    for column in range(11):
        for row in range(6):
            centre = (column * step - step * 0.3 * (row % 2), row * step)
            flower(draw, centre, step * 0.66, 4, "#c98a52")
            draw.circle(centre, step * 0.06, "#f6e3c2")
    draw.rectangle([at(0, 0.36), at(1, 0.64)], "#3d1a2a")
    for number in range(12):
        centre = at((number + 0.5) / 12, 0.5)
        hexagon(draw, centre, HEIGHT * 0.105, ["#e2a33c", "#d9573a", "#7fa99b"][number % 3])
        flower(draw, centre, HEIGHT * 0.085, 6, "#3d1a2a", 30)


MOTIFS = {"hills": ("#fbeedb", hills), "sea": ("#fbe7cf", sea), "cloth": ("#7a3b2e", cloth)}
