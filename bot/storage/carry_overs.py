"""Items that go on with one of an earlier meeting, and the meetings whose open items should."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from bot.storage.database import Session

# Which index is the best SQLite can only guess: so queries name theirs.


def last_closed(
    session: Session, channel_id: str, series_key: str, since: date, but: str | None
) -> str | None:
    """The id of the meeting that was closed last, `but` for one: of this series, else of any.

    One of another series counts on a day from `since` on.
    """
    row = session.row(
        "select meetings.id from meetings indexed by meetings_by_day cross join series"
        " on series.workspace_id = meetings.workspace_id and series.id = series_id"
        " where meetings.workspace_id = :workspace_id and meetings.channel_id = :channel_id"
        " and state = 'closed'"
        " and meetings.id is not :but and (key = :key or counts_on >= :since)"
        " order by key = :key desc, counts_on desc, (select max(at) from meeting_states"
        " where meeting_states.workspace_id = meetings.workspace_id and meeting_id = meetings.id)"
        " desc, meetings.id limit 1",
        channel_id=channel_id,
        key=series_key,
        since=since.toordinal(),
        but=but,
    )
    return str(row[0]) if row else None


def taken(session: Session, meeting_id: str) -> dict[str, set[str]]:
    """The items of a meeting that are on another agenda now, each with those meetings' ids.

    What stands on an agenda that was withdrawn is on none.
    """
    rows = session.rows(
        "select items.id, later.meeting_id from items indexed by items_by_meeting"
        " cross join items as later indexed by items_by_origin on later.workspace_id ="
        " items.workspace_id and later.carried_from = items.id and later.removed_at is null"
        " cross join meetings on meetings.workspace_id = later.workspace_id"
        " and meetings.id = later.meeting_id and withdrawn_at is null"
        " where items.workspace_id = :workspace_id and items.meeting_id = :meeting_id",
        meeting_id=meeting_id,
    )
    found: dict[str, set[str]] = defaultdict(set)
    for item_id, later in rows:
        found[str(item_id)].add(str(later))
    return dict(found)


def origins(session: Session, meeting_id: str) -> dict[str, tuple[str, date]]:
    """The items on a meeting's agenda that go on with one before: its meeting's id and day."""
    rows = session.rows(
        "select items.id, meetings.id, counts_on from items indexed by items_by_meeting"
        " cross join items as before"
        " on before.workspace_id = items.workspace_id and before.id = items.carried_from"
        " cross join meetings on meetings.workspace_id = before.workspace_id"
        " and meetings.id = before.meeting_id where items.workspace_id = :workspace_id"
        " and items.meeting_id = :meeting_id and items.removed_at is null",
        meeting_id=meeting_id,
    )
    return {str(item): (str(before), date.fromordinal(day)) for item, before, day in rows}


def choose(session: Session, meeting_id: str, person_id: str, now: str) -> None:
    """Remember who first wanted a meeting's open items on the next agenda."""
    session.rows(
        "insert into carry_overs (workspace_id, meeting_id, person_id, at) values (:workspace_id,"
        " :meeting_id, :person_id, :now) on conflict (workspace_id, meeting_id) do nothing",
        meeting_id=meeting_id,
        person_id=person_id,
        now=now,
    )


def chosen_at(session: Session, meeting_id: str) -> str | None:
    """When somebody wanted a meeting's open items on the next agenda; None where nobody did."""
    row = session.row(
        "select at from carry_overs"
        " where workspace_id = :workspace_id and meeting_id = :meeting_id",
        meeting_id=meeting_id,
    )
    return str(row[0]) if row else None
