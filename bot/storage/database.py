"""The SQLite file: opening, transactions, and what can go wrong with it.

One connection per thread, kept; writes go one at a time behind a lock in the process and start with
BEGIN IMMEDIATE, so that another process makes them wait instead of fail.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database as UtilsDatabase

from bot.domain.ids import new_id
from bot.domain.problem import Problem
from bot.storage.schema import APPLICATION_ID, migrations

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3  # pysqlite3 where it is installed

OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file that has two writers
WAIT_SECONDS = 10.0

Row = tuple[Any, ...]
Value = str | int | None


class Session:
    """A transaction in one workspace: the only way to run SQL, and none runs without it."""

    def __init__(self, connection: sqlite3.Connection, workspace_id: str) -> None:
        self._connection = connection
        self.workspace_id = workspace_id

    def rows(self, sql: str, **values: Value) -> list[Row]:
        """Run `sql`, which must name :workspace_id, and return all its rows."""
        if ":workspace_id" not in sql:
            raise ValueError(f"no query without its workspace: {sql}")
        values["workspace_id"] = self.workspace_id
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, **values: Value) -> Row | None:
        """Run `sql` and return its first row."""
        rows = self.rows(sql, **values)
        return rows[0] if rows else None

    def insert(self, table: str, values: Mapping[str, Value]) -> None:
        """Add a row of this workspace; `table` and the keys are names in our own code."""
        columns = ["workspace_id", *values]
        marks = ", ".join(f":{column}" for column in columns)
        self.rows(f"insert into {table} ({', '.join(columns)}) values ({marks})", **values)  # noqa: S608


class Database:
    """One database file, opened and of the newest version."""

    def __init__(self, path: Path) -> None:
        """Open or create the file and bring it up to date.

        Raises Problem "old_sqlite", "newer_database", "foreign_database" or one of `problem_of`.
        """
        refuse_old_sqlite()
        self.path = path
        self._local = threading.local()
        self._write_lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        with problems_of(path):
            refuse_unknown(path)
            _migrate(self._connection())

    @contextmanager
    def read(self, workspace_id: str) -> Iterator[Session]:
        """A session that sees one moment of the file."""
        with problems_of(self.path), _transaction(self._connection(), "begin") as connection:
            yield Session(connection, workspace_id)

    @contextmanager
    def write(self, workspace_id: str) -> Iterator[Session]:
        """A session that is kept as a whole when the block ends, and not at all when it raises."""
        with (
            problems_of(self.path),
            self._write_lock,
            _transaction(self._connection(), "begin immediate") as connection,
        ):
            yield Session(connection, workspace_id)

    def workspace(self, platform: str, tenant: str, now: str) -> str:
        """Our id of a workspace, made on first sight; the one query that precedes a session."""
        known = {"platform": platform, "tenant": tenant, "id": new_id(), "now": now}
        select = (
            "select workspace_id from workspaces where platform = :platform and tenant = :tenant"
        )
        with problems_of(self.path):
            row = self._connection().execute(select, known).fetchone()
            if row is None:
                insert = "insert or ignore into workspaces values (:id, :platform, :tenant, :now)"
                with (
                    self._write_lock,
                    _transaction(self._connection(), "begin immediate") as connection,
                ):
                    connection.execute(insert, known)
                    row = connection.execute(select, known).fetchone()
            return str(row[0])

    def close(self) -> None:
        """Close the connections of all threads; none may be in use."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = connect(self.path)
            self._connections.append(self._local.connection)
        connection: sqlite3.Connection = self._local.connection
        return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the pragmas every one of ours has; the caller closes it."""
    connection = sqlite3.connect(
        str(path), timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in (
            "journal_mode = wal",
            "synchronous = full",
            "foreign_keys = on",
            "secure_delete = on",
            "trusted_schema = off",
            "cell_size_check = on",
        ):
            connection.execute(f"pragma {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[sqlite3.Connection]:
    connection.execute(begin)
    try:
        yield connection
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


def _migrate(connection: sqlite3.Connection) -> None:
    db = UtilsDatabase(connection, strict=True, execute_plugins=False)
    if not migrations.pending(db):
        return
    connection.execute("pragma foreign_keys = off")
    with _transaction(connection, "begin immediate"):
        migrations.apply(db)
    connection.execute("pragma foreign_keys = on")


def refuse_old_sqlite() -> str:
    """The version of SQLite in use. Raises Problem "old_sqlite" for one that can corrupt a file."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise Problem("old_sqlite", found=sqlite3.sqlite_version, oldest=oldest)
    return sqlite3.sqlite_version


def refuse_unknown(path: Path) -> None:
    """Raise Problem for a file that isn't ours or is of a newer version; change nothing."""
    if not path.exists() or path.stat().st_size == 0:
        return
    connection = sqlite3.connect(str(path), timeout=WAIT_SECONDS, isolation_level=None)
    try:
        db = UtilsDatabase(connection, execute_plugins=False)
        owner = db.execute("pragma application_id").fetchone()[0]
        if owner != APPLICATION_ID and db.table_names():
            raise Problem("foreign_database", file=str(path))
        if {migration.name for migration in migrations.applied(db)} - _known_migrations():
            raise Problem("newer_database", file=str(path))
    finally:
        connection.close()


def _known_migrations() -> set[str]:
    empty = UtilsDatabase(memory=True)
    try:
        return {migration.name for migration in migrations.pending(empty)}
    finally:
        empty.close()


@contextmanager
def problems_of(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a Problem that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise Problem(_code(error), file=str(path)) from error


def _code(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    for prefix, code in _CODES.items():
        if name.startswith(prefix):
            return code
    return "database_failed"


_CODES = {
    "SQLITE_READONLY": "read_only_database",
    "SQLITE_FULL": "disk_full",
    "SQLITE_CORRUPT": "corrupt_database",
    "SQLITE_NOTADB": "corrupt_database",
    "SQLITE_CANTOPEN": "no_database_folder",
    "SQLITE_BUSY": "busy_database",
    "SQLITE_LOCKED": "busy_database",
    "SQLITE_IOERR": "disk_failed",
}
