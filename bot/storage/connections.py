"""Connections to the SQLite file: opening, transactions, and what can go wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.problem import Problem

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3  # pysqlite3 where it is installed

WAIT_SECONDS = 10.0
TURNS = 20  # more than ever start at the same moment


def make_private(path: Path) -> None:
    """A new file is for its owner only: it will hold what people say."""
    with suppress(OSError):  # it is there, or SQLite will say why it can't be
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that took its name; None when it can't be reached."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there, with our pragmas; the caller closes it."""
    connection = open_file(path, "rw")
    try:
        _use_wal(connection)
        for pragma in (
            "synchronous = full",
            "foreign_keys = on",
            "secure_delete = on",
            "trusted_schema = off",
            "cell_size_check = on",
            "wal_autocheckpoint = 4000",  # 16 MB of log: folding it in waits for the disk too
        ):
            connection.execute(f"pragma {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Two who turn a new file to WAL at once refuse each other without waiting: take turns."""
    for _ in range(TURNS):
        with suppress(sqlite3.OperationalError):
            connection.execute("pragma journal_mode = wal")
            return
        connection.execute("begin immediate")  # this does wait for the other
        connection.execute("rollback")
    connection.execute("pragma journal_mode = wal")


def open_file(path: Path, mode: str, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    """A bare connection: "ro" reads, "rw" also writes; none makes a file where there is none.

    Always through a URI, so that no name (":memory:", "file:x") means anything but a file.
    """
    connection: sqlite3.Connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
    )
    return connection


def open_untouched(path: Path) -> sqlite3.Connection:
    """A connection to read with, that leaves the file and its folder as they are.

    With "rw" closing would fold a log in; with "ro" opening would make one where there is none.
    """
    return open_file(path, "ro" if os.path.lexists(f"{os.path.realpath(path)}-wal") else "rw")


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[sqlite3.Connection]:
    """Kept as a whole when the block ends, and not at all when it raises."""
    connection.execute(begin)
    try:
        yield connection
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


@contextmanager
def problems_of(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a Problem that names the file."""
    try:
        yield
    except UnicodeDecodeError as error:  # in the names of tables and columns
        raise Problem("corrupt_database", file=str(path)) from error
    except sqlite3.Error as error:
        raise Problem(_code(error), file=str(path)) from error


def _code(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    for start, words, code in _CODES:
        if name.startswith(start) or str(error).startswith(words):
            return code
    return "database_failed"


# Names of errors, with SQLite's words for them: a failed copy comes without its name.
_CODES = (
    ("SQLITE_READONLY", "attempt to write a readonly database", "read_only_database"),
    ("SQLITE_FULL", "database or disk is full", "disk_full"),
    ("SQLITE_CORRUPT", "database disk image is malformed", "corrupt_database"),
    ("SQLITE_CORRUPT", "Could not decode to UTF-8", "corrupt_database"),  # Python's own, nameless
    ("SQLITE_NOTADB", "file is not a database", "foreign_database"),
    ("SQLITE_CANTOPEN", "unable to open database file", "no_database_folder"),
    ("SQLITE_BUSY", "database is locked", "busy_database"),
    ("SQLITE_LOCKED", "database table is locked", "busy_database"),
    ("SQLITE_IOERR", "disk I/O error", "disk_failed"),
)
