"""What a text says besides its items and facts: every line, or part of one, that went nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache

from bot.domain.meeting import Agenda, AgendaItem, SubItem, title_key
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import find_dates
from bot.readers.agenda_lines import Line, without_marks
from bot.readers.agenda_times import Slot, Span, find_minutes, find_slots
from bot.readers.agenda_tree import Node


@dataclass
class _Told:
    """What an item, or the agenda itself, says: words yet to be found in the text, and values."""

    words: Counter[str]
    day: date | None = None
    clocks: set[time] = field(default_factory=set)
    minutes: set[int] = field(default_factory=set)

    def also(self, other: _Told) -> _Told:
        """What both say: of a line that holds several items."""
        return _Told(
            self.words + other.words,
            clocks=self.clocks | other.clocks,
            minutes=self.minutes | other.minutes,
        )

    def tells(self, slot: Slot) -> bool:
        """Whether begin and end of a slot are told."""
        return slot.start in self.clocks and (slot.end is None or slot.minutes in self.minutes)


def left_over(
    lines: Sequence[Line],
    nodes: Sequence[Node],
    agenda: Agenda,
    vocabulary: Vocabulary,
    today: date | None,
) -> tuple[str, ...]:
    """The lines that are in no item, fact or session; of a line of an item what it left out."""
    owners: dict[int, _Told] = {}
    for node, item in zip(nodes, agenda.items, strict=True):
        told = _told_by_item(item)
        for below in (node, *node.walk()):
            place = below.line.place
            owners[place] = told if owners.get(place, told) is told else owners[place].also(told)
    head = _told_by_agenda(agenda)
    rest = (_rest(line, owners.get(line.place, head), vocabulary, today) for line in lines)
    return tuple(text for text in rest if any(map(str.isalnum, text)))


def _told_by_agenda(agenda: Agenda) -> _Told:
    sessions = dict.fromkeys(item.session for item in agenda.items if item.session)
    words = title_key(" ".join([agenda.title or "", agenda.place or "", *sessions])).split()
    return _Told(Counter(words), agenda.day, {agenda.time} if agenda.time else set())


def _told_by_item(item: AgendaItem) -> _Told:
    told = _Told(Counter())
    for point in _with_subs(item):
        texts = (point.title, point.presenter, point.minutes, point.detail)
        told.words.update(title_key(" ".join(str(text) for text in texts if text)).split())
        if point.minutes:
            told.minutes.add(point.minutes)
        if point.starts_at:
            told.clocks.add(point.starts_at)
    return told


def _with_subs(point: AgendaItem | SubItem) -> Iterator[AgendaItem | SubItem]:
    yield point
    for sub in point.sub_items:
        yield from _with_subs(sub)


def _rest(line: Line, told: _Told, vocabulary: Vocabulary, today: date | None) -> str:
    """The line from its first word that is told nowhere to its last; "" where all are told.

    Small words and labels count as told beside something that is.
    """
    text = without_marks(line.text).strip()
    blank = _without_values(text, told, vocabulary, today)
    parts = [(part, title_key(part[0]).split()) for part in re.finditer(r"\S+", blank)]
    needed = Counter(key for _, keys in parts for key in keys)
    lacking = {key for key, times in needed.items() if told.words[key] < times}
    if blank == text and needed.keys() <= lacking:
        return text
    told.words.subtract({key: times for key, times in needed.items() if key not in lacking})
    lacking -= set(title_key(line.front).split())
    lost = lacking - _small(vocabulary)
    places = [place for place, (_, keys) in enumerate(parts) if not lost.isdisjoint(keys)]
    if not places:
        return ""
    first, last = places[0], places[-1]
    while first and parts[first - 1][1] and lacking.issuperset(parts[first - 1][1]):
        first -= 1
    while last + 1 < len(parts) and parts[last + 1][1] and lacking.issuperset(parts[last + 1][1]):
        last += 1
    return text[parts[first][0].start() : parts[last][0].end()]


def _without_values(text: str, told: _Told, vocabulary: Vocabulary, today: date | None) -> str:
    """The text with spaces for the day, the times and the lengths that are told."""
    spans: list[Span] = [
        *(span for span in find_dates(text, vocabulary, today) if span.day == told.day),
        *(span for span in find_slots(text, vocabulary) if told.tells(span.slot)),
        *(span for span in find_minutes(text, vocabulary) if span.minutes in told.minutes),
    ]
    blank = list(text)
    for span in spans:
        blank[span.start : span.end] = " " * (span.end - span.start)
    return "".join(blank)


@lru_cache(maxsize=8)
def _small(vocabulary: Vocabulary) -> frozenset[str]:
    """Words that only lead up to what is told: "Agenda voor het", "Datum:", "door", "punt"."""
    words = vocabulary
    phrases = (
        *words.title_labels, *words.day_labels, *words.time_labels, *words.place_labels,
        *words.title_words, *words.articles, *words.stop_words, *words.by_words, *words.item_words,
        *words.hour_words, *words.weekdays,
    )  # fmt: skip
    return frozenset(key for phrase in phrases for key in title_key(phrase).split())
