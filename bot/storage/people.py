"""Persons: a platform's account in one row, an id of ours everywhere else."""

from __future__ import annotations

from bot.domain.ids import new_id
from bot.storage.database import Session


def ensure(session: Session, platform: str, platform_id: str, now: str) -> str:
    """Our id of a person, made on first sight."""
    found = find(session, platform, platform_id)
    if found:
        return found
    person_id = new_id()
    session.insert(
        "people",
        {"id": person_id, "platform": platform, "platform_id": platform_id, "created_at": now},
    )
    return person_id


def find(session: Session, platform: str, platform_id: str) -> str | None:
    """Our id of a person, None for one never seen."""
    row = session.row(
        "select id from people where workspace_id = :workspace_id and platform = :platform"
        " and platform_id = :platform_id",
        platform=platform,
        platform_id=platform_id,
    )
    return str(row[0]) if row else None


def account(session: Session, person_id: str) -> tuple[str, str | None] | None:
    """(the platform's id, the language they chose) of a person; None where that was erased."""
    row = session.row(
        "select platform_id, language from people where workspace_id = :workspace_id"
        " and id = :id and platform_id is not null",
        id=person_id,
    )
    return (row[0], row[1]) if row else None


def language(session: Session, platform: str, platform_id: str) -> str | None:
    """The language a person chose, None where they did not."""
    row = session.row(
        "select language from people where workspace_id = :workspace_id and platform = :platform"
        " and platform_id = :platform_id",
        platform=platform,
        platform_id=platform_id,
    )
    return row[0] if row else None


def keep_language(session: Session, person_id: str, language: str | None) -> None:
    """Remember the language a person chose; None follows each channel's."""
    session.rows(
        "update people set language = :language where workspace_id = :workspace_id and id = :id",
        id=person_id,
        language=language,
    )


def wants_next_week(session: Session, person_id: str) -> bool:
    """Whether a person may be told what is not prepared; nobody whose account was erased."""
    row = session.row(
        "select 1 from people where workspace_id = :workspace_id and id = :id"
        " and platform_id is not null and no_next_week = 0",
        id=person_id,
    )
    return row is not None


def keep_next_week(session: Session, person_id: str, *, wanted: bool) -> None:
    """Remember whether a person wants to be told that."""
    session.rows(
        "update people set no_next_week = :no where workspace_id = :workspace_id and id = :id",
        id=person_id,
        no=int(not wanted),
    )


def has_name(session: Session, person_id: str) -> bool:
    """Whether a person's name is kept beside their id."""
    row = session.row(
        "select name from people where workspace_id = :workspace_id and id = :id", id=person_id
    )
    return bool(row and row[0])
