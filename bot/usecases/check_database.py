"""Look a database over: is it ours, sound, of a version we know; changes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.storage import backups
from bot.storage.database import refuse_old_sqlite


@dataclass(frozen=True)
class DatabaseFound:
    """A sound database's size, None when there is none yet, and the version of SQLite in use."""

    bytes: int | None
    sqlite: str


def check_database(path: Path) -> DatabaseFound:
    """Read the whole database. Raises Problem with what is wrong."""
    version = refuse_old_sqlite()
    if not os.path.lexists(path):
        return DatabaseFound(None, version)
    backups.check(path)
    return DatabaseFound(path.stat().st_size, version)
