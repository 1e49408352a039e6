"""The order of an agenda and its numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.meeting import AgendaItem, Kind, SubItem
from bot.domain.numbering import free_position, moved, renumbered


def item(position: str, **more) -> AgendaItem:
    return AgendaItem(position, f"Punt {position}", Kind.SUBSTANTIVE, **more)


def agenda(*positions: str) -> list[AgendaItem]:
    return [item(position) for position in positions]


def positions(items) -> str:
    return " ".join(it.position for it in items)


@pytest.mark.parametrize(
    ("before", "after"),
    [("2 1 3", "1 2 3"), ("4 1 2 3", "1 2 3 4"), ("3 4a 4b 5", "3 4a 4b 5"), ("2 3 1a", "2 3 1a")],
)
def test_only_numbers_that_simply_count_are_counted_anew(before: str, after: str) -> None:
    assert positions(renumbered(agenda(*before.split()))) == after


def test_what_stands_below_an_item_goes_with_its_number() -> None:
    below = SubItem("2a", "Lift", sub_items=(SubItem("2aa", "Kabel"), SubItem("–", "Los")))
    first, _ = renumbered([item("2", sub_items=(below,)), item("1")])

    assert first.sub_items[0].position == "1a"
    assert [sub.position for sub in first.sub_items[0].sub_items] == ["1aa", "–"]


@pytest.mark.parametrize(
    ("there", "free"), [("1 2", "3"), ("1 4a 4b", "5"), ("a b", "3"), ("2 12 3", "13"), ("", "1")]
)
def test_a_new_number_is_one_nobody_has(there: str, free: str) -> None:
    assert free_position(agenda(*there.split())) == free


def test_an_item_moves_one_place_and_the_ends_stay() -> None:
    placed = [(it.position, it) for it in agenda("1", "2", "3")]
    assert [name for name, _ in moved(placed, 0, 1)] == ["2", "1", "3"]
    assert [name for name, _ in moved(placed, 2, 1)] == ["1", "3", "2"]
    assert moved(placed, 0, -1) == placed
    assert moved(placed, 2, 3) == placed


def test_times_belong_to_the_places() -> None:
    early, late = item("1", starts_at=time(10)), item("2", starts_at=time(10, 30))
    (one, first), (other, second) = moved([("a", early), ("b", late)], 1, 0)

    assert (one, other) == ("b", "a")
    assert (first.starts_at, second.starts_at) == (time(10), time(10, 30))


def test_an_item_comes_into_the_next_session_before_it_passes_anything_there() -> None:
    placed = [("a", item("1", session="Ochtend")), ("b", item("2", session="Middag"))]
    once = moved(placed, 0, 1)
    assert once == [("a", replace(placed[0][1], session="Middag")), placed[1]]
    assert [name for name, _ in moved(once, 0, 1)] == ["b", "a"]
