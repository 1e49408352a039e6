"""What kind of line each line is: heading, numbered, bullet, timed, table row, plain or blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.domain.vocabulary import Vocabulary, Words
from bot.readers.agenda_dates import date_pattern
from bot.readers.agenda_html import ASIDE
from bot.readers.agenda_numbers import Number, read_number
from bot.readers.agenda_times import Slot, alternatives, leading_slot
from bot.readers.agenda_words import is_one_of

EMOJI = "emoji"  # the bullet of a line that an emoji opens
MAX_MARKED = 4000  # characters of a line in which its marks are looked for
MAX_NUMBER = 60  # characters in which a number in front ends


class Mark(StrEnum):
    """How a line presents itself."""

    BLANK = "blank"
    HEADING = "heading"
    NUMBER = "number"
    BULLET = "bullet"
    TIMED = "timed"
    ROW = "row"
    PLAIN = "plain"
    ASIDE = "aside"  # beside the text: a menu, the head of a table


@dataclass(frozen=True)
class Line:
    """One line: `body` is what it says without its mark, `text` the whole; `indent` in columns.

    `place` in the text, in lines. `level`: of a heading, 1–6. `gap`: a blank line stands before
    it. `strong`: wholly in bold. `done`: whether its box is ticked, None without a box. `bullet`:
    which sign it has.
    `front`: the number as it stood before the body.
    `presenter` and `minutes`: only of a table row that has cells for them.
    """

    body: str
    mark: Mark = Mark.PLAIN
    text: str = ""
    indent: int = 0
    level: int = 0
    number: Number | None = None
    front: str = ""
    slot: Slot | None = None
    gap: bool = False
    strong: bool = False
    done: bool | None = None
    bullet: str = ""
    presenter: str | None = None
    minutes: int | None = None
    place: int = -1

    @property
    def marked(self) -> bool:
        """Whether anything sets the line off from running text."""
        return self.mark not in (Mark.PLAIN, Mark.BLANK, Mark.ASIDE)


_STARS = re.compile(r"\*{2,5}\s+(?=\S)")
_RULE = re.compile(r"[-_=*~·•#+ ]{3,}$")
_HASHES = re.compile(r"(#{1,6})(?:\s+|(?=[^\s#\d!/]))(.*?)[\s#]*$")
_WIKI = re.compile(r"(={1,6})\s+(\S.*?)\s*=*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+)\1\s*:?\s*$")
_BULLET = re.compile(
    r"([-*+•‣◦▪▫■□●○·»➢➤►▶→⁃∙–—]|\uf0b7|\uf0a7|o(?=\s))\s+(?=\S)|[-•●▪·–](?=[^\W\d_])"
)
_BOX = re.compile(r"\[([ xXvV✓✔-]?)\]\s+|([☐☑☒✅✔✓])\ufe0f?\s*")
_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]|:[a-z][a-z0-9_+-]*:)+\\s*"
)


def read_lines(raw: Sequence[str], vocabulary: Vocabulary) -> list[Line]:
    """The lines without the blank ones; what followed a blank says so in `gap`."""
    lines: list[Line] = []
    gap = False
    for text in raw:
        stripped = text.strip()
        if _underlines(stripped, gap, lines):
            level = 1 if stripped[0] == "=" else 2
            lines[-1] = replace(lines[-1], mark=Mark.HEADING, level=level)
            continue
        if not stripped or _RULE.match(stripped):
            gap = True
            continue
        lines.append(replace(read_line(text, vocabulary), gap=gap))
        gap = False
    return lines


def _underlines(stripped: str, gap: bool, lines: list[Line]) -> bool:
    """Whether this is the underline that makes the line above it a heading."""
    if gap or not lines or len(stripped) < 3 or set(stripped) not in ({"="}, {"-"}):
        return False
    above = lines[-1]
    return above.mark is Mark.PLAIN and (len(lines) == 1 or above.gap)


def read_line(text: str, vocabulary: Vocabulary) -> Line:
    """One line by itself, whatever stands around it."""
    if text[:1] == ASIDE:
        return Line("", Mark.ASIDE, text[1:])
    body = text.strip()
    indent = len(text) - len(text.lstrip())
    if len(body) > MAX_MARKED:
        cut = len(body[:MAX_MARKED].rstrip())
        head = read_line(text[:indent] + body[:cut], vocabulary)
        return replace(head, body=head.body + body[cut:], text=body)
    if heading := _HASHES.match(body) or _WIKI.match(body):
        return _inside(Line(heading[2], Mark.HEADING, body, indent, len(heading[1])), vocabulary)
    if stars := _STARS.match(body):  # wikis nest by repeating the sign
        body, indent = body[stars.end() - 2 :], indent + 2 * stars.end()
    return _inside(Line(body, text=body, indent=indent), vocabulary)


def _inside(line: Line, vocabulary: Vocabulary) -> Line:
    """The line with bold, bullet, box, number and time taken off its front, in that order."""
    for peel in (_peel_strong, _peel_bullet, _peel_box, _peel_strong, _peel_emoji):
        line = peel(line)
    line = _peel_time(line, vocabulary) if not line.slot else line
    line = _peel_number(line, vocabulary)
    return _peel_time(line, vocabulary) if not line.slot else line


def without_marks(text: str) -> str:
    """A line without its hashes, bullet and box; a number stays."""
    heading = _HASHES.match(text[:MAX_MARKED])
    text = text[heading.start(2) :] if heading else text
    bullet = _BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    box = _BOX.match(text)
    return text[box.end() :] if box else text


def _peel_strong(line: Line) -> Line:
    strong = _STRONG.match(line.body)
    return replace(line, body=strong[2].strip(), strong=True) if strong else line


def _marked(line: Line, mark: Mark) -> Mark:
    return line.mark if line.mark in (Mark.HEADING, Mark.ROW) else mark


def _peel_bullet(line: Line) -> Line:
    match = _BULLET.match(line.body)
    if not match:
        return line
    sign = match[0].strip()
    kind = "-" if sign in "-*+–—" else sign
    return replace(
        line, body=line.body[match.end() :], mark=_marked(line, Mark.BULLET), bullet=kind
    )


def _peel_box(line: Line) -> Line:
    match = _BOX.match(line.body)
    if not match:
        return line
    done = (match[1] or match[2] or " ") not in " -☐"
    mark = _marked(line, Mark.BULLET)
    return replace(line, body=line.body[match.end() :], mark=mark, done=done, bullet="-")


def _peel_emoji(line: Line) -> Line:
    match = _EMOJI.match(line.body)
    if not match or match.end() == len(line.body):
        return line
    mark = line.mark if line.marked else Mark.BULLET
    return replace(line, body=line.body[match.end() :], mark=mark, bullet=line.bullet or EMOJI)


def _peel_time(line: Line, vocabulary: Vocabulary) -> Line:
    span = leading_slot(line.body, vocabulary)
    if span is None:
        return line
    rest = line.body[span.end :].lstrip(" )]:|-–—−*_~\t.,;")
    if not rest:
        return line
    mark = line.mark if line.marked else Mark.TIMED
    return replace(line, body=rest, mark=mark, slot=span.slot)


def _peel_number(line: Line, vocabulary: Vocabulary) -> Line:
    body = line.body
    word = _item_word(vocabulary).match(body)
    start = word.end() if word else 0
    number, end = read_number(body[start : start + MAX_NUMBER])
    rest = body[start + end :].lstrip(" :-–—|\t")
    if number is None or not rest or is_one_of(rest, _hours(vocabulary)):
        return line  # "11.30 uur" is a time
    if date_pattern(vocabulary).match(body, start):
        return line
    front = body[: len(body) - len(rest)]
    return replace(line, body=rest, mark=_marked(line, Mark.NUMBER), number=number, front=front)


@lru_cache(maxsize=8)
def _hours(vocabulary: Vocabulary) -> Words:
    return (*vocabulary.hour_words, *vocabulary.half_days)


@lru_cache(maxsize=8)
def _item_word(vocabulary: Vocabulary) -> re.Pattern[str]:
    """ "Punt 3:", "Agendapunt 3 –", "Item #3"; also a bold mark in front of the number."""
    words = alternatives(vocabulary.item_words)
    return re.compile(rf"(?:\*\*|__)?(?:(?:{words})\.?\s?#?(?=\d))?", re.IGNORECASE)
