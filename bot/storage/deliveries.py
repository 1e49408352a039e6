"""Deliveries that were seen: platforms bring the same event more than once, and it counts once."""

from __future__ import annotations

from bot.storage.database import Session


def first(session: Session, key: str, now: str) -> bool:
    """Whether this delivery comes for the first time; keep it in the transaction of its effect."""
    row = session.row(
        "insert into seen_deliveries (workspace_id, key, seen_at)"
        " values (:workspace_id, :key, :now) on conflict do nothing returning key",
        key=key,
        now=now,
    )
    return row is not None


def forget_before(session: Session, instant: str) -> None:
    """Drop what was seen before an instant: nobody delivers that late."""
    session.rows(
        "delete from seen_deliveries where workspace_id = :workspace_id and seen_at < :instant",
        instant=instant,
    )
