"""What stands around a title: presenter, minutes, times, links and markup, taken out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import date_pattern
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_times import DASHES, Slot, alternatives, find_minutes, find_slots
from bot.readers.agenda_words import is_one_of

MAX_READ = 1000  # characters; a longer title is left as it is
MAX_BARE = 240  # minutes that a figure beside a name may stand for
MAX_NAME_WORDS = 5

_IMAGE_OR_LINK = re.compile(
    r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: \"[^\"]*\")?\)"
)
_URL = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?")
_MARKUP = re.compile(r"\*\*|__|~~|`|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])|\\(?=[^\w\s])")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3]|:[a-z][a-z_+]*[a-z]:"
)
_FILE_SIZE = re.compile(r"\s+\(?(?:PDF|DOCX?|XLSX?)?[ ,(]*\d+(?:[.,]\d+)? ?[KkMm]B\)?\s*$")
_SENTENCES = re.compile(r"(.{0,120}?\w{4})\. ([A-ZÀ-Ý]\S*(?: \S+){3,}(?:\.|(?: \S+){2}))$")
_CAPITAL = re.compile(r"(?<=[\w)]) (?=([A-Z][a-z]*) [a-z]+(?: \S+){4})")
_EXPLAINED = re.compile(r"(\S+(?: \S+){0,5}?)(?: [-–—]|;) ([^\W\d_]\S*(?: \S+){11,})$")
_BOLD_LEAD = re.compile(r"\*\*([^*]{3,})\*\*\s*(\S.*)$")
_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]]{1,200})[)\]]\s*(?:\s[-–—]+\s([^()\[\]]*))?$")
_FRONT_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*[:–—-]?\s*(?=\S)")
_FIGURES = re.compile(r"[0-9]{1,3}")
_SIGN = re.compile(r"\s*[,;/|•·]\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_HANDLE = re.compile(r"\s@(\w[\w.-]{1,40})$")
_BREAK = re.compile(rf"(?:\s+[{DASHES}]+\s*|\s*[–—]\s+|\s*[|•·]\s*|\t+|\s{{3,}}|\s*[,;]\s+)(?=\S)")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*$")


@dataclass(frozen=True)
class Title:
    """A title laid bare, with what stood around it."""

    text: str
    presenter: str | None = None
    minutes: int | None = None
    slot: Slot | None = None
    rest: str = ""

    @property
    def length(self) -> int | None:
        """Minutes, as given or from begin to end."""
        return self.minutes or (self.slot.minutes if self.slot else None)

    @property
    def starts_at(self) -> time | None:
        """When it starts, where the line says so."""
        return self.slot.start if self.slot else None


def read_title(line: Line, vocabulary: Vocabulary) -> Title:
    """The title of a line, and what its cells or its own words say of people and times."""
    shown = Title("", line.presenter, line.minutes, line.slot)
    if len(line.body) > MAX_READ:
        return replace(shown, text=line.body)
    body, rest = lead_and_rest(line, vocabulary)
    title = _stripped(replace(shown, text=_unmarked(body), rest=rest), vocabulary)
    text = _unpunctuated(title.text)
    return replace(title, text=text or _collapsed(_unmarked(body)) or line.body)


def lead_and_rest(line: Line, vocabulary: Vocabulary) -> tuple[str, str]:
    """A title and what explains it, apart: a sentence, a long aside, or what is not bold."""
    if begins := _sentence_begins(line.body, vocabulary):
        return line.body[:begins], line.body[begins:].strip()
    if told := _SENTENCES.match(line.body) or _EXPLAINED.match(line.body):
        return told[1], told[2]
    return _bold_and_rest(line) if line.mark is not Mark.HEADING else (line.body, "")


def _bold_and_rest(line: Line) -> tuple[str, str]:
    """A title in bold, and what explains it behind the bold."""
    opened = "**" in line.front and line.body.count("**") % 2  # the bold began before the number
    lead = _BOLD_LEAD.match(f"**{line.body}" if opened else line.body)
    if lead is None or not any(map(str.isalpha, lead[1])):
        return line.body, ""
    rest = lead[2]
    explains = rest[0].isupper() or (rest[0] in ":" + DASHES and len(rest) > 60)
    return (lead[1], rest.lstrip(": " + DASHES)) if explains else (line.body, "")


def _sentence_begins(text: str, vocabulary: Vocabulary) -> int | None:
    """Where a sentence follows a title without any sign: "Closure There being no more …"."""
    for space in _CAPITAL.finditer(text):
        before = text[: space.start()].rsplit(maxsplit=1)[-1]
        if is_one_of(space[1], vocabulary.sentence_words) and not is_one_of(
            before, vocabulary.stop_words
        ):
            return space.start()
    return None


def without_markup(text: str) -> str:
    """Words without stars, underscores and the like; links stay."""
    return _MARKUP.sub("", text)


def plain_text(text: str) -> str:
    """Words without links, markup and emoji."""
    return _unpunctuated(_unmarked(text))


def _unmarked(text: str) -> str:
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    bare = _URL.sub("", text)
    text = bare if any(map(str.isalnum, bare)) else text
    return _EMOJI.sub("", _MARKUP.sub("", text)).strip()


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _unpunctuated(text: str) -> str:
    text = _collapsed(_FILE_SIZE.sub("", text)).strip(" :;,|\u2022\u00b7" + DASHES)
    single = text.endswith(".") and text.count(".") == 1
    return text[:-1].rstrip() if single else text


def _stripped(title: Title, vocabulary: Vocabulary) -> Title:
    """Take times, lengths and names off both ends until only the title is left."""
    for _ in range(8):
        shorter = _without_front(_without_end(title, vocabulary), vocabulary)
        if shorter.text == title.text or not any(map(str.isalpha, shorter.text)):
            break
        if shorter.slot is not title.slot and _ends_in_date(shorter.text, vocabulary):
            break  # "Overleg 24 november, 10 uur": the time is the date's
        title = shorter
    return title


def _ends_in_date(text: str, vocabulary: Vocabulary) -> bool:
    tail = text[-40:].rstrip(" ,")
    return any(match.end() == len(tail) for match in date_pattern(vocabulary).finditer(tail))


def _without_end(title: Title, vocabulary: Vocabulary) -> Title:
    text = title.text.rstrip(" :;,.")
    bracket = _BRACKETS.search(text)
    if bracket:
        found = _bracket_facts(bracket[1], title, vocabulary)
        if found and bracket.start():
            rest = ", ".join(filter(None, [found.rest, bracket[2]]))
            return replace(found, text=text[: bracket.start()], rest=rest)
    pieces = list(_BREAK.finditer(text))
    if pieces:
        head, tail, sign = (
            text[: pieces[-1].start()],
            text[pieces[-1].end() :],
            pieces[-1][0].strip(),
        )
        found = _facts(tail, title, vocabulary, bracketed=sign not in (",", ";"))
        if found and any(map(str.isalpha, head)):
            return replace(found, text=head)
    return _without_bare_end(title, text, vocabulary)


def _without_bare_end(title: Title, text: str, vocabulary: Vocabulary) -> Title:
    """A length or a sure time right behind the title, or "door Jan"."""
    spans = [s for s in find_minutes(text, vocabulary) if s.end == len(text)]
    if spans and title.minutes is None and not _is_hours(text[spans[0].start :]):
        return replace(title, text=text[: spans[0].start].rstrip(), minutes=spans[0].minutes)
    slots = [s for s in find_slots(text, vocabulary) if s.end == len(text) and s.sure]
    if slots and title.slot is None and text[: slots[0].start].strip():
        return replace(
            title, text=_without_last_small(text[: slots[0].start], vocabulary), slot=slots[0].slot
        )
    handle = _HANDLE.search(text[-60:])
    if handle and title.presenter is None:
        return replace(title, text=text[: len(text) - len(handle[0])], presenter=handle[1])
    by = re.search(rf"\s(?:{alternatives(vocabulary.by_words)})\s+(\S.{{0,60}})$", text[-90:])
    if by and title.presenter is None and is_name(by[1], vocabulary) and by[1][0].isupper():
        return replace(title, text=text[: len(text) - len(by[0])], presenter=by[1])
    return title


def _is_hours(text: str) -> bool:
    """ "2 uur" may belong to the title; minutes never do."""
    return (
        text[:1].isdecimal() and float(re.sub(r"\D.*", "", text[:9]) or 0) < 7 and "'" not in text
    )


def _without_last_small(text: str, vocabulary: Vocabulary) -> str:
    """ "Lunch om" and "Pauze van" without their last word."""
    words = text.split()
    small = len(words) > 1 and is_one_of(words[-1], vocabulary.stop_words)
    return " ".join(words[:-1] if small else words)


def _without_front(title: Title, vocabulary: Vocabulary) -> Title:
    """Brackets or a length in front: "(10 min) Opening", "10' – Opening"."""
    text = title.text.lstrip(" :;,")
    bracket = _FRONT_BRACKETS.match(text)
    if bracket:
        found = _facts(bracket[1], title, vocabulary, bracketed=False)
        if text[0] == "[" and found is None and _is_handle(bracket[1], vocabulary):
            found = replace(title, presenter=title.presenter or bracket[1])
        return replace(found, text=text[bracket.end() :]) if found else title
    first = next(find_minutes(text[:20], vocabulary), None)
    if first and first.start == 0 and title.minutes is None:
        rest = text[first.end :]
        if rest.lstrip()[:1] in tuple(":" + DASHES + "|") or rest.startswith(("\t", "   ")):
            return replace(title, text=rest.lstrip(" :|\t" + DASHES), minutes=first.minutes)
    return title


def _is_handle(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a word in square brackets is who brings the item: "[alex] Triage"."""
    words = vocabulary
    known = (
        *words.not_names, *words.outcome_labels, *words.group_titles, *words.label_titles,
        *words.frame_words, *words.columns_other,
    )  # fmt: skip
    return text.isalpha() and text.islower() and len(text) > 2 and not is_one_of(text, known)


