"""Sessions, workspaces, threads and processes on one file; kills, and versions that do not fit."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import fields, replace
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database as UtilsDatabase
from sqlite_utils import Migrations

import bot.storage
from bot.domain.answer import Answer, Certainty
from bot.domain.meeting import State, SubItem
from bot.domain.observation import Closing, Observed, Source
from bot.domain.problem import Problem
from bot.domain.release import Cells, Measure
from bot.domain.schedule import Came, Occasion
from bot.storage import (
    agenda_sources,
    answers,
    asked_questions,
    carry_overs,
    channel_choices,
    channels,
    closings,
    digest_details,
    drafts,
    items,
    jobs,
    listeners,
    meetings,
    notes,
    observations,
    occurrences,
    overviews,
    people,
    released_cells,
    releases,
    schedules,
    subscriptions,
    talk_days,
    versions,
)
from bot.storage.channel_choices import Choices
from bot.storage.claims import Job
from bot.storage.connections import open_file
from bot.storage.database import Database
from bot.storage.figures import HeldMeeting
from bot.storage.jobs import JobState
from bot.storage.posted_messages import Posted
from bot.storage.schema import (
    answers_that_do_not_apply,
    carried_items,
    changing_meetings,
    closing_meetings,
    customer_accounts,
    every_week,
    figures_released,
    first_tables,
    jobs_in_doubt,
    large_workspaces,
    messages_by_place,
    provisional_answers,
    restores,
    sessions_and_times,
    shares_and_settings_changes,
    shares_of_every_period,
    sources_of_agendas,
    times_of_day,
    work_in_channels,
)
from tests.storage.conftest import (
    ANSWER,
    CELL,
    CHANGE,
    CHOICE,
    DAY,
    DRAFT,
    ITEM,
    MONDAY,
    NOW,
    READ_FROM,
    SETTINGS,
    SHARED,
    SUBSCRIBED,
    Home,
    ask,
    code_of,
    give,
    is_sound,
    meeting_in,
    occurrence_of,
    settle,
    start,
    texts,
)

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

Kept = dict[str, tuple[list[str], list[tuple[Any, ...]]]]  # by table: its columns, and rows of them
STEPS = [
    first_tables,
    sessions_and_times,
    times_of_day,
    provisional_answers,
    work_in_channels,
    messages_by_place,
    jobs_in_doubt,
    closing_meetings,
    answers_that_do_not_apply,
    sources_of_agendas,
    carried_items,
    shares_and_settings_changes,
    changing_meetings,
    large_workspaces,
    customer_accounts,
    figures_released,
    shares_of_every_period,
    every_week,
    restores,
]
OURS = [(step.__name__,) for step in STEPS]


def test_no_query_runs_without_its_workspace(database: Database, home: Home) -> None:
    with (
        pytest.raises(ValueError, match="no query without its workspace"),
        database.read(home.workspace) as session,
    ):
        session.rows("select * from answers")


def test_the_workspace_cannot_be_chosen_by_who_asks(database: Database, home: Home) -> None:
    other = settle(database, "buren")
    with database.read(other.workspace) as session:
        sql = "select id from people where workspace_id = :workspace_id"
        assert session.rows(sql, workspace_id=home.workspace) == [(other.person,)]
    with database.write(other.workspace) as session:
        values = {"workspace_id": home.workspace, "id": "indringer", "created_at": NOW}
        session.insert("people", values)
    people_of = "select workspace_id from people where id = 'indringer'"
    assert ask(database.path, people_of) == [(other.workspace,)]


def session_functions() -> list[Callable[..., Any]]:
    """Every public function of the storage modules that works in a session."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(bot.storage.__path__, "bot.storage.")
    ]
    return [
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "session" in inspect.signature(function).parameters
    ]


every_function = pytest.mark.parametrize(
    "function", session_functions(), ids=lambda f: f"{f.__module__.split('.')[-1]}.{f.__name__}"
)


