import pytest

from stakeholders.plots import WIDTH, Plot, Row, Series, bars, hexagons, line


def plot(shape, *rows, is_share=False):
    series = [Series(f"s{i}", f"Series {i}") for i in range(len(rows[0].numbers) if rows else 1)]
    return Plot("p", shape, "Title", "Lede", "First", series, list(rows), is_share)


def widths(bar):
    return [float(part["width"]) for part in bar["parts"]]


def test_bars_are_as_long_as_their_numbers():
    drawing = bars(plot("bars", Row("", "A", [30, 10]), Row("", "B", [10, 0])))
    first, second = drawing["bars"]

    assert widths(first)[0] == pytest.approx(3 * widths(first)[1], abs=0.2)
    assert widths(second) == [pytest.approx(widths(first)[1], abs=0.1)]
    assert float(first["end"]) <= WIDTH
    assert (first["total"], second["total"]) == (40, 10)


def test_parts_of_a_whole_fill_the_width_whatever_the_total():
    drawing = bars(plot("bars", Row("", "A", [1, 3]), Row("", "B", [500, 500]), is_share=True))

    for bar in drawing["bars"]:
        assert sum(widths(bar)) == pytest.approx(WIDTH - drawing["left"], abs=0.2)


def test_a_number_that_does_not_fit_its_part_is_left_to_the_table():
    [bar] = bars(plot("bars", Row("", "A", [1, 999]), is_share=True))["bars"]

    assert [bool(part["middle"]) for part in bar["parts"]] == [False, True]


@pytest.mark.parametrize("draw", [bars, hexagons, line])
def test_nothing_but_zeros_can_be_drawn(draw):
    assert draw(plot("bars", Row("", "A", [0, 0]), Row("", "B", [0, 0])))["width"] == WIDTH


@pytest.mark.parametrize("draw", [bars, line])
def test_nothing_at_all_can_be_drawn(draw):
    assert draw(plot("bars"))["width"] == WIDTH


def test_the_area_of_a_hexagon_is_the_share():
    [row] = hexagons(plot("hexagons", Row("", "A", [25, 100, 100])))["rows"]
    quarter, whole = (
        [tuple(map(float, point.split(","))) for point in cell["points"].split()]
        for cell in row["cells"]
    )

    assert area(quarter) / area(whole) == pytest.approx(0.25, abs=0.01)
    assert [cell["percent"] for cell in row["cells"]] == [25, 100]


def area(corners):
    following = corners[1:] + corners[:1]
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(corners, following, strict=True))) / 2


def test_the_line_rises_from_the_left_to_the_top_right():
    drawing = line(plot("line", *(Row("", str(n), [1, n]) for n in (0, 5, 10))))
    points = [tuple(map(float, point.split(","))) for point in drawing["path"].split()]

    assert [x for x, _y in points] == [drawing["left"], WIDTH / 2, drawing["right"]]
    assert points[0][1] == drawing["floor"]
    assert points[1][1] == pytest.approx((points[0][1] + points[2][1]) / 2, abs=0.1)
    assert [end["row"].label for end in drawing["ends"]] == ["0", "10"]