def _facts(text: str, title: Title, vocabulary: Vocabulary, *, bracketed: bool) -> Title | None:
    """The title with what a stretch says of time, length and person; None if it says more."""
    parts = _parts(text, vocabulary)
    for part in parts:
        taken = _fact(part, title, vocabulary, named=bracketed or len(parts) > 1)
        if taken is None:
            return None
        title = taken
    return title if parts else None


def _parts(text: str, vocabulary: Vocabulary) -> list[str]:
    """What stands between signs; a time from begin to end stays whole."""
    parts = [part for part in _SIGN.split(text) if part]
    return [
        piece
        for part in parts
        for piece in ([part] if _whole_slot(part, vocabulary) else _DASH.split(part))
        if piece
    ]


def _bracket_facts(text: str, title: Title, vocabulary: Vocabulary) -> Title | None:
    """The title with what brackets say, the rest told below it; None without time or length."""
    told: list[str] = []
    taken = title
    for part in _parts(text, vocabulary):
        found = _fact(part, taken, vocabulary, named=True)
        if (
            found is None
            and taken.presenter
            and _FIGURES.fullmatch(part)
            and 0 < int(part) <= MAX_BARE
        ):
            found = replace(taken, minutes=taken.minutes or int(part))
        taken = found or taken
        told += [] if found else [part]
    if told and taken.length == title.length and taken.slot == title.slot:
        return None
    rest = ", ".join(filter(None, [title.rest, *told]))
    return replace(taken, rest=rest) if taken != title else None


