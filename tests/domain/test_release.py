"""What may leave a channel: enough behind it, and behind what it differs by from what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import Answer, Certainty
from bot.domain.digest import CountedItem, count
from bot.domain.meeting import Kind
from bot.domain.observation import Observed
from bot.domain.proportion import Proportion
from bot.domain.release import (
    Behind,
    Cells,
    Counts,
    Coverage,
    Floors,
    Measure,
    cell_of,
    everything,
    may_show,
)

FLOORS = Floors()
ENOUGH, FEW, NOTHING = Behind(5, 5), Behind(9, 4), Behind()
KNOW = Answer("ja", Certainty.KNOW, changed_decision=True)
NEVER_MIND = Answer("", None, changed_decision=True)


@pytest.mark.parametrize(
    ("differences", "shown"),
    [
        ([], True),
        ([[NOTHING], [ENOUGH]], True),
        ([[Behind(2, 3), Behind(5, 2)]], True),
        ([[FEW]], False),
        ([[NOTHING], [ENOUGH], [Behind(4, 50)]], False),
    ],
)
def test_every_difference_is_enough_or_nothing(
    differences: list[list[Behind]], shown: bool
) -> None:
    assert may_show([ENOUGH], differences, FLOORS) is shown
    assert not may_show([FEW], differences, FLOORS)
    assert not may_show([NOTHING], differences, FLOORS)


def test_no_more_is_read_than_it_takes() -> None:
    def parts() -> Iterator[Behind]:
        yield FEW
        yield Behind(1, 1)
        pytest.fail("it was enough already")

    assert may_show(parts(), [parts()], FLOORS)


numbers = st.builds(Behind, st.integers(0, 20), st.integers(0, 20))


@given(st.lists(numbers, min_size=1))
def test_together_it_is_the_largest_channel_and_all_meetings(parts: list[Behind]) -> None:
    together = sum(parts, Behind())

    assert together.people == max(part.people for part in parts)
    assert together.meetings == sum(part.meetings for part in parts)
    assert may_show(parts, [], FLOORS) is FLOORS.met_by(together)


def test_a_cell_counts_its_meetings_by_what_they_have() -> None:
    opening = CountedItem(Kind.PROCEDURAL, ["ease"], [KNOW], Observed.CAME_UP)
    first = [opening, CountedItem(Kind.SUBSTANTIVE, ["ease"], [KNOW], Observed.CAME_UP, "nl")]
    second = [CountedItem(Kind.SUBSTANTIVE, ["ease", "notice"], [NEVER_MIND])]

    cell = cell_of([(4, first), (5, second), (6, [opening])])

    assert cell.people == {  # the six were at a meeting with nothing to count
        Measure.BY_ITSELF: 4,
        Measure.COVERAGE: 5,
        Measure.CONSEQUENCE: 4,
        Measure.OBSERVATION: 5,
    }
    assert cell.meetings == {
        Measure.BY_ITSELF: 1,
        Measure.COVERAGE: 2,
        Measure.CONSEQUENCE: 1,
        Measure.OBSERVATION: 2,
    }
    assert cell.counts == Counts(2, 1, 1, 1, 0, 1, 1)
    assert (cell.asked, cell.heard) == ({"ease": 2, "notice": 1}, {"nl": 1})


def test_a_cell_without_meetings_is_a_cell() -> None:
    cell = cell_of([])

    assert cell.counts == Counts()
    assert {*cell.people.values(), *cell.meetings.values()} == {0}


def test_its_own_channel_sees_everything() -> None:
    items = [CountedItem(Kind.SUBSTANTIVE, [], [KNOW], Observed.DID_NOT)]

    shown = everything(count(1, 0, items, []))

    assert shown.by_itself == Proportion(0, 1)
    assert shown.coverage == Coverage(1, 1, 0, 0)
    assert (shown.consequence, shown.observation) == (Proportion(1, 1), Proportion(1, 1))


def test_cells_are_in_their_weeks() -> None:
    cells = Cells("all", date(2026, 11, 2), date(2026, 11, 16))

    assert cells.weeks == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert date(2026, 11, 9) in cells
    assert date(2026, 11, 23) not in cells
