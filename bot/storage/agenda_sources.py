"""What agendas were read from, messages and files: how each was read last, never what it says."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, time
from typing import Any

from bot.domain.agenda_source import AgendaSource, Facts, Line
from bot.domain.meeting import Kind
from bot.storage.database import Session


def keep(session: Session, surface: str, meeting_id: str, source: AgendaSource, now: str) -> None:
    """Remember where a meeting's agenda was read; what it was read from before is let go."""
    session.rows(
        "delete from agenda_sources where workspace_id = :workspace_id"
        " and meeting_id = :meeting_id and reference <> :reference",
        meeting_id=meeting_id,
        reference=source.reference,
    )
    session.rows(
        "insert into agenda_sources (workspace_id, surface, reference, meeting_id, reading,"
        " read_at) values (:workspace_id, :surface, :reference, :meeting_id, :reading, :now)"
        " on conflict (workspace_id, surface, reference) do update set"
        " meeting_id = :meeting_id, reading = :reading, read_at = :now",
        surface=surface,
        reference=source.reference,
        meeting_id=meeting_id,
        reading=json.dumps(asdict(source), ensure_ascii=False, default=_iso),
        now=now,
    )


def find(session: Session, surface: str, reference: str) -> tuple[str, AgendaSource] | None:
    """(the id of the meeting that was read there, how); None for any other message."""
    row = session.row(
        "select meeting_id, reading from agenda_sources where workspace_id = :workspace_id"
        " and surface = :surface and reference = :reference",
        surface=surface,
        reference=reference,
    )
    return (str(row[0]), from_values(json.loads(row[1]))) if row else None


def of_meeting(session: Session, meeting_id: str) -> AgendaSource | None:
    """How a meeting's agenda was read last, None where that is not kept."""
    row = session.row(
        "select reading from agenda_sources where workspace_id = :workspace_id"
        " and meeting_id = :meeting_id",
        meeting_id=meeting_id,
    )
    return from_values(json.loads(row[0])) if row else None


def forget(session: Session, surface: str, reference: str) -> None:
    """The message is gone."""
    session.rows(
        "delete from agenda_sources where workspace_id = :workspace_id"
        " and surface = :surface and reference = :reference",
        surface=surface,
        reference=reference,
    )


def from_values(values: dict[str, Any]) -> AgendaSource:
    """A source from the values of its JSON."""
    facts = values["facts"]
    day, clock = facts["day"], facts["time"]
    when = {
        "day": date.fromisoformat(day) if day else None,
        "time": time.fromisoformat(clock) if clock else None,
    }
    lines = tuple(Line(**each | {"kind": Kind(each["kind"])}) for each in values["lines"])
    read_on = date.fromisoformat(values["read_on"])
    return AgendaSource(
        **values | {"facts": Facts(**facts | when), "lines": lines, "read_on": read_on}
    )


def _iso(value: date | time) -> str:
    return value.isoformat()
