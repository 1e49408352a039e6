"""Whether a text that nowhere says agenda is one all the same."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import date_pattern
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_sections import Role, is_greeting, role_of
from bot.readers.agenda_times import find_slots
from bot.readers.agenda_tree import Node
from bot.readers.agenda_words import fact_labels, is_one_of, label_of, speaks_of_meeting

MIN_POINTS = 2  # with any other business behind them, more than so many are an agenda
MAX_BARE = 100  # characters of an item that no mark sets off


def is_plausible(root: Node, points: Sequence[Node], vocabulary: Vocabulary) -> bool:
    """Something usual among the items, times, a word about meetings, or nothing but items."""
    lines = [node.line for node in root.walk()]
    usual = [kind_of(point.line.body, vocabulary) is Kind.PROCEDURAL for point in points]
    greeted = any(is_greeting(line, vocabulary) for line in lines)
    if sum(usual) > greeted or _ends_as_usual(points, vocabulary):
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


def _ends_as_usual(points: Sequence[Node], vocabulary: Vocabulary) -> bool:
    """Whether any other business, or the like, comes behind at least two items."""
    words = vocabulary.decisive_phrases
    return len(points) > MIN_POINTS and is_one_of(points[-1].line.body, words)


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
