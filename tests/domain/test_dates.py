"""Periods as people type them; months, quarters and years are made of whole ISO weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import (
    Period,
    Span,
    before,
    month_of,
    parse_period,
    period_of_code,
    recent,
    week_of,
    weeks_of,
)
from bot.domain.problem import Problem


@pytest.mark.parametrize(
    ("span", "typed", "first", "last"),
    [
        (Span.DAY, "2026-11-24", date(2026, 11, 24), date(2026, 11, 24)),
        (Span.WEEK, "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (Span.WEEK, "2026w1", date(2025, 12, 29), date(2026, 1, 4)),
        (Span.WEEK, "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (Span.MONTH, "2028-02", date(2028, 1, 31), date(2028, 2, 27)),
        (Span.MONTH, "2026-11", date(2026, 11, 2), date(2026, 11, 29)),
        (Span.MONTH, "2027-1", date(2027, 1, 4), date(2027, 1, 31)),
        (Span.QUARTER, "2026-Q4", date(2026, 9, 28), date(2027, 1, 3)),
        (Span.QUARTER, "2026k1", date(2025, 12, 29), date(2026, 3, 29)),
        (Span.YEAR, "2026", date(2025, 12, 29), date(2027, 1, 3)),
        (Span.YEAR, "2027", date(2027, 1, 4), date(2028, 1, 2)),
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
        (Span.MONTH, "9999-12"),
        (Span.QUARTER, "2026-Q5"),
        (Span.QUARTER, "2026"),
        (Span.YEAR, "26"),
        (Span.YEAR, "0000"),
        (Span.YEAR, "9999"),
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
        (date(2026, 11, 24), "2026-W48 2026-W47 2026-11 2026-10 2026-Q4 2026-Q3 2026 2025"),
        (date(2027, 1, 1), "2026-W53 2026-W52 2026-12 2026-11 2026-Q4 2026-Q3 2026 2025"),
        (date(2028, 2, 29), "2028-W09 2028-W08 2028-03 2028-02 2028-Q1 2027-Q4 2028 2027"),
    ],
)
def test_recent_periods_are_whole_weeks_and_what_is_made_of_them(today: date, codes: str) -> None:
    periods = recent(today)

    assert list(periods)[::2] == ["this_week", "this_month", "this_quarter", "this_year"]
    assert list(periods)[1::2] == ["last_week", "last_month", "last_quarter", "last_year"]
    assert " ".join(period.code for period in periods.values()) == codes
    assert [parse_period(one.span, one.code) for one in periods.values()] == [*periods.values()]


@pytest.mark.parametrize(
    ("span", "codes"),
    [
        (Span.MONTH, [f"2026-{month:02}" for month in range(1, 13)]),
        (Span.QUARTER, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
    ],
)
def test_a_year_is_made_of_its_months_and_quarters(span: Span, codes: list[str]) -> None:
    year = parse_period(Span.YEAR, "2026")
    parts = [parse_period(span, code) for code in codes]

    assert [week for part in parts for week in weeks_of(part)] == weeks_of(year)
    assert [part.code for part in parts] == codes
    assert year.code == "2026"


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_week_is_in_one_month(day: date) -> None:
    month, week = month_of(day), week_of(day)

    assert week in weeks_of(month)
    assert month.named.month == (week.first + timedelta(days=3)).month
    assert parse_period(Span.MONTH, month.code) == month


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(list(Span)[1:5]))
def test_periods_before_one_stand_right_before_each_other(day: date, span: Span) -> None:
    code = {
        Span.WEEK: week_of(day).code,
        Span.MONTH: f"{day:%Y-%m}",
        Span.QUARTER: f"{day:%Y}-Q{(day.month + 2) // 3}",
        Span.YEAR: f"{day:%Y}",
    }[span]
    period = parse_period(span, code)
    steps = [*before(period, 8), period]

    assert len(steps) == 9
    assert {step.span for step in steps} == {span}
    assert [step.first - timedelta(days=1) for step in steps[1:]] == [it.last for it in steps[:-1]]
    assert [parse_period(span, step.code) for step in steps] == steps


def test_before_a_day_or_a_range_come_weeks() -> None:
    span = parse_period(Span.RANGE, "2026-11-18..2026-12-02")

    assert [week.code for week in before(span, 2)] == ["2026-W45", "2026-W46"]


def test_where_the_calendar_begins_there_are_fewer_before() -> None:
    assert before(parse_period(Span.WEEK, "0001-W03"), 8) == [
        parse_period(Span.WEEK, "0001-W01"),
        parse_period(Span.WEEK, "0001-W02"),
    ]
    assert before(parse_period(Span.YEAR, "0001"), 8) == []


def test_a_period_that_is_not_made_of_weeks_says_so() -> None:
    with pytest.raises(ValueError, match="2026-11-24"):
        weeks_of(parse_period(Span.DAY, "2026-11-24"))


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (Span.WEEK, "2026-W48"),
        (Span.MONTH, "2026-11"),
        (Span.QUARTER, "2026-Q4"),
        (Span.YEAR, "2026"),
    ],
)
def test_a_code_says_itself_what_it_is_of(span: Span, code: str) -> None:
    assert period_of_code(code) == parse_period(span, code)
