"""Which lines of a text are the items: what it announces, or else the likeliest lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from bot.domain.meeting import title_key
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_bare import bare_text, usual_text, with_below
from bot.readers.agenda_evidence import is_plausible
from bot.readers.agenda_likelihood import likelihood
from bot.readers.agenda_lines import Mark
from bot.readers.agenda_reading import Reading
from bot.readers.agenda_sections import Role
from bot.readers.agenda_structure import (
    expanded,
    items_in,
    unwrapped,
    usual_among,
    without_ends,
)
from bot.readers.agenda_tree import LABEL_LEVEL, Node
from bot.readers.agenda_words import is_one_of

MARGIN = 0.7  # how much likelier other items have to be than those that stand first
MARGIN_ANNOUNCED = 0.9  # and than those the text calls the agenda
FAR = 1.5  # an announced list that much less likely than another is none
SURE = 1.0  # likelihood of items that need no company
MANY = 3  # headings of a level that are items rather than parts of the text
LEAST = 0.3  # likelihood of items that nothing announces


def find_points(
    root: Node, vocabulary: Vocabulary, *, met: bool = False, whole: bool = True
) -> list[Node]:
    """The top-level items, in the order of the text; [] when nothing carries any.

    `met`: something outside the tree already shows that the text is about a meeting; `whole`: the
    tree holds the text but for facts of the meeting.
    """
    reading = Reading(vocabulary, met, whole)
    announced = _from_agendas(root, reading) or _from_minutes(root, reading)
    first = announced or items_in(unwrapped(root), reading)
    points = _once(_likeliest(first, _others(root, reading), reading, announced=bool(announced)))
    if len(points) == 1 and points[0].line.mark is Mark.HEADING and not announced:
        return []  # the title of the text
    sure = likelihood(points, reading) > LEAST or len(points) == 1
    if announced or (sure and (reading.met or is_plausible(root, points, vocabulary))):
        return points
    return bare_text(root, reading)


def _once(points: list[Node]) -> list[Node]:
    """The items; where most come again with their number, the second is the first one's minutes."""
    places: dict[object, int] = {}
    once: list[Node] = []
    again: list[tuple[int, Node]] = []
    for point in points:
        number = point.line.number
        key = (number.path, title_key(point.line.body)) if number else id(point)
        if key in places:
            again.append((places[key], point))
        else:
            places[key] = len(once)
            once.append(point)
    if 3 * len(again) < 2 * len(once):  # two days may both begin with coffee
        return points
    for place, point in again:
        once[place] = with_below(once[place], *point.children)
    return once


def _likeliest(
    first: list[Node], others: Iterator[list[Node]], reading: Reading, *, announced: bool
) -> list[Node]:
    """The likeliest items; the first to be found unless others are clearly likelier."""
    best, base = first, likelihood(first, reading)
    most = max(base, 0) + MARGIN_ANNOUNCED if announced else base + MARGIN
    known = set(map(id, first))
    for points in others:
        found = likelihood(points, reading)
        wider = known < set(map(id, points)) and base < SURE and _adds_usual(first, points, reading)
        if found > most or (wider and best is first):
            best, most = points, max(most, found)
    return best


def _adds_usual(first: Sequence[Node], points: Sequence[Node], reading: Reading) -> bool:
    """Whether what `points` have more holds titles every agenda has."""
    known = {id(point) for point in first}
    before = takewhile(lambda point: reading.role(point) is not Role.TRAILER, points)
    more = [point for point in before if id(point) not in known]
    return usual_among(more, reading) > 0


def _others(root: Node, reading: Reading) -> Iterator[list[Node]]:
    """What else could be the items: those below any line, and the headings of any level."""
    for node in (root, *root.walk()):
        if len(node.children) > 1 and reading.role(node) not in (Role.HEADER, Role.TRAILER):
            yield items_in(node, reading)
            yield usual_text(node, reading)
    yield _timed(root)
    headings = [node for node in root.walk() if node.line.mark is Mark.HEADING]
    for level in sorted({node.line.level for node in headings}):
        same = [node for node in headings if node.line.level == level]
        yield [point for node in without_ends(same, reading) for point in expanded(node, reading)]


def _timed(node: Node) -> list[Node]:
    """The lines with a time, wherever they stand, without those below one another."""
    found = [[child] if child.line.slot else _timed(child) for child in node.children]
    return [point for points in found for point in points]


def _from_agendas(root: Node, reading: Reading) -> list[Node]:
    """The items of every section that calls itself the agenda."""
    sections: list[list[Node]] = []
    for parent, place in _agendas(root, reading):
        section = parent.children[place]
        found = items_in(section, reading, announced=True)
        if found:
            behind = _behind(parent, place, found, reading)
            sections.append([*found, *behind])
    told = [likelihood(points, reading) for points in sections]
    return [
        point
        for points, likely in zip(sections, told, strict=True)
        if likely > max(told) - FAR
        for point in points
    ]


def _agendas(node: Node, reading: Reading) -> Iterator[tuple[Node, int]]:
    """Every node that calls itself the agenda, by its parent and its place there."""
    levels = Counter(heading.line.level for heading in node.headings)
    for place, child in enumerate(node.children):
        role = reading.role(child)
        if (
            not child.children
            or role is Role.TRAILER
            or (role is Role.HEADER and not child.headings)
        ):
            continue
        if role is Role.AGENDA:
            yield node, place
        elif levels[child.line.level] < MANY or not _holds_labels(child):
            yield from _agendas(child, reading)


def _holds_labels(heading: Node) -> bool:
    """Whether a heading has no others below it than labels: "Main points:" of an item."""
    levels = {below.line.level for below in heading.headings}
    return heading.line.level < LABEL_LEVEL and levels == {LABEL_LEVEL}


def _from_minutes(root: Node, reading: Reading) -> list[Node]:
    """The numbered lines or headings below a heading that says no more than minutes."""
    words = reading.vocabulary.minutes_titles
    for node in root.walk():
        counts = any(n.line.number or n.line.mark is Mark.HEADING for n in node.points)
        if node.line.mark is Mark.HEADING and counts and is_one_of(node.line.body, words):
            return items_in(node, reading)
    return []


def _behind(parent: Node, place: int, found: list[Node], reading: Reading) -> list[Node]:
    """Headings behind the agenda that go on with it rather than being its minutes."""
    later: list[Node] = []
    for node in islice(parent.children, place + 1, None):
        if reading.role(node) is Role.AGENDA:
            return []
        if node.line.mark is Mark.HEADING and not _taken_in(node, found):
            later.append(node)
    return _going_on(without_ends(later, reading), found, reading)


def _taken_in(heading: Node, found: list[Node]) -> bool:
    """Whether a heading repeats an item; then what minutes say below it belongs to the item."""
    key = title_key(heading.line.body)
    for place, node in enumerate(found):
        if key and f"{title_key(node.line.body)} ".startswith(f"{key} "):
            found[place] = with_below(node, *heading.children)
            return True
    return False


def _going_on(later: Sequence[Node], found: Sequence[Node], reading: Reading) -> list[Node]:
    """Those headings that are no minutes of what was found: beside headings all, else bare ones."""
    by_headings = all(node.line.mark is Mark.HEADING for node in found)
    bare = [node for node in later if not node.children]
    usual = usual_among(bare, reading) > 0
    return [
        point
        for node in later
        if by_headings or (usual and not node.children)
        for point in expanded(node, reading)
    ]
