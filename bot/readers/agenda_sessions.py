"""Which session every item stands in: a day, a part of the day, a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.domain.meeting import title_key
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_details import plain_text
from bot.readers.agenda_lines import Line
from bot.readers.agenda_sections import Role, role_of
from bot.readers.agenda_tree import Node
from bot.readers.agenda_words import holds_any


def sessions_of(root: Node, points: Sequence[Node], vocabulary: Vocabulary) -> list[str | None]:
    """For every point the heading of its session as printed, those of a session in one together.

    A group is always one; another heading only beside others with points below them.
    """
    wanted = {id(point.line) for point in points}
    above = dict(_above(root, (), wanted))
    places = [above.get(id(point.line), ()) for point in points]
    beside = _beside(places)
    return [
        " · ".join(
            plain_text(line.body)
            for level, line in enumerate(place)
            if _is_session(line, beside[place[:level]], vocabulary)
        )
        or None
        for place in places
    ]


def _above(
    node: Node, place: tuple[Line, ...], wanted: set[int]
) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """(point, the lines it stands below), from the outermost on."""
    for child in node.children:
        if id(child.line) in wanted:
            yield id(child.line), place
        elif child.children:
            yield from _above(child, (*place, child.line), wanted)


def _beside(places: Sequence[tuple[Line, ...]]) -> dict[tuple[Line, ...], set[str]]:
    """By place: the keys of what stands there with points below it; "" for points themselves."""
    found: dict[tuple[Line, ...], set[str]] = defaultdict(set)
    for place in places:
        for level, line in enumerate(place):
            found[place[:level]].add(title_key(line.body))
        found[place].add("")
    return found


def _is_session(line: Line, beside: set[str], vocabulary: Vocabulary) -> bool:
    role = role_of(line, vocabulary)
    if role is Role.AGENDA:
        return len(beside - {""}) > 1
    named = role is Role.SESSION and holds_any(line.body, vocabulary.session_words)
    return role is Role.GROUP or named or len(beside) > 1
