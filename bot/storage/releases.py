"""What figures left their channels: a measure, a set of channels, and whole weeks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import date

from bot.domain.release import Cells, Measure
from bot.storage.database import Session


def ensure_set(session: Session, channel_ids: Collection[str]) -> str:
    """The id of a set of channels, the same whenever these channels are taken together."""
    each = sorted(set(channel_ids))
    set_id = hashlib.sha256(" ".join(each).encode()).hexdigest()[:24]
    known = session.row(
        "select 1 from channel_sets where workspace_id = :workspace_id and id = :id", id=set_id
    )
    if not known:
        session.insert("channel_sets", {"id": set_id})
        for channel_id in each:
            session.insert("channels_in_sets", {"set_id": set_id, "channel_id": channel_id})
    return set_id


def holds_others(session: Session, set_id: str, without: str) -> bool:
    """Whether a set has channels that are not in the set `without`."""
    rows = session.rows(
        "select 1 from channels_in_sets as mine where mine.workspace_id = :workspace_id"
        " and mine.set_id = :set_id and not exists (select 1 from channels_in_sets as theirs"
        " where theirs.workspace_id = mine.workspace_id and theirs.set_id = :without"
        " and theirs.channel_id = mine.channel_id) limit 1",
        set_id=set_id,
        without=without,
    )
    return bool(rows)


def overlapping(session: Session, measure: Measure, first: date, last: date) -> list[Cells]:
    """The cells behind the figures of a measure that were shown of any of these weeks.

    Read from the last week back, so that what is older costs nothing.
    """
    rows = session.rows(
        "select set_id, first_week, last_week, left_out from releases"
        " where workspace_id = :workspace_id and measure = :measure"
        " and last_week >= :first and first_week <= :last",
        measure=measure.value,
        first=first.toordinal(),
        last=last.toordinal(),
    )
    return [
        Cells(
            str(set_id),
            date.fromordinal(begin),
            date.fromordinal(end),
            frozenset(map(date.fromordinal, json.loads(left_out))),
        )
        for set_id, begin, end, left_out in rows
    ]


def add(session: Session, measure: Measure, cells: Cells, now: str) -> None:
    """Remember that a figure over these cells was shown; once is enough."""
    session.rows(
        "insert into releases"
        " (workspace_id, measure, last_week, first_week, left_out, set_id, at)"
        " values (:workspace_id, :measure, :last, :first, :left_out, :set_id, :now)"
        " on conflict do nothing",
        left_out=json.dumps(sorted(week.toordinal() for week in cells.left_out)),
        measure=measure.value,
        last=cells.last.toordinal(),
        first=cells.first.toordinal(),
        set_id=cells.channels,
        now=now,
    )
