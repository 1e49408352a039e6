"""How and by whom a meeting was closed, every time; the newest is how it stands."""

from __future__ import annotations

from bot.domain.observation import Closing
from bot.storage.database import Session


def add(
    session: Session, meeting_id: str, closing: Closing, person_id: str | None, now: str
) -> int:
    """Keep one more closing and return its number, from 1; the clock's is by nobody."""
    row = session.row(
        "insert into closings"
        " (workspace_id, meeting_id, number, take_away, members, closed_by, person_id, at)"
        " select :workspace_id, :meeting_id, coalesce(max(number), 0) + 1, :take_away, :members,"
        " :closed_by, :person_id, :now from closings"
        " where workspace_id = :workspace_id and meeting_id = :meeting_id returning number",
        meeting_id=meeting_id,
        take_away=closing.take_away,
        members=closing.members,
        closed_by="clock" if closing.by_clock else "person",
        person_id=person_id,
        now=now,
    )
    return int(row[0]) if row else 0


def keep_members(session: Session, meeting_id: str, number: int, members: int) -> None:
    """Remember how many people were in the channel at a closing."""
    session.rows(
        "update closings set members = :members where workspace_id = :workspace_id"
        " and meeting_id = :meeting_id and number = :number",
        meeting_id=meeting_id,
        number=number,
        members=members,
    )


def newest(session: Session, meeting_id: str) -> Closing | None:
    """How a meeting was closed last, None where it never was."""
    row = session.row(
        "select take_away, members, closed_by from closings where workspace_id = :workspace_id"
        " and meeting_id = :meeting_id order by number desc limit 1",
        meeting_id=meeting_id,
    )
    return Closing(row[0], row[1], row[2] == "clock") if row else None


def not_counted(session: Session, since: str) -> list[tuple[str, str, int]]:
    """The closings since an instant of which nobody knows how many people were there.

    (The platform's id of the channel, meeting id, number), the oldest first; none where we left.
    """
    rows = session.rows(
        "select platform_id, meeting_id, number from closings indexed by closings_not_counted"
        " cross join meetings on meetings.workspace_id = closings.workspace_id"
        " and meetings.id = meeting_id cross join channels"
        " on channels.workspace_id = meetings.workspace_id and channels.id = channel_id"
        " and left_at is null where closings.workspace_id = :workspace_id and members is null"
        " and at >= :since order by at, meeting_id",
        since=since,
    )
    return [(str(channel), str(meeting_id), int(number)) for channel, meeting_id, number in rows]