@every_function
def test_a_foreign_workspace_sees_and_changes_nothing(
    database: Database, home: Home, function: Callable[..., Any]
) -> None:
    other = settle(database, "buren")
    before = rows_of(database.path, home)
    seen = ""
    with suppress(Problem), database.write(other.workspace) as session:
        seen = repr(function(session, **values_of(function, home)))
    assert rows_of(database.path, home) == before
    strings = [str(value) for row in rows_of(database.path, other) for value in row]
    for field in set(fields(home)) - {"path"}:
        theirs = str(getattr(home, field.name))
        assert theirs not in seen
        assert theirs not in strings
    assert ANSWER.text not in seen
    assert ITEM.title not in seen


@every_function
def test_the_same_call_at_home_does_something(
    database: Database, home: Home, function: Callable[..., Any]
) -> None:
    before = rows_of(database.path, home)
    with database.write(home.workspace) as session:
        if function is answers.not_applicable_to:
            answers.change(session, home.answer, Answer("", None), home.person, NOW)
        if function is digest_details.led_to:
            changed = replace(ANSWER, changed_decision=True)
            answers.change(session, home.answer, changed, home.person, NOW)
        if function in {overviews.not_known, digest_details.unknowns}:
            unknown = Answer("wie", Certainty.DONT_KNOW)
            answers.add(session, home.empty_item, unknown, home.person, NOW)
        if function is people.has_name:
            session.rows("update people set name = 'Jo' where workspace_id = :workspace_id")
        if function is subscriptions.rename:
            sql = "update subscriptions set person_id = null, configured_as = 'bestuur'"
            session.rows(f"{sql} where workspace_id = :workspace_id and person_id is not null")
        if function is schedules.restored_at:
            sql = "update workspaces set restored_at = :now where workspace_id = :workspace_id"
            session.rows(sql, now=NOW)
        if function is talk_days.counted_in:
            channel_choices.keep(session, home.channel, Choices(talk=True))
        seen = function(session, **values_of(function, home))
    if inspect.signature(function).return_annotation == "None":
        assert rows_of(database.path, home) != before
    else:
        assert seen


def test_a_block_that_raises_keeps_nothing(database: Database, home: Home) -> None:
    before = rows_of(database.path, home)

    def interrupted() -> None:
        with database.write(home.workspace) as session:
            answers.add(session, home.item, ANSWER, home.person, NOW)
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert rows_of(database.path, home) == before
    give(database, home, "de verbinding werkt nog")


def test_a_refused_statement_takes_the_whole_block_back(database: Database, home: Home) -> None:
    before = rows_of(database.path, home)

    def half_wrong() -> None:
        with database.write(home.workspace) as session:
            answers.add(session, home.item, ANSWER, home.person, NOW)
            answers.add(session, "geen punt", ANSWER, home.person, NOW)

    with pytest.raises(Problem):
        half_wrong()
    assert rows_of(database.path, home) == before


def test_a_write_within_a_write_fails_at_once(database: Database, home: Home) -> None:
    before = rows_of(database.path, home)
    with (
        pytest.raises(Problem),
        database.write(home.workspace) as session,
        database.write(home.workspace),
    ):
        answers.add(session, home.item, ANSWER, home.person, NOW)
    assert rows_of(database.path, home) == before
    give(database, home, "en daarna weer wel")


def test_a_reader_sees_one_moment(database: Database, home: Home) -> None:
    with closing(Database(database.path)) as second, database.read(home.workspace) as session:
        first = answers.of_meeting(session, home.meeting)
        give(second, home, "intussen")
        assert answers.of_meeting(session, home.meeting) == first
    assert "intussen" in texts(database, home)


