"""Which lines are the items: the section, list, table or row of headings that carries them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind, title_key
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import date_pattern
from bot.readers.agenda_evidence import is_plausible, likelihood, reads_like_title
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_people import lists_people
from bot.readers.agenda_sections import Role, role_of
from bot.readers.agenda_tree import Node
from bot.readers.agenda_words import is_one_of, speaks_of_meeting, starts_with_any

MARGIN = 0.7  # how much likelier other items have to be than those that stand first
MARGIN_ANNOUNCED = 0.9  # and than those the text calls the agenda
FAR = 1.5  # an announced list that much less likely than another is none
SURE = 1.0  # likelihood of items that need no company
LEAST = 0.3  # likelihood of items that nothing announces
MIN_BARE = 3  # unmarked lines that may be items
MAX_BARE = 60  # characters of a line that is an item in a text without any marks
STRONGEST_FIRST = (Mark.ROW, Mark.NUMBER, Mark.TIMED, Mark.BULLET)


@dataclass(frozen=True)
class Reading:
    """What the structure is read with; `met`: the text is known to be about a meeting."""

    vocabulary: Vocabulary
    met: bool
    whole: bool

    def role(self, node: Node) -> Role:
        """What a node is for; a group without anything to group is a point."""
        role = role_of(node.line, self.vocabulary)
        if role is Role.AGENDA and node.line.mark is Mark.HEADING:
            return role
        if role in (Role.POINT, Role.SESSION) and self._is_byline(node):
            return Role.HEADER
        if role is Role.AGENDA and node.line.mark is Mark.NUMBER:
            says = is_one_of(node.line.body, self.vocabulary.agenda_titles)
            return role if says else Role.POINT
        if role in (Role.GROUP, Role.SESSION) and node.line.mark is Mark.NUMBER:
            return role if _numbers_below(node) else Role.POINT
        grouping = role in (Role.GROUP, Role.SESSION, Role.AGENDA)
        return Role.POINT if grouping and not node.points else role

    def _is_byline(self, node: Node) -> bool:
        """A heading that says when, by whom or that these are the minutes, and heads no list."""
        if node.line.mark is not Mark.HEADING or node.line.number or node.line.slot:
            return False
        body = node.line.body
        if is_one_of(body, self.vocabulary.minutes_titles):
            return True
        dated = not date_pattern(self.vocabulary).sub("", body).strip(" :,.")
        person = len(body.split()) < 3 and lists_people([body], self.vocabulary)
        return (dated or person) and not node.points

    def is_usual(self, line: Line) -> bool:
        """Whether a line is what every agenda has."""
        return kind_of(line.body, self.vocabulary) is Kind.PROCEDURAL

    def is_bare_title(self, line: Line) -> bool:
        """Whether a line can only be a title: short, no sentence, no closing, no date."""
        words = self.vocabulary
        told = line.body[-1:] in ".!?,:;" or starts_with_any(line.body, words.closings)
        short = len(line.body) <= MAX_BARE and "://" not in line.body
        return short and not told and reads_like_title(line, words)


def _numbers_below(node: Node) -> bool:
    """Whether a lettered line ("A.") has numbered ones below it."""
    number = node.line.number
    lettered = number is not None and number.scheme == "Letter"
    return lettered and any(child.line.number for child in node.points)


def find_points(
    root: Node, vocabulary: Vocabulary, *, met: bool = False, whole: bool = True
) -> list[Node]:
    """The top-level items, in the order of the text; [] when nothing carries any.

    `met`: something outside the tree already shows that the text is about a meeting; `whole`: the
    tree holds the text but for facts of the meeting.
    """
    reading = Reading(vocabulary, met, whole)
    announced = _from_agendas(root, reading) or _from_minutes(root, reading)
    first = announced or _items_in(_unwrapped(root), reading)
    margin = MARGIN_ANNOUNCED if announced else MARGIN
    points = _likeliest(first, _others(root, reading), margin, reading)
    if len(points) == 1 and points[0].line.mark is Mark.HEADING and not announced:
        return []  # the title of the text
    sure = announced or likelihood(points, vocabulary) > LEAST or len(points) == 1
    if announced or (sure and (reading.met or is_plausible(root, points, vocabulary))):
        return points
    return _bare_text(root, reading)


def _likeliest(
    first: list[Node], others: Iterator[list[Node]], margin: float, reading: Reading
) -> list[Node]:
    """The likeliest items; the first to be found unless others are clearly likelier."""
    best, base = first, likelihood(first, reading.vocabulary)
    most = base + margin
    known = set(map(id, first))
    for points in others:
        found = likelihood(points, reading.vocabulary)
        wider = known < set(map(id, points)) and base < SURE and _adds_usual(first, points, reading)
        if found > most or (wider and best is first):
            best, most = points, max(most, found)
    return best


def _adds_usual(first: Sequence[Node], points: Sequence[Node], reading: Reading) -> bool:
    """Whether what `points` have more holds titles every agenda has, and none of `first` again."""
    known = {id(point) for point in first}
    more = [point for point in points if id(point) not in known]
    keys = {title_key(point.line.body) for point in first}
    again = any(title_key(point.line.body) in keys for point in more)
    return not again and _usual(more, reading) > 0


def _timed(node: Node) -> list[Node]:
    """The lines with a time, wherever they stand, without those below one another."""
    found = [[child] if child.line.slot else _timed(child) for child in node.children]
    return [point for points in found for point in points]


def _others(root: Node, reading: Reading) -> Iterator[list[Node]]:
    """What else could be the items: those below any line, and the headings of any level."""
    for node in (root, *root.walk()):
        if len(node.children) > 1 and reading.role(node) not in (Role.HEADER, Role.TRAILER):
            yield _items_in(node, reading)
            yield _usual_text(node, reading)
    yield _timed(root)
    headings = [node for node in root.walk() if node.line.mark is Mark.HEADING]
    for level in sorted({node.line.level for node in headings}):
        same = [node for node in headings if node.line.level == level]
        yield [point for node in _without_ends(same, reading) for point in _expanded(node, reading)]


def _from_agendas(root: Node, reading: Reading) -> list[Node]:
    """The items of every section that calls itself the agenda."""
    sections: list[list[Node]] = []
    for parent, place in _agendas(root, reading):
        section = parent.children[place]
        found = _items_in(section, reading, announced=True)
        if found:
            behind = _behind(parent, place, found, reading)
            sections.append([*found, *behind])
    told = [likelihood(points, reading.vocabulary) for points in sections]
    return [
        point
        for points, likely in zip(sections, told, strict=True)
        if likely > max(told) - FAR
        for point in points
    ]


def _from_minutes(root: Node, reading: Reading) -> list[Node]:
    """The numbered lines or headings below a heading that says no more than minutes."""
    words = reading.vocabulary.minutes_titles
    for node in root.walk():
        counts = any(n.line.number or n.line.mark is Mark.HEADING for n in node.points)
        if node.line.mark is Mark.HEADING and counts and is_one_of(node.line.body, words):
            return _items_in(node, reading)
    return []


def _agendas(node: Node, reading: Reading) -> Iterator[tuple[Node, int]]:
    for place, child in enumerate(node.children):
        role = reading.role(child)
        if not child.children or role in (Role.HEADER, Role.TRAILER):
            continue
        if role is Role.AGENDA:
            yield node, place
        else:
            yield from _agendas(child, reading)


def _behind(parent: Node, place: int, found: list[Node], reading: Reading) -> list[Node]:
    """Headings behind the agenda that go on with it rather than being its minutes."""
    if parent.children[place].line.mark is not Mark.HEADING:
        return []
    later: list[Node] = []
    for node in islice(parent.children, place + 1, None):
        if reading.role(node) is Role.AGENDA:
            return []
        if node.line.mark is Mark.HEADING and not _taken_in(node, found):
            later.append(node)
    return _going_on(_without_ends(later, reading), found, reading)


def _taken_in(heading: Node, found: list[Node]) -> bool:
    """Whether a heading repeats an item; then what minutes say below it belongs to the item."""
    key = title_key(heading.line.body)
    for place, node in enumerate(found):
        if key and f"{title_key(node.line.body)} ".startswith(f"{key} "):
            found[place] = _with_below(node, *heading.children)
            return True
    return False


def _going_on(later: Sequence[Node], found: Sequence[Node], reading: Reading) -> list[Node]:
    """Those headings that are no minutes of what was found: beside headings all, else bare ones."""
    by_headings = all(node.line.mark is Mark.HEADING for node in found)
    return [
        point
        for node in later
        if (by_headings or not node.children or _is_group(node, reading))
        for point in _expanded(node, reading)
    ]


def _is_group(node: Node, reading: Reading) -> bool:
    return reading.role(node) in (Role.GROUP, Role.SESSION)


def _unwrapped(root: Node) -> Node:
    """The node below the title: a lone heading is only that."""
    node = root
    while True:
        headings = node.headings
        listed = [child for child in node.children if _in_list(child)]
        if len(headings) != 1 or not headings[0].children or _leads(listed, headings[0]):
            return node
        node = headings[0]


def _leads(listed: Sequence[Node], heading: Node) -> bool:
    """Whether a list beside the only heading is as strong as what stands below it."""
    ranks = [
        STRONGEST_FIRST.index(child.line.mark) for child in heading.children if _in_list(child)
    ]
    return any(STRONGEST_FIRST.index(child.line.mark) <= min(ranks, default=9) for child in listed)


def _in_list(node: Node) -> bool:
    return node.line.mark in STRONGEST_FIRST


def _items_in(node: Node, reading: Reading, *, announced: bool = False) -> list[Node]:
    """The items among a node's children; `announced` when the node calls itself the agenda."""
    announced = announced or _says_agenda(node, reading)
    headings = _point_headings(node, reading)
    groups = [heading for heading in headings if _is_group(heading, reading)]
    leading = _leading_list(node, announced or bool(groups), reading)
    if leading and (groups or len(headings) < 2 or _beats(leading, headings, reading)):
        return _flattened(leading, reading) + [
            point for node in groups for point in _group_points(node, reading)
        ]
    if headings:
        return _by_headings(headings, reading)
    return _bare_lines(node, reading) if announced else []


