"""The SQLite file, opened: a session in one of its workspaces is the only way to run SQL.

One connection per thread to read with, kept; writes go one at a time through a single one
(`writer`) and start with BEGIN IMMEDIATE, so that another process makes them wait instead of fail.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.ids import new_id
from bot.domain.problem import Problem
from bot.storage.connections import (
    connect,
    identity,
    make_private,
    open_untouched,
    problems_of,
    transaction,
)
from bot.storage.versions import is_newest, migrate, refuse_lost, refuse_old_sqlite, refuse_unknown
from bot.storage.writer import Writer

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

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

        Raises Problem "old_sqlite", "newer_database", "foreign_database", "log_without_database"
        or one of `problems_of`.
        """
        refuse_old_sqlite()
        self.path = path
        self._local = threading.local()
        self._writer = Writer(self._connect, self._disconnect)
        self._connections: list[sqlite3.Connection] = []
        self._identity: tuple[int, int] | None = None
        self._workspaces: dict[tuple[str, str], str] = {}  # their ids never change
        try:
            with problems_of(path):
                refuse_lost(path)
                make_private(path)
                refuse_unknown(path)
                migrate(self._connection())
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self, workspace_id: str) -> Iterator[Session]:
        """A session that sees one moment of the file."""
        with problems_of(self.path), transaction(self._connection(), "begin") as connection:
            self._refuse_other_file()
            yield Session(connection, workspace_id)

    @contextmanager
    def write(self, workspace_id: str) -> Iterator[Session]:
        """A session that is kept as a whole when the block ends, and not at all when it raises."""
        with problems_of(self.path), self._writer.write() as connection:
            self._refuse_other_file()
            yield Session(connection, workspace_id)

    def workspace(self, platform: str, tenant: str, now: Callable[[], str]) -> str:
        """Our id of a workspace, made on first sight; the one query that precedes a session."""
        found = self._workspaces.get((platform, tenant))
        if found is None:
            with problems_of(self.path):
                found = self._find_workspace({"platform": platform, "tenant": tenant, "now": now()})
            self._workspaces[platform, tenant] = found
        return found

    def _find_workspace(self, known: dict[str, str]) -> str:
        row = self._connection().execute(_WORKSPACE, known).fetchone()
        if row is None:
            with self._writer.write() as connection:
                connection.execute(_NEW_WORKSPACE, {**known, "id": new_id()})
                row = connection.execute(_WORKSPACE, known).fetchone()
        return str(row[0])

    def workspaces(self) -> list[Row]:
        """(our id, platform, the platform's name) of every workspace."""
        with problems_of(self.path):
            return self._connection().execute(_WORKSPACES).fetchall()

    def workspaces_on(self, platform: str, only_in: str | None = None) -> list[tuple[str, str]]:
        """(our id, the platform's name) of those on a platform, or `only_in` the one so named."""
        return [
            (workspace_id, tenant)
            for workspace_id, its, tenant in self.workspaces()
            if its == platform and only_in in (None, tenant)
        ]

    def close(self) -> None:
        """Close the connections of all threads; none may be in use."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()
        self._writer = Writer(self._connect, self._disconnect)

    def _refuse_other_file(self) -> None:
        """SQLite would go on with a file that was thrown away or replaced, and lose it all."""
        if identity(self.path) != self._identity:
            raise Problem("database_gone", file=str(self.path))

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = self._connect()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        """To the file of the first connection: another by its name would take that one's log."""
        if not self._connections:
            self._identity = identity(self.path)
        self._refuse_other_file()
        connection = connect(self.path)
        try:
            self._refuse_other_file()  # it came while this was opened
        except Problem:
            connection.close()
            raise
        self._connections.append(connection)
        return connection

    def _disconnect(self, connection: sqlite3.Connection) -> None:
        self._connections.remove(connection)
        connection.close()


_WORKSPACE = "select workspace_id from workspaces where platform = :platform and tenant = :tenant"
_NEW_WORKSPACE = (
    "insert or ignore into workspaces (workspace_id, platform, tenant, created_at)"
    " values (:id, :platform, :tenant, :now)"
)
_WORKSPACES = "select workspace_id, platform, tenant from workspaces"


def look_into(path: Path) -> Iterator[Session]:
    """A reading session in every workspace of a file, which stays as it is.

    In none where the file is of an older version.
    """
    with problems_of(path), closing(open_untouched(path)) as connection:
        if is_newest(connection):
            for workspace_id, _, _ in connection.execute(_WORKSPACES).fetchall():
                yield Session(connection, workspace_id)
