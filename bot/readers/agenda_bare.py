"""Items that nothing marks: short lines below each other."""

from __future__ import annotations

from collections.abc import Sequence

from bot.readers.agenda_evidence import reads_like_title
from bot.readers.agenda_lines import Line
from bot.readers.agenda_reading import Reading
from bot.readers.agenda_tree import Node
from bot.readers.agenda_words import speaks_of_meeting

MIN_BARE = 3  # unmarked lines that may be items


def bare_lines(node: Node, reading: Reading) -> list[Node]:
    """Unmarked lines below an agenda's heading, as far as they read like titles."""
    points: list[Node] = []
    margin = node.children[0].line.indent if node.children else 0
    for child in node.children:
        line = child.line
        if line.indent > margin + 1 and points:
            points[-1] = with_below(points[-1], child)
        elif reads_like_title(line, reading.vocabulary):
            points.append(Node(line))
        elif points and not line.gap:
            points[-1] = with_below(points[-1], child)
        else:
            break
    return points if len(points) > 1 else []


def bare_text(root: Node, reading: Reading) -> list[Node]:
    """A text of nothing but short lines, from its first usual one on or below its title."""
    lines = [child.line for child in root.children]
    if any(line.marked for line in lines):
        return []
    lone = len(lines) == 1 and reading.met  # with facts around it: the meeting's title
    bare = reading.whole and not lone and all(reading.is_bare_title(line) for line in lines)
    below = [Node(line) for line in lines[_below_title(lines, reading) :]] if bare else []
    return usual_text(root, reading) or below


def usual_text(node: Node, reading: Reading) -> list[Node]:
    """Unmarked lines from the first that every agenda has on, where there are more of those."""
    lines = [child.line for child in node.children]
    titles = sum(reads_like_title(line, reading.vocabulary) for line in lines)
    usual = [place for place, line in enumerate(lines) if reading.is_usual(line)]
    if len(usual) < 2 or titles < MIN_BARE or any(line.marked for line in lines):
        return []
    return bare_lines(Node(node.line, node.children[usual[0] :]), reading)


def _below_title(lines: Sequence[Line], reading: Reading) -> int:
    """Where the items begin: behind a first line that speaks of a meeting or stands apart."""
    if not lines or speaks_of_meeting(lines[0].body, reading.vocabulary):
        return 1
    return int(len(lines) > 2 and lines[1].gap and not any(line.gap for line in lines[2:]))


def with_below(point: Node, *below: Node) -> Node:
    """The point with more below it; a new one, for it may be read in other ways too."""
    return Node(point.line, [*point.children, *below])
