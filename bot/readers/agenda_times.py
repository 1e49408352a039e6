"""Clock times and durations as people write them; the words come from the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from bot.domain.vocabulary import Vocabulary

DASHES = "-–—−"
EARLIEST = 7  # "2 uur", "1h30" and "1.15" say how long, from 7 on such figures say when


@dataclass(frozen=True)
class Slot:
    """A local clock time, with its end where one is given."""

    start: time
    end: time | None = None

    @property
    def minutes(self) -> int | None:
        """Length in minutes; None without an end, or with one not after the start."""
        if self.end is None or self.end <= self.start:
            return None
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


@dataclass(frozen=True)
class Span:
    """A place in a text: from `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class SlotSpan(Span):
    """A slot and its place; `sure` unless it could be a version or a paragraph ("10.15")."""

    slot: Slot
    sure: bool = True


@dataclass(frozen=True)
class MinutesSpan(Span):
    """A duration in minutes and its place."""

    minutes: int


@dataclass(frozen=True)
class _Clock(Span):
    """One clock reading; `sure` as in SlotSpan, not `alone` when it only counts in a range."""

    hour: int
    minute: int
    half: int | None
    sure: bool
    alone: bool


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first; nothing matches no words."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def find_slots(text: str, vocabulary: Vocabulary) -> Iterator[SlotSpan]:
    """Every clock time or range in the text, from left to right."""
    clocks = [_clock(match, vocabulary) for match in _clock_pattern(vocabulary).finditer(text)]
    until = _until_pattern(vocabulary)
    taken = -1
    for place, first in enumerate(clocks):
        if place <= taken:
            continue
        second = clocks[place + 1] if place + 1 < len(clocks) else None
        if second and until.fullmatch(text, first.end, second.start):
            span = _range(first, second)
            taken = place + 1 if span else taken
        else:
            span = _single(first)
        if span:
            yield span


def leading_slot(text: str, vocabulary: Vocabulary) -> SlotSpan | None:
    """The clock time or range the text opens with: "10.00 – 10.30", "vanaf 16:00 uur"."""
    first = next(find_slots(text[:60], vocabulary), None)
    before = text[: first.start].strip(" ([*_~") if first else ""
    return None if before and before.lower() not in vocabulary.from_words else first


def find_minutes(text: str, vocabulary: Vocabulary) -> Iterator[MinutesSpan]:
    """Every duration in the text ("10 min", "1,5 uur", "10'", "0:10", "kwartier")."""
    for match in _minutes_pattern(vocabulary).finditer(text):
        minutes = _length(match, vocabulary)
        if minutes:
            yield MinutesSpan(match.start(), match.end(), minutes)


@lru_cache(maxsize=8)
def _clock_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    words, halves = alternatives(vocabulary.hour_words), alternatives(vocabulary.half_days)
    return re.compile(
        rf"(?<![\w€$£:.,/])(?P<hour>\d\d?)(?:(?P<sign>[:.]|{_hour_letters(vocabulary)})"
        r"(?P<minute>[0-5]\d)(?::[0-5]\d)?)?(?!\d|:\d|[/%€]|[.,]\d)"
        rf"(?: ?(?P<word>{words})(?!\w))?(?: ?(?P<half>{halves})(?!\w)\.?)?(?!\w)",
        re.IGNORECASE,
    )


def _hour_letters(vocabulary: Vocabulary) -> str:
    """The letters that stand between hours and minutes: "19u30"."""
    return alternatives(word for word in vocabulary.hour_words if len(word) == 1)


@lru_cache(maxsize=8)
def _until_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf" ?(?:[{DASHES}]+|{alternatives(vocabulary.until_words)}) ?", re.IGNORECASE)


def _clock(match: re.Match[str], vocabulary: Vocabulary) -> _Clock:
    """One reading; a word, a letter or a colon makes it sure, a dot only likely."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = vocabulary.half_days.get((match["half"] or "").lower().rstrip("."))
    late, sign = hour >= EARLIEST, match["sign"]
    worded = bool(match["word"] or (sign and sign not in ":."))
    sure = half is not None or (sign == ":" and hour > 0) or (late and worded)
    alone = sure or (sign == "." and late)
    return _Clock(match.start(), match.end(), hour, minute, half, sure, alone)


def _range(first: _Clock, second: _Clock) -> SlotSpan | None:
    """Both ends as one slot; None unless one of them is a time by itself."""
    if not (first.alone or second.alone):
        return None
    start, end = _time(first, second.half), _time(second, second.half)
    if start is None:
        return None
    if end is not None and end < start:
        start = _time(first, None) or start
    return SlotSpan(first.start, second.end, Slot(start, end), sure=True)


def _single(clock: _Clock) -> SlotSpan | None:
    start = _time(clock, clock.half) if clock.alone else None
    return None if start is None else SlotSpan(clock.start, clock.end, Slot(start), clock.sure)


def _time(clock: _Clock, half: int | None) -> time | None:
    """The clock time; None when there is no such time. `half`: hours to add, None for 24 hours."""
    half = clock.half if clock.half is not None else half
    hour = clock.hour if half is None else clock.hour % 12 + half
    hour = 0 if (hour, clock.minute) == (24, 0) else hour
    return time(hour, clock.minute) if hour < 24 else None


@lru_cache(maxsize=8)
def _minutes_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    units = alternatives(vocabulary.durations)
    worded = alternatives(
        word for word, minutes in vocabulary.durations.items() if minutes in (15, 30)
    )
    return re.compile(
        rf"(?<![\w€$:.,/])(?:0:(?P<short>[0-5]\d)(?!\w)"
        rf"|(?P<hours>[1-6])(?:{_hour_letters(vocabulary)})(?P<rest>[0-5]\d)(?!\w)"
        rf"|(?P<count>\d{{1,3}}(?:[.,]\d)?)(?P<space>[- ]?)(?P<unit>{units})(?!\w)\.?"
        rf"|(?P<word>{worded})(?!\w))",
        re.IGNORECASE,
    )


def _length(match: re.Match[str], vocabulary: Vocabulary) -> int | None:
    if match["short"]:
        return int(match["short"])
    if match["hours"]:
        return int(match["hours"]) * 60 + int(match["rest"])
    if match["word"]:
        return vocabulary.durations[match["word"].lower()]
    return _counted(match["count"], match["unit"].lower(), match["space"], vocabulary)


def _counted(count: str, unit: str, space: str, vocabulary: Vocabulary) -> int | None:
    """So many units in minutes; a lone letter only counts close to its figure ("10m")."""
    value = float(count.replace(",", "."))
    if len(unit) == 1 and space:
        return None
    minutes = round(value * vocabulary.durations[unit])
    return minutes if minutes < EARLIEST * 60 else None
