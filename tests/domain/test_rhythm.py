"""When the next meeting of a series is to be expected, from the days of the last ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import week_of
from bot.domain.rhythm import EachMonth, EveryWeeks, expects, rhythm_of

TUESDAY = date(2026, 11, 24)


def every(weeks: int, times: int, last: date = TUESDAY) -> list[date]:
    return [last - timedelta(weeks=weeks * back) for back in range(times)]


def nth(number: int, weekday: int, since: date) -> Iterator[date]:
    """The first (0), second … or last (-1) such day of each month from that of `since` on."""
    for month in count(since.year * 12 + since.month - 1):
        first = date(month // 12, month % 12 + 1, 1)
        days = [first + timedelta(days=n) for n in range(31)]
        yield [d for d in days if d.month == first.month and d.weekday() == weekday][number]


def days(*words: str) -> list[date]:
    return [date.fromisoformat(f"2026-{word}") for word in words]


def expected_in(found: Sequence[date], weeks: range = range(1, 9)) -> list[int]:
    """In which of the weeks after the last one a meeting is expected."""
    last = max(found)
    return [n for n in weeks if expects(found, week_of(last + timedelta(weeks=n)))]


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_the_next_turn_and_after_one_that_was_left_out_the_one_after_that(weeks: int) -> None:
    found = every(weeks, 6)

    assert rhythm_of(found) == EveryWeeks(weeks)
    assert expected_in(found) == [weeks, 2 * weeks]


@pytest.mark.parametrize("times", [0, 1, 2])
def test_two_meetings_are_no_rhythm(times: int) -> None:
    assert rhythm_of(every(1, times)) is None
    assert not expects(every(1, times), week_of(TUESDAY + timedelta(weeks=1)))


def test_three_are() -> None:
    assert rhythm_of(every(1, 3)) == EveryWeeks(1)


def test_the_day_of_the_week_may_differ() -> None:
    moved = days("11-03", "11-12", "11-16", "11-24")

    assert rhythm_of(moved) == EveryWeeks(1)


def test_holidays_do_not_end_a_rhythm() -> None:
    summer = days("06-30", "07-07", "08-25", "09-01", "09-08", "09-15")

    assert rhythm_of(summer) == EveryWeeks(1)


def test_several_in_a_week_are_expected_each_week() -> None:
    standups = [TUESDAY - timedelta(days=back) for back in range(0, 24, 2)]

    assert rhythm_of(standups) == EveryWeeks(1)
    assert expected_in(standups) == [1, 2]


def test_whatever_comes_now_and_then_is_not_expected() -> None:
    assert rhythm_of(days("01-05", "02-17", "02-24", "05-12", "06-02", "09-15")) is None


@pytest.mark.parametrize(
    ("number", "weekday", "since", "next_one"),
    [
        (0, 0, date(2026, 6, 1), date(2026, 12, 7)),
        (1, 1, date(2026, 6, 1), date(2026, 12, 8)),
        (2, 3, date(2026, 6, 1), date(2026, 12, 17)),
        (-1, 3, date(2026, 5, 1), date(2026, 11, 26)),
    ],
)
def test_a_day_of_the_month(number: int, weekday: int, since: date, next_one: date) -> None:
    found = list(islice(nth(number, weekday, since), 6))
    week = week_of(next_one)

    assert rhythm_of(found) == EachMonth(number + 1 if number >= 0 else -1, weekday)
    assert expects(found, week)
    assert not expects(found, week_of(week.first - timedelta(days=1)))
    assert not expects(found, week_of(week.last + timedelta(days=1)))


def test_one_that_was_moved_leaves_the_day_of_the_month() -> None:
    found = days("08-03", "09-07", "10-05", "11-09")

    assert rhythm_of(found) == EachMonth(1, 0)
    assert expects(found, week_of(date(2026, 12, 7)))


def test_a_month_that_was_left_out_is_one_too() -> None:
    found = days("07-06", "08-03", "09-07", "10-05")

    assert expects(found, week_of(date(2026, 12, 7)))
    assert not expects(found, week_of(date(2027, 1, 4)))


def test_four_weeks_are_no_month() -> None:
    assert rhythm_of(every(4, 5)) == EveryWeeks(4)


def test_after_three_meetings_a_month_is_likelier_than_four_weeks() -> None:
    assert rhythm_of(days("02-03", "03-03", "03-31")) == EveryWeeks(4)
    assert rhythm_of(days("09-08", "10-13", "11-10")) == EachMonth(2, 1)
    assert rhythm_of(days("02-10", "03-10", "04-14")) == EachMonth(2, 1)
    assert rhythm_of(days("01-12", "02-09", "03-09")) == EachMonth(2, 0)


def test_each_quarter_is_not_each_month() -> None:
    assert rhythm_of(days("01-05", "04-06", "07-06", "10-05")) is None


def test_what_was_long_ago_tells_nothing() -> None:
    now = every(4, 6)

    assert rhythm_of([*every(1, 30, min(now)), *now]) == EveryWeeks(4)


def test_a_new_rhythm_is_seen_when_most_of_the_last_ones_follow_it() -> None:
    weekly, then = every(1, 3, date(2026, 9, 1)), days("09-15", "09-29", "10-13")

    assert rhythm_of([*weekly, *then[:1]]) == EveryWeeks(1)
    assert rhythm_of([*weekly, *then]) == EveryWeeks(2)


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), max_size=12))
def test_a_meeting_is_expected_in_two_weeks_at_most_and_in_no_order_more(found: list[date]) -> None:
    if not found:
        assert rhythm_of(found) is None
        return
    told = expected_in(found, range(1, 30))

    assert len(told) <= 2
    assert told == expected_in(found[::-1], range(1, 30))
    assert all(n <= 10 for n in told)
