"""Files and disks that can't be right: each has its own problem, and nothing is half kept."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.domain.problem import Problem
from bot.storage import backups
from bot.storage.connections import connect, open_file
from bot.storage.database import Database
from bot.storage.versions import refuse_lost
from tests.storage.conftest import (
    ANSWER,
    NOW,
    Home,
    ask,
    code_of,
    contents,
    fill,
    foreign,
    give,
    ignore,
    is_sound,
    names,
    run,
    settle,
    start,
    texts,
)

PAGE = 4096


RIGHTS = {
    "a file that may only be read": (
        (0o777, 0o444),
        ["write read_only_database", "new done", "check done", "backup done", "restore done"],
    ),
    "a folder that may only be read": (
        (0o555, 0o444),
        [
            "write read_only_database",
            "new no_database_folder",
            "check read_only_database",
            "backup read_only_database",
            "restore cannot_write",
        ],
    ),
    "a file that nobody may read": (
        (0o777, 0o000),
        [
            "write no_database_folder",
            "new done",
            "check no_database_folder",
            "backup no_database_folder",
            "restore no_database_folder",
        ],
    ),
    "a folder that nobody may enter": (
        (0o000, 0o666),
        [
            "write no_database_folder",
            "new no_database_folder",
            "check no_database_folder",
            "backup no_database",
            "restore no_database",
        ],
    ),
}


@pytest.mark.parametrize(("rights", "expected"), RIGHTS.values(), ids=RIGHTS)
def test_who_lacks_rights_is_told(
    folder: Path, rights: tuple[int, int], expected: list[str]
) -> None:
    with closing(Database(folder / "klantvraag.db")) as database:
        home = settle(database, "thuis")
    backups.back_up(home.path, folder / "reserve.db", ignore)
    before = contents(folder)
    with given_rights(folder, rights):
        assert run("without_rights", home)[1:] == expected
    after = contents(folder)
    if expected[-1] == "restore done":
        after["klantvraag.db"] = after["klantvraag.db.before-restore-1"]
    assert {name: after[name] for name in before} == before


def test_a_file_that_could_only_be_read_is_written_again_without_a_restart(folder: Path) -> None:
    with closing(Database(folder / "klantvraag.db")) as database:
        home = settle(database, "thuis")
    with given_rights(folder, (0o777, 0o666)):
        process = start("write_at_last", home)
        said = [told(process, "go"), told(process)]
        for path in folder.iterdir():
            path.chmod(0o444)
        said += [told(process, "go"), told(process), told(process, "go"), told(process)]
        for path in folder.iterdir():
            path.chmod(0o666)
        said += [told(process, "go"), process.communicate()[0].rstrip()]
    refused = ["read_only_database", "answers: 1"]
    assert said == ["ready", "opened, answers: 1", *refused, *refused, "answers: 2", ""]


def told(process: subprocess.Popen[str], line: str = "") -> str:
    """The next line a process says, after one to it."""
    assert process.stdin
    assert process.stdout
    if line:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
    return process.stdout.readline().rstrip()


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem) as error:
        Database(tmp_path / "nergens" / "klantvraag.db")
    assert code_of(error) == "no_database_folder"
    assert error.value.values["file"] == str(tmp_path / "nergens" / "klantvraag.db")
    assert names(tmp_path) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(Problem) as error:
        Database(tmp_path)
    assert code_of(error) == "no_database_folder"
    with pytest.raises(Problem) as error:
        backups.check(tmp_path)
    assert code_of(error) == "no_database_folder"


@pytest.mark.parametrize(
    "content",
    ["1. Opening\n", "1. Opening\n" * 1000, "\0" * 8192, "SQLite format 3\0", "é"],
    ids=["short", "long", "zeros", "a header only", "one letter"],
)
def test_a_file_that_is_no_database_stays_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "agenda.txt"
    path.write_text(content, encoding="utf-8")
    for look in (Database, backups.check):
        with pytest.raises(Problem) as error:
            look(path)
        assert code_of(error) == "foreign_database"
    assert contents(tmp_path) == {"agenda.txt": content.encode()}


def test_the_database_of_another_program_stays_as_it_is(tmp_path: Path) -> None:
    path = foreign(tmp_path / "anders.db")
    before = contents(tmp_path)
    for look in (Database, backups.check):
        with pytest.raises(Problem) as error:
            look(path)
        assert code_of(error) == "foreign_database"
    assert contents(tmp_path) == before


def test_not_even_the_log_of_another_program_is_touched(tmp_path: Path) -> None:
    running = foreign(tmp_path / "draait.db")
    with closing(open_file(running, "rw")) as connection:
        connection.execute("insert into notes values ('staat nog in het log')")
        crashed = tmp_path / "gestopt"
        crashed.mkdir()
        for name in ("draait.db", "draait.db-wal"):
            (crashed / name).write_bytes((tmp_path / name).read_bytes())
    before = contents(crashed)
    for look in (Database, backups.check):
        with pytest.raises(Problem) as error:
            look(crashed / "draait.db")
        assert code_of(error) == "foreign_database"
    after = contents(crashed)
    assert {name: after[name] for name in before} == before


def test_a_new_database_by_a_process_that_crashed_is_ours(tmp_path: Path) -> None:
    path = tmp_path / "klantvraag.db"
    Database(path).close()
    with closing(Database(path)) as database:
        crashed = tmp_path / "gestopt.db"
        workspace = database.workspace("slack", "staat in het log", lambda: NOW)
        for suffix in ("", "-wal"):
            side = path.with_name(path.name + suffix)
            crashed.with_name(crashed.name + suffix).write_bytes(side.read_bytes())
    with closing(Database(crashed)) as database:
        assert database.workspace("slack", "staat in het log", lambda: "later") == workspace


def test_a_file_of_a_newer_version_stays_as_it_is(database: Database, home: Home) -> None:
    database.close()
    with closing(connect(home.path)) as connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('klantvraag', 'from_the_future', '2031')"
        )
    before = contents(home.path.parent)
    for look in (Database, backups.check):
        with pytest.raises(Problem) as error:
            look(home.path)
        assert code_of(error) == "newer_database"
    assert contents(home.path.parent) == before


def test_an_empty_file_becomes_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "klantvraag.db"
    path.touch()
    with closing(Database(path)) as database:
        assert database.workspace("slack", "thuis", lambda: NOW)
    assert is_sound(path)


@pytest.mark.parametrize("name", [":memory:", "file:x", "a?mode=ro", "a#b", "50%", "één twee.db"])
def test_every_name_is_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    with closing(Database(tmp_path / name)) as database:
        workspace = database.workspace("slack", "thuis", lambda: NOW)
    assert names(tmp_path) == [name]
    os.chdir(tmp_path)
    with closing(Database(Path(name))) as database:
        assert database.workspace("slack", "thuis", lambda: "later") == workspace


@pytest.mark.parametrize("damage", ["zeros", "noise", "half", "part of a page"])
def test_damage_is_found_and_named(database: Database, home: Home, damage: str) -> None:
    fill(database, home, 30)
    database.close()
    harm(home.path, damage)
    before = contents(home.path.parent)
    with pytest.raises(Problem) as error:
        backups.check(home.path)
    assert code_of(error) == "corrupt_database"
    assert contents(home.path.parent) == before


@pytest.mark.parametrize("damage", ["zeros", "noise", "half"])
def test_who_reads_damage_is_told(database: Database, home: Home, damage: str) -> None:
    fill(database, home, 30)
    database.close()
    harm(home.path, damage)
    with pytest.raises(Problem) as error, closing(Database(home.path)) as damaged:
        texts(damaged, home)
    assert code_of(error) == "corrupt_database"


def test_text_that_is_no_text_any_more_is_damage(database: Database, home: Home) -> None:
    database.close()
    rotten = ANSWER.text.encode().replace(b"huurder", b"huu\xffder")
    home.path.write_bytes(home.path.read_bytes().replace(ANSWER.text.encode(), rotten))
    assert is_sound(home.path)  # SQLite itself does not mind
    with pytest.raises(Problem) as error:
        backups.check(home.path)
    assert code_of(error) == "corrupt_database"
    with pytest.raises(Problem) as error, closing(Database(home.path)) as damaged:
        texts(damaged, home)
    assert code_of(error) == "corrupt_database"


@pytest.mark.parametrize("name", [b"applied_at", b"without rowid", b"CREATE UNIQUE"])
def test_a_description_of_tables_that_is_no_text_is_damage(
    database: Database, home: Home, name: bytes
) -> None:
    backup = home.path.with_name("reserve.db")
    backups.back_up(home.path, backup, ignore)
    database.close()
    home.path.write_bytes(home.path.read_bytes().replace(name, name[:-1] + b"\xf4"))
    for look in (Database, backups.check):
        with pytest.raises(Problem) as error:
            look(home.path)
        assert code_of(error) == "corrupt_database"
    assert backups.restore(backup, home.path, "1", NOW, ignore)
    backups.check(home.path)


def test_a_reference_to_nothing_is_damage(database: Database, home: Home) -> None:
    with closing(connect(home.path)) as connection:
        connection.execute("pragma foreign_keys = off")
        connection.execute("delete from people")
    with pytest.raises(Problem) as error:
        backups.check(home.path)
    assert code_of(error) == "corrupt_database"


def test_an_index_that_misses_a_row_is_damage(database: Database, home: Home) -> None:
    rule = "select rowid, sql from sqlite_master where name = 'meetings_by_day'"
    with closing(connect(home.path)) as connection:
        [(row, sql)] = connection.execute(rule).fetchall()
        connection.execute("pragma writable_schema = on")
        partial = f"{sql} where counts_on = 0"
        connection.execute("update sqlite_master set sql = ? where rowid = ?", (partial, row))
    with closing(connect(home.path)) as connection:
        connection.execute("update meetings set counts_on = counts_on + 1")
        connection.execute("pragma writable_schema = on")
        connection.execute("update sqlite_master set sql = ? where rowid = ?", (sql, row))
    with pytest.raises(Problem) as error:
        backups.check(home.path)
    assert code_of(error) == "corrupt_database"


def test_a_database_that_stays_busy_says_so(path: Path) -> None:
    with closing(Database(path)) as database, closing(connect(path)) as other:
        with database.read("") as session:
            session.rows("pragma busy_timeout = 20 -- :workspace_id")
        other.execute("begin immediate")
        with pytest.raises(Problem) as error:
            database.workspace("slack", "thuis", lambda: NOW)
        assert code_of(error) == "busy_database"
        other.execute("rollback")
        assert database.workspace("slack", "thuis", lambda: NOW)


@pytest.mark.parametrize("room", [PAGE * 45, PAGE * 60, PAGE * 75])
def test_a_disk_without_room_keeps_what_was_acknowledged(
    database: Database, home: Home, room: int
) -> None:
    database.close()
    said = run("fill_disk", home, room)
    assert said[-2] in ("disk_full", "disk_failed")
    assert said[-1] == "weer ruimte"
    acknowledged = [ANSWER.text, *said[1:-2], said[-1]]
    assert len(acknowledged) > 2
    assert texts(database, home) == acknowledged
    assert is_sound(home.path)


def test_a_full_disk_is_named_and_writing_works_once_there_is_room(
    database: Database, home: Home
) -> None:
    acknowledged = [ANSWER.text]

    def give_for_ever() -> None:
        while True:
            text = f"{len(acknowledged)} {'x' * 3000}"
            give(database, home, text)
            acknowledged.append(text)

    limit(database, home, 100)
    with pytest.raises(Problem) as error:
        give_for_ever()
    assert code_of(error) == "disk_full"
    assert error.value.values["file"] == str(home.path)
    assert len(acknowledged) > 5
    assert texts(database, home) == acknowledged
    limit(database, home, 10_000)
    give(database, home, "weer ruimte")
    assert texts(database, home) == [*acknowledged, "weer ruimte"]
    assert is_sound(home.path)


@pytest.mark.parametrize("action", ["back_up", "restore"])
@pytest.mark.parametrize("pages", [9, 40, 100])  # the log of the source alone takes 8
def test_a_disk_that_fills_during_a_copy_leaves_nothing_behind(
    database: Database, home: Home, tmp_path: Path, action: str, pages: int
) -> None:
    fill(database, home, 100)
    backups.back_up(home.path, tmp_path / "oud.db", ignore)
    give(database, home, "later")
    database.close()
    before = contents(tmp_path)
    source = home.path if action == "back_up" else tmp_path / "oud.db"
    target = home.path if action == "restore" else tmp_path / "nieuw.db"
    said = run(f"{action}_on_full_disk", source, target, pages * PAGE)
    assert said[-1] in ("disk_full", "disk_failed", "cannot_write")
    assert contents(tmp_path) == before


def test_a_process_that_goes_on_does_not_stop_a_check(database: Database, home: Home) -> None:
    writing = start("write", home, "intussen", 0)
    try:
        assert writing.stdin
        assert writing.stdout
        writing.stdin.write("go\n")
        writing.stdin.flush()
        for _ in range(20):
            writing.stdout.readline()
            backups.check(home.path)
    finally:
        writing.kill()
        writing.communicate()
    assert ask(home.path, "select count(*) > 18 from answers") == [(1,)]


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_thrown_away_or_replaced_under_our_hands_is_noticed(
    database: Database, home: Home, tmp_path: Path, replaced: bool
) -> None:
    """SQLite itself would go on with the file that nobody can find any more."""
    database.path.rename(tmp_path / "weg.db")
    if replaced:
        replace_by_other(database.path)

    with pytest.raises(Problem) as told:
        give(database, home, "verloren")

    assert code_of(told) == "database_gone"


@pytest.mark.parametrize("replaced", [False, True])
def test_a_thread_new_to_a_file_that_is_away_does_no_harm_and_goes_on_when_it_is_back(
    database: Database, home: Home, tmp_path: Path, replaced: bool
) -> None:
    """It must open nothing else: an empty file by this name would have our log thrown away."""
    give(database, home, "bewaard")
    database.path.rename(tmp_path / "away.db")
    if replaced:
        replace_by_other(database.path)
    files = contents(tmp_path)

    with ThreadPoolExecutor(1) as thread:
        told = thread.submit(texts, database, home).exception()
        assert isinstance(told, Problem)
        assert told.code == "database_gone"
        assert contents(tmp_path) == files
        (tmp_path / "away.db").rename(database.path)
        assert "bewaard" in thread.submit(texts, database, home).result()


def replace_by_other(path: Path) -> None:
    other = path.with_name("other.db")
    Database(other).close()
    other.rename(path)


@pytest.mark.parametrize("empty", [False, True])
def test_no_file_is_made_beside_a_log_that_holds_something(
    database: Database, home: Home, tmp_path: Path, empty: bool
) -> None:
    """SQLite would throw the log away, and the answer with it when the file comes back."""
    give(database, home, "bewaard")
    database.path.rename(tmp_path / "away.db")
    if empty:
        database.path.touch()
    files = contents(tmp_path)

    with pytest.raises(Problem) as told:
        Database(database.path)

    assert code_of(told) == "log_without_database"
    assert contents(tmp_path) == files
    (tmp_path / "away.db").rename(database.path)
    with closing(Database(database.path)) as again:
        assert "bewaard" in texts(again, home)


def test_a_file_that_another_process_makes_just_now_is_not_taken_for_lost(
    tmp_path: Path,
) -> None:
    """It was not there when we looked, and has a log by the time that we look for that."""
    path = tmp_path / "nieuw.db"
    with ExitStack() as others:

        class Making(type(path)):  # type: ignore[misc]
            def stat(self, **_: bool) -> os.stat_result:
                try:
                    return path.stat()
                finally:
                    others.enter_context(closing(Database(path)))

        refuse_lost(Making(path))


@pytest.mark.parametrize(
    "change",
    [
        "alter table items rename column detail to details",
        "drop index answers_by_item",
        "delete from _sqlite_migrations",
    ],
)
def test_tables_changed_by_hand_are_found(database: Database, home: Home, change: str) -> None:
    database.close()
    with closing(open_file(home.path, "rw")) as connection:
        connection.execute(change)

    with pytest.raises(Problem) as told:
        backups.check(home.path)

    assert code_of(told) == "corrupt_database"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place that others can reach, with a database and a backup of it."""
    with TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def given_rights(place: Path, rights: tuple[int, int]) -> Iterator[None]:
    """These rights on a folder and on all its files; afterwards those of an owner."""
    of_folder, of_files = rights
    for path in place.iterdir():
        path.chmod(of_files)
    place.chmod(of_folder)
    yield
    place.chmod(0o700)
    for path in place.iterdir():
        path.chmod(0o600)


def harm(path: Path, how: str) -> None:
    """Damage the middle, where the answers are."""
    content = bytearray(path.read_bytes())
    first, last = len(content) // 2 // PAGE * PAGE, len(content) - 3 * PAGE
    if how == "half":
        del content[first:]
    elif how == "part of a page":
        del content[-1000:]
    else:
        fresh = b"\0" if how == "zeros" else b"\xa5"
        content[first:last] = fresh * (last - first)
    path.write_bytes(content)


def limit(database: Database, home: Home, pages: int) -> None:
    with database.write(home.workspace) as session:
        session.rows(f"pragma max_page_count = {pages} -- :workspace_id")
