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
