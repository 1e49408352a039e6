"""What was counted in a channel's week when a figure over it was first shown elsewhere.

From then on it stays so outside the channel: what comes in later would be told by the difference.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields
from datetime import date

from bot.domain.release import Behind, Cell, Cells, Counts, Measure
from bot.storage.database import Session, Value

_COUNTED = {  # how the columns begin that tell what is behind a measure
    Measure.BY_ITSELF: "observed",
    Measure.COVERAGE: "substantive",
    Measure.CONSEQUENCE: "answered",
    Measure.OBSERVATION: "substantive",
}
_COUNTS = [field.name for field in fields(Counts)]
# From the channels of a set to their cells, by the key of both.
_CELLS = (
    " from channels_in_sets as mine cross join released_cells"
    " on released_cells.workspace_id = mine.workspace_id"
    " and released_cells.channel_id = mine.channel_id and week between :first and :last"
    " where mine.workspace_id = :workspace_id and mine.set_id = :set_id"
)
_NOT_IN = (
    " and not exists (select 1 from channels_in_sets as theirs"
    " where theirs.workspace_id = mine.workspace_id and theirs.set_id = :without"
    " and theirs.channel_id = mine.channel_id)"
)


def missing(session: Session, channel_ids: Collection[str], week: date) -> list[str]:
    """Those of these channels of whose week nothing is kept yet."""
    rows = session.rows(
        "select id from channels where workspace_id = :workspace_id"
        " and id in (select value from json_each(:channel_ids))"
        " and not exists (select 1 from released_cells"
        " where released_cells.workspace_id = channels.workspace_id"
        " and channel_id = channels.id and week = :week)",
        channel_ids=json.dumps(list(channel_ids)),
        week=week.toordinal(),
    )
    return [str(channel_id) for (channel_id,) in rows]


def any_of(session: Session, channel_ids: Collection[str], first: date, last: date) -> bool:
    """Whether anything is kept of a week of these channels."""
    rows = session.rows(
        "select 1 from released_cells where workspace_id = :workspace_id and channel_id in"
        " (select value from json_each(:channel_ids)) and week between :first and :last limit 1",
        channel_ids=json.dumps(list(channel_ids)),
        first=first.toordinal(),
        last=last.toordinal(),
    )
    return bool(rows)


def keep(session: Session, channel_id: str, week: date, cell: Cell, now: str) -> None:
    """Keep what a channel's week counts for from now on, unless that is kept already."""
    values: dict[str, Value] = {
        "channel_id": channel_id,
        "week": week.toordinal(),
        **{f"{it}_people": cell.people[measure] for measure, it in _COUNTED.items()},
        **{f"{it}_meetings": cell.meetings[measure] for measure, it in _COUNTED.items()},
        **vars(cell.counts),
        "asked": json.dumps(cell.asked),
        "heard": json.dumps(cell.heard),
        "at": now,
    }
    session.rows(
        f"insert into released_cells (workspace_id, {', '.join(values)})"  # noqa: S608
        f" values (:workspace_id, {', '.join(f':{name}' for name in values)})"
        " on conflict do nothing",
        **values,
    )


def behind(
    session: Session, set_id: str, week: date, without: str | None = None
) -> dict[Measure, Behind]:
    """What stands behind a week of these channels, but for those in the set `without`."""
    columns = ", ".join(
        f"coalesce(max({it}_people), 0), coalesce(sum({it}_meetings), 0)"
        for it in _COUNTED.values()
    )
    row = session.row(
        f"select {columns}" + _CELLS + (_NOT_IN if without else ""),
        set_id=set_id,
        without=without,
        first=week.toordinal(),
        last=week.toordinal(),
    )
    numbers = list(row or ())
    return {
        measure: Behind(people, meetings)
        for measure, people, meetings in zip(_COUNTED, numbers[::2], numbers[1::2], strict=True)
    }


def counted(session: Session, cells: Cells) -> Counts:
    """The counts of cells together."""
    columns = ", ".join(f"coalesce(sum({column}), 0)" for column in _COUNTS)
    row = session.row(f"select {columns}" + _CELLS, **_of(cells))
    return Counts(*(row or ()))


def asked(session: Session, cells: Cells) -> dict[str, int]:
    """How many times each question was asked, by its key."""
    return _added(session, cells, "asked")


def heard(session: Session, cells: Cells) -> dict[str, int]:
    """At how many observed items the recogniser had its say, by language."""
    return _added(session, cells, "heard")


def _added(session: Session, cells: Cells, column: str) -> dict[str, int]:
    rows = session.rows(
        "select key, sum(value)"
        + _CELLS.replace(" where", f" cross join json_each({column}) where")
        + " group by key order by key",
        **_of(cells),
    )
    return {str(key): int(number) for key, number in rows}


def _of(cells: Cells) -> dict[str, str | int]:
    first, last = cells.first.toordinal(), cells.last.toordinal()
    return {"set_id": cells.channels, "first": first, "last": last}
