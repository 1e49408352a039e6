"""An agenda as it was read, and the meeting it becomes: states, identity, items found again."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

LIKENESS = 0.7  # below this share of equal letters two titles are different subjects
SURE_LIKENESS = 0.9  # Huurverhoging and Huurverlaging share 0.85
SUBJECT = 150  # characters of a title that tell what it is about
MOST_COMPARISONS = 40_000  # 200 changed titles; beyond that only equal ones are found again


class Kind(StrEnum):
    """Procedural items keep a meeting running; substantive items are worth a question."""

    PROCEDURAL = "procedural"
    SUBSTANTIVE = "substantive"


class State(StrEnum):
    """Where a meeting stands."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


MOVES = {
    State.PREPARED: {State.OPEN},
    State.OPEN: {State.CLOSED},
    State.CLOSED: {State.OPEN},
}


@dataclass(frozen=True)
class SubItem:
    """A point below an agenda item; it gets no questions of its own."""

    position: str
    title: str
    presenter: str | None = None
    minutes: int | None = None
    detail: str | None = None
    sub_items: tuple[SubItem, ...] = ()
    starts_at: time | None = None


@dataclass(frozen=True)
class AgendaItem:
    """A line a chair would call out: "next point". `position` is as printed ("3", "3a").

    `session` is the heading of the day, part or group it stands in, where there are such.
    `carried_from` is the id of the item of an earlier meeting that it goes on with.
    """

    position: str
    title: str
    kind: Kind
    presenter: str | None = None
    minutes: int | None = None
    topics: tuple[str, ...] = ()
    detail: str | None = None
    sub_items: tuple[SubItem, ...] = ()
    session: str | None = None
    starts_at: time | None = None
    carried_from: str | None = None


@dataclass(frozen=True)
class Agenda:
    """What one text says of one meeting; None where it does not say. Day and time are local.

    `language` is that of the text ("nl", "en"), None where it can't be told. `other` has what the
    text says besides: no word of it is lost.
    """

    title: str | None
    day: date | None
    time: time | None
    place: str | None
    language: str | None
    items: tuple[AgendaItem, ...]
    other: tuple[str, ...] = ()

    @property
    def starts_at(self) -> str | None:
        """ISO date, or date-time where the time is known too."""
        return starts_at(self.day, self.time)


def starts_at(day: date | None, clock: time | None) -> str | None:
    """ISO date, or date-time where the time is known too; None without a day."""
    if day is None:
        return None
    if clock is None:
        return day.isoformat()
    return datetime.combine(day, clock).isoformat(timespec="minutes")


def ends_at(day: date, clock: time | None, items: Iterable[AgendaItem]) -> datetime:
    """When a meeting is over, local, as far as its items tell; else at the end of its day."""
    known = list(items)
    minutes = sum(item.minutes or 0 for item in known)
    ends = [
        datetime.combine(day, item.starts_at) + timedelta(minutes=item.minutes or 0)
        for item in known
        if item.starts_at
    ]
    if clock and minutes:
        ends.append(datetime.combine(day, clock) + timedelta(minutes=minutes))
    return max(ends, default=datetime.combine(day, time()) + timedelta(days=1))


@lru_cache(maxsize=256)  # readers ask it of the same line again and again
def title_key(title: str | None) -> str:
    """What makes two titles the same: letters and digits only, without case or accents."""
    plain = (title or "").casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", title or "").casefold()
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", plain))


def series_key(title: str | None) -> str:
    """What a title shares with next week's: its key without week, number and year."""
    key = re.sub(
        r"\b(?:week|wk|nummer|number|nr|no)\s*\d+\b|\b(?:19|20)\d\d\b", " ", title_key(title)
    )
    return " ".join(re.sub(r"\b\d+\s*$", " ", key).split()) or title_key(title)


def find_again(
    old: Sequence[str], new: Sequence[str], surely: Container[int] = ()
) -> dict[int, int]:
    """Which new title is which old one: by title, then by likeness, then by position.

    `surely` are the indexes in `old` of which a position or some likeness tells too little: what
    was off the agenda already, and what has an answer that must not come under another subject.
    Returns {index in `new`: index in `old`}; each index at most once.
    """
    old_keys, new_keys = [title_key(t) for t in old], [title_key(t) for t in new]
    found: dict[int, int] = {}
    _pair(found, _by_title(old_keys, new_keys))
    _pair(found, _by_likeness(old_keys, new_keys, found, surely))
    _pair(found, ((n, n) for n in range(min(len(old), len(new))) if n not in surely))
    return found


def same_subject(one: str, other: str) -> bool:
    """Whether two titles are surely of the same item; beyond SUBJECT characters they may differ."""
    return bool(find_again([one[:SUBJECT]], [other[:SUBJECT]], surely={0}))


def resembles(one: str, other: str) -> bool:
    """Whether two titles can be of the same item, by their words."""
    return _likeness(title_key(one), title_key(other)) >= LIKENESS


def _by_title(old: list[str], new: list[str]) -> Iterable[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for o, key in reversed(list(enumerate(old))):
        places[key].append(o)
    return [(n, places[key].pop()) for n, key in enumerate(new) if places[key]]


def _by_likeness(
    old: list[str], new: list[str], found: dict[int, int], surely: Container[int]
) -> Iterable[tuple[int, int]]:
    taken = set(found.values())
    left = [o for o in range(len(old)) if o not in taken]
    waiting = [n for n in range(len(new)) if n not in found]
    if len(left) * len(waiting) > MOST_COMPARISONS:
        return []
    likeness = [(_likeness(old[o], new[n]), n, o) for n in waiting for o in left]
    least = {o: SURE_LIKENESS if o in surely else LIKENESS for o in left}
    alike = sorted((pair for pair in likeness if pair[0] >= least[pair[2]]), key=lambda p: -p[0])
    return [(n, o) for _, n, o in alike]


def _likeness(one: str, other: str) -> float:
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    if shorter and shorter <= longer:  # a title that was only added to
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if matcher.quick_ratio() < LIKENESS else matcher.ratio()


def _pair(found: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    taken = set(found.values())
    for n, o in pairs:
        if n not in found and o not in taken:
            found[n] = o
            taken.add(o)
