"""What a text says of the meeting itself: title, day, time and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from bot.domain.meeting import title_key
from bot.domain.vocabulary import Vocabulary, Words
from bot.readers.agenda_dates import blank_dates, date_pattern, find_dates
from bot.readers.agenda_details import plain_text
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_sections import Fact, Role, is_greeting, role_of
from bot.readers.agenda_times import find_slots
from bot.readers.agenda_tree import LABEL_LEVEL
from bot.readers.agenda_words import holds_any, is_one_of, speaks_of_meeting

MAX_TITLE = 120  # characters
MAX_HEAD = 30  # lines above the first item that may say something of the meeting

_T = TypeVar("_T")
_SIGN = re.compile(r"\s*[|,;•·()]\s*|\s+[–—-]\s+")
_EDGE = " :;,.|/()[]*_#–—-"


@dataclass(frozen=True)
class Header:
    """The meeting's facts; None where the text gives none."""

    title: str | None
    day: date | None
    time: time | None
    place: str | None


def read_header(
    facts: Sequence[Fact],
    head: Sequence[Line],
    vocabulary: Vocabulary,
    today: date | None,
) -> Header:
    """From labels and the lines above the first item (`head`), in that order."""
    words = vocabulary
    titles = [*_values(facts, words.title_labels), *_head_titles(head, vocabulary)]
    days = [
        *_values(facts, words.day_labels),
        *_values(facts, words.time_labels),
    ]
    texts = [*titles, *(line.text for line in head[:MAX_HEAD])]
    hours = [*_values(facts, words.time_labels), *days, *texts]
    places = _values(facts, words.place_labels)
    seen = [part for line in head[:MAX_HEAD] for part in _places(line.body, vocabulary)]
    return Header(
        title=_first(_meeting_title(title, vocabulary) for title in titles),
        day=_day(days, vocabulary, today) or _day(texts, vocabulary, today),
        time=_first(_time(text, vocabulary) for text in hours),
        place=_first([*(plain_text(place.split("\n")[0]) or None for place in places), *seen]),
    )


def _places(text: str, vocabulary: Vocabulary) -> list[str]:
    """ "zaal 3" and "kamer Noord" among what stands between the signs of a line."""
    parts = [part.strip(_EDGE) for part in _SIGN.split(text[:MAX_TITLE])]
    return [part for part in parts if _is_place(part, vocabulary)]


def _is_place(text: str, vocabulary: Vocabulary) -> bool:
    first, *more = text.split() or [""]
    named = 0 < len(more) <= 2 and all(word[0].isdigit() or word[0].isupper() for word in more)
    return named and is_one_of(first, vocabulary.place_labels)


def _values(facts: Iterable[Fact], labels: Words) -> list[str]:
    return [fact.value for fact in facts if fact.value and is_one_of(fact.label, labels)]


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _head_titles(head: Sequence[Line], vocabulary: Vocabulary) -> list[str]:
    """Headings first, then the first short line that speaks of a meeting or a day."""
    headings = [
        line.body
        for line in head
        if (line.mark is Mark.HEADING and line.level < LABEL_LEVEL) or line.strong
    ]
    plain = [
        line.body
        for line in head[:6]
        if line.mark is Mark.PLAIN
        and line.body[-1:] not in ".!?:,"
        and _names_meeting(line.body, vocabulary)
    ]
    return [*headings, *plain, *_opening_line(head, vocabulary)]


def _opening_line(head: Sequence[Line], vocabulary: Vocabulary) -> list[str]:
    """The very first line, unless the text is a letter or the line a sentence."""
    if not head or any(is_greeting(line, vocabulary) for line in head):
        return []
    first = head[0]
    return [first.body] if first.body[-1:] not in ".!?:," and first.mark is Mark.PLAIN else []


def _names_meeting(text: str, vocabulary: Vocabulary) -> bool:
    titled = holds_any(text, vocabulary.title_words) or speaks_of_meeting(text, vocabulary)
    return titled or bool(date_pattern(vocabulary).search(text))


def _meeting_title(text: str, vocabulary: Vocabulary) -> str | None:
    """The title without date, time and the word agenda; None where nothing sensible remains."""
    if len(text) > MAX_TITLE:
        return None
    words = _without_day_and_time(plain_text(text), vocabulary).split()
    while words and _may_go(words[0], vocabulary):
        words = words[1:]
    while words and _may_go(words[-1], vocabulary):
        words = words[:-1]
    title = " ".join(words).strip(_EDGE)
    if not any(map(str.isalpha, title)):
        return None
    if role_of(Line(title, Mark.HEADING), vocabulary) not in (
        Role.POINT,
        Role.TRAILER,
    ):
        return None
    return title[0].upper() + title[1:]


def _may_go(word: str, vocabulary: Vocabulary) -> bool:
    small = (
        *vocabulary.title_words,
        *vocabulary.articles,
        *vocabulary.stop_words,
        *vocabulary.weekdays,
    )
    return is_one_of(word, small)


def _without_day_and_time(text: str, vocabulary: Vocabulary) -> str:
    """The longest stretch of the text that is neither a date nor a time."""
    marked = date_pattern(vocabulary).sub("\n", text)
    for span in reversed([span for span in find_slots(marked, vocabulary) if span.sure]):
        marked = f"{marked[: span.start]}\n{marked[span.end :]}"
    parts = [" ".join(part.split()).strip(_EDGE) for part in marked.split("\n")]
    return max(parts, key=len)


def _day(texts: Sequence[str], vocabulary: Vocabulary, today: date | None) -> date | None:
    """The first day with a year, else the first one without."""
    found = [span for text in texts for span in find_dates(text[:2000], vocabulary, today)]
    return _first(span.day for span in sorted(found, key=lambda span: not span.full))


def _time(text: str, vocabulary: Vocabulary) -> time | None:
    slots = find_slots(blank_dates(text[:2000], vocabulary), vocabulary)
    return next((span.slot.start for span in slots if span.sure), None)


def language_of(text: str, vocabulary: Vocabulary) -> str | None:
    """The language most common words belong to; None when none or as many of two."""
    words = title_key(text).split()
    counts = {
        language: sum(word in known for word in words)
        for language, known in (
            (key, frozenset(map(title_key, value)))
            for key, value in vocabulary.common_words.items()
        )
    }
    most = max(counts.values(), default=0)
    found = [language for language, count in counts.items() if count == most]
    return found[0] if most and len(found) == 1 else None
