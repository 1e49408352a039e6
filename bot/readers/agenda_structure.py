"""The items below a line: the list or the row of headings that carries them, groups opened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.meeting import title_key
from bot.readers.agenda_bare import bare_lines, with_below
from bot.readers.agenda_likelihood import likelihood
from bot.readers.agenda_lines import Mark
from bot.readers.agenda_reading import Reading
from bot.readers.agenda_sections import Role, names_file
from bot.readers.agenda_tree import Node
from bot.readers.agenda_words import is_one_of

STRONGEST_FIRST = (Mark.ROW, Mark.NUMBER, Mark.TIMED, Mark.BULLET)


def unwrapped(root: Node) -> Node:
    """The node below the title: a lone heading is only that."""
    node = root
    while True:
        headings = node.headings
        if len(headings) != 1 or not headings[0].children:
            return node
        node = headings[0]


def items_in(node: Node, reading: Reading, *, announced: bool = False) -> list[Node]:
    """The items among a node's children; `announced` when the node calls itself the agenda."""
    announced = announced or _says_agenda(node, reading)
    headings = _point_headings(node, reading)
    groups = [heading for heading in headings if is_group(heading, reading)]
    leading = _leading_list(node, announced or bool(groups), reading)
    if leading and (groups or len(headings) < 2 or _beats(leading, headings, reading)):
        return _flattened(leading, reading) + [
            point for node in groups for point in _group_points(node, reading)
        ]
    if headings:
        return _by_headings(headings, reading)
    return bare_lines(node, reading) if announced else []


def _leading_list(node: Node, announced: bool, reading: Reading) -> list[Node]:
    """The list that carries most: rows before numbers before times before bullets; no people."""
    if announced and not any(child.line.mark is Mark.ROW for child in node.children):
        lines = [child for child in node.children if in_list(child)]
        return [] if _are_people(lines, reading) else lines
    lists = [_listed(node, mark, announced, reading) for mark in STRONGEST_FIRST]
    return max(lists, key=lambda listed: likelihood(listed, reading))


def _listed(node: Node, mark: Mark, announced: bool, reading: Reading) -> list[Node]:
    """A node's lines with a mark, if they are a list and not one of people."""
    lines = [child for child in node.children if child.line.mark is mark]
    lines = [child for child in lines if any(map(str.isalpha, child.line.body))]
    if _are_people(lines, reading):
        return []
    many = len(lines) > 1 or (lines and (announced or _is_list_of_one(lines[0], node)))
    return lines if many else []


def _beats(listed: Sequence[Node], headings: Sequence[Node], reading: Reading) -> bool:
    """Whether a list above headings is the agenda: they share titles, or it has the usual ones."""
    keys = {title_key(node.line.body) for node in headings}
    shared = sum(title_key(node.line.body) in keys for node in listed)
    return 2 * shared >= len(listed) or usual_among(listed, reading) > usual_among(
        headings, reading
    )


def usual_among(nodes: Sequence[Node], reading: Reading) -> int:
    """How many of the titles every agenda has."""
    return sum(reading.is_usual(node.line) for node in nodes)


def _are_people(nodes: Sequence[Node], reading: Reading) -> bool:
    """Whether these lines are names."""
    return reading.are_people([node.line for node in nodes])


def _says_agenda(node: Node, reading: Reading) -> bool:
    """Whether an unmarked line among the children calls what follows the agenda."""
    return any(reading.said(child.line) is Role.AGENDA for child in node.children)


def _is_list_of_one(line: Node, parent: Node) -> bool:
    """Whether a single line is a list of one: numbered as its first, or all there is."""
    number = line.line.number
    return len(parent.children) == 1 or (number is not None and number.path == (1,))


