"""Charts draw what they are given: as many dots as shares, bands as wide as intervals."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from bot.domain.proportion import Proportion
from bot.wording import charts
from bot.wording.charts import Point

SHARES = [Proportion(5, 20), None, Proportion(10, 20), Proportion(30, 40)]
POINTS = [Point(f"week\n{n}", seen) for n, seen in enumerate(SHARES)]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def paths(svg: str, **attributes: str) -> list[str]:
    """The outlines drawn so."""
    found = drawn(svg).iter(f"{SVG}path")
    return [it.get("d", "") for it in found if attributes.items() <= it.attrib.items()]


def words(svg: str) -> list[str]:
    texts = drawn(svg).iter(f"{SVG}text")
    return ["\n".join(text.itertext()) for text in texts]


def test_a_trend_breaks_where_there_is_no_share() -> None:
    outlines = paths(charts.trend(POINTS, None, 700, 200), stroke="var(--line)")
    (line,) = (path for path in outlines if "A" not in path)

    assert line.count("M") == 2
    assert line.count("L") == 1


def test_intervals_are_as_long_as_they_are_wide() -> None:
    svg = charts.trend(POINTS, None, 700, 200)
    lines = [it for it in drawn(svg).iter(f"{SVG}line") if it.get("stroke") == "var(--line)"]
    lengths = [abs(float(line.get("y2", 0))) for line in lines]
    widths = [seen.interval[1] - seen.interval[0] for seen in SHARES if seen and seen.interval]

    assert [length / lengths[0] for length in lengths] == [
        pytest.approx(width / widths[0], rel=0.01) for width in widths
    ]


def test_every_share_is_a_dot_and_every_period_has_its_label() -> None:
    svg = charts.trend(POINTS, None, 700, 200)
    dots = [path for path in paths(svg, fill="var(--line)") if "A" in path]

    assert len(dots) == 3 + 1  # the last one twice, the larger one on top
    assert [word for word in words(svg) if word.startswith("week")] == [
        point.label for point in POINTS
    ]
    assert [word for word in words(svg) if word in {"25%", "50%", "75%"}][-3:] == [
        "25%",
        "50%",
        "75%",
    ]


def test_a_scale_begins_at_nought() -> None:
    assert "0%" in words(charts.trend(POINTS[2:], None, 700, 200))


def test_the_mean_is_dotted_and_only_where_there_is_one() -> None:
    with_mean = charts.trend(POINTS, Proportion(1, 2), 700, 200)

    assert with_mean.count("stroke-dasharray") == 1
    assert "stroke-dasharray" not in charts.trend(POINTS, None, 700, 200)


def test_a_row_without_a_share_says_why_and_has_no_dot() -> None:
    svg = charts.rows(POINTS, "te klein om te tonen", 330, 34)

    assert words(svg).count("te klein om te tonen") == 1
    assert len([path for path in paths(svg, fill="var(--line)") if "A" in path]) == 3
    assert "undefined" not in svg


def test_a_chart_has_the_size_that_was_asked_for() -> None:
    for width, height in ((696, 170), (328, 145)):
        svg = drawn(charts.trend(POINTS, None, width, height))
        assert (svg.get("width"), svg.get("height")) == (str(width), str(height))


def test_a_label_is_no_expression() -> None:
    wild = [Point("'+datum.low+'</text><script>", Proportion(1, 2)), Point("b", None)]

    assert words(charts.trend(wild, None, 700, 200))[0] != ""
    assert "<script>" not in charts.trend(wild, None, 700, 200)
