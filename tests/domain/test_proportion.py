"""Intervals against published values, and what they promise whatever is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.proportion import Proportion, comparable, difference, may_be_chance

# R. G. Newcombe (1998), Statist. Med. 17, 857-872, table I, method 3.
WILSON = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# The same (1998), Statist. Med. 17, 873-890, table II, method 10.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("count", "of", "low", "high"), WILSON)
def test_wilsons_interval_is_the_published_one(
    count: int, of: int, low: float, high: float
) -> None:
    assert Proportion(count, of).interval == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), NEWCOMBE)
def test_newcombes_interval_is_the_published_one(
    a: int, m: int, b: int, n: int, low: float, high: float
) -> None:
    found = difference(Proportion(a, m), Proportion(b, n))

    assert found == pytest.approx((low, high), abs=0.00005)


def test_of_nothing_there_is_no_share_and_no_interval() -> None:
    nothing = Proportion(0, 0)

    assert (nothing.share, nothing.interval) == (None, None)
    assert difference(nothing, Proportion(3, 20)) is None
    assert may_be_chance(nothing, Proportion(3, 20))


def test_intervals_may_overlap_where_the_difference_is_no_chance() -> None:
    """Why overlap is not looked at: it would call this chance."""
    one, other = Proportion(56, 70), Proportion(48, 80)

    assert one.interval
    assert other.interval
    assert one.interval[0] < other.interval[1]
    assert not may_be_chance(one, other)


def test_fewer_than_twenty_are_not_compared() -> None:
    assert comparable(Proportion(0, 20), Proportion(5, 20))
    assert not comparable(Proportion(0, 19), Proportion(5, 200))
    assert not comparable(Proportion(5, 200), Proportion(0, 19))


counts = st.integers(1, 500).flatmap(
    lambda of: st.builds(Proportion, st.integers(0, of), st.just(of))
)


@given(counts)
def test_the_share_lies_in_its_interval_and_that_between_nothing_and_all(one: Proportion) -> None:
    assert one.interval
    low, high = one.interval

    assert 0 <= low <= one.count / one.of <= high <= 1
    assert low < high


@given(counts, counts)
def test_a_difference_turned_round_is_the_same_difference(
    one: Proportion, other: Proportion
) -> None:
    there, back = difference(one, other), difference(other, one)

    assert there
    assert back
    assert (there[0], there[1]) == pytest.approx((-back[1], -back[0]))
    assert may_be_chance(one, other) == may_be_chance(other, one)
    assert may_be_chance(one, one)
