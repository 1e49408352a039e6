"""What a line is for: the agenda's heading, a group, a fact of the meeting, an outcome, a point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import date_pattern
from bot.readers.agenda_details import plain_text
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_tree import LABEL_LEVEL
from bot.readers.agenda_words import (
    fact_labels,
    holds_any,
    is_one_of,
    label_of,
    names_section,
    starts_with_any,
    without,
)

NEAR = 4  # lines around one of a conference block in which its link or number stands
MAX_CELL = 40  # lines of a cell
MAX_ANNOUNCEMENT = 200  # characters of a sentence that announces the list below it

_PHONE = re.compile(r"[+(]?[\d ()+.#,*-]{8,}|\+\d[\d ()+.#,*-]{7,}\D*")
_LINK = re.compile(r"<?https?://\S+>?")
_CONTACT = re.compile(r"https?://|www\.|\S@\S|(?:\d[ ()-]?){6}")
_FILE = re.compile(
    r"\w\.(?:pdf|docx?|xlsx?|pptx?|od[tsp])(?:\s*\(?[\d.,]* ?[KkMm]B\)?)?$", re.IGNORECASE
)
_PAGE = re.compile(r"[-–—]\s*\d{1,3}\s*[-–—]|(?:[Pp]agina|[Pp]age)\s\d+(?:\s\w{2,3}\s\d+)?")
_COUNT = re.compile(r"\(\d+\)|\b\d+\b")


class Role(StrEnum):
    """What a heading or line is for."""

    AGENDA = "agenda"
    GROUP = "group"
    SESSION = "session"
    HEADER = "header"
    TRAILER = "trailer"
    OUTCOME = "outcome"
    POINT = "point"


@dataclass(frozen=True)
class Fact:
    """A fact of the meeting as it stood before and after its colon."""

    label: str
    value: str


def role_of(line: Line, vocabulary: Vocabulary) -> Role:
    """What the line is for, by its own words."""
    if line.mark is Mark.HEADING:
        return _heading_role(line, vocabulary)
    if _is_agenda_title(line.body, vocabulary):
        return Role.AGENDA
    if line.done or is_outcome(line.body, vocabulary):
        return Role.OUTCOME
    if names_section(line.body.rstrip(":"), vocabulary.group_titles, vocabulary):
        return Role.GROUP
    return Role.SESSION if _is_session(line, vocabulary) else Role.POINT


def _heading_role(line: Line, vocabulary: Vocabulary) -> Role:
    if _is_agenda_title(line.body, vocabulary) or _announces(line, vocabulary):
        return Role.AGENDA
    if line.number:
        return Role.POINT
    if _is_later_agenda(line.body, vocabulary):
        return Role.TRAILER
    roles = (
        (Role.TRAILER, vocabulary.trailer_titles),
        (Role.HEADER, vocabulary.header_titles),
        (Role.GROUP, vocabulary.group_titles),
    )
    title = (label_of(line.body) or (line.body,))[0]
    for role, words in roles:
        if names_section(title, words, vocabulary):
            return role
    return Role.SESSION if _is_session(line, vocabulary) else Role.POINT


def _is_agenda_title(text: str, vocabulary: Vocabulary) -> bool:
    text = plain_text(text[:MAX_ANNOUNCEMENT])
    if len(text) > 80:
        return False
    if names_section(text, vocabulary.agenda_titles, vocabulary):
        return True
    bare = date_pattern(vocabulary).sub(" ", text)
    qualifiers = (*vocabulary.agenda_qualifiers, *vocabulary.session_words)
    rest = without(bare, (*qualifiers, *vocabulary.stop_words))
    words = [word for word in rest.split() if not word.isdigit()]
    return is_one_of(" ".join(words), vocabulary.agenda_titles)


def _is_later_agenda(text: str, vocabulary: Vocabulary) -> bool:
    """ "Agenda next meeting": another time's."""
    return _is_agenda_title(without(text, vocabulary.later_words), vocabulary)


def _is_session(line: Line, vocabulary: Vocabulary) -> bool:
    """ "Dag 1", "Ochtendprogramma", "Maandag 3 maart", "Session 2 (13:00)"."""
    body = line.body.rstrip(":")
    words = body.split()
    if len(body) > 60:
        return False
    if date_pattern(vocabulary).match(body) or holds_any(
        words[0] if words else "", vocabulary.weekdays
    ):
        return True
    if not holds_any(" ".join(words[:2]), vocabulary.session_words):
        return False
    counted = any(sign.isdigit() for sign in body)
    return counted or holds_any(words[0], vocabulary.session_words)


