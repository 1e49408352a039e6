"""Copies of the database: made while it is in use, verified before they count, put back safely."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.problem import Problem
from bot.storage.connections import open_file, open_untouched, problems_of
from bot.storage.versions import as_migrated, migrate, refuse_foreign, refuse_unknown

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

PAGES_AT_ONCE = 1000
IN_USE_SECONDS = 1.0  # how long somebody may need to finish before a restore gives up
SIDES = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
DAMAGE = ("corrupt_database", "foreign_database", "newer_database")

Progress = Callable[[int, int], None]  # pages done, pages in all


def back_up(database: Path, target: Path, progress: Progress) -> None:
    """Copy `database` to the new file `target` with SQLite's backup API, and verify the copy.

    Raises Problem "no_database", "backup_exists", "cannot_write" or one of the database's; then
    there is no target.
    """
    _must_exist(database)
    if os.path.lexists(target):
        raise Problem("backup_exists", file=str(target))
    with problems_of(database):
        refuse_unknown(database)
    with _draft_of(database, target, progress) as draft:
        _link(draft, target)


def restore(backup: Path, database: Path, stamp: str, now: str, progress: Progress) -> Path | None:
    """Put `backup` in the place of `database`; return where the file that was there is kept.

    `stamp` makes the kept file's name, `now` (UTC, ISO 8601) is kept as when it was put back.
    Nobody may be using the database; a damaged one may be replaced, another program's may not.
    Raises Problem "no_database", "database_in_use",
    "cannot_write" or one of `check`; then what is in the database has not changed.
    """
    _must_exist(backup)
    check(backup)
    place = Path(os.path.realpath(database))  # a link to a database stays one
    if place.exists() and not place.is_file():  # a device, a pipe, a folder
        raise Problem("no_database_folder", file=str(database))
    hold = _alone(place) if _is_readable(place) else nullcontext()
    with _draft_of(backup, place, progress, lambda copy: _doubt(copy, now)) as draft, hold:
        kept = _set_aside(place, stamp)
        draft.replace(place)
        _sync(place.parent)
    return kept


def check(path: Path) -> None:
    """Read the whole file. Raises Problem when it is damaged, not ours or of a newer version."""
    with problems_of(path):
        refuse_unknown(path)
    with problems_of(path), closing(open_untouched(path)) as connection:
        if not _is_sound(connection, path):
            raise Problem("corrupt_database", file=str(path))
        tables = [name for (name,) in connection.execute(_TABLES)]
        if "meetings" not in tables:
            raise Problem("foreign_database", file=str(path))
        if not as_migrated(connection):
            raise Problem("corrupt_database", file=str(path))
        for table in tables:  # every text has to be text
            for _ in connection.execute(f'select * from "{table}"'):  # noqa: S608
                pass


def _is_sound(connection: sqlite3.Connection, path: Path) -> bool:
    page = connection.execute("pragma page_size").fetchone()[0]
    return (
        path.stat().st_size % page == 0  # else SQLite reads the missing part of a page as zeros
        and connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        and not connection.execute("pragma foreign_key_check").fetchone()
    )


_TABLES = "select name from sqlite_master where type = 'table'"


def _must_exist(database: Path) -> None:
    if not os.path.lexists(database):
        raise Problem("no_database", file=str(database))


@contextmanager
def _draft_of(
    source: Path, target: Path, progress: Progress, change: Callable[[Path], None] = lambda _: None
) -> Iterator[Path]:
    """A verified copy in the target's folder, to take its place in one step; never left behind.

    It has what `change` changes in it.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    _discard(draft)
    try:
        with _named(source, target):
            draft.touch(mode=0o600, exist_ok=False)
            _copy(source, draft, progress)
            check(draft)
            change(draft)
            _give(draft, target if target.exists() else source)
        yield draft
    except OSError as error:
        raise Problem("cannot_write", file=str(target), why=error.strerror or "") from error
    finally:
        _discard(draft)


def _give(draft: Path, like: Path) -> None:
    """Whose it is and who may read it, as of another file: who restores may be another than who
    runs the bot, and only some may give files away."""
    shutil.copymode(like, draft)
    with suppress(OSError, AttributeError):
        os.chown(draft, like.stat().st_uid, like.stat().st_gid)