def test_a_workspace_and_a_person_are_made_once(database: Database) -> None:
    workspace = database.workspace("slack", "T1", lambda: NOW)
    assert database.workspace("slack", "T1", lambda: "later") == workspace
    assert database.workspace("teams", "T1", lambda: NOW) != workspace
    with database.write(workspace) as session:
        person = people.ensure(session, "slack", "U1", NOW)
        assert people.ensure(session, "slack", "U1", "later") == person


def test_threads_that_meet_a_workspace_together_make_it_once(database: Database) -> None:
    barrier = threading.Barrier(8)

    def meet(_: int) -> str:
        barrier.wait()
        return database.workspace("slack", "nieuw", lambda: NOW)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(meet, range(8)))) == 1


def test_eight_threads_lose_nothing(database: Database, home: Home) -> None:
    barrier = threading.Barrier(8)

    def fifty(thread: int) -> list[str]:
        barrier.wait()
        ids = []
        for n in range(50):
            answer_id = give(database, home, f"{thread} {n}")
            with database.write(home.workspace) as session:
                found = answers.find(session, answer_id)  # reads first, then writes
                assert found
                after = replace(found[1], text=f"{thread} {n} nader", certainty=Certainty.ASSUME)
                answers.change(session, answer_id, after, home.person, NOW)
            ids.append(answer_id)
        return ids

    with ThreadPoolExecutor(8) as pool:
        ids = list(chain.from_iterable(pool.map(fifty, range(8))))
    expected = {f"{thread} {n} nader" for thread in range(8) for n in range(50)}
    assert set(texts(database, home)) == expected | {ANSWER.text}
    numbers = ask(database.path, "select number from answers order by number")
    assert numbers == [(n,) for n in range(1, 402)]
    with database.read(home.workspace) as session:
        for answer_id in ids:
            first, last = answers.versions(session, answer_id)
            assert (first.certainty, last.certainty) == (Certainty.KNOW, Certainty.ASSUME)
            assert last.text == f"{first.text} nader"


