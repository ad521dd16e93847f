"""Small logos drawn from a name: a motif, often the initials, and the colours of the role."""

import math
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

SIZE = 160
SCALE = 4  # drawn larger, then shrunk: smooth edges
WIDTH = SIZE * SCALE
CENTRE = (WIDTH / 2, WIDTH / 2)

# The role's colour of the design, with a deep, a soft and a bright one of its family.
PALETTES = {
    "business": ("#9a6a00", "#4d3300", "#f8ecd0", "#dba53a"),
    "community": ("#b3432a", "#641f10", "#f8e2da", "#e9967a"),
    "media": ("#7a2e6c", "#431439", "#f3e1ef", "#c583b8"),
    "aggregator": ("#4c7420", "#27400c", "#e6f0d8", "#97be5e"),
}


def draw_logo(name, role):
    """Return the bytes of a WebP picture, the same for the same name and role."""
    random = Random(name)  # noqa: S311 - a picture, not a secret
    main, deep, soft, bright = PALETTES[role]
    schemes = [(soft, main, bright), (main, soft, bright), (deep, bright, soft), (soft, deep, main)]
    ground, ink, accent = random.choice(schemes)
    image = Image.new("RGB", (WIDTH, WIDTH), ground)
    motif = random.choice(MOTIFS)
    motif(ImageDraw.Draw(image), random, initials(name), ground, ink, accent)
    output = BytesIO()
    image.reduce(SCALE).save(output, "WEBP", lossless=True)
    return output.getvalue()


def initials(name):
    return "".join(word[0] for word in name.split() if word[0].isalpha())[:2].upper()


# The parts of a motif


def around(centre, radius, turn=0, corners=6):
    """Return points on a circle, evenly spread, the first one `turn` degrees from the right."""
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]


def hexagon(draw, centre, radius, colour):
    draw.polygon(around(centre, radius, turn=30), colour)


def petal(draw, centre, tip, width, colour):
    """Draw a leaf from `centre` to `tip`, as in a kawung flower."""
    (x, y), (dx, dy) = centre, (tip[0] - centre[0], tip[1] - centre[1])
    there = [(t / 24, width * math.sin(math.pi * t / 24) ** 0.7) for t in range(25)]
    back = [(t, -bulge) for t, bulge in reversed(there)]
    draw.polygon([(x + t * dx - b * dy, y + t * dy + b * dx) for t, b in there + back], colour)


def flower(draw, centre, radius, petals, colour, turn=45):
    for tip in around(centre, radius, turn, petals):
        start = [c + (t - c) * 0.12 for c, t in zip(centre, tip, strict=True)]
        petal(draw, start, tip, 0.34 if petals == 4 else 0.24, colour)


def letters(draw, text, size, colour):
    font = ImageFont.load_default(size * SCALE)
    draw.text(CENTRE, text, colour, font, anchor="mm", stroke_width=2 * SCALE)


# The motifs


def seal(draw, random, text, ground, ink, accent):
    hexagon(draw, CENTRE, WIDTH * 0.42, ink)
    hexagon(draw, CENTRE, WIDTH * 0.375, ground)
    hexagon(draw, CENTRE, WIDTH * 0.345, ink)
    letters(draw, text, 50, ground)


def kawung(draw, random, text, ground, ink, accent):
    turn = random.choice([0, 45])
    flower(draw, CENTRE, WIDTH * 0.42, 4, ink, turn)
    for spot in around(CENTRE, WIDTH * 0.3, turn + 45, 4):
        draw.circle(spot, WIDTH * 0.04, accent)
    draw.circle(CENTRE, WIDTH * 0.055, accent)


def kawung_cloth(draw, random, text, ground, ink, accent):
    step = WIDTH / 4
    for column in range(5):
        for row in range(5):
            flower(draw, (column * step, row * step), step * 0.66, 4, accent)
    hexagon(draw, CENTRE, WIDTH * 0.36, ground)
    hexagon(draw, CENTRE, WIDTH * 0.32, ink)
    letters(draw, text, 46, ground)


def blossom(draw, random, text, ground, ink, accent):
    turn = random.choice([0, 30])
    flower(draw, CENTRE, WIDTH * 0.42, 6, ink, turn)
    flower(draw, CENTRE, WIDTH * 0.25, 6, accent, turn + 30)


def wedges(draw, random, text, ground, ink, accent):
    corners = around(CENTRE, WIDTH * 0.42, turn=30)
    bright = random.sample(range(6), k=random.choice([1, 2, 3]))
    for side in range(6):
        triangle = [CENTRE, corners[side], corners[(side + 1) % 6]]
        draw.polygon(triangle, accent if side in bright else ink)
        draw.line([CENTRE, corners[side]], ground, 3 * SCALE)
    draw.line([CENTRE, corners[0]], ground, 3 * SCALE)
    hexagon(draw, CENTRE, WIDTH * 0.2, ground)
    letters(draw, text[:1], 34, ink)


def honeycomb(draw, random, text, ground, ink, accent):
    for cell in around(CENTRE, WIDTH * 0.285):
        hexagon(draw, cell, WIDTH * 0.152, random.choice([ink, ink, accent, accent, ground]))
    hexagon(draw, CENTRE, WIDTH * 0.152, ink)
    letters(draw, text[:1], 28, ground)


def rings(draw, random, text, ground, ink, accent):
    for step, colour in enumerate([ink, ground, accent, ground, ink]):
        hexagon(draw, CENTRE, WIDTH * (0.42 - 0.075 * step), colour)


def horizon(draw, random, text, ground, ink, accent):
    """A sun over three waves."""
    draw.circle((WIDTH / 2, WIDTH * 0.42), WIDTH * random.choice([0.2, 0.24, 0.28]), accent)
    for wave in range(3):
        top = WIDTH * (0.52 + 0.13 * wave)
        shift, height = random.random() * math.tau, WIDTH * 0.035
        line = [(x, top + height * math.sin(x / WIDTH * 9 + shift)) for x in range(0, WIDTH + 8, 8)]
        draw.polygon([*line, (WIDTH, WIDTH), (0, WIDTH)], [ink, ground, ink][wave])


MOTIFS = [seal, kawung, kawung_cloth, blossom, wedges, honeycomb, rings, horizon]