@contextmanager
def _named(source: Path, target: Path) -> Iterator[None]:
    """What goes wrong with a draft is told of a file that people know."""
    try:
        yield
    except Problem as problem:
        culprit = source if problem.code in DAMAGE else target
        raise Problem(problem.code, file=str(culprit)) from problem


def _copy(source: Path, draft: Path, progress: Progress) -> None:
    with (
        problems_of(draft),
        closing(open_untouched(source)) as reading,
        closing(open_file(draft, "rw")) as writing,
    ):
        reading.execute("begin")  # one moment; else every write by others would start it anew
        reading.execute("select 1 from sqlite_master").fetchone()
        reading.backup(
            writing,
            pages=PAGES_AT_ONCE,
            progress=lambda _, left, total: progress(total - left, total),
        )
        writing.execute("pragma journal_mode = delete")
    _flush(draft)


def _doubt(draft: Path, now: str) -> None:
    """What waited in it may have been posted since; so may what came due until now."""
    with problems_of(draft), closing(open_file(draft, "rw")) as connection:
        migrate(connection)
        connection.execute("begin immediate")
        connection.execute(
            "update workspaces set restored_at = ?, kept_until = coalesce((select max(updated_at)"
            " from jobs where jobs.workspace_id = workspaces.workspace_id), created_at)",
            (now,),
        )
        connection.execute(
            "update jobs set in_doubt_since = due_at"
            " where state in ('due', 'sending') and in_doubt_since is null"
        )
        connection.execute("commit")
    _flush(draft)


def _flush(draft: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _discard(draft: Path) -> None:
    for suffix in ("", *SIDES):
        with suppress(OSError):
            _side(draft, suffix).unlink()


def _side(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _link(draft: Path, target: Path) -> None:
    """Give the draft its name, unless somebody took that meanwhile."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise Problem("backup_exists", file=str(target)) from None
    except OSError:  # a file system without hard links
        draft.replace(target)
    _sync(target.parent)


def _is_readable(path: Path) -> bool:
    """Whether there is a file that isn't damaged. Raises Problem "foreign_database"."""
    try:
        refuse_foreign(path)
    except sqlite3.OperationalError:
        return True  # busy or out of reach; who opens it to write will be told
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return path.exists()


def _set_aside(database: Path, stamp: str) -> Path | None:
    """Keep the present file, if any, under another name too; its own name may then be taken.

    Whatever moment this is stopped at, there is a database under its own name.
    """
    kept = _free_name(database, stamp)
    there = database.exists()
    if there:
        _keep(database, kept)
    for suffix in SIDES:  # only a damaged file still has these, or one that was thrown away
        with suppress(FileNotFoundError):
            _side(database, suffix).rename(_side(kept, suffix))
    return kept if there else None


def _free_name(database: Path, stamp: str) -> Path:
    first = _side(database, f".before-restore-{stamp}")
    names = (first if n == 1 else _side(first, f"-{n}") for n in count(1))
    return next(name for name in names if not os.path.lexists(name))


def _keep(database: Path, kept: Path) -> None:
    try:
        os.link(database, kept)
    except OSError:  # a file system without hard links
        try:
            shutil.copy2(database, kept)
        except OSError:
            kept.unlink(missing_ok=True)
            raise


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Fold the log in and keep everybody out meanwhile. Raises Problem "database_in_use"."""
    with (
        problems_of(database),
        closing(open_file(database, "rw", IN_USE_SECONDS)) as connection,
    ):
        try:
            connection.execute("pragma journal_mode = delete")
            connection.execute("begin exclusive")
            mode = connection.execute("pragma journal_mode").fetchone()[0]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            mode = "wal" if "lock" in str(error) else ""  # what can't be folded in is moved along
        if mode == "wal":  # somebody has it open, or came in between the two
            raise Problem("database_in_use", file=str(database))
        if mode != "delete" or os.name == "nt":  # there an open file keeps its name
            connection.close()
        yield


def _sync(folder: Path) -> None:
    """Make a new name outlive a power cut, where folders can be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