def _beats(listed: Sequence[Node], headings: Sequence[Node], reading: Reading) -> bool:
    """Whether a list above headings is the agenda: they share titles, or it has the usual ones."""
    keys = {title_key(node.line.body) for node in headings}
    shared = sum(title_key(node.line.body) in keys for node in listed)
    return 2 * shared >= len(listed) or _usual(listed, reading) > _usual(headings, reading)


def _usual(nodes: Sequence[Node], reading: Reading) -> int:
    """How many of the titles every agenda has."""
    return sum(kind_of(n.line.body, reading.vocabulary) is Kind.PROCEDURAL for n in nodes)


def _leading_list(node: Node, announced: bool, reading: Reading) -> list[Node]:
    """The list that carries most: rows before numbers before times before bullets; no people."""
    if announced and not any(child.line.mark is Mark.ROW for child in node.children):
        lines = [child for child in node.children if _in_list(child)]
        return [] if _are_people(lines, reading) else lines
    lists = [_listed(node, mark, announced, reading) for mark in STRONGEST_FIRST]
    return max(lists, key=lambda listed: likelihood(listed, reading.vocabulary))


def _listed(node: Node, mark: Mark, announced: bool, reading: Reading) -> list[Node]:
    """A node's lines with a mark, if they are a list and not one of people."""
    lines = [child for child in node.children if child.line.mark is mark]
    lines = [child for child in lines if any(map(str.isalpha, child.line.body))]
    if _are_people(lines, reading):
        return []
    many = len(lines) > 1 or (lines and (announced or _is_list_of_one(lines[0], node)))
    return lines if many else []


