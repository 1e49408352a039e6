"""Periods of whole local days: a day, an ISO week, a month, a range."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.problem import Problem


class Span(StrEnum):
    """What kind of period it is; decides how it is worded."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    RANGE = "range"


@dataclass(frozen=True)
class Period:
    """All days from `first` to `last`, both included."""

    span: Span
    first: date
    last: date

    @property
    def code(self) -> str:
        """The period as a person would type it: 2026-W47, 2026-11, 2026-11-24, first..last."""
        year, week, _ = self.first.isocalendar()
        return {
            Span.DAY: self.first.isoformat(),
            Span.WEEK: f"{year}-W{week:02}",
            Span.MONTH: f"{self.first:%Y-%m}",
            Span.RANGE: f"{self.first.isoformat()}..{self.last.isoformat()}",
        }[self.span]


def week_of(day: date) -> Period:
    """The ISO week (Monday to Sunday) that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return Period(Span.WEEK, monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """The calendar month that `day` is in."""
    return _month(f"{day:%Y-%m}")


def recent(today: date) -> dict[str, Period]:
    """This week, the last one, this month and the last one, by those names."""
    week, month = week_of(today), month_of(today)
    return {
        "this_week": week,
        "last_week": week_of(week.first - timedelta(days=1)),
        "this_month": month,
        "last_month": month_of(month.first - timedelta(days=1)),
    }


def parse_period(span: Span, text: str) -> Period:
    """Read a period as typed. Raises Problem "bad_day", "bad_week", "bad_month" or "bad_range"."""
    try:
        return _PARSERS[span](text.strip())
    except (ValueError, OverflowError) as error:
        raise Problem(f"bad_{span.value}", text=text) from error


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
    first = date(int(match[1]), int(match[2]), 1)
    return Period(
        Span.MONTH, first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    )


def _range(text: str) -> Period:
    first, last = (date.fromisoformat(part.strip()) for part in re.split(r"\.\.|/", text))
    if last < first:
        raise ValueError(text)
    return Period(Span.RANGE, first, last)


_PARSERS = {Span.DAY: _day, Span.WEEK: _week, Span.MONTH: _month, Span.RANGE: _range}
