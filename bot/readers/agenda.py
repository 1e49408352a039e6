"""Reading an agenda: text (plain, Markdown or HTML) to the domain's `Agenda`; never raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.domain.kind import kind_of
from bot.domain.meeting import Agenda, AgendaItem, SubItem
from bot.domain.topic import topic_names
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_clock import with_times
from bot.readers.agenda_details import read_title, without_markup
from bot.readers.agenda_header import language_of, read_header
from bot.readers.agenda_headings import with_headings
from bot.readers.agenda_layout import unfold
from bot.readers.agenda_lines import Line, Mark, without_marks
from bot.readers.agenda_other import left_over
from bot.readers.agenda_points import find_points
from bot.readers.agenda_prose import announced_points
from bot.readers.agenda_sections import Fact, Role, role_of, set_aside
from bot.readers.agenda_sessions import sessions_of
from bot.readers.agenda_tables import read_all
from bot.readers.agenda_text import clean_lines
from bot.readers.agenda_tree import Node, build, join_wrapped
from bot.readers.agenda_words import label_of


def read_agenda(text: str, vocabulary: Vocabulary, today: date | None = None) -> Agenda:
    """The agenda in a text; `items` is empty when it holds none.

    `today` gives days without a year theirs; without it such days are left out.
    """
    front, raw = clean_lines(text)
    own = [Line(line.strip().replace('"', ""), text=line.strip()) for line in front]
    body = join_wrapped(read_all(unfold(raw), vocabulary), vocabulary)
    lines = [replace(line, place=place) for place, line in enumerate([*own, *body])]
    kept, facts, whole = set_aside(lines[len(own) :], vocabulary)
    kept = with_headings(with_times(kept, vocabulary), vocabulary)
    told = [Fact(*label) for line in own if (label := label_of(line.body))]
    root = build(kept)
    nodes = find_points(root, vocabulary, met=bool(facts), whole=whole) or [
        Node(line) for line in announced_points(kept, vocabulary)
    ]
    items = read_items(nodes, sessions_of(root, nodes, vocabulary), vocabulary)
    header = read_header([*told, *facts], _head(kept, nodes), vocabulary, today)
    agenda = Agenda(
        title=header.title,
        day=header.day,
        time=header.time or (items[0].starts_at if items else None),
        place=header.place,
        language=language_of("\n".join(raw), vocabulary),
        items=items,
    )
    return replace(agenda, other=left_over(lines, nodes, agenda, vocabulary, today))


def _head(lines: Sequence[Line], nodes: Sequence[Node]) -> list[Line]:
    """The lines above the first item."""
    first = nodes[0].line if nodes else None
    end = next((i for i, line in enumerate(lines) if line is first), len(lines))
    return list(lines[:end])


def read_items(
    nodes: Sequence[Node], sessions: Sequence[str | None], vocabulary: Vocabulary
) -> tuple[AgendaItem, ...]:
    """The items the nodes stand for, in their order."""
    together = zip(nodes, _positions(nodes), sessions, strict=True)
    return tuple(_item(node, spot, session, vocabulary) for node, spot, session in together)


def _positions(nodes: Sequence[Node]) -> list[str]:
    """As printed where the numbers count up, else counted."""
    numbers = [node.line.number for node in nodes]
    printed = [number.printed for number in numbers if number]
    paths = [number.path for number in numbers if number]
    sensible = len(paths) == len(nodes) and all(a < b for a, b in pairwise(paths))
    return printed if sensible else [str(place) for place in range(1, len(nodes) + 1)]


def _item(node: Node, position: str, session: str | None, vocabulary: Vocabulary) -> AgendaItem:
    title = read_title(node.line, vocabulary)
    subs = _sub_nodes(node, vocabulary)
    return AgendaItem(
        position=position, title=title.text, kind=kind_of(title.text, vocabulary),
        presenter=title.presenter, minutes=title.length,
        topics=topic_names(title.text, vocabulary),
        detail=_detail(title.rest, node, subs), sub_items=_subs(subs, position, vocabulary),
        session=session, starts_at=title.starts_at,
    )  # fmt: skip


def _subs(nodes: Sequence[Node], parent: str, vocabulary: Vocabulary) -> tuple[SubItem, ...]:
    positions = _sub_positions(nodes, parent)
    return tuple(_sub(node, spot, vocabulary) for node, spot in zip(nodes, positions, strict=True))


def _sub_positions(nodes: Sequence[Node], parent: str) -> list[str]:
    """As printed where the numbers are full ones ("3.1", "3a"), else the parent's with a letter."""
    numbers = [node.line.number for node in nodes]
    full = [number.printed for number in numbers if number and len(number.path) > 1]
    if len(set(full)) == len(nodes):
        return full
    return [parent + _letters(place) for place in range(len(nodes))]


def _letters(place: int) -> str:
    """a … z, aa, ab …"""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("a") + last)


def _sub(node: Node, position: str, vocabulary: Vocabulary) -> SubItem:
    title = read_title(node.line, vocabulary)
    subs = _sub_nodes(node, vocabulary)
    return SubItem(
        position=position, title=title.text, presenter=title.presenter, minutes=title.length,
        detail=_detail(title.rest, node, subs), sub_items=_subs(subs, position, vocabulary),
        starts_at=title.starts_at,
    )  # fmt: skip


def _sub_nodes(node: Node, vocabulary: Vocabulary) -> list[Node]:
    """The lines below a point that are points themselves; below a heading with notes, none."""
    listed = [child for child in node.children if _is_point(child, vocabulary)]
    if node.line.mark is Mark.HEADING:
        return node.headings or (listed if len(listed) == len(node.children) else [])
    return listed


def _is_point(node: Node, vocabulary: Vocabulary) -> bool:
    """Whether a line below a point is one too, rather than an outcome or a note."""
    return node.line.marked and role_of(node.line, vocabulary) is not Role.OUTCOME


def _detail(rest: str, node: Node, subs: Sequence[Node]) -> str | None:
    """Everything below a point that is no sub-item, a line each."""
    told = [rest] if rest else []
    apart = {id(sub) for sub in subs}
    for child in node.children:
        if id(child) not in apart:
            told += [without_marks(node.line.text) for node in (child, *child.walk())]
    return without_markup("\n".join(told)) or None
