"""Look a database over: is it ours, sound, of a version we know; changes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.domain.problem import Problem
from bot.storage import backups
from bot.storage.versions import refuse_old_sqlite


@dataclass(frozen=True)
class DatabaseFound:
    """A sound database's size, None when there is none yet, and the version of SQLite in use."""

    bytes: int | None
    sqlite: str


def check_database(path: Path) -> DatabaseFound:
    """Read the whole database. Raises Problem with what is wrong."""
    version = refuse_old_sqlite()
    if not os.path.lexists(path):
        if not os.access(path.absolute().parent, os.W_OK):
            raise Problem("no_database_folder", file=str(path))
        return DatabaseFound(None, version)
    backups.check(path)
    return DatabaseFound(path.stat().st_size, version)
