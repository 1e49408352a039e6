"""The SQLite file: opening, transactions, and what can go wrong with it.

One connection per thread to read with, kept; writes go one at a time through a single one
(`writer`) and start with BEGIN IMMEDIATE, so that another process makes them wait instead of fail.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database as UtilsDatabase

from bot.domain.ids import new_id
from bot.domain.problem import Problem
from bot.storage.schema import APPLICATION_ID, migrations
from bot.storage.writer import Writer

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3  # pysqlite3 where it is installed

OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file that has two writers
WAIT_SECONDS = 10.0
TURNS = 20  # more than ever start at the same moment

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
                _refuse_lost(path)
                _make_private(path)
                refuse_unknown(path)
                _migrate(self._connection())
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self, workspace_id: str) -> Iterator[Session]:
        """A session that sees one moment of the file."""
        with problems_of(self.path), _transaction(self._connection(), "begin") as connection:
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

    def close(self) -> None:
        """Close the connections of all threads; none may be in use."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()
        self._writer = Writer(self._connect, self._disconnect)

    def _refuse_other_file(self) -> None:
        """SQLite would go on with a file that was thrown away or replaced, and lose it all."""
        if _identity(self.path) != self._identity:
            raise Problem("database_gone", file=str(self.path))

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = self._connect()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        """To the file of the first connection: another by its name would take that one's log."""
        if not self._connections:
            self._identity = _identity(self.path)
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


def _refuse_lost(path: Path) -> None:
    """SQLite throws a log away when it finds no database, or an empty one, beside it.

    Where a log holds something, its database was moved, and what was kept last is in that log.
    """
    log = Path(f"{os.path.realpath(path)}-wal")
    with suppress(OSError):
        if _is_empty(path) and log.stat().st_size:
            raise Problem("log_without_database", file=str(path), log=str(log))


def _make_private(path: Path) -> None:
    """A new file is for its owner only: it will hold what people say."""
    with suppress(OSError):  # it is there, or SQLite will say why it can't be
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def _identity(path: Path) -> tuple[int, int] | None:
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


def look_into(path: Path) -> Iterator[Session]:
    """A reading session in every workspace of a file, which stays as it is.

    None where the file is of an older version.
    """
    with problems_of(path), closing(open_untouched(path)) as connection:
        applied = migrations.applied(UtilsDatabase(connection, execute_plugins=False))
        if {migration.name for migration in applied} == _known_migrations():
            for workspace_id, _, _ in connection.execute(_WORKSPACES).fetchall():
                yield Session(connection, workspace_id)


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
    refuse_foreign(path)
    if _is_empty(path):
        return
    with closing(open_untouched(path)) as connection:
        db = UtilsDatabase(connection, execute_plugins=False)
        if {migration.name for migration in migrations.applied(db)} - _known_migrations():
            raise Problem("newer_database", file=str(path))


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
    ours = UtilsDatabase(connection, execute_plugins=False)
    done = {step.name for step in migrations.applied(ours)}
    fresh = UtilsDatabase(memory=True, strict=True, execute_plugins=False)
    try:
        ahead = [step.name for step in migrations.pending(fresh) if step.name not in done]
        migrations.apply(fresh, stop_before=ahead)
        return bool(done) and set(_tables(fresh.conn)) <= set(_tables(connection))
    finally:
        fresh.close()


def _tables(connection: sqlite3.Connection) -> list[Row]:
    sql = "select type, name, sql from sqlite_master where name not like 'sqlite_%'"
    return connection.execute(sql).fetchall()


def _known_migrations() -> set[str]:
    empty = UtilsDatabase(memory=True, execute_plugins=False)
    try:
        return {migration.name for migration in migrations.pending(empty)}
    finally:
        empty.close()


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
