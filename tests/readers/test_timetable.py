"""When a schedule is due: each week once, also in the nights in which the clock is changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import month_of
from bot.domain.schedule import EVERY_MONDAY, Every, Weekly, period_over
from bot.readers.timetable import between, newest

SUNDAY_NIGHT = Weekly(7, time(2, 30))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "around", "due"),
    [
        (EVERY_MONDAY, "2026-10-25", ["2026-10-19 07:00", "2026-10-26 08:00"]),
        (EVERY_MONDAY, "2027-03-28", ["2027-03-22 08:00", "2027-03-29 07:00"]),
        # 02:30 comes twice, and the first time is meant
        (SUNDAY_NIGHT, "2026-10-25", ["2026-10-18 00:30", "2026-10-25 00:30", "2026-11-01 01:30"]),
        # 02:30 is left out, and comes when the clock shows 03:00
        (SUNDAY_NIGHT, "2027-03-28", ["2027-03-21 01:30", "2027-03-28 01:00", "2027-04-04 00:30"]),
    ],
)
def test_the_nights_in_which_the_clock_is_changed(
    moment: Weekly, around: str, due: list[str]
) -> None:
    middle, week = utc(around), timedelta(days=7, hours=3)

    found = list(between(moment, Every.WEEK, middle - week, middle + week))

    assert found == [utc(text) for text in due]
    for instant in found:
        before = instant - timedelta(microseconds=1)
        assert newest(moment, Every.WEEK, instant) == instant
        assert newest(moment, Every.WEEK, before) < before


def test_the_second_time_of_an_hour_is_not_another() -> None:
    second = utc("2026-10-25 01:30")

    assert newest(SUNDAY_NIGHT, Every.WEEK, second) == utc("2026-10-25 00:30")
    assert list(between(SUNDAY_NIGHT, Every.WEEK, utc("2026-10-25 00:30"), second)) == []


def test_a_month_comes_in_the_week_after_its_last() -> None:
    """November 2026 has four weeks (2–29 Nov), October has four too, December five."""
    year = list(
        between(Weekly(3), Every.MONTH, utc("2026-10-10 00:00"), utc("2027-01-31 00:00")),
    )

    assert [f"{due:%Y-%m-%d}" for due in year] == ["2026-11-04", "2026-12-02", "2027-01-06"]
    periods = [period_over(Every.MONTH, due.date()).code for due in year]
    assert periods == ["2026-10", "2026-11", "2026-12"]


MOMENTS = st.builds(
    Weekly,
    st.integers(1, 7),
    st.times().map(lambda it: it.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Amsterdam", "UTC", "America/New_York", "Australia/Lord_Howe"]),
)


INSTANTS = st.integers(0, 2 * 365 * 24 * 3600).map(
    lambda second: utc("2026-01-01") + timedelta(seconds=second)
)


@given(MOMENTS, INSTANTS)
def test_every_week_has_one_and_it_is_the_newest(moment: Weekly, at: datetime) -> None:
    due = list(between(moment, Every.WEEK, at - timedelta(weeks=8), at))
    local = [one.astimezone(ZoneInfo(moment.zone)) for one in due]

    assert len({one.isocalendar()[:2] for one in local}) == len(due)
    assert len(due) in (7, 8, 9)  # a week is an hour shorter or longer twice a year
    assert {one.isoweekday() for one in local} == {moment.day}
    assert newest(moment, Every.WEEK, at) == due[-1]


@given(MOMENTS, INSTANTS)
def test_every_month_has_one(moment: Weekly, at: datetime) -> None:
    due = newest(moment, Every.MONTH, at)
    local = due.astimezone(ZoneInfo(moment.zone)).date()

    assert due <= at
    over = period_over(Every.MONTH, local)
    assert over.last < local <= over.last + timedelta(days=7)
    (following, *_) = between(moment, Every.MONTH, due, due + timedelta(days=40))
    after = period_over(Every.MONTH, following.astimezone(ZoneInfo(moment.zone)).date())
    assert after == month_of(over.last + timedelta(days=1))
    assert following > at
