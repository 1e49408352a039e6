"""Copies of the database: made while it is in use, verified before they count, put back safely."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.problem import Problem
from bot.storage.database import problems_of, refuse_unknown

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

PAGES_AT_ONCE = 1000

Progress = Callable[[int, int], None]  # pages done, pages in all


def back_up(database: Path, target: Path, progress: Progress) -> None:
    """Copy `database` to the new file `target` with SQLite's backup API, and verify the copy.

    Raises Problem "no_database", "backup_exists" or one of the database's; then there is no target.
    """
    if not database.exists():
        raise Problem("no_database", file=str(database))
    if target.exists():
        raise Problem("backup_exists", file=str(target))
    with _beside(target) as draft:
        _copy(database, draft, progress)
        check(draft)
        _link(draft, target)


def restore(backup: Path, database: Path, stamp: str, progress: Progress) -> Path | None:
    """Put `backup` in the place of `database`; return where the file that was there is kept.

    `stamp` makes the kept file's name. Nobody may be using the database. Raises Problem
    "no_database", "database_in_use" or one of `check`; then nothing has changed.
    """
    if not backup.exists():
        raise Problem("no_database", file=str(backup))
    check(backup)
    with _beside(database) as draft:
        _copy(backup, draft, progress)
        check(draft)
        kept = _set_aside(database, stamp) if database.exists() else None
        draft.replace(database)
        _sync(database.parent)
    return kept


def check(path: Path) -> None:
    """Read the whole file. Raises Problem when it is damaged, not ours or of a newer version."""
    with problems_of(path):
        refuse_unknown(path)
    with problems_of(path), closing(_open_read_only(path)) as connection:
        sound = connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        if not sound or connection.execute("pragma foreign_key_check").fetchone():
            raise Problem("corrupt_database", file=str(path))
        tables = connection.execute("select count(*) from sqlite_master where name = 'meetings'")
        if not tables.fetchone()[0]:
            raise Problem("foreign_database", file=str(path))


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A draft in the target's folder, to take its place in one step; never left behind."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        yield draft
    except OSError as error:
        raise Problem("cannot_write", file=str(target), why=error.strerror or "") from error
    finally:
        draft.unlink(missing_ok=True)


def _copy(source: Path, draft: Path, progress: Progress) -> None:
    with (
        problems_of(draft),
        closing(_open_read_only(source)) as reading,
        closing(sqlite3.connect(str(draft))) as writing,
    ):
        reading.backup(
            writing,
            pages=PAGES_AT_ONCE,
            progress=lambda _, left, total: progress(total - left, total),
        )
        writing.execute("pragma journal_mode = delete")
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _open_read_only(path: Path) -> sqlite3.Connection:
    connection: sqlite3.Connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True
    )
    return connection


def _link(draft: Path, target: Path) -> None:
    """Give the draft its name, unless somebody took that meanwhile."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise Problem("backup_exists", file=str(target)) from None
    except OSError:  # a file system without hard links
        draft.replace(target)
    _sync(target.parent)


def _set_aside(database: Path, stamp: str) -> Path:
    """Keep the present file under another name, its write-ahead log folded in."""
    kept = database.with_name(f"{database.name}.before-restore-{stamp}")
    _leave_wal(database)
    for suffix in ("-wal", "-shm"):
        side = database.with_name(database.name + suffix)
        if side.exists():  # only a damaged file still has these
            side.rename(kept.with_name(kept.name + suffix))
    try:
        os.link(database, kept)
    except OSError:
        database.rename(kept)
    return kept


def _leave_wal(database: Path) -> None:
    """Fold the log in; SQLite refuses this while anybody else has the file open."""
    with closing(sqlite3.connect(str(database), timeout=1.0, isolation_level=None)) as connection:
        try:
            connection.execute("pragma journal_mode = delete")
        except sqlite3.OperationalError as error:
            if "lock" in str(error):
                raise Problem("database_in_use", file=str(database)) from error
        except sqlite3.DatabaseError:
            return  # damaged: kept as it is


def _sync(folder: Path) -> None:
    """Make a new name outlive a power cut, where folders can be flushed."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
