"""Processes that listen to a platform, and whether they hear it."""

from __future__ import annotations

from bot.storage.database import Session


def hears(session: Session, surface: str, process: str, now: str, *, hearing: bool) -> None:
    """Note that a process lives, and whether the platform reaches it."""
    session.rows(
        "insert into listeners (workspace_id, surface, process, hears, at)"
        " values (:workspace_id, :surface, :process, :hearing, :now)"
        " on conflict (workspace_id, surface, process) do update set hears = :hearing, at = :now",
        surface=surface,
        process=process,
        hearing=int(hearing),
        now=now,
    )


def last(session: Session, surface: str) -> tuple[str, bool, str] | None:
    """(process, whether it heard, when) of the last sign of life."""
    row = session.row(
        "select process, hears, at from listeners where workspace_id = :workspace_id"
        " and surface = :surface order by at desc, process limit 1",
        surface=surface,
    )
    return (str(row[0]), bool(row[1]), str(row[2])) if row else None


def forget_before(session: Session, instant: str) -> None:
    """Drop the processes that gave no sign of life since an instant, but for the last of them."""
    session.rows(
        "delete from listeners where workspace_id = :workspace_id and at < :instant"
        " and at < (select max(at) from listeners as others"
        " where others.workspace_id = listeners.workspace_id"
        " and others.surface = listeners.surface)",
        instant=instant,
    )
