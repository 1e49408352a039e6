"""Let figures leave their channels: the one place where all of them pass the floors.

What is shown is recorded in the transaction that read it, so that two who ask at once do not get,
between them, what neither may have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from types import MappingProxyType

from bot.domain.dates import Period, week_of, weeks_of
from bot.domain.release import (
    Behind,
    Cell,
    Cells,
    Measure,
    Released,
    cell_of,
    cells_in,
    may_show,
    released,
)
from bot.storage import figures, released_cells, releases
from bot.storage.database import Session
from bot.usecases.toolbox import Caller, Toolbox


@dataclass(frozen=True)
class Shown:
    """What may be shown of a period; what was asked where coverage is, heard where by itself is."""

    released: Released = field(default_factory=Released)
    asked: Mapping[str, int] = field(default_factory=dict)
    heard: Mapping[str, int] = field(default_factory=dict)


class _NothingShown(Exception):
    """Ends a transaction of which nothing is kept, as nothing was shown."""


def release(
    toolbox: Toolbox,
    caller: Caller,
    last_over: date,
    channel_ids: Sequence[str],
    period: Period,
    beside: Mapping[Measure, Sequence[str]] = MappingProxyType({}),
) -> Shown:
    """What may be shown of channels together, in the weeks of a period until a Sunday.

    `beside`: of a measure, the channels that are shown next to these. Whoever looks adds them up,
    so their sum is shown too.
    """
    mondays = [week.first for week in weeks_of(period) if week.last <= last_over]
    shown = Shown()
    if not mondays or not _any(toolbox, caller, channel_ids, mondays[0], period.last):
        return shown
    counted = _count(toolbox, caller, channel_ids, mondays)
    with suppress(_NothingShown), toolbox.write(replace(caller, delivery=None)) as session:
        for channel_id, monday, cell in counted:
            released_cells.keep(session, channel_id, monday, cell, toolbox.now())
        cells = Cells(releases.ensure_set(session, channel_ids), mondays[0], mondays[-1])
        measures = _record(session, toolbox, cells, _sums(session, cells, channel_ids, beside))
        if not measures:
            raise _NothingShown
        shown = _read(session, cells, measures)
    return shown


def release_sum(
    toolbox: Toolbox, caller: Caller, channel_ids: Sequence[str], shown: Sequence[Period]
) -> bool:
    """Whether what came up by itself may be shown of several periods, all over, as one figure."""
    weeks = [week.first for period in shown for week in weeks_of(period)]
    with suppress(_NothingShown), toolbox.write(replace(caller, delivery=None)) as session:
        cells, measure = (
            cells_in(releases.ensure_set(session, channel_ids), weeks),
            Measure.BY_ITSELF,
        )
        if not _may_show(_Ledger(session), measure, cells, toolbox):
            raise _NothingShown
        releases.add(session, measure, cells, toolbox.now())
        return True
    return False


def _any(
    toolbox: Toolbox, caller: Caller, channel_ids: Sequence[str], first: date, last: date
) -> bool:
    """Whether anything was ever kept; otherwise there is no use in counting week by week."""
    with toolbox.read(caller) as session:
        there = (session, channel_ids, first, last)
        return figures.any_of(*there) or released_cells.any_of(*there)


def _count(
    toolbox: Toolbox, caller: Caller, channel_ids: Sequence[str], mondays: Sequence[date]
) -> list[tuple[str, date, Cell]]:
    """What cells count for that no figure was shown of, those that are empty too.

    Read before the transaction that keeps it, for nobody can write meanwhile and this may take
    long; where somebody else is shown them first, what they were shown counts.
    """
    with toolbox.read(caller) as session:
        return [
            (channel_id, monday, cell)
            for monday in mondays
            for channel_id, cell in _counted(
                session, released_cells.missing(session, channel_ids, monday), week_of(monday)
            )
        ]


def _counted(
    session: Session, channel_ids: Sequence[str], week: Period
) -> Iterator[tuple[str, Cell]]:
    held = figures.held(session, channel_ids, week.first, week.last) if channel_ids else []
    items = figures.items(session, held) if held else {}
    there = defaultdict(list)
    for meeting in held:
        there[meeting.channel_id].append((meeting.people, items.get(meeting.id, [])))
    for channel_id in channel_ids:
        yield channel_id, cell_of(there[channel_id])


def _sums(
    session: Session,
    cells: Cells,
    channel_ids: Sequence[str],
    beside: Mapping[Measure, Sequence[str]],
) -> dict[Measure, Cells]:
    """By measure, the cells together with those that are shown beside them."""
    return {
        measure: replace(cells, channels=releases.ensure_set(session, [*channel_ids, *others]))
        for measure, others in beside.items()
        if others
    }


def _record(
    session: Session, toolbox: Toolbox, cells: Cells, sums: Mapping[Measure, Cells]
) -> list[Measure]:
    """Which measures may be shown over these cells; they, and their sums, now count as shown."""
    ledger, shown = _Ledger(session), []
    for measure in Measure:
        told = {cells, sums.get(measure, cells)}
        if all(_may_show(ledger, measure, it, toolbox) for it in told):
            shown.append(measure)
            for each in told:
                releases.add(session, measure, each, toolbox.now())
    return shown


def _may_show(ledger: _Ledger, measure: Measure, cells: Cells, toolbox: Toolbox) -> bool:
    parts, differences = ledger.parts(measure, cells), ledger.differences(measure, cells)
    return may_show(parts, differences, toolbox.config.floors)


class _Ledger:
    """What is behind figures, week by week; each is read when it is asked for, and once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._behind = cache(partial(released_cells.behind, session))
        self._holds_others = cache(partial(releases.holds_others, session))

    def parts(self, measure: Measure, cells: Cells) -> Iterator[Behind]:
        """What is behind a measure over these cells."""
        return (self._behind(cells.channels, week)[measure] for week in cells.weeks)

    def differences(self, measure: Measure, cells: Cells) -> Iterator[Iterator[Behind]]:
        """By what these cells differ from those of each figure that was shown of their weeks."""
        for other in releases.overlapping(self._session, measure, cells.first, cells.last):
            yield self._without(measure, cells, other)
            yield self._without(measure, other, cells)

    def _without(self, measure: Measure, cells: Cells, other: Cells) -> Iterator[Behind]:
        """What is behind these cells that is not behind the others."""
        more_channels = self._holds_others(cells.channels, other.channels)
        for week in cells.weeks:
            if week not in other:
                yield self._behind(cells.channels, week)[measure]
            elif more_channels:
                yield self._behind(cells.channels, week, other.channels)[measure]


def _read(session: Session, cells: Cells, measures: Sequence[Measure]) -> Shown:
    return Shown(
        released(released_cells.counted(session, cells), measures),
        released_cells.asked(session, cells) if Measure.COVERAGE in measures else {},
        released_cells.heard(session, cells) if Measure.BY_ITSELF in measures else {},
    )
