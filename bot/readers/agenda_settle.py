"""Marks that only count in company: letters in sequence, bare figures, emoji, counts in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.readers.agenda_lines import EMOJI, Line, Mark
from bot.readers.agenda_numbers import Number

MAX_WORDS = 12  # behind a bare figure; more are a sentence
MIN_ADORNED = 3  # so many lines with an emoji in front are a list


def settle_marks(lines: list[Line]) -> list[Line]:
    """Letters, romans and bare figures only count in sequence, emoji only in company."""
    lines = _settle_letters(lines)
    counted = {n.path[0] for line in lines if (n := line.number) and n.scheme == "arabic"}
    sections = {n.path[0] for line in lines if (n := line.number) and n.scheme == "section"}
    adorned = sum(line.bullet == EMOJI for line in lines)
    lines = [_settle_bare(line, counted) for line in lines]
    lines = [_settle_section(line, sections) for line in lines]
    return nest_restarts(lines if adorned >= MIN_ADORNED else list(map(_unadorned, lines)))


def _unadorned(line: Line) -> Line:
    """A line whose only mark is an emoji, as plain text."""
    plain = line.bullet == EMOJI and line.mark is Mark.BULLET
    return replace(line, mark=Mark.PLAIN, bullet="") if plain else line


def _settle_section(line: Line, sections: set[int]) -> Line:
    """ "B2" numbers a line only where an A has items too."""
    number = line.number
    single = number and number.scheme == "section" and 1 not in sections
    return _unnumbered(line) if single else line


def nest_restarts(lines: Sequence[Line]) -> list[Line]:
    """A count from 1 inside a list that goes on afterwards is indented below its item."""
    settled = list(lines)
    for first, last in _restarts(lines):
        settled[first:last] = map(_indented, settled[first:last])
    return settled


def _restarts(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """From where to where a count inside another list stands."""
    outer = inner = begin = 0  # the number each list expects next, 0 for none; where inner began
    for place, line in enumerate(lines):
        value = _count(line)
        if line.mark is Mark.HEADING:
            outer = inner = 0
        elif value == 0:
            continue
        elif value == outer and (value != inner or line.gap):
            if inner:
                yield begin, place
            outer, inner = value + 1, 0
        elif value == 1 and outer > 1 and not inner:
            inner, begin = 2, place
        elif value == inner:
            inner += 1
        else:
            outer, inner = value + 1, 0


def _count(line: Line) -> int:
    """The plain number at the margin that a line has; 0 for none."""
    number = line.number
    counts = number and number.scheme == "arabic" and line.mark is Mark.NUMBER and not line.indent
    return number.path[0] if number and counts else 0


def _indented(line: Line) -> Line:
    return replace(line, indent=line.indent + 3)


def _settle_letters(lines: list[Line]) -> list[Line]:
    """ "i." is a roman number unless it follows "h."; "C." alone is an initial, not a number."""
    last: dict[str, int] = {}
    return [_settle_letter(line, last) for line in lines]


def _settle_letter(line: Line, last: dict[str, int]) -> Line:
    number = line.number
    if number is None or number.scheme.lower() not in ("roman", "letter"):
        return line
    number = _in_sequence(number, last)
    if number is None:
        return _unnumbered(line)
    last[number.scheme] = number.path[-1]
    return replace(line, number=number)


def _in_sequence(number: Number, last: dict[str, int]) -> Number | None:
    """The number in the scheme that it continues or starts; None where it does neither."""
    upper = number.printed.isupper()
    if len(number.printed) == 1:
        value = ord(number.printed.lower()) - 96
        letter = "Letter" if upper else "letter"
        if value == 1 or value == last.get(letter, -9) + 1:
            return Number(number.printed, (value,), letter)
    roman = "Roman" if upper else "roman"
    if number.scheme == roman and number.path[0] in (1, last.get(roman, -9) + 1):
        return number
    return None


def _settle_bare(line: Line, counted: set[int]) -> Line:
    number = line.number
    if number is None or not number.weak:
        return line
    value = number.path[0]
    short = len(line.body.split()) <= MAX_WORDS
    follows = (value == 1 and 2 in counted) or (value > 1 and value - 1 in counted and 1 in counted)
    return line if short and follows else _unnumbered(line)


def _unnumbered(line: Line) -> Line:
    """The line as if its number were words."""
    mark = Mark.PLAIN if line.mark is Mark.NUMBER else line.mark
    mark = Mark.BULLET if line.bullet and mark is Mark.PLAIN else mark
    return replace(line, body=line.front + line.body, number=None, front="", mark=mark)
