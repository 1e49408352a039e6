"""Threads that write together: one commit keeps it all, and nobody goes on before it did."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from bot.domain.problem import Problem
from bot.storage import answers, deliveries
from bot.storage.database import Database
from tests.storage.conftest import ANSWER, NOW, Home, ask, give, texts

SOON = 60  # seconds


class Queue:
    """A thread that is writing until `go`, and others that wait for it meanwhile."""

    def __init__(self, database: Database, home: Home) -> None:
        self.database = database
        self.home = home
        self.writing, self.go = threading.Event(), threading.Event()

    def first(self, text: str) -> None:
        """Writes, and lets the others come before it ends."""
        with self.database.write(self.home.workspace) as session:
            deliveries.first(session, text, NOW)
            self.writing.set()
            assert self.go.wait(SOON)

    def run(self, pool: ThreadPoolExecutor, *others) -> list[Future[Any]]:
        """What became of the first and the others, in line behind it."""
        begun: list[Future[Any]] = [pool.submit(self.first, "eerste")]
        assert self.writing.wait(SOON)
        for number, other in enumerate(others, 1):
            begun.append(pool.submit(other))
            while self.database._writer._coming < number:
                pass
        self.go.set()
        return begun


@pytest.fixture
def queue(database: Database, home: Home) -> Queue:
    return Queue(database, home)


def test_what_waits_together_is_kept_together(queue: Queue) -> None:
    commits: list[str] = []
    with queue.database.write(queue.home.workspace):
        connection = queue.database._writer._connection
        assert connection is not None
    connection.set_trace_callback(lambda sql: commits.append(sql) if sql == "commit" else None)
    with ThreadPoolExecutor(9) as pool:
        words = [f"antwoord {n}" for n in range(8)]
        others = [lambda w=w: give(queue.database, queue.home, w) for w in words]
        begun = queue.run(pool, *others)
    assert [future.exception() for future in begun] == [None] * 9
    assert sorted(texts(queue.database, queue.home)) == sorted([*words, ANSWER.text])
    assert len(commits) == 1


def test_who_raises_takes_only_its_own_back(queue: Queue) -> None:
    def wrong() -> None:
        with queue.database.write(queue.home.workspace) as session:
            deliveries.first(session, "fout", NOW)
            raise KeyError

    with ThreadPoolExecutor(3) as pool:
        first, failed, last = queue.run(
            pool, wrong, lambda: give(queue.database, queue.home, "goed")
        )
    assert first.exception() is last.exception() is None
    assert isinstance(failed.exception(), KeyError)
    assert texts(queue.database, queue.home) == [ANSWER.text, "goed"]
    seen = "select key from seen_deliveries where key in ('eerste', 'fout')"
    assert ask(queue.home.path, seen) == [("eerste",)]


@pytest.mark.parametrize("silent", [True, False])
def test_when_sqlite_takes_all_back_nobody_is_told_it_was_kept(queue: Queue, silent: bool) -> None:
    """As it does when the disk fails, whatever becomes of the error."""

    def failing() -> None:
        with queue.database.write(queue.home.workspace) as session:
            session.rows("rollback -- :workspace_id")
            if not silent:
                raise OSError

    with ThreadPoolExecutor(3) as pool:
        first, failed, last = queue.run(
            pool, failing, lambda: give(queue.database, queue.home, "later")
        )
    assert first.exception()
    assert failed.exception()
    assert not ask(queue.home.path, "select 1 from seen_deliveries where key = 'eerste'")
    kept = [] if last.exception() else ["later"]  # who waits for a lock may overtake another
    assert texts(queue.database, queue.home) == [ANSWER.text, *kept]
    give(queue.database, queue.home, "weer goed")
    assert texts(queue.database, queue.home) == [ANSWER.text, *kept, "weer goed"]


def test_what_can_not_be_taken_back_by_itself_is_taken_back_with_all(queue: Queue) -> None:
    def stuck() -> None:
        with queue.database.write(queue.home.workspace) as session:
            deliveries.first(session, "half", NOW)
            session.rows("release part -- :workspace_id")
            raise OSError

    with ThreadPoolExecutor(3) as pool:
        first, failed, last = queue.run(
            pool, stuck, lambda: give(queue.database, queue.home, "later")
        )
    assert first.exception()
    assert failed.exception()
    assert not ask(queue.home.path, "select 1 from seen_deliveries where key in ('eerste', 'half')")
    kept = [] if last.exception() else ["later"]  # who waits for a lock may overtake another
    assert texts(queue.database, queue.home) == [ANSWER.text, *kept]
    give(queue.database, queue.home, "weer goed")
    assert texts(queue.database, queue.home) == [ANSWER.text, *kept, "weer goed"]


def test_when_the_commit_fails_nobody_is_told_it_was_kept(queue: Queue) -> None:
    def wrong_in_the_end() -> None:
        with queue.database.write(queue.home.workspace) as session:
            session.rows("pragma defer_foreign_keys = on -- :workspace_id")
            answers.add(session, "geen punt", ANSWER, queue.home.person, NOW)

    with ThreadPoolExecutor(3) as pool:
        begun = queue.run(pool, wrong_in_the_end, lambda: give(queue.database, queue.home, "later"))
    assert [type(future.exception()) for future in begun] == [Problem] * 3
    assert texts(queue.database, queue.home) == [ANSWER.text]
    give(queue.database, queue.home, "weer goed")
    assert texts(queue.database, queue.home) == [ANSWER.text, "weer goed"]


def test_a_repetition_is_not_told_before_the_first_is_kept(queue: Queue) -> None:
    """Whoever sees another's part waits until it is kept, also when it then raises."""
    seen_at = []

    def repeated() -> None:
        with suppress(KeyError), queue.database.write(queue.home.workspace) as session:
            if not deliveries.first(session, "eerste", NOW):
                raise KeyError
        seen_at.append(ask(queue.home.path, "select 1 from seen_deliveries where key = 'eerste'"))

    with ThreadPoolExecutor(3) as pool:
        queue.run(pool, repeated, lambda: give(queue.database, queue.home, "later"))
    assert seen_at == [[(1,)]]