def test_an_answer_that_was_deleted_keeps_its_history(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        answers.delete(session, home.answer, home.person, NOW)
    with database.read(home.workspace) as session:
        assert answers.of_meeting(session, home.meeting) == []
        assert answers.find(session, home.answer) is None
        assert [version.text for version in answers.versions(session, home.answer)] == [
            ANSWER.text,
            ANSWER.text,
        ]
        assert answers.ever_answered(session, home.meeting) == {home.item}


def test_processes_that_open_new_files_together_all_succeed(tmp_path: Path) -> None:
    children = [start("open_new", tmp_path, 50) for _ in range(3)]
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    assert [child.communicate()[0] for child in children] == ["opened\n" * 50] * 3
    for path in tmp_path.glob("*.db"):
        assert ask(path, "select name from _sqlite_migrations order by id") == OURS


def test_two_writing_processes_lose_nothing(database: Database, home: Home) -> None:
    children = [start("write", home, name, 100) for name in ("een", "twee")]
    said = [child.communicate("go\n")[0].splitlines()[1:] for child in children]
    assert [len(lines) for lines in said] == [100, 100]
    assert sorted(texts(database, home)) == sorted([*said[0], *said[1], ANSWER.text])
    assert is_sound(database.path)


def test_what_was_acknowledged_outlives_a_kill(database: Database, home: Home) -> None:
    acknowledged = [ANSWER.text]
    for kill in range(20):
        child = start("write", home, f"{kill}", 0)
        assert child.stdin
        assert child.stdout
        child.stdin.write("go\n")
        child.stdin.flush()
        acknowledged += [child.stdout.readline().strip() for _ in range(1 + kill * 3)]
        child.kill()
        acknowledged += child.communicate()[0].splitlines()
    kept = texts(database, home)
    assert set(acknowledged) - {"ready"} <= set(kept)
    assert len(kept) <= len(acknowledged)  # as many times "ready" as there may be one unheard of
    assert is_sound(database.path)
    history = "select count(*), count(distinct answer_id) from answer_versions"
    assert ask(database.path, history) == [(len(kept), len(kept))]


def test_a_sqlite_that_can_corrupt_files_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.51.2")
    before = path.read_bytes()
    with pytest.raises(Problem) as error:
        Database(path)
    assert error.value.code == "old_sqlite"
    assert error.value.values == {"found": "3.51.2", "oldest": "3.51.3"}
    assert path.read_bytes() == before


def test_the_sqlite_in_use_is_recent_enough() -> None:
    found = versions.refuse_old_sqlite()
    assert tuple(map(int, found.split("."))) >= versions.OLDEST_SQLITE


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nieuw.db"
    monkeypatch.setattr(versions, "migrations", with_third("this is no SQL"))
    with pytest.raises(Problem) as error:
        Database(path)
    assert code_of(error) == "database_failed"
    assert ask(path, "select name from sqlite_master") == []
    monkeypatch.undo()
    Database(path).close()
    assert ask(path, "select name from _sqlite_migrations order by id") == OURS


def test_a_failed_migration_leaves_what_was_there(
    database: Database, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(database.path, home)
    schema = ask(database.path, "select sql from sqlite_master")
    monkeypatch.setattr(versions, "migrations", with_third("this is no SQL"))
    with pytest.raises(Problem):
        Database(database.path)
    assert rows_of(database.path, home) == before
    assert ask(database.path, "select sql from sqlite_master") == schema


def test_a_new_migration_is_applied_once(
    database: Database, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "migrations", with_third("select 1"))
    for _ in range(2):
        Database(database.path).close()
    names = ask(database.path, "select name from _sqlite_migrations order by id")
    assert names == [*OURS, ("third",)]
    assert ANSWER.text in texts(database, home)


def values_of(function: Callable[..., Any], home: Home) -> dict[str, Any]:
    """What a function asks for by name, all of it from this home."""
    meeting = meeting_in(home.channel)
    known: dict[str, Any] = {
        "item_id": home.empty_item,
        "answer_id": home.answer,
        "meeting_id": home.meeting,
        "channel_id": home.channel,
        "series_id": home.series,
        "person_id": home.person,
        "recipient_id": home.person,
        "answer": ANSWER,
        "item": replace(ITEM, position="9"),
        "settings": replace(SETTINGS, questions=3),
        "meeting": meeting if function is meetings.add else replace(meeting, id=home.meeting),
        "now": "later",
        "rank": 7,
        "state": State.OPEN,
        "day": DAY,
        "since": DAY,
        "today": DAY,
        "first": DAY,
        "last": DAY,
        "title_key": "wonen",
        "code": "abcdef01",
        "key": "wonen",
        "platform": "slack",
        "platform_id": "C1",
        "name": "balie",
        "names": ["De Haven", "Woonzorg"],
        "series_key": "wonen",
        "but": home.meeting,
        "closed": True,
        "language": "nl",
        "surface": "slack",
        "kind": "meeting",
        "record_id": home.meeting,
        "job": job_at(home),
        "due": NOW,
        "due_at": NOW,
        "attempts": 1,
        "uncertain": False,
        "reason": "is_archived",
        "part": 1,
        "posted": Posted("C1/2.0", 8),
        "reference": "C1/1.0",
        "process": "proces",
        "hearing": False,
        "instant": "later",
        "left_at": "later",
        "until": "later",
        "reasons": ["is_archived"],
        "draft": DRAFT.retitled("Anders", DAY),
        "draft_id": home.draft,
        "source": Source.CHAIR,
        "observed": Observed.NOT_DISCUSSED,
        "closing": Closing("bericht de bewoners", 7),
        "number": 1,
        "members": 9,
        "text": "een notitie",
        "asked_id": home.question,
        "shared": replace(SHARED, so_far=False),
        "share_id": home.share,
        "changes": [CHANGE],
        "change_id": home.change,
        "choice": CHOICE,
        "at": "later",
        "places": ["C1"],
        "most": 9,
        "channel_ids": [home.channel],
        "set_id": home.set,
        "without": "nergens",
        "week": MONDAY + timedelta(weeks=1),
        "cell": CELL,
        "held": [HeldMeeting(home.meeting, home.channel, "nl", 8)],
        "cells": Cells(home.set, MONDAY, MONDAY),
        "measure": Measure.COVERAGE,
        "subscription_id": home.subscription,
        "subscription": replace(SUBSCRIBED, channel_id=home.channel, person_id=home.person),
        "choices": Choices(talk=False),
        "one": occurrence_of(home.channel, "2026-W48", "later"),
        "occurrence_id": home.occurrence,
        "occasion": Occasion.DIGEST,
        "target": home.channel,
        "naming": True,
    }
    known |= special_to(function, home)
    return {name: known[name] for name in list(inspect.signature(function).parameters)[1:]}


def special_to(function: Callable[..., Any], home: Home) -> dict[str, Any]:
    """What a function needs that others of the same name do not mean."""
    of_item = {"item_id": home.item}
    special: dict[Callable[..., Any], dict[str, Any]] = {
        people.keep_language: {"language": "en"},
        people.keep_next_week: {"wanted": False},
        people.find: {"platform_id": "U-thuis"},
        people.language: {"platform_id": "U-thuis"},
        listeners.since: {"instant": ""},
        drafts.newest: {"since": ""},
        closings.not_counted: {"since": ""},
        drafts.keep_posted: {"meeting_id": "nergens"},
        carry_overs.choose: {"meeting_id": home.earlier},
        channels.keep_keeper: {"person_id": None},
        jobs.send_again: {"key": jobs.key_of("channel", home.channel)},
        jobs.of_state: {"state": JobState.ENDED},
        agenda_sources.keep: {"source": replace(READ_FROM, edited="1.1")},
        meetings.change: {
            "meeting": replace(meeting_in(home.channel), id=home.meeting, title="Anders")
        },
        answers.of_item: of_item,
        answers.not_applicable_to: of_item,
        asked_questions.is_asked: of_item,
        notes.own: of_item,
        observations.take_back: of_item | {"observed": Observed.CAME_UP},
        meetings.of_item: of_item,
        released_cells.any_of: {"first": MONDAY},
        releases.overlapping: {"first": MONDAY, "last": MONDAY},
        releases.add: {"measure": Measure.BY_ITSELF},
        asked_questions.add: {"choices": [CHOICE]},
        occurrences.settle: {"state": Came.TOLD},
        schedules.begin: {"target": "doel", "code": ""},
        occurrences.reopen: {"occurrence_id": home.skipped},
        occurrences.of_state: {"state": Came.DUE, "since": ""},
        subscriptions.rename: {"configured_as": "directie"},
        jobs.tell: {"kind": "quiet", "record_id": home.occurrence},
        jobs.bring: {"kind": "quiet", "record_id": home.occurrence},
        talk_days.counted_in: {"kind": "talk_change"},
    }
    return special.get(function, {})


def job_at(home: Home) -> Job:
    key = jobs.key_of("meeting", home.meeting)
    whose = (home.workspace, "thuis", key, "slack", "meeting", home.meeting)
    return Job(*whose, 1, 0, home.lease, NOW, None, home.channel, None, home.person)


def rows_of(path: Path, home: Home) -> Sequence[tuple[Any, ...]]:
    mine = (home.workspace,)
    with closing(open_file(path, "ro")) as connection:
        tables = "select name from sqlite_master where sql like '%workspace_id text%'"
        return [
            (name, *row)
            for (name,) in connection.execute(tables).fetchall()
            for row in connection.execute(f"select * from {name} where workspace_id = ?", mine)
        ]


def with_third(sql: str) -> Migrations:
    def third(db: UtilsDatabase) -> None:
        db.execute("create table rubbish_or_not (a)")
        db.execute(sql)

    return migrations_of(*STEPS, third)


def migrations_of(*steps: Callable[[UtilsDatabase], None]) -> Migrations:
    migrations = Migrations("klantvraag")
    for step in steps:
        migrations()(step)
    return migrations


def test_who_means_to_write_keeps_others_from_writing_from_the_start(
    database: Database, home: Home
) -> None:
    """A deferred BEGIN would let them in after our reading, and then fail our writing at once."""
    with (
        database.write(home.workspace) as session,
        closing(open_file(home.path, "rw", wait=0)) as other,
    ):
        items.of_meeting(session, home.meeting)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("begin immediate")


def test_two_processes_that_read_and_then_write_lose_nothing(
    database: Database, home: Home
) -> None:
    others = [start("count_up", home, 100) for _ in range(2)]
    for other in others:
        assert other.stdin
        other.stdin.write("go\n")
        other.stdin.flush()
    said = [other.communicate(timeout=60)[0].split() for other in others]

    assert said == [["ready", "done"], ["ready", "done"]]
    counted = "select minutes from items where workspace_id = ? and rank = 1 and minutes > 0"
    assert ask(database.path, counted.replace("?", f"'{home.workspace}'")) == [(200,)]


def test_a_file_of_before_sessions_is_brought_up_to_date(
    database: Database, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "migrations", migrations_of(first_tables))
    path = tmp_path / "oud.db"
    Database(path).close()
    columns = columns_of(path)
    assert {"session", "starts_at"}.isdisjoint(columns["items"])
    copy_rows(home.path, path, columns)
    columns["channels"].remove("settings_person_id")  # has another meaning since
    with closing(open_file(path, "rw")) as connection:
        old_subs = '[{"position": "1a", "title": "Lift", "sub_items": []}]'
        connection.execute("update items set sub_items = ?", [old_subs])
    before = {table: rows_in(path, table, names) for table, names in columns.items()}
    assert all(before[table] for table in ("people", "items", "asked_questions", "answers"))
    monkeypatch.undo()

    with closing(Database(path)) as migrated:
        assert {table: rows_in(path, table, names) for table, names in columns.items()} == before
        assert set(rows_in(path, "items", ["session", "starts_at"])) == {(None, None)}
        assert set(rows_in(path, "answers", ["provisional"])) == {(0,)}
        with migrated.read(home.workspace) as session:
            kept = items.of_meeting(session, home.meeting)[0][1]
        assert texts(migrated, home) == [ANSWER.text]
    assert kept == replace(ITEM, session=None, starts_at=None, sub_items=(SubItem("1a", "Lift"),))
    assert is_sound(path)


def test_times_stay_when_they_are_put_on_the_clock(
    database: Database, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = migrations_of(first_tables, sessions_and_times)
    monkeypatch.setattr(versions, "migrations", steps)
    path = tmp_path / "oud.db"
    Database(path).close()
    copy_rows(home.path, path, columns_of(path))
    with closing(open_file(path, "rw")) as connection:
        connection.execute("update items set starts_at = '29:00' where id = ?", [home.empty_item])
    monkeypatch.undo()

    Database(path).close()

    kept: dict[str, str | None] = dict(ask(path, "select id, starts_at from items"))
    assert (kept[home.item], kept[home.empty_item]) == ("10:15", None)


def test_jobs_of_before_doubts_keep_their_channel_and_are_in_doubt_when_unknown(
    database: Database, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "migrations", migrations_of(*STEPS[:6]))
    path = tmp_path / "oud.db"
    Database(path).close()
    columns = columns_of(path)
    copy_rows(home.path, path, columns)
    columns["channels"].remove("settings_person_id")  # has another meaning since
    with closing(open_file(path, "rw")) as connection:
        connection.execute("update jobs set state = 'unknown' where kind = 'channel'")
    before = {table: rows_in(path, table, names) for table, names in columns.items()}
    monkeypatch.undo()

    Database(path).close()

    assert {table: rows_in(path, table, names) for table, names in columns.items()} == before
    found = ask(path, "select kind, channel_id, in_doubt_since from jobs order by kind")
    assert found == [("channel", home.channel, NOW), ("meeting", home.channel, None)]
    assert is_sound(path)


def test_who_chose_settings_last_before_anybody_could_be_named_locks_nobody_out(
    database: Database, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "migrations", migrations_of(*STEPS[:8]))
    path = tmp_path / "oud.db"
    Database(path).close()
    copy_rows(home.path, path, columns_of(path))
    assert rows_in(path, "channels", ["settings_person_id"]) == [(home.person,)]
    monkeypatch.undo()

    Database(path).close()

    assert rows_in(path, "channels", ["settings_person_id"]) == [(None,)]


def test_a_file_of_before_figures_left_their_channels_counts_on(
    database: Database, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "oud.db"
    before = made_before(STEPS.index(figures_released), home, path, monkeypatch)

    with closing(Database(path)) as migrated, migrated.write(home.workspace) as session:
        releases.ensure_set(session, [home.channel])
        assert released_cells.missing(session, [home.channel], MONDAY) == [home.channel]
        released_cells.keep(session, home.channel, MONDAY, CELL, NOW)

    assert kept_since(before, path) == before
    assert is_sound(path)


def test_in_a_file_of_before_digests_no_week_of_then_was_missed(
    database: Database, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "oud.db"
    before = made_before(STEPS.index(every_week), home, path, monkeypatch)

    with closing(Database(path)) as migrated, migrated.read(home.workspace) as session:
        known = schedules.known(session, NOW)
        host = channel_choices.of_channel(session, home.channel).host_id

    assert known == {(Occasion.DIGEST, home.channel): schedules.Known("", NOW)}
    assert host == home.person
    assert kept_since(before, path) == before
    assert is_sound(path)


def made_before(step: int, home: Home, path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Makes a file as it was before a migration, and fills it; returns what it holds."""
    steps = migrations_of(*STEPS[:step])
    monkeypatch.setattr(versions, "migrations", steps)
    Database(path).close()
    monkeypatch.undo()
    columns = columns_of(path)
    copy_rows(home.path, path, columns)
    return {table: (names, rows_in(path, table, names)) for table, names in columns.items()}


def kept_since(before: Kept, path: Path) -> Kept:
    """What a file holds now in the columns it had."""
    return {table: (names, rows_in(path, table, names)) for table, (names, _) in before.items()}


def columns_of(path: Path) -> dict[str, list[str]]:
    """The names of the columns of each table of ours."""
    tables = ask(path, "select name from sqlite_master where sql like '%workspace_id text%'")
    return {
        table: [name for (name,) in ask(path, f"select name from pragma_table_info('{table}')")]
        for (table,) in tables
    }


def rows_in(path: Path, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    return sorted(ask(path, f"select {', '.join(columns)} from {table}"), key=repr)


def copy_rows(source: Path, target: Path, columns: dict[str, list[str]]) -> None:
    """The rows of one file in these columns, put into another."""
    with closing(open_file(target, "rw")) as connection:
        for table, names in columns.items():
            marks = ", ".join("?" * len(names))
            insert = f"insert into {table} ({', '.join(names)}) values ({marks})"
            connection.executemany(insert, rows_in(source, table, names))


def test_an_item_comes_back_as_it_was_kept(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        item_id = items.add(session, home.meeting, 2, ITEM)
        kept = {key: item for key, item, _ in items.of_meeting(session, home.meeting)}[item_id]
        assert kept == ITEM
        items.change(session, item_id, 2, replace(ITEM, session="Middag", starts_at=None))
        kept = {key: item for key, item, _ in items.of_meeting(session, home.meeting)}[item_id]
        assert (kept.session, kept.starts_at) == ("Middag", None)
