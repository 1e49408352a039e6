"""Periods of whole local days: a day, a range, an ISO week, and what is made of those weeks.

A week belongs to the month, quarter and year that its Thursday is in, as ISO 8601 has it for years:
what is counted by week can be added up, and no week counts for two months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.problem import Problem


class Span(StrEnum):
    """What kind of period it is; decides how it is worded."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True)
class Period:
    """All days from `first` to `last`, both included."""

    span: Span
    first: date
    last: date

    @property
    def code(self) -> str:
        """As a person would type it: 2026-W47, 2026-11, 2026-Q4, 2026, 2026-11-24, first..last."""
        year, week, _ = self.first.isocalendar()
        named = self.named
        return {
            Span.DAY: self.first.isoformat(),
            Span.WEEK: f"{year}-W{week:02}",
            Span.MONTH: f"{named:%Y-%m}",
            Span.QUARTER: f"{named:%Y}-Q{(named.month + 2) // 3}",
            Span.YEAR: f"{named:%Y}",
            Span.RANGE: f"{self.first.isoformat()}..{self.last.isoformat()}",
        }[self.span]

    @property
    def named(self) -> date:
        """A day in the month, quarter and year that it is called by: its first Thursday."""
        return _thursday(self.first)


def week_of(day: date) -> Period:
    """The ISO week (Monday to Sunday) that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return Period(Span.WEEK, monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """The month that the week of `day` belongs to."""
    return _months(Span.MONTH, _thursday(day).replace(day=1), 1)


def weeks_of(period: Period) -> list[Period]:
    """The ISO weeks a period is made of, in order. Raises ValueError where it is not."""
    if period.first.weekday() != 0 or period.last.weekday() != 6:
        raise ValueError(period.code)
    mondays = range(period.first.toordinal(), period.last.toordinal(), 7)
    return [week_of(date.fromordinal(monday)) for monday in mondays]


def before(period: Period, times: int) -> list[Period]:
    """The periods of the same kind right before one, the oldest first; weeks before a day or range.

    Fewer where the calendar begins.
    """
    same = period if period.span in _BEFORE else week_of(period.first)
    earlier = list(_back(same, times))
    return earlier[::-1]


def _back(period: Period, times: int) -> Iterator[Period]:
    for _ in range(times):
        try:
            period = _BEFORE[period.span](period.first)
        except (ValueError, OverflowError):
            return
        yield period


def recent(today: date) -> dict[str, Period]:
    """This week and the last one, and so for month, quarter and year, by those names."""
    this = {span: _of(span, today) for span in (Span.MONTH, Span.QUARTER, Span.YEAR)}
    periods = {}
    for span, period in {Span.WEEK: week_of(today), **this}.items():
        periods[f"this_{span}"] = period
        periods[f"last_{span}"] = _BEFORE[span](period.first)
    return periods


def parse_period(span: Span, text: str) -> Period:
    """Read a period as typed. Raises Problem "bad_day", "bad_week", "bad_month" and so on."""
    try:
        return _PARSERS[span](text.strip())
    except (ValueError, OverflowError) as error:
        raise Problem(f"bad_{span.value}", text=text) from error


def period_of_code(code: str) -> Period:
    """The period of 2026-W48, 2026-Q4, 2026-11 or 2026. Raises Problem as `parse_period`."""
    if "W" in code:
        return parse_period(Span.WEEK, code)
    if "Q" in code:
        return parse_period(Span.QUARTER, code)
    return parse_period(Span.MONTH if "-" in code else Span.YEAR, code)


def _day(text: str) -> Period:
    day = date.fromisoformat(text)
    return Period(Span.DAY, day, day)


def _week(text: str) -> Period:
    match = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", text)
    if not match:
        raise ValueError(text)
    return week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1))


def _month(text: str) -> Period:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if not match:
        raise ValueError(text)
    return _months(Span.MONTH, date(int(match[1]), int(match[2]), 1), 1)


def _quarter(text: str) -> Period:
    match = re.fullmatch(r"(\d{4})-?[QqKk]([1-4])", text)
    if not match:
        raise ValueError(text)
    return _months(Span.QUARTER, date(int(match[1]), 3 * int(match[2]) - 2, 1), 3)


def _year(text: str) -> Period:
    if not re.fullmatch(r"\d{4}", text):
        raise ValueError(text)
    return _months(Span.YEAR, date(int(text), 1, 1), 12)


def _months(span: Span, first: date, months: int) -> Period:
    """The weeks of so many months, from the one that begins on `first`."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return Period(span, _first_monday(first), _first_monday(date(year, month + 1, 1)) - _DAY)


def _first_monday(first: date) -> date:
    """Of the first week of the month that begins on `first`: that of its first Thursday."""
    monday = first - timedelta(days=first.weekday())
    return monday if _thursday(first) >= first else monday + timedelta(days=7)


def _thursday(day: date) -> date:
    return day + timedelta(days=3 - day.weekday())


def _of(span: Span, day: date) -> Period:
    """The month, quarter or year that the week of `day` belongs to."""
    year = f"{_thursday(day):%Y}"
    if span is Span.QUARTER:
        return _quarter(f"{year}-Q{(_thursday(day).month + 2) // 3}")
    return month_of(day) if span is Span.MONTH else _year(year)


def _range(text: str) -> Period:
    first, last = (date.fromisoformat(part.strip()) for part in re.split(r"\.\.|/", text))
    if last < first:
        raise ValueError(text)
    return Period(Span.RANGE, first, last)


_DAY = timedelta(days=1)
_PARSERS = {
    Span.DAY: _day,
    Span.WEEK: _week,
    Span.MONTH: _month,
    Span.QUARTER: _quarter,
    Span.YEAR: _year,
    Span.RANGE: _range,
}
_BEFORE = {
    Span.WEEK: lambda first: week_of(first - _DAY),
    Span.MONTH: lambda first: _of(Span.MONTH, first - _DAY),
    Span.QUARTER: lambda first: _of(Span.QUARTER, first - _DAY),
    Span.YEAR: lambda first: _of(Span.YEAR, first - _DAY),
}
