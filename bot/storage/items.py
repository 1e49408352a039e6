"""The items of a meeting's agenda, in order."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from datetime import date, time
from typing import Any

from bot.domain.ids import new_id
from bot.domain.meeting import AgendaItem, Kind, Slot, SubItem
from bot.storage import asked_questions
from bot.storage.database import Row, Session, Value

_COLUMNS = (
    "id, position, title, kind, presenter, minutes, topics, detail, sub_items, session, starts_at,"
    " carried_from, removed_at"
)


def add(session: Session, meeting_id: str, rank: int, item: AgendaItem) -> str:
    """Keep a new item at `rank` (from 0) and return its id."""
    item_id = new_id()
    values = {
        "id": item_id,
        "meeting_id": meeting_id,
        "rank": rank,
        "origin": "people",
        **_values(item),
    }
    session.insert("items", values)
    return item_id


def change(session: Session, item_id: str, rank: int, item: AgendaItem) -> None:
    """Replace what an item says; its id, questions and answers stay."""
    session.rows(
        "update items set rank = :rank, position = :position, title = :title, kind = :kind,"
        " presenter = :presenter, minutes = :minutes, topics = :topics, detail = :detail,"
        " sub_items = :sub_items, session = :session, starts_at = :starts_at,"
        " carried_from = :carried_from, removed_at = null"
        " where workspace_id = :workspace_id and id = :id",
        id=item_id,
        rank=rank,
        **_values(item),
    )


def mark_removed(session: Session, item_id: str, now: str) -> None:
    """Say that the item is no longer on the agenda; everything it has stays."""
    session.rows(
        "update items set removed_at = coalesce(removed_at, :now)"
        " where workspace_id = :workspace_id and id = :id",
        id=item_id,
        now=now,
    )


def talked_about(session: Session, meeting_id: str) -> set[str]:
    """The ids of the items that people answered, noted or observed something at, gone or not."""
    said = " or ".join(
        f"exists (select 1 from {table} where {table}.workspace_id = items.workspace_id"  # noqa: S608
        f" and {table}.item_id = items.id)"
        for table in ("answers", "notes", "observations")
    )
    rows = session.rows(
        f"select id from items where workspace_id = :workspace_id and meeting_id = :meeting_id"  # noqa: S608
        f" and ({said})",
        meeting_id=meeting_id,
    )
    return {str(row[0]) for row in rows}


def delete(session: Session, item_id: str) -> None:
    """Forget an item and its questions; the foreign keys refuse one that was talked about."""
    asked_questions.withdraw(session, item_id)
    session.rows("delete from items where workspace_id = :workspace_id and id = :id", id=item_id)


def of_meeting(session: Session, meeting_id: str) -> list[tuple[str, AgendaItem, bool]]:
    """All items in order, removed ones last: (id, item, removed)."""
    rows = session.rows(
        f"select {_COLUMNS} from items indexed by items_by_meeting"  # noqa: S608
        " where workspace_id = :workspace_id and meeting_id = :meeting_id"
        " order by removed_at is not null, rank",
        meeting_id=meeting_id,
    )
    return [(str(row[0]), _item(row), row[-1] is not None) for row in rows]


def slots(session: Session, last: date) -> dict[str, list[Slot]]:
    """What the items tell of their time, for all meetings that are not closed and count on a day
    up to `last`, in their order."""
    rows = session.rows(
        "select meetings.id, items.session, starts_at, minutes from meetings"
        " cross join items indexed by items_by_meeting"
        " on items.workspace_id = meetings.workspace_id and items.meeting_id = meetings.id"
        " and removed_at is null and (minutes > 0 or coalesce(starts_at, items.session) <> '')"
        " where meetings.workspace_id = :workspace_id and state <> 'closed'"
        " and counts_on <= :last order by items.rank",
        last=last.toordinal(),
    )
    found: dict[str, list[Slot]] = defaultdict(list)
    for meeting_id, heading, starts_at, minutes in rows:
        clock = time.fromisoformat(starts_at) if starts_at else None
        found[str(meeting_id)].append(Slot(heading, clock, minutes))
    return found


def meeting_of(session: Session, item_id: str) -> str | None:
    """The id of the meeting an item belongs to."""
    row = session.row(
        "select meeting_id from items where workspace_id = :workspace_id and id = :id", id=item_id
    )
    return str(row[0]) if row else None


def title_of(session: Session, item_id: str) -> str:
    """The title of an item that is there."""
    row = session.row(
        "select title from items where workspace_id = :workspace_id and id = :id", id=item_id
    )
    return str(row[0]) if row else ""


def _values(item: AgendaItem) -> dict[str, Value]:
    return {
        "position": item.position,
        "title": item.title,
        "kind": item.kind.value,
        "presenter": item.presenter,
        "minutes": item.minutes,
        "topics": json.dumps(item.topics),
        "detail": item.detail,
        "sub_items": json.dumps(
            [asdict(sub) for sub in item.sub_items], ensure_ascii=False, default=_clock
        ),
        "session": item.session,
        "starts_at": _clock(item.starts_at) if item.starts_at else None,
        "carried_from": item.carried_from,
    }


def _clock(clock: time) -> str:
    return clock.isoformat("minutes")


def _item(row: Row) -> AgendaItem:
    _, position, title, kind, presenter, minutes, topics, detail, sub_items, *more = row
    session, starts_at, carried_from, _ = more
    return AgendaItem(
        position=position,
        title=title,
        kind=Kind(kind),
        presenter=presenter,
        minutes=minutes,
        topics=tuple(json.loads(topics)),
        detail=detail,
        sub_items=tuple(_sub_item(sub) for sub in json.loads(sub_items)),
        session=session,
        starts_at=time.fromisoformat(starts_at) if starts_at else None,
        carried_from=carried_from,
    )


def _sub_item(values: dict[str, Any]) -> SubItem:
    below = tuple(_sub_item(sub) for sub in values["sub_items"])
    clock = values.get("starts_at")  # older ones have none
    starts_at = time.fromisoformat(clock) if clock else None
    return SubItem(**values | {"sub_items": below, "starts_at": starts_at})
