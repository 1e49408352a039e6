"""Whether a text that nowhere says agenda is one all the same."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import date_pattern
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_people import lists_people
from bot.readers.agenda_sections import Role, is_greeting, is_outcome, role_of
from bot.readers.agenda_times import find_slots
from bot.readers.agenda_tree import Node
from bot.readers.agenda_words import fact_labels, is_one_of, label_of, speaks_of_meeting

USUAL = 1.5  # what a title tells that every agenda has
NOTHING = -9.0  # less likely than any lines
MIN_POINTS = 2
ALONE = 1.0  # one line alone is hardly an agenda
FEW = 0.3  # unless it has a number
COUNTING = 0.4  # more likely when the lines count up
ENOUGH = 6  # items; more make a reading no likelier
MAX_BARE = 100  # characters of an item that no mark sets off


def likelihood(points: Sequence[Node], vocabulary: Vocabulary) -> float:
    """How likely these lines are the items of an agenda: what each tells, by the root of many."""
    told = _told(points, vocabulary)
    if not points:
        return NOTHING
    if len(points) < MIN_POINTS:
        return told - (FEW if points[0].line.number else ALONE)
    counting = COUNTING if _counts(points) else 0
    return told / len(points) * math.sqrt(min(len(points), ENOUGH)) + counting


def _counts(points: Sequence[Node]) -> bool:
    """Whether the lines are numbered from 1, each one further than the last."""
    paths = [point.line.number.path for point in points if point.line.number]
    return len(paths) == len(points) > MIN_POINTS and paths == [
        (*paths[0][:-1], number) for number in range(1, len(paths) + 1)
    ]


def _told(points: Sequence[Node], vocabulary: Vocabulary) -> float:
    """What the points tell together; usual titles that only differ in figures tell it once."""
    told = {id(point): _telling(point, vocabulary) for point in points}
    usual = {_bare(point): point for point in points if told[id(point)] >= USUAL}
    return sum(
        value
        for point in points
        if (value := told[id(point)]) < USUAL or usual[_bare(point)] is point
    )


def _bare(point: Node) -> str:
    return re.sub(r"[\d\W]+", " ", point.line.body).casefold()


def _telling(point: Node, vocabulary: Vocabulary) -> float:
    """From -1, surely no item, to 1.5: a title every agenda has."""
    line = point.line
    if line.mark is not Mark.HEADING and (
        is_outcome(line.body, vocabulary) or lists_people([line.body], vocabulary)
    ):
        return -1
    if role_of(line, vocabulary) in (Role.HEADER, Role.TRAILER, Role.AGENDA):
        return -0.5
    if kind_of(line.body, vocabulary) is Kind.PROCEDURAL:
        return USUAL
    words = len(line.body.split())
    if words > 20 or (line.body.endswith(".") and words > 6):
        return 0 if line.number else -0.5
    set_off = line.mark in (Mark.HEADING, Mark.ROW)
    return 0.3 + 0.3 * bool(line.number or line.slot) + 0.2 * set_off


def is_plausible(root: Node, points: Sequence[Node], vocabulary: Vocabulary) -> bool:
    """Something usual among the items, times, a word about meetings, or nothing but items."""
    lines = [node.line for node in root.walk()]
    usual = sum(kind_of(p.line.body, vocabulary) is Kind.PROCEDURAL for p in points)
    if usual > any(is_greeting(line, vocabulary) for line in lines):
        return True
    if any(p.line.slot for p in points) or any(
        speaks_of_meeting(n.body, vocabulary) for n in lines
    ):
        return True
    if any(role_of(heading.line, vocabulary) is Role.HEADER for heading in root.headings):
        return True
    return (
        bool(points)
        and points[0].line.mark is not Mark.HEADING
        and _is_list(lines, points, vocabulary)
    )


def _is_list(lines: Sequence[Line], points: Sequence[Node], vocabulary: Vocabulary) -> bool:
    """Whether the text is a list below a title, with numbers or a day and little else around."""
    first = next(place for place, line in enumerate(lines) if line is points[0].line)
    head = [line for line in lines[:first] if not line.marked]
    if not all(reads_like_title(line, vocabulary) for line in head):
        return False
    numbered = len(points) > 1 and all(point.line.number for point in points)
    dated = any(_is_dated(line.body, vocabulary) for line in lines[:first])
    alone = all(line.marked or not line.gap for line in lines[first:])
    return (numbered and dated) or (alone and (numbered or dated or len(head) < 2))


def _is_dated(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a day or a time stands in the text."""
    dated = date_pattern(vocabulary).search(text[:MAX_BARE])
    return bool(dated) or any(span.sure for span in find_slots(text[:MAX_BARE], vocabulary))


def reads_like_title(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether an unmarked line could be a title rather than a sentence."""
    body = line.body
    if len(body) > MAX_BARE or is_greeting(line, vocabulary) or not any(map(str.isalpha, body)):
        return False
    label = label_of(body)
    if label and is_one_of(label[0], fact_labels(vocabulary)):
        return False
    return body[-1] not in ".,!" or len(body.split()) <= 3
