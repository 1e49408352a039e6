"""The parts of a page of figures: a chart, what it shows in words, and the table behind it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from bot.domain.proportion import Proportion
from bot.wording import charts, plain
from bot.wording.charts import Point
from bot.wording.digest_outline import MEASURES, Outline, proportion
from bot.wording.digest_sentences import NONE, percent
from bot.wording.texts import Texts

_FULL = {"wide": (696, 170), "narrow": (328, 180)}  # pixels; CSS knows which one is shown
_HALF = {"half": (328, 145)}
_ROW = 34


def measured(shown: Outline, name: str, customer: str, texts: Texts) -> str:
    """How a measure moved; nothing where it is known of no period.

    The chart begins with the first period of which it is known. The table of a channel's own
    figures has all; over several, what is not shown before that may be small or be nothing yet.
    """
    points = [
        Point(texts.short_period(step.period), proportion(step.released, name))
        for step in shown.trend
    ]
    known = list(dropwhile(lambda point: not (point.seen and point.seen.of), points))
    if not known:
        return ""
    mean = shown.before if name == "by_itself" else None
    sizes = _FULL if name == "by_itself" else _HALF
    labelled = [Point(_label(point), point.seen) for point in known]
    drawn = {size: charts.trend(labelled, mean, *area) for size, area in sizes.items()}
    first = [texts.say("page.reading")] if name == "by_itself" else []
    caption = " ".join([*first, *_reading(known, mean, texts)])
    columns = [texts.say(f"page.{column}") for column in ("period", "share", "margin", "count")]
    listed = points if shown.inside else known
    rows = [[point.label, *_row(point.seen, texts)] for point in listed]
    figure, table = _figure(drawn, _told(known, texts), caption), _table(name, columns, rows, texts)
    return section(name, customer, figure + table, texts)


def levels(shown: Outline, customer: str, texts: Texts) -> str:
    """How often they came up by themselves at each level; the table has the other measures."""
    names = [texts.say(f"digest.level_{level}") for level in shown.levels]
    every = list(shown.levels.values())
    points = [Point(name, each.by_itself) for name, each in zip(names, every, strict=True)]
    if not any(point.seen for point in points):
        return ""
    rows = [
        [texts.say(f"page.{it}"), *(_counted(proportion(each, it), texts) for each in every)]
        for it in MEASURES
    ]
    figure = _figure(_rows_drawn(points, texts), _told(points, texts), "")
    table = _table("levels", ["", *names], rows, texts)
    return section("levels", customer, figure + table, texts)


def _rows_drawn(points: Sequence[Point], texts: Texts) -> dict[str, str]:
    """A row for each point, with its counts below its name."""
    counts = ("".join(_row(point.seen, texts)[2:]) or NONE for point in points)
    named = [
        Point(f"{point.label}\n{count}", point.seen)
        for point, count in zip(points, counts, strict=True)
    ]
    small = texts.say("digest.too_small")
    return {size: charts.rows(named, small, area[0], _ROW) for size, area in _FULL.items()}


def section(name: str, customer: str, inside: str, texts: Texts) -> str:
    """A part of the page with its heading and a sentence about what is counted."""
    about = texts.say(f"page.{name}_about", customer=customer)
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">'
        f'{escaped(texts.say(f"page.{name}"))}</h2>\n<p class="about">{escaped(about)}</p>\n'
        f"{inside}</section>\n"
    )


def escaped(words: str) -> str:
    """Words as HTML shows them, without what nobody sees."""
    return html.escape(plain.printable(words))


def _label(point: Point) -> str:
    """Week / 48 / 31: the period, and below it the number that its share is of."""
    number = str(point.seen.of) if point.seen and point.seen.of else NONE
    return "\n".join([*point.label.split(" ", 1), number])


def _told(points: Sequence[Point], texts: Texts) -> str:
    """Week 47 41%, week 48 45%: what a chart shows, for who does not see it."""
    return ", ".join(f"{point.label} {_share(point.seen, texts)}" for point in points)


def _share(seen: Proportion | None, texts: Texts) -> str:
    return percent(seen) if seen and seen.of else _none(seen, texts)


def _none(seen: Proportion | None, texts: Texts) -> str:
    """Why there is no share."""
    return texts.say("page.nothing" if seen else "digest.too_small")


def _counted(seen: Proportion | None, texts: Texts) -> str:
    """45% (14/31)"""
    return f"{percent(seen)} ({seen.count}/{seen.of})" if seen and seen.of else _none(seen, texts)


def _row(seen: Proportion | None, texts: Texts) -> list[str]:
    """45%, 29–62%, 14 of 31; or in one cell why not."""
    if not (seen and seen.interval):
        return [_none(seen, texts)]
    low, high = (round(100 * bound) for bound in seen.interval)
    counted = texts.say("page.count_of", n=seen.count, of=seen.of)
    return [percent(seen), f"{low}–{high}%", counted]


def _reading(points: Sequence[Point], mean: Proportion | None, texts: Texts) -> Iterator[str]:
    """How a chart is to be read: what is dotted, what is missing."""
    if mean:
        yield texts.say("page.mean", share=percent(mean))
    missing = (point.seen for point in points if not (point.seen and point.seen.of))
    for why in sorted({_none(seen, texts) for seen in missing}):
        yield f"{NONE}: {why}."


def _figure(drawn: Mapping[str, str], told: str, caption: str) -> str:
    """A chart in its sizes, of which one is shown: who does not see it hears it once."""
    images = "".join(
        f'<div class="drawn {size}" role="img" aria-label="{escaped(told)}">{svg}</div>\n'
        for size, svg in drawn.items()
    )
    below = f"<figcaption>{escaped(caption)}</figcaption>\n" if caption else ""
    return f"<figure>\n{images}{below}</figure>\n"


def _table(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], texts: Texts) -> str:
    head = "".join(
        f'<th scope="col">{escaped(column)}</th>' if column else "<td></td>" for column in columns
    )
    body = "".join(
        f'<tr><th scope="row">{escaped(first)}</th>{_cells(cells, len(columns) - 1)}</tr>\n'
        for first, *cells in rows
    )
    summary = texts.say("page.as_table", what=texts.say(f"page.{name}"))
    return (
        f"<details>\n<summary>{escaped(summary)}</summary>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</details>\n"
    )


def _cells(cells: Sequence[str], columns: int) -> str:
    """A row's cells; one by itself is as wide as all."""
    wide = f' colspan="{columns}"' if len(cells) < columns else ""
    return "".join(f"<td{wide}>{escaped(cell)}</td>" for cell in cells)