def _announces(line: Line, vocabulary: Vocabulary) -> bool:
    """ "Op de agenda staat onder meer:" and the like."""
    body = line.body.rstrip(" *_")
    if not body.endswith(":"):
        return False
    last_sentence = re.split(r"[.!?] ", body[-2 * MAX_ANNOUNCEMENT :])[-1]
    short = len(last_sentence) <= MAX_ANNOUNCEMENT
    return short and holds_any(last_sentence, vocabulary.agenda_words)


def names_file(text: str) -> bool:
    """Whether a line is the name of a document, as pages show what belongs to an item."""
    return bool(_FILE.search(text[-60:]))


def is_outcome(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the line tells what came of an item: "Besluit: …", "Actie Jan: …"."""
    label = label_of(text)
    if label is None:
        return names_file(text)
    if is_one_of(label[0], vocabulary.outcome_labels):
        return True
    first = label[0].split()[0] if label[0] else ""
    return len(label[0].split()) <= 3 and is_one_of(first, vocabulary.outcome_labels)


def set_aside(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[list[Line], list[Fact], bool]:
    """The lines that can carry items, labels made headings; the meeting's facts; whether it is all.

    The rest is noise: buttons, telephone numbers, the block to join a video meeting, a signature.
    """
    kept: list[Line] = []
    facts: list[Fact] = []
    place, started, whole = 0, False, True
    lists = any(line.marked for line in lines)
    shown = [line for line in lines if line.mark is not Mark.ASIDE]
    lines = _with_sessions(shown, vocabulary)
    while place < len(lines):
        line = lines[place]
        fact = _fact(line, started, vocabulary)
        if _is_closing(line, vocabulary):
            place = _after_closing(lines, place, vocabulary)
        elif fact:
            end = _block_end(lines, place, bool(fact.value), vocabulary)
            facts.append(_whole(fact, lines[place + 1 : end]))
            place = end
        else:
            if _is_noise(lines, place, vocabulary, lists=lists):
                whole = False
            else:
                kept += [line] if _in_row(line, kept) else _promoted(line, vocabulary)
                started = started or _starts_items(kept, vocabulary)
            place += 1
    return kept, facts, whole


def _in_row(line: Line, kept: Sequence[Line]) -> bool:
    """Whether a line stands in a cell of the row above it."""
    near = reversed(kept[-MAX_CELL:])
    above = next((one for one in near if one.indent < line.indent), None)
    return above is not None and above.mark is Mark.ROW


def _with_sessions(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line]:
    """The lines, several that name a session right above a list made headings."""
    sessions = {
        place
        for place, (line, below) in enumerate(pairwise(lines))
        if line.mark is Mark.PLAIN and below.marked and _is_session(line, vocabulary)
    }
    if len(sessions) < 2:
        return list(lines)
    return [
        replace(line, mark=Mark.HEADING, level=LABEL_LEVEL) if place in sessions else line
        for place, line in enumerate(lines)
    ]


def _starts_items(kept: Sequence[Line], vocabulary: Vocabulary) -> bool:
    """Whether the last line opens the items; the first heading may be the title."""
    line = kept[-1] if kept else Line("", Mark.BLANK)
    if line.mark is Mark.HEADING:
        named = role_of(line, vocabulary) is Role.AGENDA
        return named or any(above.mark is Mark.HEADING for above in kept[:-1][:3])
    return line.marked


def _whole(fact: Fact, below: Sequence[Line]) -> Fact:
    return Fact(fact.label, "\n".join(filter(None, [fact.value, *(line.body for line in below)])))


def _fact(line: Line, started: bool, vocabulary: Vocabulary) -> Fact | None:
    """The fact this line states, if it states one; below the items only people still count."""
    if line.mark not in (Mark.PLAIN, Mark.BULLET) or (started and (line.marked or line.indent)):
        return None
    alone = line.gap and line.mark is Mark.PLAIN
    label = label_of(line.body) or ((line.body, "") if alone else None)
    if label is None:
        return None
    known = vocabulary.header_titles if started else fact_labels(vocabulary)
    stated = is_one_of(label[0], known)
    if stated or names_section(label[0], vocabulary.header_titles, vocabulary):
        return Fact(label[0], label[1])
    return None


def _block_end(lines: Sequence[Line], place: int, valued: bool, vocabulary: Vocabulary) -> int:
    """Where what belongs to a fact ends: its wrapped lines, or the list or names below it."""
    end = place + 1
    if end >= len(lines):
        return end
    first = lines[end]
    if first.mark is Mark.HEADING or (valued and (first.marked or first.gap)):
        return end
    while end < len(lines) and _continues_block(lines, end, first, place, vocabulary):
        if valued and not _wraps(lines[end - 1], lines[end]):
            return end
        end += 1
    usual = any(
        kind_of(line.body, vocabulary) is Kind.PROCEDURAL for line in lines[place + 1 : end]
    )
    return place + 1 if usual and first.marked else end


def _wraps(above: Line, line: Line) -> bool:
    """Whether a line goes on with the one above: further in, in the middle, or more in a row."""
    opened = above.body[-1:] in ",;&(/-" or line.body[:1].islower()
    return opened or line.indent > 0 or "," in line.body


def _continues_block(
    lines: Sequence[Line], end: int, first: Line, place: int, vocabulary: Vocabulary
) -> bool:
    line = lines[end]
    if line.mark is not first.mark and not line.indent > first.indent:
        return False
    anew = line.gap or (line.number is not None and line.number.path[-1] == 1)
    if anew and end > place + 1:
        return False
    return not _fact(line, False, vocabulary)


def _promoted(line: Line, vocabulary: Vocabulary) -> list[Line]:
    """A line that names the agenda or a group made a heading; points in the same line below it."""
    if line.mark is not Mark.PLAIN:
        return [line]
    heading = replace(line, mark=Mark.HEADING, level=LABEL_LEVEL)
    body = line.body.rstrip(" *_")
    if _announces(line, vocabulary):
        return [heading]
    label = label_of(line.body)
    if label and label[1] and _is_agenda_title(label[0], vocabulary):
        head = line.text[: len(line.text) - len(label[1])]
        return [replace(heading, body=label[0], text=head), *_listed(label[1], line)]
    named = body.endswith(":") or line.strong
    if (named or line.gap) and _is_agenda_title(body, vocabulary):
        return [heading]
    grouped = names_section(body.rstrip(":"), vocabulary.group_titles, vocabulary)
    return [heading] if grouped and named else [line]


def _listed(text: str, line: Line) -> list[Line]:
    """ "opening, begroting; rondvraag" as lines of their own; one part stays plain."""
    sign = next((sign for sign in (";", " / ", " | ", " - ", " – ", ",") if sign in text), None)
    parts = [part.strip(" .") for part in text.split(sign)] if sign else [text]
    mark = Mark.BULLET if len(parts) > 1 else Mark.PLAIN
    bullet = replace(line, mark=mark, bullet="-", gap=False, strong=False)
    return [replace(bullet, body=part, text=part) for part in parts if part]


def _is_noise(lines: Sequence[Line], place: int, vocabulary: Vocabulary, *, lists: bool) -> bool:
    """Telephone numbers; and unmarked, buttons of a page and the block to join a video meeting.

    `lists`: the text has lines with marks; one without may have its items look like buttons.
    """
    line = lines[place]
    if _PAGE.fullmatch(line.text):
        return True
    counted = line.number is not None and line.number.weak  # "2 documenten"
    if line.mark is not Mark.PLAIN and not counted:
        return line.mark is Mark.BULLET and bool(_PHONE.fullmatch(line.body))
    bare = _COUNT.sub("", line.body) if len(line.body) < 60 else line.body
    if (lists and is_one_of(bare, vocabulary.buttons)) or _PHONE.fullmatch(line.body):
        return True
    return _joins(lines, place, vocabulary)


def _joins(lines: Sequence[Line], place: int, vocabulary: Vocabulary) -> bool:
    """Whether a line says how to join, with a link or number near; or is the link below one."""
    text = _LINK.sub("", lines[place].body[:MAX_ANNOUNCEMENT]).strip(" <>[]()|*_:")
    if not text:
        return place > 0 and starts_with_any(lines[place - 1].body, vocabulary.conference)
    near = lines[max(place - NEAR, 0) : place + NEAR + 1]
    linked = any(_CONTACT.search(line.body[:MAX_ANNOUNCEMENT]) for line in near)
    return linked and starts_with_any(text, vocabulary.conference)


def _is_closing(line: Line, vocabulary: Vocabulary) -> bool:
    """ "Met vriendelijke groet,", or with the name behind it: "Groet, Marieke"."""
    if line.mark is not Mark.PLAIN or len(line.body) > 60:
        return False
    whole = is_one_of(line.body.partition(",")[0], vocabulary.closings)
    short = line.body[-1:] in ",!" or line.gap
    return whole or (short and starts_with_any(line.body, vocabulary.closings))


def _after_closing(lines: Sequence[Line], place: int, vocabulary: Vocabulary) -> int:
    """Where a text goes on behind its signature: at a heading, a first number or a row."""
    for later in range(place + 1, len(lines)):
        line = _promoted(lines[later], vocabulary)[0]
        number = line.number
        if line.mark in (Mark.HEADING, Mark.ROW) or (number and number.path[-1] == 1):
            return later
    return len(lines)


def is_greeting(line: Line, vocabulary: Vocabulary) -> bool:
    """ "Beste allemaal,"."""
    if line.marked or not starts_with_any(line.body, vocabulary.greetings):
        return False
    return line.body[-1:] in ",!:" or len(line.body.split()) <= 3