def _are_people(nodes: Sequence[Node], reading: Reading) -> bool:
    """Whether these lines are names, with nothing said below them."""
    said = 2 * sum(bool(node.children) for node in nodes) > len(nodes)
    return not said and lists_people([node.line.body for node in nodes], reading.vocabulary)


def _says_agenda(node: Node, reading: Reading) -> bool:
    """Whether an unmarked line among the children calls what follows the agenda."""
    return any(role_of(child.line, reading.vocabulary) is Role.AGENDA for child in node.children)


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
        outcome = reading.role(node) is Role.OUTCOME and not (boxes and node.line.done)
        if points and outcome and not node.line.number:
            points[-1] = _with_below(points[-1], node)
        else:
            points += _expanded(node, reading)
    return points


def _with_below(point: Node, *below: Node) -> Node:
    """The point with more below it; a new one, for it may be read in other ways too."""
    return Node(point.line, [*point.children, *below])


def _expanded(node: Node, reading: Reading) -> list[Node]:
    """A point itself; for a group or a session the points in it; nothing for "Agenda:"."""
    if not node.points and is_one_of(node.line.body, reading.vocabulary.agenda_titles):
        return []
    if reading.role(node) in (Role.GROUP, Role.SESSION, Role.AGENDA):
        return _group_points(node, reading)
    return [node]


