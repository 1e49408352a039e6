"""An organisation of channels that meet, kept as klantvraag keeps it and once more in plain Python.

What a figure must be is counted here anew, from the meetings, without the code under test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.dates import Period, week_of, weeks_of
from bot.domain.ids import new_id
from bot.domain.meeting import AgendaItem, Kind, State
from bot.domain.observation import Closing, Observed, Source
from bot.domain.release import Measure, Released
from bot.domain.view import ManagersDigestView
from bot.storage import (
    answers,
    channel_choices,
    channels,
    closings,
    items,
    meetings,
    observations,
    people,
)
from bot.storage.channel_choices import Choices
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases.toolbox import Caller, Toolbox

CUSTOMER = {"nl": CustomerWords("de huurder"), "en": CustomerWords("the tenant")}
ITEM = AgendaItem("1", "Onderwerp", Kind.SUBSTANTIVE)
SEEN = {Observed.CAME_UP, Observed.DID_NOT}
FEWEST = 5

Cell = tuple[str, date]  # channel and Monday


@dataclass(frozen=True)
class Item:
    """`certainty` of its one answer, None without; changed: a decision."""

    observed: Observed | None = Observed.DID_NOT
    certainty: Certainty | None = None
    changed: bool = False
    id: str = ""


@dataclass(frozen=True)
class Held:
    """A meeting that took place; `counted` are the people at each of its closings."""

    channel: str
    day: date
    items: tuple[Item, ...]
    counted: tuple[int | None, ...]
    id: str = ""

    @property
    def cell(self) -> Cell:
        return self.channel, week_of(self.day).first

    @property
    def people(self) -> int:
        return min((each for each in self.counted if each is not None), default=0)

    def counts(self, measure: Measure) -> bool:
        """Whether it has anything to count."""
        return {
            Measure.BY_ITSELF: any(item.observed in SEEN for item in self.items),
            Measure.COVERAGE: bool(self.items),
            Measure.CONSEQUENCE: any(item.certainty for item in self.items),
            Measure.OBSERVATION: bool(self.items),
        }[measure]


@dataclass(frozen=True)
class Published:
    """A figure as it was shown, with the meetings behind it by cell."""

    measure: Measure
    numbers: tuple[int, ...]
    behind: tuple[tuple[Cell, tuple[Held, ...]], ...]

    @cached_property
    def cells(self) -> dict[Cell, tuple[Held, ...]]:
        return {
            cell: counted
            for cell, held in self.behind
            if (counted := tuple(it for it in held if it.counts(self.measure)))
        }

    @cached_property
    def people(self) -> dict[Cell, int]:
        """In the channel, that week."""
        return {
            cell: max((it.people for it in held if it.counts(self.measure)), default=0)
            for cell, held in self.behind
        }


@dataclass
class Organisation:
    """`channels`: our ids by the platform's; `frozen`: the meetings of cells when first shown.

    `outside`: the channels whose figures count outside them.
    """

    toolbox: Toolbox
    caller: Caller
    channels: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str | None] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    meetings: dict[str, Held] = field(default_factory=dict)
    frozen: dict[Cell, tuple[Held, ...]] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)

    def add_channel(self, session: Session, name: str, level: str | None) -> None:
        """Also sets another level of one that is there; a new one counts outside itself."""
        new, settings = name not in self.channels, ChannelSettings("nl", CUSTOMER, level=level)
        self.channels[name] = channels.ensure(session, self.caller.platform, name, settings, NOW)
        self.levels[name] = level
        if new:
            self.choose(session, name, outside=True)

    def choose(self, session: Session, name: str, *, outside: bool) -> None:
        """A channel chooses whether its figures count outside it."""
        channel_choices.keep(session, self.channels[name], Choices(outside=outside))
        (self.outside.add if outside else self.outside.discard)(name)

    def hold(self, session: Session, held: Held) -> Held:
        """Keep a meeting, closed where anybody `counted`."""
        channel, person = self.channels[held.channel], self._person(session)
        series = channels.ensure_series(session, channel, "overleg", NOW)
        held = replace(held, id=new_id())
        kept = Meeting(
            id=held.id,
            channel_id=channel,
            title="Overleg",
            day=held.day,
            time=None,
            place=None,
            language="nl",
            customer="de huurder",
            state=State.PREPARED,
            counts_on=held.day,
        )
        meetings.add(session, kept, series, "overleg", person, NOW)
        meetings.set_state(session, held.id, State.OPEN, person, NOW)
        held = replace(held, items=tuple(self._items(session, held, person)))
        if held.counted:
            self._close(session, held, held.counted[-1], person)
        self.meetings[held.id] = held
        return held

    def close(
        self, session: Session, meeting_id: str, seen: Sequence[Observed], counted: int | None
    ) -> None:
        """Close a meeting, late or once more."""
        held = self.meetings[meeting_id]
        observed = tuple(
            replace(item, observed=each) for item, each in zip(held.items, seen, strict=True)
        )
        held = replace(held, items=observed, counted=(*held.counted, counted))
        self._close(session, held, counted, self._person(session))
        self.meetings[meeting_id] = held

    def _items(self, session: Session, held: Held, person: str) -> Iterator[Item]:
        for rank, item in enumerate(held.items):
            item_id = items.add(session, held.id, rank, ITEM)
            if item.certainty:
                given = Answer("ja", item.certainty, changed_decision=item.changed)
                answers.add(session, item_id, given, person, NOW)
            yield replace(item, id=item_id)

    def _close(self, session: Session, held: Held, counted: int | None, person: str) -> None:
        for item in held.items:
            if item.observed:
                observations.observe(session, item.id, Source.CHAIR, item.observed, person, NOW)
        closings.add(session, held.id, Closing(members=counted), person, NOW)
        meetings.set_state(session, held.id, State.CLOSED, person, NOW)

    def _person(self, session: Session) -> str:
        return people.ensure(session, self.caller.platform, self.caller.person, NOW)

    def read(self, view: ManagersDigestView) -> None:
        """Remember all figures of a digest, and what was behind them."""
        chosen = [
            name
            for name, level in self.levels.items()
            if name in self.outside
            and view.scope.level in (None, level)
            and (not view.scope.channels or name in view.scope.channels)
        ]
        for step in view.trend:
            self._read(step.released, chosen, step.period, view.until)
        for level, shown in view.levels.items():
            there = [name for name in chosen if self.levels[name] == level]
            self._read(shown, there, view.period, view.until)
        if view.before:
            self._before(view, chosen)
        for measure in Measure:
            self._add_up(measure, [self.levels[name] for name in chosen], view)

    def _before(self, view: ManagersDigestView, names: Sequence[str]) -> None:
        """The periods before that are shown are one figure too."""
        assert view.before
        shown = [step.period for step in view.trend[:-1] if step.released.by_itself]
        mondays = [week.first for period in shown for week in weeks_of(period)]
        cells = [(name, monday) for name in names for monday in mondays]
        behind = tuple((cell, self.frozen[cell]) for cell in cells)
        numbers = (view.before.count, view.before.of)
        self.published.append(Published(Measure.BY_ITSELF, numbers, behind))

    def _add_up(
        self, measure: Measure, levels: Iterable[str | None], view: ManagersDigestView
    ) -> None:
        """What is left when the levels of a digest are taken from its whole: somebody will."""
        added = [
            figure
            for level in set(levels)
            if level and (figure := self._of_level(measure, level, view))
        ]
        if added:
            numbers = tuple(map(sum, zip(*(it.numbers for it in added), strict=True)))
            behind = tuple(cell for it in added for cell in it.behind)
            self.published.append(Published(measure, numbers, behind))

    def _of_level(self, measure: Measure, level: str, view: ManagersDigestView) -> Published | None:
        shown = view.levels.get(level)
        if shown is None or getattr(shown, measure.value) is None:
            return None
        names = [
            name
            for name, its in self.levels.items()
            if its == level
            and name in self.outside
            and (not view.scope.channels or name in view.scope.channels)
        ]
        mondays = [week.first for week in weeks_of(view.period) if week.last <= view.until]
        cells = [(name, monday) for name in names for monday in mondays]
        behind = tuple((cell, self.frozen[cell]) for cell in cells)
        return Published(measure, numbers_of(shown)[measure], behind)

    def _read(self, shown: Released, names: Iterable[str], period: Period, until: date) -> None:
        mondays = [week.first for week in weeks_of(period) if week.last <= until]
        cells = [(name, monday) for name in names for monday in mondays]
        for measure in Measure:
            if getattr(shown, measure.value) is None:
                continue
            now = self._now()
            for cell in cells:
                self.frozen.setdefault(cell, tuple(now.get(cell, ())))
            numbers = numbers_of(shown)[measure]
            behind = tuple((cell, self.frozen[cell]) for cell in cells)
            self.published.append(Published(measure, numbers, behind))

    def _now(self) -> dict[Cell, list[Held]]:
        found: dict[Cell, list[Held]] = {}
        for held in self.meetings.values():
            found.setdefault(held.cell, []).append(held)
        return found


NOW = "2026-11-24T09:00:00.000+00:00"


def numbers_of(shown: Released) -> dict[Measure, tuple[int, ...]]:
    """The numbers that are shown, by measure."""
    found: dict[Measure, tuple[int, ...]] = {}
    for measure in (Measure.BY_ITSELF, Measure.CONSEQUENCE, Measure.OBSERVATION):
        if one := getattr(shown, measure.value):
            found[measure] = (one.count, one.of)
    if it := shown.coverage:
        found[Measure.COVERAGE] = (it.substantive, it.answered, it.unknown, it.not_applicable)
    return found


def recounted(measure: Measure, meetings: Iterable[Held]) -> tuple[int, ...]:
    """The same numbers, counted from the meetings behind them."""
    all_items = [item for held in meetings for item in held.items]
    observed = sum(item.observed in SEEN for item in all_items)
    answered = sum(item.certainty is not None for item in all_items)
    unknown = sum(item.certainty is Certainty.DONT_KNOW for item in all_items)
    return {
        Measure.BY_ITSELF: (sum(it.observed is Observed.CAME_UP for it in all_items), observed),
        Measure.COVERAGE: (len(all_items), answered, unknown, 0),
        Measure.CONSEQUENCE: (sum(it.changed for it in all_items), answered),
        Measure.OBSERVATION: (observed, len(all_items)),
    }[measure]


def wrong_with(published: Sequence[Published]) -> Iterator[str]:
    """What figures say that their meetings do not, and what is too small of them, two by two."""
    for figure in published:
        together = [it for held in figure.cells.values() for it in held]
        if recounted(figure.measure, together) != figure.numbers:
            yield f"{figure.measure}: {figure.numbers}, {recounted(figure.measure, together)}"
        if not _enough(figure, figure.cells):
            yield f"{figure.measure} over {sorted(figure.cells)}"
    for measure in Measure:
        shown = {tuple(sorted(it.cells)): it for it in published if it.measure is measure}
        for one in shown.values():
            for other in shown.values():
                rest = one.cells.keys() - other.cells.keys()
                if rest and not _enough(one, rest):
                    yield f"{measure}: {sorted(rest)} is left"


def _enough(figure: Published, cells: Iterable[Cell]) -> bool:
    there, people = list(cells), figure.people
    return (
        sum(len(figure.cells[cell]) for cell in there) >= FEWEST
        and max((people[cell] for cell in there), default=0) >= FEWEST
    )
