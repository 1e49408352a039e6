"""Schedules: since when each thing that comes by itself comes at the moment it does now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.schedule import Occasion
from bot.storage.database import Session


@dataclass(frozen=True)
class Known:
    """When something comes, by its code; what was due before or at `until` (UTC, ISO 8601) is
    settled."""

    code: str
    until: str


def known(session: Session, now: str) -> Mapping[tuple[Occasion, str], Known]:
    """What is known of each occasion and target.

    What was settled for a time after `now` is left out: a clock that was ahead may not silence us.
    """
    rows = session.rows(
        "select occasion, target, moment, max(begun_at, coalesce((select max(due_at)"
        " from occurrences where occurrences.workspace_id = schedules.workspace_id"
        " and occurrences.occasion = schedules.occasion"
        " and occurrences.target = schedules.target and due_at <= :now), ''))"
        " from schedules where workspace_id = :workspace_id",
        now=now,
    )
    return {(Occasion(what), target): Known(code, until) for what, target, code, until in rows}


def code(session: Session, occasion: Occasion, target: str) -> str | None:
    """When something comes, as it is kept; None where it never was."""
    row = session.row(
        "select moment from schedules where workspace_id = :workspace_id"
        " and occasion = :occasion and target = :target",
        occasion=occasion,
        target=target,
    )
    return str(row[0]) if row else None


def begin(session: Session, occasion: Occasion, target: str, code: str, now: str) -> None:
    """From now on it comes at this moment; "" for never."""
    session.rows(
        "insert into schedules (workspace_id, occasion, target, moment, begun_at)"
        " values (:workspace_id, :occasion, :target, :code, :now)"
        " on conflict do update set moment = :code, begun_at = :now",
        occasion=occasion,
        target=target,
        code=code,
        now=now,
    )


def restored_at(session: Session) -> str:
    """When a backup took the place of what was kept (UTC, ISO 8601); "" for never."""
    row = session.row(
        "select coalesce(restored_at, '') from workspaces where workspace_id = :workspace_id"
    )
    return str(row[0]) if row else ""
