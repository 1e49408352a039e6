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


def leaves(session: Session, surface: str, process: str) -> None:
    """Forget a process."""
    session.rows(
        "delete from listeners where workspace_id = :workspace_id and surface = :surface"
        " and process = :process",
        surface=surface,
        process=process,
    )


def since(session: Session, surface: str, instant: str) -> list[tuple[str, bool, str]]:
    """(process, whether it heard, when) of the last sign of life of each since an instant."""
    rows = session.rows(
        "select process, hears, at from listeners where workspace_id = :workspace_id"
        " and surface = :surface and at >= :instant order by process",
        surface=surface,
        instant=instant,
    )
    return [(str(process), bool(hears), str(at)) for process, hears, at in rows]


def forget_before(session: Session, instant: str) -> None:
    """Drop the processes that gave no sign of life since an instant."""
    session.rows(
        "delete from listeners where workspace_id = :workspace_id and at < :instant",
        instant=instant,
    )
