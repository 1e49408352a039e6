"""The one connection of a process that writes, used by one thread after another.

A commit waits for the disk, and all else is short. So who finds others waiting does not commit but
leaves the transaction to them, and waits for the last: one commit keeps what all of them wrote, and
nobody goes on before it did.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3  # pysqlite3 where it is installed


class _Group:
    """Writes in one transaction. `error` is why none of them was kept, `read_only` whether the
    connection can't write."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.error: BaseException | None = None
        self.read_only = False


class Writer:
    """Opens its connection with `connect`, on first use; `disconnect` closes one."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        disconnect: Callable[[sqlite3.Connection], None],
    ) -> None:
        self._connect = connect
        self._disconnect = disconnect
        self._connection: sqlite3.Connection | None = None
        self._turn = threading.Lock()
        self._owner: int | None = None  # the thread whose turn it is
        self._counting = threading.Lock()
        self._coming = 0  # threads that wait for their turn
        self._group: _Group | None = None

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """What the block writes is kept when this ends, or nothing of it.

        Also who raises waits: what made it raise may be a write that is still to be kept.
        """
        group = None
        try:
            with self._in_turn():
                self._connection = self._connection or self._connect()
                group = self._join(self._connection)
                try:
                    with self._part(self._connection, group):
                        yield self._connection
                finally:
                    self._leave(self._connection, group)
        finally:
            if group:
                group.over.wait()
                if group.error:
                    raise group.error

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._owner == threading.get_ident():
            raise sqlite3.OperationalError("a write within a write")
        with self._counting:
            self._coming += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self._coming -= 1
        self._owner = threading.get_ident()
        try:
            yield
        finally:
            self._owner = None
            self._turn.release()

    def _join(self, connection: sqlite3.Connection) -> _Group:
        """The transaction under way, or a new one."""
        if self._group is None:
            try:
                connection.execute("begin immediate")
            except sqlite3.Error as error:
                if _tells_read_only(error):
                    self._forget(connection)
                raise
            self._group = _Group()
        return self._group

    @contextmanager
    def _part(self, connection: sqlite3.Connection, group: _Group) -> Iterator[None]:
        """A part of the transaction that can be taken back by itself.

        On a full disk SQLite may take back the whole: then no savepoint is left. Where a part can't
        be taken back, none is kept.
        """
        connection.execute("savepoint part")
        try:
            yield
            connection.execute("release part")
        except BaseException as error:
            group.read_only |= _tells_read_only(error)
            try:
                connection.execute("rollback to part")
                connection.execute("release part")
            except sqlite3.Error:
                group.error = error
            raise

    def _leave(self, connection: sqlite3.Connection, group: _Group) -> None:
        """Commit, unless others are coming who will."""
        if self._coming and not group.error:
            return
        self._group = None
        try:
            if not group.error:
                connection.execute("commit")
        except BaseException as error:  # noqa: BLE001  raised in every thread of the group
            group.error = error
        finally:
            self._end(connection, group)

    def _end(self, connection: sqlite3.Connection, group: _Group) -> None:
        try:
            if connection.in_transaction:
                connection.execute("rollback")
            if group.read_only:
                self._forget(connection)
        finally:
            group.over.set()

    def _forget(self, connection: sqlite3.Connection) -> None:
        """One that was opened while the file could only be read stays so for ever."""
        self._connection = None
        self._disconnect(connection)


def _tells_read_only(error: BaseException) -> bool:
    return str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_READONLY")
