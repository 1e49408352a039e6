"""Agendas that were read and not posted yet, with what was changed in them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, time
from typing import Any

from bot.domain.draft import Draft, DraftItem
from bot.domain.ids import new_id
from bot.domain.meeting import Agenda, AgendaItem, Kind, SubItem
from bot.storage import agenda_sources
from bot.storage.database import Session, Value


def add(session: Session, channel_id: str, person_id: str, draft: Draft, now: str) -> str:
    """Keep a new draft and return its id."""
    draft_id = new_id()
    values: dict[str, Value] = {
        "id": draft_id,
        "channel_id": channel_id,
        "person_id": person_id,
        "agenda": _as_json(draft),
        "version": 1,
        "created_at": now,
    }
    session.insert("drafts", values)
    return draft_id


def find(session: Session, draft_id: str) -> Draft | None:
    """A draft by its id."""
    row = _row(session, draft_id)
    return _draft(row) if row else None


def newest(session: Session, channel_id: str, person_id: str, since: str) -> Draft | None:
    """What a person drafted last in a channel, since an instant; None where that was posted."""
    row = session.row(
        "select agenda from drafts where workspace_id = :workspace_id"
        " and channel_id = :channel_id and person_id = :person_id and created_at >= :since"
        " order by created_at desc limit 1",
        channel_id=channel_id,
        person_id=person_id,
        since=since,
    )
    values = json.loads(row[0]) if row else {}
    return _draft(values) if values and "posted_as" not in values else None


def change(session: Session, draft_id: str, draft: Draft) -> None:
    """Replace what a draft says."""
    session.rows(
        "update drafts set agenda = :agenda, version = version + 1"
        " where workspace_id = :workspace_id and id = :id",
        id=draft_id,
        agenda=_as_json(draft),
    )


def posted_as(session: Session, draft_id: str) -> str | None:
    """The id of the meeting a draft became, if it was posted."""
    row = _row(session, draft_id)
    return row.get("posted_as") if row else None


def keep_posted(session: Session, draft_id: str, meeting_id: str) -> None:
    """Remember which meeting a draft became."""
    session.rows(
        "update drafts set agenda = json_set(agenda, '$.posted_as', :meeting_id)"
        " where workspace_id = :workspace_id and id = :id",
        id=draft_id,
        meeting_id=meeting_id,
    )


def forget_before(session: Session, instant: str) -> None:
    """Drop the drafts that are older than an instant; what was posted is a meeting."""
    session.rows(
        "delete from drafts where workspace_id = :workspace_id and created_at < :instant",
        instant=instant,
    )


def _row(session: Session, draft_id: str) -> dict[str, Any] | None:
    row = session.row(
        "select agenda from drafts where workspace_id = :workspace_id and id = :id", id=draft_id
    )
    return json.loads(row[0]) if row else None


def _as_json(draft: Draft) -> str:
    return json.dumps(asdict(draft), ensure_ascii=False, default=_iso)


def _iso(value: date | time) -> str:
    return value.isoformat()


def _draft(values: dict[str, Any]) -> Draft:
    agenda, items, source = values["agenda"], values["items"], values.get("source")
    read = Agenda(
        **{
            **agenda,
            "day": date.fromisoformat(agenda["day"]) if agenda["day"] else None,
            "time": _clock(agenda["time"]),
            "items": (),
            "other": tuple(agenda["other"]),
        }
    )
    return Draft(
        read,
        tuple(DraftItem(_item(each["item"]), each["dropped"]) for each in items),
        values.get("meeting_id"),
        agenda_sources.from_values(source) if source else None,
        values.get("offered_by"),
        tuple(values.get("offered", ())),
        values.get("carries", False),
        tuple((int(index), str(key)) for index, key in values.get("swaps", ())),
    )


def _item(values: dict[str, Any]) -> AgendaItem:
    return AgendaItem(
        **{
            **values,
            "kind": Kind(values["kind"]),
            "topics": tuple(values["topics"]),
            "sub_items": tuple(_sub_item(sub) for sub in values["sub_items"]),
            "starts_at": _clock(values["starts_at"]),
        }
    )


def _sub_item(values: dict[str, Any]) -> SubItem:
    below = tuple(_sub_item(sub) for sub in values["sub_items"])
    return SubItem(**{**values, "sub_items": below, "starts_at": _clock(values["starts_at"])})


def _clock(clock: str | None) -> time | None:
    return time.fromisoformat(clock) if clock else None