def _flattened(nodes: Sequence[Node], reading: Reading) -> list[Node]:
    """List lines with groups opened and outcomes moved below the item they belong to."""
    if _counts_on(nodes):
        return [point for node in nodes for point in _group_points(node, reading)]
    points: list[Node] = []
    boxes = 2 * sum(node.line.done is not None for node in nodes) > len(nodes)
    for node in nodes:
        outcome = reading.role(node) is Role.OUTCOME and not boxes
        if points and outcome and (not node.line.number or names_file(node.line.body)):
            points[-1] = with_below(points[-1], node)
        else:
            points += expanded(node, reading)
    return points


def expanded(node: Node, reading: Reading) -> list[Node]:
    """A point itself; for a group or a session the points in it; nothing for "Agenda:"."""
    if not node.points and is_one_of(node.line.body, reading.vocabulary.agenda_titles):
        return []
    if reading.role(node) in (Role.GROUP, Role.SESSION, Role.AGENDA):
        return _group_points(node, reading)
    return [node]


def _group_points(node: Node, reading: Reading) -> list[Node]:
    return items_in(node, reading, announced=True) or [node]


def is_group(node: Node, reading: Reading) -> bool:
    """Whether a node only holds items together."""
    return reading.role(node) in (Role.GROUP, Role.SESSION)


def in_list(node: Node) -> bool:
    """Whether a node is a line of some list."""
    return node.line.mark in STRONGEST_FIRST


def _point_headings(node: Node, reading: Reading) -> list[Node]:
    return without_ends(node.headings, reading)


def without_ends(headings: Sequence[Node], reading: Reading) -> list[Node]:
    """Headings without facts of the meeting, and without what only comes behind the items."""
    points = [node for node in headings if not _is_beside(node, reading)]
    while points and reading.role(points[-1]) is Role.TRAILER:
        points.pop()
    return points


def _is_beside(node: Node, reading: Reading) -> bool:
    """A heading over facts of the meeting or people, or an agenda that lists nothing."""
    role = reading.role(node)
    if role is Role.HEADER or (role is Role.AGENDA and not node.points):
        return True
    return _are_people(node.points, reading)


def _by_headings(headings: Sequence[Node], reading: Reading) -> list[Node]:
    """The headings themselves; the points below those that group, or below all when most do."""
    headings = _levelled(headings, reading)
    if _counts_on(headings) or _mostly_groups(headings, reading):
        return [point for node in headings for point in _group_points(node, reading)]
    if sum(node.line.number is not None for node in headings) > 1:
        first = next(i for i, node in enumerate(headings) if node.line.number)
        headings = headings[first:]
    return [point for node in headings for point in expanded(node, reading)]


def _levelled(headings: Sequence[Node], reading: Reading) -> list[Node]:
    """The headings, those opened that only hold others while most of their neighbours do.

    Where deeper headings stand beside higher ones, the deeper are the level of the items.
    """
    deepest = max((node.line.level for node in headings), default=0)
    opened = [n for n in headings if _only_headings(n) and len(n.headings) > 1]
    beside = any(node.line.level < deepest for node in headings)
    if not beside and 2 * len(opened) < len(headings):
        return list(headings)
    return [
        below
        for node in headings
        for below in (
            without_ends(node.headings, reading)
            if (beside and node.line.level < deepest and node.headings) or node in opened
            else [node]
        )
    ]


def _only_headings(node: Node) -> bool:
    return bool(node.children) and len(node.headings) == len(node.children)


def _mostly_groups(headings: Sequence[Node], reading: Reading) -> bool:
    """Whether over half of the headings with a list below them are known to group."""
    listing = [node for node in headings if node.points]
    groups = sum(is_group(node, reading) for node in listing)
    return groups * 2 > len(listing)


def _counts_on(nodes: Sequence[Node]) -> bool:
    """Whether the numbers below go on from one node to the next: then the nodes are groups."""
    runs = [_figures(node) for node in nodes]
    runs = [run for run in runs if run]
    if len(runs) < 2:
        return False
    return all(after[0] == before[-1] + 1 for before, after in pairwise(runs))


def _figures(node: Node) -> list[int]:
    return [
        number.path[0]
        for child in node.points
        if (number := child.line.number) and number.scheme == "arabic"
    ]
