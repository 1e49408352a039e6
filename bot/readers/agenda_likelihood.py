"""How likely it is that some lines of a text are the items of its agenda."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import partial

from bot.readers.agenda_details import lead_and_rest
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_reading import Reading
from bot.readers.agenda_sections import Role, is_outcome
from bot.readers.agenda_tree import Node

USUAL = 1.5  # what a title tells that every agenda has
NOTHING = -9.0  # less likely than any lines
MIN_POINTS = 2
ALONE = 1.0  # one line alone is hardly an agenda
FEW = 0.3  # unless it has a number
COUNTING = 0.4  # more likely when the lines count up
ENOUGH = 6  # items; more make a reading no likelier


def likelihood(points: Sequence[Node], reading: Reading) -> float:
    """How likely these lines are the items of an agenda: what each tells, by the root of many."""
    told = _told(points, reading)
    if not points:
        return NOTHING
    if len(points) < MIN_POINTS:
        return told - (FEW if points[0].line.number else ALONE)
    counting = COUNTING if _counts(points) else 0
    return told / len(points) * math.sqrt(min(len(points), ENOUGH)) + counting


def _counts(points: Sequence[Node]) -> bool:
    """Whether the lines are numbered, each one further than the last."""
    paths = [point.line.number.path for point in points if point.line.number]
    return len(paths) == len(points) > MIN_POINTS and paths == [
        (*paths[0][:-1], number) for number in range(paths[0][-1], paths[0][-1] + len(paths))
    ]


def _told(points: Sequence[Node], reading: Reading) -> float:
    """What the points tell together; usual titles that only differ in figures tell it once."""
    told = {
        id(point): reading.once("telling", point.line, partial(_telling, point.line, reading))
        for point in points
    }
    usual = {_bare(point): point for point in points if told[id(point)] >= USUAL}
    return sum(
        value
        for point in points
        if (value := told[id(point)]) < USUAL or usual[_bare(point)] is point
    )


def _bare(point: Node) -> str:
    return re.sub(r"[\d\W]+", " ", point.line.body).casefold()


def _telling(line: Line, reading: Reading) -> float:
    """From -1, surely no item, to 1.5: a title every agenda has."""
    if line.mark is not Mark.HEADING and (
        is_outcome(line.body, reading.vocabulary) or reading.names_person(line)
    ):
        return -1
    if reading.said(line) in (Role.HEADER, Role.TRAILER, Role.AGENDA):
        return -0.5
    if reading.is_usual(line):
        return USUAL
    title = lead_and_rest(line, reading.vocabulary)[0] if line.number else line.body
    words = len(title.split())
    if words > 20 or (line.body.endswith(".") and words > 6):
        return 0 if line.number else -0.5
    set_off = line.mark in (Mark.HEADING, Mark.ROW)
    return 0.3 + 0.3 * bool(line.number or line.slot) + 0.2 * set_off
