"""What may be shown of figures outside their channel: nothing about few people or few meetings.

A *cell* is a channel's ISO week. A figure rests on cells; who subtracts one figure from another is
left with the cells by which they differ, so these have to be enough too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from bot.domain.digest import CountedItem, Figures, count
from bot.domain.meeting import Kind
from bot.domain.proportion import Proportion

LEAST = 5  # floors can be raised, not lowered


class Measure(StrEnum):
    """What is counted, each with items, and so meetings, of its own behind it."""

    BY_ITSELF = "by_itself"
    COVERAGE = "coverage"
    CONSEQUENCE = "consequence"
    OBSERVATION = "observation"


@dataclass(frozen=True)
class Coverage:
    """What became of the questions at `substantive` items; `unknown` of the `answered`, open left.

    `unknown`: answered with "we don't know yet".
    """

    substantive: int
    answered: int
    unknown: int
    not_applicable: int


@dataclass(frozen=True)
class Released:
    """Figures that passed the floors; None is one that is too small to show, never a nought.

    `by_itself`: came up by itself, of the observed. `consequence`: items where an answer changed
    the decision, of the answered. `observation`: observed, of the substantive.
    """

    by_itself: Proportion | None = None
    coverage: Coverage | None = None
    consequence: Proportion | None = None
    observation: Proportion | None = None


@dataclass(frozen=True)
class Counts:
    """The counts of items that figures are made of, as `Figures` has them; they add up."""

    substantive: int = 0
    observed: int = 0
    came_up: int = 0
    answered: int = 0
    unknown: int = 0
    not_applicable: int = 0
    changed_decisions: int = 0


@dataclass(frozen=True)
class Cell:
    """What is told outside a channel of one of its weeks.

    By measure, `meetings` with something to count, and the `people` in the channel at those, the
    most of them. `asked` counts the questions at substantive items by key, `heard` by language the
    observed items at which the recogniser had its say.
    """

    people: Mapping[Measure, int]
    meetings: Mapping[Measure, int]
    counts: Counts
    asked: Mapping[str, int]
    heard: Mapping[str, int]


@dataclass(frozen=True)
class Behind:
    """What stands behind a figure: the people of its largest channel, and its meetings."""

    people: int = 0
    meetings: int = 0

    def __add__(self, other: Behind) -> Behind:
        return Behind(max(self.people, other.people), self.meetings + other.meetings)


@dataclass(frozen=True)
class Floors:
    """As many must stand behind whatever is shown outside its channel."""

    people: int = LEAST
    meetings: int = LEAST

    def met_by(self, behind: Behind) -> bool:
        """Whether there are enough people and enough meetings."""
        return behind.people >= self.people and behind.meetings >= self.meetings


@dataclass(frozen=True)
class Cells:
    """The cells of a set of channels in whole weeks: the Mondays of the first and the last.

    `left_out` are the Mondays between them of weeks that are not among them.
    """

    channels: str
    first: date
    last: date
    left_out: frozenset[date] = frozenset()

    @property
    def weeks(self) -> list[date]:
        """The Monday of each, in order."""
        mondays = range(self.first.toordinal(), self.last.toordinal() + 1, 7)
        return [week for week in map(date.fromordinal, mondays) if week not in self.left_out]

    def __contains__(self, week: date) -> bool:
        return self.first <= week <= self.last and week not in self.left_out


def cells_in(channels: str, weeks: Collection[date]) -> Cells:
    """The cells of a set of channels in these weeks, by their Mondays; at least one."""
    whole = Cells(channels, min(weeks), max(weeks))
    return replace(whole, left_out=frozenset(whole.weeks) - frozenset(weeks))


def may_show(
    own: Iterable[Behind], differences: Iterable[Iterable[Behind]], floors: Floors
) -> bool:
    """Whether a figure may be shown, by what is behind it in parts, each of other meetings.

    `differences` are, for each figure shown before, what it has more and what it has less: enough
    too, or nothing at all. Of everything no more is taken than it needs.
    """
    return floors.met_by(_together(own, floors)) and all(
        floors.met_by(behind) or not behind.meetings
        for behind in (_together(parts, floors) for parts in differences)
    )


def _together(parts: Iterable[Behind], floors: Floors) -> Behind:
    """What is behind parts, as far as it takes to meet the floors."""
    behind = Behind()
    for part in parts:
        behind += part
        if floors.met_by(behind):
            break
    return behind


def cell_of(meetings: Iterable[tuple[int, Sequence[CountedItem]]]) -> Cell:
    """The cell of these meetings of a channel: the people at each, and its items."""
    held = list(meetings)
    figures = [count(1, 0, items, ()) for _, items in held]
    there = [(people, each) for (people, _), each in zip(held, figures, strict=True)]
    counted = [item for _, items in held for item in items if item.kind is Kind.SUBSTANTIVE]
    return Cell(
        people={
            measure: max((number for number, it in there if _BASE[measure](it)), default=0)
            for measure in Measure
        },
        meetings={measure: sum(map(_BASE[measure], figures)) for measure in Measure},
        counts=_added(figures),
        asked=Counter(key for item in counted for key in item.asked),
        heard=sum((Counter(each.heard) for each in figures), Counter()),
    )


def everything(figures: Figures) -> Released:
    """What a channel sees of its own figures, however small they are."""
    return released(_added([figures]), set(Measure))


def released(counts: Counts, shown: Collection[Measure]) -> Released:
    """The figures of these counts, without those that are not shown."""
    every = Released(
        by_itself=Proportion(counts.came_up, counts.observed),
        coverage=Coverage(
            counts.substantive, counts.answered, counts.unknown, counts.not_applicable
        ),
        consequence=Proportion(counts.changed_decisions, counts.answered),
        observation=Proportion(counts.observed, counts.substantive),
    )
    return Released(**{measure.value: getattr(every, measure.value) for measure in shown})


def _added(figures: Sequence[Figures]) -> Counts:
    return Counts(*(sum(getattr(each, it.name) for each in figures) for it in fields(Counts)))


# Whether a meeting has anything that a measure counts.
_BASE = {
    Measure.BY_ITSELF: lambda figures: figures.observed > 0,
    Measure.COVERAGE: lambda figures: figures.substantive > 0,
    Measure.CONSEQUENCE: lambda figures: figures.answered > 0,
    Measure.OBSERVATION: lambda figures: figures.substantive > 0,
}
