"""Restores: nothing that was there is lost, whatever moment they stop at."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.domain.problem import Problem
from bot.storage import backups
from bot.storage.connections import open_file
from bot.storage.database import Database
from tests.storage.conftest import (
    ANSWER,
    NOW,
    Home,
    code_of,
    contents,
    fill,
    foreign,
    give,
    ignore,
    is_sound,
    names,
    run,
    spoil,
    start,
    texts,
    texts_in,
)

KEPT = "klantvraag.db.before-restore-1"


def test_a_restore_brings_the_backup_and_keeps_what_was_there(home: Home, backup: Path) -> None:
    kept = backups.restore(backup, home.path, "1", NOW, ignore)
    assert kept == home.path.with_name(KEPT)
    assert names(home.path.parent) == ["klantvraag.db", KEPT, "reserve.db"]
    assert texts_in(home.path, home) == [ANSWER.text]
    assert texts_in(kept, home) == [ANSWER.text, "later"]


def test_what_was_only_in_the_log_is_kept_too(home: Home, backup: Path) -> None:
    run("crash", home, "staat in het log")
    assert home.path.with_name("klantvraag.db-wal").stat().st_size
    kept = backups.restore(backup, home.path, "1", NOW, ignore)
    assert kept
    assert names(home.path.parent) == ["klantvraag.db", KEPT, "reserve.db"]
    assert texts_in(home.path, home) == [ANSWER.text]
    assert texts_in(kept, home) == [ANSWER.text, "later", "staat in het log"]


def test_two_restores_in_one_second_keep_both(home: Home, backup: Path) -> None:
    first = backups.restore(backup, home.path, "1", NOW, ignore)
    second = backups.restore(backup, home.path, "1", NOW, ignore)
    assert first
    assert second
    assert first != second
    assert texts_in(first, home) == [ANSWER.text, "later"]
    assert texts_in(second, home) == [ANSWER.text]


def test_a_restore_works_where_no_database_is_yet(home: Home, backup: Path) -> None:
    place = backup.parent / "nieuw" / "klantvraag.db"
    place.parent.mkdir()
    assert backups.restore(backup, place, "1", NOW, ignore) is None
    assert names(place.parent) == ["klantvraag.db"]
    assert texts_in(place, home) == [ANSWER.text]


def test_a_log_of_a_file_thrown_away_does_not_reach_the_restored_one(
    home: Home, backup: Path
) -> None:
    run("crash", home, "staat in het log")
    home.path.unlink()
    assert backups.restore(backup, home.path, "1", NOW, ignore) is None
    assert texts_in(home.path, home) == [ANSWER.text]


def test_a_copied_file_brings_its_log(database: Database, home: Home) -> None:
    run("crash", home, "staat in het log")
    copies = home.path.parent / "gekopieerd"
    copies.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{home.path}{suffix}", copies)
    before = contents(copies)
    place = home.path.with_name("teruggezet.db")
    backups.restore(copies / "klantvraag.db", place, "1", NOW, ignore)
    assert texts_in(place, home) == [ANSWER.text, "staat in het log"]
    after = contents(copies)
    assert {name: after[name] for name in before} == before


def test_a_database_can_be_put_back_in_its_own_place(home: Home, backup: Path) -> None:
    kept = backups.restore(home.path, home.path, "1", NOW, ignore)
    assert kept
    for path in (kept, home.path):
        assert texts_in(path, home) == [ANSWER.text, "later"]


def test_a_restored_file_belongs_to_who_had_the_one_before(home: Home, backup: Path) -> None:
    """An administrator restores, and the bot runs as somebody else."""
    with suppress(PermissionError):  # only an administrator can show it
        os.chown(home.path, 12345, 12345)
    before = home.path.stat()
    backups.restore(backup, home.path, "1", NOW, ignore)

    after = home.path.stat()
    assert (after.st_uid, after.st_gid, after.st_mode) == (
        before.st_uid,
        before.st_gid,
        before.st_mode,
    )


def test_a_link_to_a_database_stays_a_link(home: Home, backup: Path) -> None:
    run("crash", home, "staat in het log")
    link = home.path.parent / "hier" / "link.db"
    link.parent.mkdir()
    link.symlink_to(home.path)
    kept = backups.restore(backup, link, "1", NOW, ignore)
    assert names(link.parent) == ["link.db"]
    assert texts_in(link, home) == [ANSWER.text]
    assert kept == home.path.with_name(KEPT)
    assert texts_in(kept, home) == [ANSWER.text, "later", "staat in het log"]


@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_nobody_gets_to_read_more_through_a_copy(home: Home, backup: Path, mode: int) -> None:
    home.path.chmod(mode)
    backups.back_up(home.path, home.path.with_name("kopie.db"), ignore)
    assert home.path.with_name("kopie.db").stat().st_mode & 0o777 == mode
    backups.restore(backup, home.path, "1", NOW, ignore)
    assert home.path.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(
    "damage", ["a page", "another program", "no database", "nothing", "a newer version"]
)
def test_a_backup_that_cannot_be_right_changes_nothing(
    database: Database, home: Home, damage: str
) -> None:
    fill(database, home, 20)
    bad = home.path.with_name("reserve.db")
    backups.back_up(home.path, bad, ignore)
    code = spoil(bad, damage)
    run("crash", home, "staat in het log")
    database.close()
    before = contents(home.path.parent)
    with pytest.raises(Problem) as error:
        backups.restore(bad, home.path, "1", NOW, ignore)
    assert (code_of(error), error.value.values["file"]) == (code, str(bad))
    assert contents(home.path.parent) == before


def test_a_database_in_use_by_another_process_stays(home: Home, backup: Path) -> None:
    other = start("hold", home.path)
    try:
        assert other.stdin
        assert other.stdout
        other.stdin.write("go\n")
        other.stdin.flush()
        assert [other.stdout.readline() for _ in range(2)] == ["ready\n", "opened\n"]
        before = contents(home.path.parent)
        with pytest.raises(Problem) as error:
            backups.restore(backup, home.path, "1", NOW, ignore)
        assert contents(home.path.parent) == before
    finally:
        other.communicate("done\n")
    assert (code_of(error), error.value.values["file"]) == ("database_in_use", str(home.path))
    backups.restore(backup, home.path, "1", NOW, ignore)
    assert texts_in(home.path, home) == [ANSWER.text]


def test_a_database_in_use_by_another_connection_stays(home: Home, backup: Path) -> None:
    with closing(Database(home.path)) as database:
        give(database, home, "staat in het log")
        before = contents(home.path.parent)
        with pytest.raises(Problem) as error:
            backups.restore(backup, home.path, "1", NOW, ignore)
        assert code_of(error) == "database_in_use"
        after = contents(home.path.parent)
        assert {**after, "klantvraag.db-shm": b""} == {**before, "klantvraag.db-shm": b""}
        assert texts(database, home) == [ANSWER.text, "later", "staat in het log"]


def test_a_restored_database_being_read_stays(home: Home, backup: Path) -> None:
    backups.restore(backup, home.path, "1", NOW, ignore)  # from now on it has no log
    with closing(open_file(home.path, "ro")) as reading:
        reading.execute("begin")
        reading.execute("select * from people").fetchall()
        with pytest.raises(Problem) as error:
            backups.restore(backup, home.path, "2", NOW, ignore)
    assert code_of(error) == "database_in_use"
    assert names(home.path.parent) == ["klantvraag.db", KEPT, "reserve.db"]


def test_who_comes_in_during_the_exchange_does_not_write_in_the_old_file(
    home: Home, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_sync", lambda _: attempts.append(refused(home.path)))
    attempts: list[bool] = []
    replace = Path.replace

    def slowly(draft: Path, target: Path) -> Path:
        attempts.append(refused(home.path))
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", slowly)
    kept = backups.restore(backup, home.path, "1", NOW, ignore)
    assert kept
    assert attempts == [True, False]  # before: the old one, locked; after: the new one
    assert texts_in(kept, home) == [ANSWER.text, "later"]


@pytest.mark.parametrize("log", [None, b"een log"])
def test_a_corrupt_database_is_replaced_and_kept(
    home: Home, backup: Path, log: bytes | None
) -> None:
    noise = b"\xa5" * 20_000
    home.path.write_bytes(noise)
    if log:
        home.path.with_name("klantvraag.db-wal").write_bytes(log)
    kept = backups.restore(backup, home.path, "1", NOW, ignore)
    assert kept
    assert texts_in(home.path, home) == [ANSWER.text]
    assert kept.read_bytes() == noise
    found = contents(home.path.parent)
    assert found.get(f"{KEPT}-wal") == log
    assert "klantvraag.db-wal" not in found


def test_a_database_with_a_page_gone_is_replaced_and_kept(database: Database, home: Home) -> None:
    fill(database, home, 20)
    backup = home.path.with_name("reserve.db")
    backups.back_up(home.path, backup, ignore)
    database.close()
    spoil(home.path, "a page")
    kept = backups.restore(backup, home.path, "1", NOW, ignore)
    assert kept
    backups.check(home.path)
    with pytest.raises(Problem) as error:
        backups.check(kept)
    assert code_of(error) == "corrupt_database"


def test_a_newer_database_may_make_room_for_an_older_one(home: Home, backup: Path) -> None:
    spoil(home.path, "a newer version")
    assert backups.restore(backup, home.path, "1", NOW, ignore)
    assert texts_in(home.path, home) == [ANSWER.text]


@pytest.mark.parametrize("place", ["a folder", "another program"])
def test_a_restore_does_not_take_the_place_of_something_else(
    home: Home, backup: Path, place: str
) -> None:
    there = backup.with_name("iets anders.db")
    code = "no_database_folder" if place == "a folder" else "foreign_database"
    there.mkdir() if place == "a folder" else foreign(there)
    before = names(backup.parent)
    with pytest.raises(Problem) as error:
        backups.restore(backup, there, "1", NOW, ignore)
    assert (code_of(error), error.value.values["file"]) == (code, str(there))
    assert names(backup.parent) == before


@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_killed_anywhere_leaves_a_database(
    home: Home, backup: Path, damaged: bool
) -> None:
    first = backup.parent / "plekken" / "0"
    first.mkdir(parents=True)
    run("crash", home, "staat in het log")
    if damaged:
        home.path.write_bytes(b"\xa5" * 20_000)
    for suffix in ("", "-wal"):
        shutil.copy(f"{home.path}{suffix}", first)
    steps = run("restore_and_die", backup, first.parent)[1:]
    assert len(steps) > 8
    for step in steps:
        place = first.with_name(step)
        expected = [first / "klantvraag.db", backup]
        if damaged:
            assert_one_of_the_two_or_its_log(place, expected)
        else:
            old = [ANSWER.text, "later", "staat in het log"]
            found = texts_in(place / "klantvraag.db", home)
            assert found in (old, [ANSWER.text])
            if found != old:
                assert texts_in(place / KEPT, home) == old


def assert_one_of_the_two_or_its_log(place: Path, expected: list[Path]) -> None:
    """Either the damaged file stands there still, or the backup with the other kept."""
    damaged = expected[0].read_bytes()
    log = expected[0].with_name("klantvraag.db-wal").read_bytes()
    found = contents(place)
    if found["klantvraag.db"] != damaged:
        assert is_sound(place / "klantvraag.db")
        assert found[KEPT] == damaged
    assert log in (found.get("klantvraag.db-wal"), found.get(f"{KEPT}-wal"))


def refused(path: Path) -> bool:
    """Whether somebody who comes in now is kept waiting."""
    with closing(open_file(path, "rw", wait=0)) as connection:
        try:
            connection.execute("select count(*) from people")
        except Exception as error:  # noqa: BLE001
            return "locked" in str(error)
        return False


def test_only_a_file_is_replaced(backup: Path, tmp_path: Path) -> None:
    """Nothing else: no device, no pipe, no folder."""
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    for place in (pipe, folder):
        with pytest.raises(Problem) as told:
            backups.restore(backup, place, "1", NOW, ignore)
        assert code_of(told) == "no_database_folder"

    assert pipe.is_fifo()
    assert folder.is_dir()
