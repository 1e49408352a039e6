"""Backups: sound while others write, and nothing left behind when they can't be made."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.domain.problem import Problem
from bot.storage import backups
from bot.storage.database import Database
from tests.storage.conftest import (
    ANSWER,
    NOW,
    Home,
    ask,
    code_of,
    contents,
    fill,
    give,
    ignore,
    names,
    spoil,
    texts,
    texts_in,
)


def test_a_backup_has_everything_and_leaves_nothing_else(database: Database, home: Home) -> None:
    give(database, home, "staat nog in het log")
    folder = home.path.parent / "elders"
    folder.mkdir()
    backups.back_up(home.path, folder / "kopie.db", ignore)
    assert names(folder) == ["kopie.db"]
    assert texts_in(folder / "kopie.db", home) == texts(database, home)


def test_a_backup_of_a_closed_database_leaves_its_folder_alone(home: Home, backup: Path) -> None:
    before = contents(home.path.parent)
    backups.check(home.path)
    backups.back_up(home.path, home.path.with_name("kopie.db"), ignore)
    after = contents(home.path.parent)
    del after["kopie.db"]
    assert after == before


def test_a_backup_under_writes_equals_one_moment(database: Database, home: Home) -> None:
    folder = home.path.parent / "elders"
    folder.mkdir()
    with writing(database, home) as written:
        for n in range(30):
            before = len(written)
            backups.back_up(home.path, folder / f"{n}.db", ignore)
            after = len(written)
            copy = texts_in(folder / f"{n}.db", home)
            assert copy == [ANSWER.text, *(f"{i}" for i in range(len(copy) - 1))]
            assert before <= len(copy) - 1 <= after + 1
            versions = "select count(*) from answer_versions"
            assert ask(folder / f"{n}.db", versions) == [(len(copy),)]
    assert names(folder) == sorted(f"{n}.db" for n in range(30))


def test_a_write_between_two_pages_does_not_begin_the_backup_anew(
    database: Database, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "PAGES_AT_ONCE", 1)
    seen: list[tuple[int, int]] = []

    def write(done: int, total: int) -> None:
        seen.append((done, total))
        give(database, home, f"{done}")
        assert len(seen) <= total + 1

    backups.back_up(home.path, home.path.with_name("kopie.db"), write)
    assert texts_in(home.path.with_name("kopie.db"), home) == [ANSWER.text]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1] > 10


@pytest.mark.parametrize("target", ["klantvraag.db", "bezet.db", "een link.db", "naar niets.db"])
def test_a_backup_replaces_nothing(database: Database, home: Home, target: str) -> None:
    folder = home.path.parent
    folder.joinpath("bezet.db").write_text("iets van een ander")
    folder.joinpath("een link.db").symlink_to(home.path)
    folder.joinpath("naar niets.db").symlink_to(folder / "niets")
    before = names(folder)
    with pytest.raises(Problem) as error:
        backups.back_up(home.path, folder / target, lambda *_: pytest.fail("copied all the same"))
    assert code_of(error) == "backup_exists"
    assert error.value.values["file"] == str(folder / target)
    assert names(folder) == before
    assert folder.joinpath("bezet.db").read_text() == "iets van een ander"


def test_a_name_taken_meanwhile_is_not_replaced(database: Database, home: Home) -> None:
    target = home.path.with_name("kopie.db")

    def write(done: int, total: int) -> None:
        target.write_text("sneller")

    with pytest.raises(Problem) as error:
        backups.back_up(home.path, target, write)
    assert code_of(error) == "backup_exists"
    assert target.read_text() == "sneller"


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    for attempt in (
        lambda: backups.back_up(tmp_path / "niets.db", tmp_path / "kopie.db", ignore),
        lambda: backups.restore(tmp_path / "niets.db", tmp_path / "kopie.db", "1", NOW, ignore),
    ):
        with pytest.raises(Problem) as error:
            attempt()
        assert code_of(error) == "no_database"
        assert error.value.values["file"] == str(tmp_path / "niets.db")
    assert names(tmp_path) == []


@pytest.mark.parametrize("folder", ["nergens", "reserve.db"])
def test_a_folder_that_is_none_is_named(home: Home, backup: Path, folder: str) -> None:
    before = contents(home.path.parent)
    target = home.path.parent / folder / "kopie.db"
    for attempt in (
        lambda: backups.back_up(home.path, target, ignore),
        lambda: backups.restore(backup, target, "1", NOW, ignore),
    ):
        with pytest.raises(Problem) as error:
            attempt()
        assert code_of(error) == "cannot_write"
        assert error.value.values["file"] == str(target)
        assert error.value.values["why"]
    assert contents(home.path.parent) == before


@pytest.mark.parametrize("damage", ["a page", "another program", "no database"])
def test_no_backup_is_made_of_what_cannot_be_right(
    database: Database, home: Home, damage: str
) -> None:
    fill(database, home, 20)
    database.close()
    code = spoil(home.path, damage)
    before = contents(home.path.parent)
    with pytest.raises(Problem) as error:
        backups.back_up(home.path, home.path.with_name("kopie.db"), ignore)
    assert (code_of(error), error.value.values["file"]) == (code, str(home.path))
    assert contents(home.path.parent) == before


def test_progress_runs_to_its_end(home: Home, backup: Path) -> None:
    pages = ask(backup, "pragma page_count")[0][0]
    for attempt in (
        lambda see: backups.back_up(backup, backup.with_name("kopie.db"), see),
        lambda see: backups.restore(backup, home.path, "1", NOW, see),
    ):
        seen: list[tuple[int, int]] = []
        attempt(lambda done, total, seen=seen: seen.append((done, total)))
        assert seen[-1] == (pages, pages)


def test_an_interrupted_copy_leaves_nothing(home: Home, backup: Path) -> None:
    before = contents(home.path.parent)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    for attempt in (
        lambda: backups.back_up(home.path, backup.with_name("kopie.db"), interrupt),
        lambda: backups.restore(backup, home.path, "1", NOW, interrupt),
    ):
        with pytest.raises(KeyboardInterrupt):
            attempt()
        assert contents(home.path.parent) == before


def test_a_draft_that_a_kill_left_is_in_nobodys_way(
    home: Home, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.getpid", lambda: 7)
    for suffix in ("", "-journal", "-wal"):
        backup.with_name(f".kopie.db.7.draft{suffix}").write_bytes(b"half" * 3000)
    backups.back_up(home.path, backup.with_name("kopie.db"), ignore)
    assert names(home.path.parent) == ["klantvraag.db", "kopie.db", "reserve.db"]


@contextmanager
def writing(database: Database, home: Home) -> Iterator[list[str]]:
    """Somebody who keeps answers "0", "1", … in the background meanwhile."""
    written: list[str] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            give(database, home, f"{len(written)}")
            written.append(f"{len(written)}")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        stop.set()
        thread.join()