def _whole_slot(text: str, vocabulary: Vocabulary) -> Slot | None:
    span = next(find_slots(text, vocabulary), None)
    outside = (text[: span.start] + text[span.end :]) if span else text
    return span.slot if span and not any(map(str.isalnum, outside)) else None


def _fact(part: str, title: Title, vocabulary: Vocabulary, *, named: bool) -> Title | None:
    slot = _whole_slot(part, vocabulary)
    if slot:
        return replace(title, slot=title.slot or slot)
    length = next(find_minutes(part, vocabulary), None)
    if length and not (part[: length.start] + part[length.end :]).strip(" .,±~"):
        return replace(title, minutes=title.minutes or length.minutes)
    if length and named and length.end == len(part) and part[: length.start].strip():
        person = _fact(part[: length.start].strip(), title, vocabulary, named=True)
        return replace(person, minutes=title.minutes or length.minutes) if person else None
    by = re.match(rf"(?:{alternatives(vocabulary.by_words)}):?\s+(.*)$", part, re.IGNORECASE)
    name = by[1] if by else part
    if (named or by) and is_name(name, vocabulary):
        name = name.replace("@", "")
        return replace(title, presenter=title.presenter or name)
    return None


def is_name(text: str, vocabulary: Vocabulary) -> bool:
    """Whether this reads like one or more people: "Jan", "Anne de Wit & Piet", "voorzitter"."""
    people = re.split(
        r"\s*(?:,|/|&|\+)\s*|\s+(?:" + alternatives(vocabulary.and_words) + r")\s+", text
    )
    return 0 < len(people) <= 6 and all(
        _is_person(person.strip(" ."), vocabulary) for person in people
    )


def _is_person(text: str, vocabulary: Vocabulary) -> bool:
    words = text.split()
    if text.startswith("@") and len(words) == 1 and len(text) > 2:
        return True
    if not words or len(words) > MAX_NAME_WORDS:
        return False
    if is_one_of(words[-1], vocabulary.presenter_words):
        return len(words) < 3
    names = [word for word in words if word.lower().rstrip(".") not in vocabulary.name_particles]
    return bool(names) and all(_is_name_word(word, vocabulary) for word in names)


def _is_name_word(word: str, vocabulary: Vocabulary) -> bool:
    if not _WORD.match(word) or not word[0].isupper():
        return False
    if is_one_of(word, vocabulary.not_names) or is_one_of(word, vocabulary.core_words):
        return False
    parts = [part for part in re.split(r"[-'’.]", word) if part]
    if word.isupper():
        return word.endswith(".") or len(word) == 1
    if not all(part[1:].islower() or len(part) == 1 for part in parts):
        return False
    return not word.lower().endswith(vocabulary.noun_endings)
