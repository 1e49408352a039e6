"""Rhythm: when the meetings of a series come, as told by the days of the last ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.domain.dates import Period

LEAST = 3  # meetings; two days are no rhythm
LOOKED_AT = 6  # the last ones
MISSED = 1  # so many in a row may have been left out; after that the series came to an end
LAST = -1  # of the month
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class EveryWeeks:
    """Once in so many weeks, on whatever day."""

    weeks: int

    def fit(self, days: Sequence[date]) -> float:
        """In how many of all cases the next one came after just so many weeks, from 0 to 1."""
        return _share([after - one == self.weeks for one, after in pairwise(_weeks(days))])

    def expects(self, last: date, week: Period) -> bool:
        """Whether the turn after `last`, or one after a turn that was left out, is in this week."""
        turns, rest = divmod(_week(week.first) - _week(last), self.weeks)
        return rest == 0 and 1 <= turns <= 1 + MISSED


@dataclass(frozen=True)
class EachMonth:
    """Once a month, on the first, second … or last Tuesday, or whichever day (0 is Monday)."""

    number: int
    weekday: int

    def fit(self, days: Sequence[date]) -> float:
        """In how many of all cases it was that day of the month; 0 for what comes more often."""
        apart = [after - one == 1 for one, after in pairwise(map(_month, days))]
        return _share([self._has(day) for day in days]) if _share(apart) > 0.5 else 0

    def expects(self, last: date, week: Period) -> bool:
        """Whether this month's day is in this week, and the last one was a month ago, or two."""
        days = (week.first + timedelta(days=number) for number in range(7))
        return any(self._has(day) and 1 <= _month(day) - _month(last) <= 1 + MISSED for day in days)

    def _has(self, day: date) -> bool:
        return day.weekday() == self.weekday and self.number in _numbers(day)


Rhythm = EveryWeeks | EachMonth


def rhythm_of(days: Sequence[date]) -> Rhythm | None:
    """The rhythm that fits best; None where none does in more than half of all cases.

    `days` in any order. Of two that fit as well a month goes before four weeks: after three
    meetings nobody can tell, and "the first Monday" is how people say it.
    """
    latest = sorted(set(days))[-LOOKED_AT:]
    if len(latest) < LEAST:
        return None
    monthly, _ = Counter(
        EachMonth(number, day.weekday()) for day in latest for number in _numbers(day)
    ).most_common(1)[0]
    known: list[Rhythm] = [EveryWeeks(1), EveryWeeks(2), monthly, EveryWeeks(4)]
    best = max(known, key=lambda one: one.fit(latest))
    return best if best.fit(latest) > 0.5 else None


def expects(days: Sequence[date], week: Period) -> bool:
    """Whether a series with meetings on these days, all before this week, is to have one in it."""
    rhythm = rhythm_of(days)
    return rhythm is not None and rhythm.expects(max(days), week)


def _numbers(day: date) -> list[int]:
    """Which of its month's Tuesdays, say, it is: the fourth may be the last as well."""
    last = [LAST] if (day + _WEEK).month != day.month else []
    return [(day.day + 6) // 7, *last]


def _weeks(days: Sequence[date]) -> list[int]:
    """The weeks of these days, each once."""
    return sorted(set(map(_week, days)))


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7  # the first day of all was a Monday


def _month(day: date) -> int:
    return 12 * day.year + day.month


def _share(cases: Sequence[bool]) -> float:
    return sum(cases) / len(cases) if cases else 0
