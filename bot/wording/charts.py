"""Charts as SVG: how often, with the interval it may lie in; drawn without a browser or network.

Colours are CSS variables of the page a chart stands in, so that it follows light, dark and paper:
--ink, --muted, --grid, --line, --band.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from bot.domain.proportion import Proportion
from bot.wording.digest_sentences import percent

_NEEDLESS = re.compile(r' (?:class|role|pointer-events|aria-\w+)="[^"]*"')
_LINE = 14  # pixels high
_STEP = 0.25  # of the scale
_CONFIG = {
    "aria": False,  # the page says what a chart shows, and has its table
    "background": None,
    "font": "inherit",
    "view": {"stroke": None},
    "text": {"fill": "var(--ink)", "fontSize": 11},
    "axis": {
        "labelColor": "var(--muted)",
        "labelFontSize": 11,
        "labelLineHeight": _LINE,
        "domainColor": "var(--grid)",
        "gridColor": "var(--grid)",
        "ticks": False,
        "labelPadding": 6,
        "title": None,
    },
    "axisX": {"grid": False},
}


@dataclass(frozen=True)
class Point:
    """A share under its label, which may be of several lines; None is not shown."""

    label: str
    seen: Proportion | None


def trend(points: Sequence[Point], mean: Proportion | None, width: int, height: int) -> str:
    """A line through the shares within the band of their intervals; it breaks where one is missing.

    The last point stands out; `mean` is dotted. Labels are to differ.
    """
    values = _values(points)
    x = _labels(points, {"labelAngle": 0, "labelExpr": _LINES})
    layers = [
        {
            "mark": {"type": "area", "color": "var(--band)"},
            "encoding": {"y": _share("low", values), "y2": {"field": "high"}},
        },
        _mean(mean, values),
        {
            "mark": {"type": "rule", "color": "var(--line)", "opacity": 0.45},
            "encoding": {"y": _share("low", values), "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "line", "color": "var(--line)", "strokeWidth": 2.5},
            "encoding": {"y": _share("share", values)},
        },
        _dots({"y": _share("share", values)}, 45),
        _last({"y": _share("share", values)}),
        *_written({"y": _share("high", values)}, {"dy": -9}),
    ]
    layered = {"encoding": {"x": x}, "layer": [layer for layer in layers if layer]}
    return _drawn(values, layered, width, height)


def rows(points: Sequence[Point], none: str, width: int, row: int) -> str:
    """A share a row, each with its interval; `none` stands where one is missing.

    Labels have as many lines as each other; `row` is the height of a row in pixels.
    """
    values = _values(points)
    lines = max(point.label.count("\n") for point in points)
    axis = {"labelExpr": _LINES, "labelOffset": -_LINE / 2 * lines, "domain": False}
    y = _labels(points, {"labelColor": "var(--ink)", **axis})
    layers = [
        {
            "mark": {"type": "bar", "color": "var(--band)", "height": 12, "cornerRadius": 6},
            "encoding": {"x": _share("low", values), "x2": {"field": "high"}},
        },
        _dots({"x": _share("share", values)}, 70),
        *_written({"x": _share("high", values)}, {"align": "left", "dx": 7}),
        {
            "transform": [{"filter": "datum.share === null"}],
            "mark": {"type": "text", "align": "left", "dx": 4, "fill": "var(--muted)"},
            "encoding": {"x": {"datum": 0}, "text": {"value": none}},
        },
    ]
    layered = {"encoding": {"y": y}, "layer": layers}
    return _drawn(values, layered, width, row * len(points) + 30)


_LINES = "split(datum.label, '\\n')"


def _labels(points: Sequence[Point], axis: dict[str, Any]) -> dict[str, Any]:
    """The axis that the points stand along, each in its place, also those without a share."""
    domain = [point.label for point in points]
    return {"field": "label", "type": "ordinal", "scale": {"domain": domain}, "axis": axis}


def _values(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [_value(point, last=point is points[-1]) for point in points]


def _value(point: Point, *, last: bool) -> dict[str, Any]:
    if not (point.seen and point.seen.interval):
        return {"label": point.label, "share": None, "low": None, "high": None, "last": last}
    low, high = point.seen.interval
    return {
        "label": point.label,
        "last": last,
        "share": point.seen.share,
        "low": low,
        "high": high,
        "told": percent(point.seen),
    }


def _share(field: str, values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The axis of shares, from nought to somewhat above the highest."""
    highest = max((value["high"] or 0 for value in values), default=0)
    steps = max(1, ceil(highest / _STEP))
    axis = {"format": ".0%", "values": [_STEP * step for step in range(steps + 1)]}
    scale = {"domain": [0, _STEP * steps], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _dots(place: dict[str, Any], size: int) -> dict[str, Any]:
    """Each share as a dot; `size` is its area in pixels."""
    mark = {"type": "point", "filled": True, "color": "var(--line)", "opacity": 1, "size": size}
    return {"mark": mark, "encoding": place}


def _last(place: dict[str, Any]) -> dict[str, Any]:
    """The last share as a larger dot."""
    dot = _dots(place, 130)
    dot["mark"] |= {"stroke": "var(--paper)", "strokeWidth": 2}
    return {"transform": [{"filter": "datum.last"}], **dot}


def _written(place: dict[str, Any], beside: dict[str, Any]) -> list[dict[str, Any]]:
    """Each share in words, clear of the lines behind it."""
    encoding = place | {"text": {"field": "told"}}
    clear = {"stroke": "var(--paper)", "strokeWidth": 4, "strokeJoin": "round"}
    return [
        {"mark": {"type": "text", **beside, **look}, "encoding": encoding} for look in (clear, {})
    ]


def _mean(mean: Proportion | None, values: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    if mean is None:
        return None
    return {
        "data": {"values": [{"share": mean.share}]},
        "mark": {"type": "rule", "color": "var(--muted)", "strokeDash": [2, 4], "strokeWidth": 1.5},
        "encoding": {"x": None, "y": _share("share", values)},
    }


def _drawn(values: list[dict[str, Any]], layered: dict[str, Any], width: int, height: int) -> str:
    import vl_convert  # noqa: PLC0415 - large, and few commands draw

    spec = {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 0, "top": 4, "right": 6, "bottom": 3},
        "config": _CONFIG,
        "data": {"values": values},
        **layered,
    }
    return _NEEDLESS.sub("", vl_convert.vegalite_to_svg(spec)).replace(
        "<svg", '<svg aria-hidden="true"'
    )
