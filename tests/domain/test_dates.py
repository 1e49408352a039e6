"""Periods: days, ISO weeks, months and ranges as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import Period, Span, parse_period, recent, week_of
from bot.domain.problem import Problem


@pytest.mark.parametrize(
    ("span", "typed", "first", "last"),
    [
        (Span.DAY, "2026-11-24", date(2026, 11, 24), date(2026, 11, 24)),
        (Span.WEEK, "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (Span.WEEK, "2026w1", date(2025, 12, 29), date(2026, 1, 4)),
        (Span.WEEK, "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (Span.MONTH, "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        (Span.RANGE, "2026-11-01..2026-11-21", date(2026, 11, 1), date(2026, 11, 21)),
        (Span.RANGE, "2026-11-01/2026-11-01", date(2026, 11, 1), date(2026, 11, 1)),
    ],
)
def test_periods_are_read_as_typed(span: Span, typed: str, first: date, last: date) -> None:
    assert parse_period(span, typed) == Period(span, first, last)


@pytest.mark.parametrize(
    ("span", "typed"),
    [
        (Span.DAY, "24-11-2026"),
        (Span.DAY, ""),
        (Span.WEEK, "47"),
        (Span.WEEK, "2026-W54"),
        (Span.WEEK, "2025-W53"),
        (Span.WEEK, "2026-W00"),
        (Span.MONTH, "2026-13"),
        (Span.MONTH, "0000-01"),
        (Span.RANGE, "2026-11-21..2026-11-01"),
        (Span.RANGE, "2026-11-01"),
        (Span.RANGE, "2026-11-01..2026-11-02..2026-11-03"),
    ],
)
def test_what_is_no_period_says_so(span: Span, typed: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_period(span, typed)

    assert caught.value.code == f"bad_{span.value}"
    assert caught.value.values == {"text": typed}


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_is_in_its_week_and_the_week_reads_back(day: date) -> None:
    week = week_of(day)

    assert week.first <= day <= week.last
    assert week.last - week.first == timedelta(days=6)
    assert parse_period(Span.WEEK, week.code) == week


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2026, 11, 24), ["2026-W48", "2026-W47", "2026-11", "2026-10"]),
        (date(2027, 1, 1), ["2026-W53", "2026-W52", "2027-01", "2026-12"]),
        (date(2028, 2, 29), ["2028-W09", "2028-W08", "2028-02", "2028-01"]),
    ],
)
def test_recent_periods_are_whole_weeks_and_months(today: date, codes: list[str]) -> None:
    periods = recent(today)

    assert list(periods) == ["this_week", "last_week", "this_month", "last_month"]
    assert [period.code for period in periods.values()] == codes
    assert [parse_period(one.span, one.code) for one in periods.values()] == [*periods.values()]
