"""Which line stands under which: headings by level, lists by indentation, mark and number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_words import holds_any, is_one_of

MAX_DEPTH = 8  # deeper lines stay on this level
MAX_TITLE = 160  # characters; a title that long does not run on over the next line
LABEL_LEVEL = 7  # a label such as "Agenda:" ranks below every heading

_SENIORITY = {Mark.ROW: 0, Mark.NUMBER: 1, Mark.TIMED: 2, Mark.BULLET: 3}
_WRAPPED = (Mark.NUMBER, Mark.BULLET, Mark.TIMED)
_RUNS_ON = re.compile(r"[,(/&–-]$")


@dataclass(eq=False)  # two lines may say the same and still be two
class Node:
    """A line and everything below it, in order; plain lines are nodes without children."""

    line: Line
    children: list[Node] = field(default_factory=list)

    @property
    def points(self) -> list[Node]:
        """The children that are more than running text."""
        return [child for child in self.children if child.line.marked]

    @property
    def headings(self) -> list[Node]:
        """The headings directly below."""
        return [child for child in self.children if child.line.mark is Mark.HEADING]

    def walk(self) -> Iterator[Node]:
        """Everything below, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.walk()


def build(lines: list[Line]) -> Node:
    """The whole text as one tree under an empty line."""
    root = Node(Line(""))
    path = [root]
    for line in lines:
        _climb(path, line)
        node = Node(line)
        path[-1].children.append(node)
        if line.marked and len(path) <= MAX_DEPTH + LABEL_LEVEL:
            path.append(node)
    return root


def _climb(path: list[Node], line: Line) -> None:
    """Leave every line that this one does not belong under."""
    if line.mark is Mark.HEADING:
        _climb_headings(path, line)
    elif line.marked:
        _climb_lists(path, line)


def _climb_headings(path: list[Node], line: Line) -> None:
    while len(path) > 1 and not _heads(path[-1].line, line):
        path.pop()


def _heads(above: Line, line: Line) -> bool:
    """Whether a heading stands under another: by its number, else by its level."""
    if above.mark is not Mark.HEADING:
        return False
    beside = above.level == line.level
    return above.level < line.level or (beside and _number_extends(above, line))


def _number_extends(above: Line, line: Line) -> bool:
    if not above.number or not line.number:
        return False
    shorter, longer = above.number.path, line.number.path
    return len(shorter) < len(longer) and longer[: len(shorter)] == shorter


def _climb_lists(path: list[Node], line: Line) -> None:
    if _opens_below(path[-1].line, line):
        return
    open_lists = [i for i, node in enumerate(path) if i and node.line.mark is not Mark.HEADING]
    follows = [place for place in open_lists if _follows(path[place].line, line)]
    if not follows and open_lists and _drifts(path[open_lists[-1]].line, line):
        follows = open_lists[-1:]
    for place in follows[-1:] or open_lists:
        if follows or _beside(path[place].line, line):
            del path[place:]
            return
    while _is_further_in(path[-1].line, line):
        path.pop()


def _is_further_in(old: Line, line: Line) -> bool:
    """Whether a list stands further from the margin; a bullet belongs to the number above it."""
    if old.mark is Mark.NUMBER and line.mark is Mark.BULLET:
        return False
    return old.mark in _SENIORITY and line.indent < old.indent


def _beside(old: Line, line: Line) -> bool:
    """Whether a line is the next in the list that `old` is in, or in one as high."""
    if line.indent > old.indent or _number_extends(old, line):
        return False
    rows = old.mark is line.mark is Mark.ROW and not (old.number and line.number)
    senior = _SENIORITY[line.mark] < _SENIORITY[old.mark]
    return rows or senior or _scheme(old) == _scheme(line)


def _follows(old: Line, line: Line) -> bool:
    """Whether a number comes right behind another one, as far from the margin."""
    if old.indent != line.indent or not old.number or not line.number:
        return False
    return line.number.path == (*old.number.path[:-1], old.number.path[-1] + 1)


def _drifts(old: Line, line: Line) -> bool:
    """Whether a number comes right behind the last one, further from the margin by mistake."""
    return line.indent > old.indent and _follows(old, replace(line, indent=old.indent))


def _opens_below(old: Line, line: Line) -> bool:
    """Whether a small first letter stands below a figure, wherever the margin is."""
    if not old.number or not line.number or line.number.path != (1,):
        return False
    return old.number.scheme == "arabic" and line.number.scheme in ("letter", "roman")


def _scheme(line: Line) -> tuple[Mark, str, int]:
    number = line.number
    if number is None:
        return line.mark, line.bullet, 0
    return line.mark, number.scheme, len(number.path)


def join_wrapped(lines: list[Line], vocabulary: Vocabulary) -> list[Line]:
    """Titles that run on over the next line made whole."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and _runs_on(last, line, vocabulary):
            joined[-1] = _wrapped(last, line, vocabulary)
        else:
            joined.append(line)
    return joined


def _wrapped(title: Line, line: Line, vocabulary: Vocabulary) -> Line:
    """Both as one line; a word broken off with a hyphen made whole."""
    broken = re.search(r"\w-$", title.body) and line.body[:1].islower()
    if broken and not is_one_of(line.body.split()[0], vocabulary.and_words):
        return replace(title, body=title.body[:-1] + line.body, text=title.text[:-1] + line.text)
    return replace(title, body=f"{title.body} {line.body}", text=f"{title.text} {line.text}")


def _runs_on(title: Line, line: Line, vocabulary: Vocabulary) -> bool:
    if title.mark not in _WRAPPED or line.mark is not Mark.PLAIN or line.gap or line.strong:
        return False
    if len(title.body) > MAX_TITLE or title.body[-1:] in ("", *".:?!"):
        return False
    open_end = bool(_RUNS_ON.search(title.body)) or holds_any(
        title.body.split()[-1], vocabulary.stop_words
    )
    return open_end or line.body[:1].islower()
