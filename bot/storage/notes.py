"""Notes that people made at an item: one of each person, with everything it said before."""

from __future__ import annotations

from bot.storage.database import Session

_NEWEST = (
    "number = (select max(number) from notes as later where later.workspace_id = notes.workspace_id"
    " and later.item_id = notes.item_id and later.person_id = notes.person_id)"
)


def keep(session: Session, item_id: str, text: str, person_id: str, now: str) -> None:
    """Replace a person's note at an item; an empty one takes it away."""
    session.rows(
        "insert into notes (workspace_id, item_id, person_id, number, text, origin, at)"
        " select :workspace_id, :item_id, :person_id, coalesce(max(number), 0) + 1, :text,"
        " 'people', :now from notes where workspace_id = :workspace_id and item_id = :item_id"
        " and person_id = :person_id",
        item_id=item_id,
        person_id=person_id,
        text=text,
        now=now,
    )


def own(session: Session, item_id: str, person_id: str) -> str:
    """A person's note at an item; empty where there is none."""
    row = session.row(
        f"select text from notes where workspace_id = :workspace_id and item_id = :item_id"  # noqa: S608
        f" and person_id = :person_id and {_NEWEST}",
        item_id=item_id,
        person_id=person_id,
    )
    return str(row[0]) if row else ""


def of_meeting(session: Session, meeting_id: str) -> list[tuple[str, str]]:
    """All notes of a meeting, each item's in the order they were made: (item id, text)."""
    rows = session.rows(
        "select item_id, text from items"  # noqa: S608
        " join notes on notes.workspace_id = items.workspace_id and item_id = items.id"
        " where items.workspace_id = :workspace_id and items.meeting_id = :meeting_id"
        f" and text <> '' and {_NEWEST} order by items.rank, notes.at, notes.person_id",
        meeting_id=meeting_id,
    )
    return [(str(item_id), str(text)) for item_id, text in rows]
