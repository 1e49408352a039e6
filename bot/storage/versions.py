"""Versions: whether a file is ours and of a version we know, and how it becomes the newest.

Also whether SQLite itself is new enough.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database as UtilsDatabase

from bot.domain.problem import Problem
from bot.storage.connections import open_untouched, transaction
from bot.storage.schema import APPLICATION_ID, migrations

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3  # pysqlite3 where it is installed

OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file that has two writers


def refuse_old_sqlite() -> str:
    """The version of SQLite in use. Raises Problem "old_sqlite" for one that can corrupt a file."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise Problem("old_sqlite", found=sqlite3.sqlite_version, oldest=oldest)
    return sqlite3.sqlite_version


def refuse_lost(path: Path) -> None:
    """SQLite throws a log away when it finds no database, or an empty one, beside it.

    Where a log holds something, its database was moved, and what was kept last is in that log.
    """
    log = Path(f"{os.path.realpath(path)}-wal")
    with suppress(OSError):
        if log.stat().st_size and _is_empty(path):  # in this order: another may be making both
            raise Problem("log_without_database", file=str(path), log=str(log))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file up to the newest version, as a whole or not at all."""
    db = UtilsDatabase(connection, strict=True, execute_plugins=False)
    if not migrations.pending(db):
        return
    connection.execute("pragma foreign_keys = off")
    with transaction(connection, "begin immediate"):
        migrations.apply(db)
    connection.execute("pragma foreign_keys = on")


def refuse_unknown(path: Path) -> None:
    """Raise Problem for a file that isn't ours or is of a newer version; change nothing."""
    refuse_foreign(path)
    if _is_empty(path):
        return
    with closing(open_untouched(path)) as connection:
        if _applied(connection) - _known():
            raise Problem("newer_database", file=str(path))


def is_newest(connection: sqlite3.Connection) -> bool:
    """Whether a file is of the version we know best."""
    return _applied(connection) == _known()


def refuse_foreign(path: Path) -> None:
    """Raise Problem for a SQLite file of another program; change nothing."""
    if _is_empty(path):
        return
    with closing(open_untouched(path)) as connection:
        connection.execute("begin")  # one moment: another process may be making our tables
        owner = connection.execute("pragma application_id").fetchone()[0]
        if owner != APPLICATION_ID and connection.execute(_ANY_TABLE).fetchone():
            raise Problem("foreign_database", file=str(path))


_ANY_TABLE = "select 1 from sqlite_master limit 1"


def _is_empty(path: Path) -> bool:
    """Whether there is nothing to read yet; what can't be reached SQLite will refuse itself."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return True


def as_migrated(connection: sqlite3.Connection) -> bool:
    """Whether all that the applied migrations make is there, unchanged; more may be."""
    done = _applied(connection)
    fresh = UtilsDatabase(memory=True, strict=True, execute_plugins=False)
    try:
        ahead = [step.name for step in migrations.pending(fresh) if step.name not in done]
        migrations.apply(fresh, stop_before=ahead)
        return bool(done) and set(_tables(fresh.conn)) <= set(_tables(connection))
    finally:
        fresh.close()


def _tables(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    sql = "select type, name, sql from sqlite_master where name not like 'sqlite_%'"
    return connection.execute(sql).fetchall()


def _applied(connection: sqlite3.Connection) -> set[str]:
    """The names of the migrations that made this file."""
    ours = UtilsDatabase(connection, execute_plugins=False)
    return {step.name for step in migrations.applied(ours)}


def _known() -> set[str]:
    empty = UtilsDatabase(memory=True, execute_plugins=False)
    try:
        return {step.name for step in migrations.pending(empty)}
    finally:
        empty.close()