def _group_points(node: Node, reading: Reading) -> list[Node]:
    return _items_in(node, reading, announced=True) or [node]


def _point_headings(node: Node, reading: Reading) -> list[Node]:
    return _without_ends(node.headings, reading)


def _without_ends(headings: Sequence[Node], reading: Reading) -> list[Node]:
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
    return [point for node in headings for point in _expanded(node, reading)]


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
            _without_ends(node.headings, reading)
            if (beside and node.line.level < deepest and node.headings) or node in opened
            else [node]
        )
    ]


def _only_headings(node: Node) -> bool:
    return bool(node.children) and len(node.headings) == len(node.children)


def _mostly_groups(headings: Sequence[Node], reading: Reading) -> bool:
    """Whether over half of the headings with a list below them are known to group."""
    listing = [node for node in headings if node.points]
    groups = sum(_is_group(node, reading) for node in listing)
    return groups * 2 > len(listing) and all(_only_lists(node) for node in listing)


def _only_lists(node: Node) -> bool:
    return all(_in_list(child) for child in node.children)


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


def _bare_lines(node: Node, reading: Reading) -> list[Node]:
    """Unmarked lines below an agenda's heading, as far as they read like titles."""
    points: list[Node] = []
    margin = node.children[0].line.indent if node.children else 0
    for child in node.children:
        line = child.line
        if line.indent > margin + 1 and points:
            points[-1] = _with_below(points[-1], child)
        elif reads_like_title(line, reading.vocabulary):
            points.append(Node(line))
        elif points and not line.gap:
            points[-1] = _with_below(points[-1], child)
        else:
            break
    return points if len(points) > 1 else []


def _bare_text(root: Node, reading: Reading) -> list[Node]:
    """A text of nothing but short lines, from its first usual one on or below its title."""
    lines = [child.line for child in root.children]
    if any(line.marked for line in lines):
        return []
    bare = reading.whole and all(reading.is_bare_title(line) for line in lines)
    below = [Node(line) for line in lines[_below_title(lines, reading) :]] if bare else []
    return _usual_text(root, reading) or below


def _usual_text(node: Node, reading: Reading) -> list[Node]:
    """Unmarked lines from the first that every agenda has on, where there are more of those."""
    lines = [child.line for child in node.children]
    titles = sum(reads_like_title(line, reading.vocabulary) for line in lines)
    usual = [place for place, line in enumerate(lines) if reading.is_usual(line)]
    if len(usual) < 2 or titles < MIN_BARE or any(line.marked for line in lines):
        return []
    return _bare_lines(Node(node.line, node.children[usual[0] :]), reading)


def _below_title(lines: Sequence[Line], reading: Reading) -> int:
    """Where the items begin: behind a first line that speaks of a meeting or stands apart."""
    if not lines or speaks_of_meeting(lines[0].body, reading.vocabulary):
        return 1
    return int(len(lines) > 2 and lines[1].gap and not any(line.gap for line in lines[2:]))
