"""What a platform delivers more than once counts once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from bot.storage import deliveries
from bot.storage.database import Database
from tests.storage.conftest import NOW, Home, settle, start

EVENTS, COPIES = 500, 4


def test_five_hundred_events_delivered_four_times_to_four_workers_have_500_effects(
    database: Database, home: Home
) -> None:
    """The effect is an answer, kept in the transaction that counts the delivery."""
    workers = [start("take", home, EVENTS, seed) for seed in range(COPIES)]
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate()

    with database.read(home.workspace) as session:
        rows = session.rows("select text from answers where workspace_id = :workspace_id")
    effects = sorted(text for (text,) in rows if text.startswith("Ev"))
    assert effects == sorted(f"Ev{number}" for number in range(EVENTS))


def test_threads_of_one_process_count_once_too(database: Database, home: Home) -> None:
    keys = [f"Ev{number}" for number in range(50)] * COPIES
    random.Random(1).shuffle(keys)

    def take(key: str) -> bool:
        with database.write(home.workspace) as session:
            return deliveries.first(session, key, NOW)

    with ThreadPoolExecutor(COPIES) as workers:
        assert sum(workers.map(take, keys)) == 50


def test_each_workspace_counts_for_itself(database: Database, home: Home) -> None:
    other = settle(database, "buren")
    for workspace in (home.workspace, other.workspace):
        with database.write(workspace) as session:
            assert deliveries.first(session, "Ev1", NOW)


def test_an_effect_that_failed_does_not_count(database: Database, home: Home) -> None:
    class Failed(Exception):
        pass

    def attempt() -> None:
        with database.write(home.workspace) as session:
            assert deliveries.first(session, "Ev1", NOW)
            raise Failed

    for _ in range(2):
        try:
            attempt()
        except Failed:
            continue
