"""A house with one meeting in a real file, and other processes to share that file with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.agenda_source import source_of
from bot.domain.answer import Answer, Certainty
from bot.domain.choice import Choice, Reason
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.dates import week_of
from bot.domain.digest import count as counted
from bot.domain.draft import draft_of
from bot.domain.ids import new_id
from bot.domain.meeting import Agenda, AgendaItem, Kind, State, SubItem
from bot.domain.observation import Closing, Observed, Source
from bot.domain.problem import Problem
from bot.domain.proportion import Proportion
from bot.domain.release import Cell, Cells, Counts, Measure
from bot.domain.schedule import EVERY_MONDAY, Came, Every, Occasion
from bot.domain.setting import Change, Setting
from bot.storage import (
    agenda_sources,
    answers,
    asked_questions,
    backups,
    carry_overs,
    channel_choices,
    channels,
    claims,
    closings,
    customer_accounts,
    deliveries,
    drafts,
    items,
    jobs,
    listeners,
    meetings,
    notes,
    observations,
    occurrences,
    people,
    posted_messages,
    released_cells,
    releases,
    schedules,
    settings_changes,
    shares,
    subscriptions,
)
from bot.storage.channel_choices import Choices
from bot.storage.claims import Job
from bot.storage.connections import connect, open_file
from bot.storage.database import Database, Row
from bot.storage.meetings import Meeting
from bot.storage.occurrences import Occurrence
from bot.storage.posted_messages import Posted
from bot.storage.shares import Shared
from bot.storage.subscriptions import Subscription

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

ROOT = Path(__file__).parents[2]
NOW = "2026-11-24T09:00:00.000+00:00"
DAY = date(2026, 11, 24)
CUSTOMER = {"nl": CustomerWords("de huurder"), "en": CustomerWords("the tenant")}
SETTINGS = ChannelSettings("nl", CUSTOMER, {"nl": "antwoord in twee dagen"})
ITEM = AgendaItem(
    "1",
    "Onderhoud",
    Kind.SUBSTANTIVE,
    sub_items=(SubItem("1a", "Lift", starts_at=time(10, 20)),),
    session="Ochtend",
    starts_at=time(10, 15),
)
CHOICE = Choice("who_pays", "Wie betaalt dit?", Reason("never_asked"))
OTHER = Choice("who_tells", "Wie vertelt dit?", Reason("never_asked"))
DRAFT = draft_of(Agenda("Wonen", DAY, time(9), None, "nl", (ITEM,)))
ELSEWHERE = Agenda("Wonen", DAY, time(9), None, "nl", (replace(ITEM, title="Tuin"),))
READ_FROM = source_of("C1/1.0", "", ELSEWHERE, DAY)
SHOWN = Posted("C1/1.0", 7, plain=True)
SHARED = Shared(
    week_of(DAY), "nl", "de huurder", counted(1, 0, [], []), Proportion(4, 20), so_far=True
)
CHANGE = Change(Setting.QUESTIONS, "2", "1")
MONDAY = week_of(DAY).first
CELL = Cell(
    people=dict.fromkeys(Measure, 8),
    meetings=dict.fromkeys(Measure, 1),
    counts=Counts(substantive=2, observed=1, answered=1),
    asked={"who_pays": 2},
    heard={"nl": 1},
)
SUBSCRIBED = Subscription(Every.MONTH, EVERY_MONDAY, level="tactical", language="nl")
ANSWER = Answer("de huurder merkt dit", Certainty.KNOW)


@dataclass(frozen=True)
class Home:
    """A workspace with a meeting of two items, the first answered; the series had an earlier one.

    The meeting is shown in Slack, and somebody has the lease of showing it again; the channel's
    own message could not be shown. All but `path` are ids.
    """

    path: Path
    workspace: str
    person: str
    channel: str
    series: str
    meeting: str
    item: str
    empty_item: str
    question: str
    answer: str
    draft: str
    lease: str
    earlier: str
    share: str
    change: str
    set: str
    subscription: str
    occurrence: str
    skipped: str


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Home:
    """A home in a file to copy: to settle takes far longer."""
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("settled") / "klantvraag.db"))
    with closing(Database(path)) as database:
        return settle(database, "thuis")


@pytest.fixture
def path(request: pytest.FixtureRequest, tmp_path: Path, template: Path) -> Path:
    """A migrated file of this test alone; empty, but for a home where the test asks for one."""
    source = template
    if "home" in request.fixturenames:
        source = request.getfixturevalue("settled").path
    return Path(shutil.copy(source, tmp_path / "klantvraag.db"))


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with closing(Database(path)) as database:
        yield database


@pytest.fixture
def home(path: Path, settled: Home) -> Home:
    return replace(settled, path=path)


@pytest.fixture
def backup(database: Database, home: Home) -> Path:
    """A backup of a closed database that went on afterwards: it then said "later"."""
    target = home.path.with_name("reserve.db")
    backups.back_up(home.path, target, ignore)
    give(database, home, "later")
    database.close()
    return target


def settle(database: Database, tenant: str) -> Home:
    workspace = database.workspace("slack", tenant, lambda: NOW)
    with database.write(workspace) as session:
        person = people.ensure(session, "slack", f"U-{tenant}", NOW)
        channel = channels.ensure(session, "slack", "C1", SETTINGS, NOW)
        channels.keep_name(session, "slack", "C1", f"kanaal-{tenant}")
        customer_accounts.keep(session, channel, ["Van Dijk BV"])
        series = channels.ensure_series(session, channel, "wonen", NOW)
        earlier, meeting = meeting_in(channel), meeting_in(channel)
        for each in (earlier, meeting):
            meetings.add(session, each, series, "wonen", person, NOW)
        asked_before = items.add(session, earlier.id, 0, ITEM)
        asked_questions.add(session, asked_before, [CHOICE], NOW)
        meetings.set_state(session, meeting.id, State.OPEN, person, NOW)
        meetings.set_state(session, earlier.id, State.CLOSED, None, NOW)
        item = items.add(session, meeting.id, 0, ITEM)
        empty = items.add(session, meeting.id, 1, replace(ITEM, carried_from=asked_before))
        items.add(session, earlier.id, 1, replace(ITEM, carried_from=item))
        carry_overs.choose(session, meeting.id, person, NOW)
        for of in (item, empty):
            asked_questions.add(session, of, [CHOICE], NOW)
        question, swapped = (each[1] for each in asked_questions.of_meeting(session, meeting.id))
        asked_questions.swap(session, swapped, OTHER, NOW)
        answer = answers.add(session, item, ANSWER, person, NOW)
        notes.keep(session, item, "de huurder belde", person, NOW)
        observations.observe(session, item, Source.CHAIR, Observed.CAME_UP, person, NOW)
        closings.add(session, meeting.id, Closing("een brief", 8), person, NOW)
        agenda_sources.keep(session, "slack", meeting.id, READ_FROM, NOW)
        share = shares.ensure(session, channel, SHARED, person, NOW)
        change = settings_changes.add(session, channel, [CHANGE], person, NOW)
        channel_set = releases.ensure_set(session, [channel])
        released_cells.keep(session, channel, MONDAY, CELL, NOW)
        releases.add(session, Measure.COVERAGE, Cells(channel_set, MONDAY, MONDAY), NOW)
        monthly = replace(SUBSCRIBED, channels=(channel,), recipient_id=person, person_id=person)
        subscription = subscriptions.add(session, monthly, NOW)
        configured = replace(SUBSCRIBED, channel_id=channel, configured_as="mt")
        subscriptions.add(session, configured, NOW)
        channels.keep_keeper(session, channel, person)
        closings.add(session, earlier.id, Closing(by_clock=True), None, NOW)
        chosen = Choices(EVERY_MONDAY.code, True, False, NOW, False, person)
        channel_choices.keep(session, channel, chosen)
        schedules.begin(session, Occasion.DIGEST, channel, "een moment", NOW)
        occurrence = occurrences.add(session, occurrence_of(channel), NOW) or ""
        late = replace(occurrence_of(channel, "2026-W46"), due_at="eerder", state=Came.SKIPPED)
        skipped = occurrences.add(session, late, NOW) or ""
        told = replace(occurrence_of(channel, "2026-W45"), due_at="veel eerder", state=Came.TOLD)
        occurrences.add(session, told, NOW)
        draft = drafts.add(session, channel, person, DRAFT, NOW)
        drafts.keep_posted(session, draft, "elders")
        drafts.add(session, channel, person, DRAFT, "later")
        sql = "update people set language = 'nl' where workspace_id = :workspace_id"
        session.rows(sql)
        posted_messages.keep(session, "meeting", meeting.id, "slack", 1, SHOWN, NOW)
        posted_messages.remember(session, "meeting", meeting.id, "slack", NOW)
        deliveries.first(session, "gezien", NOW)
        for process, at in (("gestopt", "2026-10-01"), ("proces", NOW)):
            listeners.hears(session, "slack", process, at, hearing=True)
    refused = claimed(database, workspace, "channel", channel)
    with database.write(workspace) as session:
        claims.ended(session, refused, "is_archived", NOW, uncertain=False)
    lease = claimed(database, workspace, "meeting", meeting.id).lease
    return Home(
        database.path,
        workspace,
        person,
        channel,
        series,
        meeting.id,
        item,
        empty,
        question,
        answer,
        draft,
        lease,
        earlier.id,
        share,
        change,
        channel_set,
        subscription,
        occurrence,
        skipped,
    )


def claimed(database: Database, workspace: str, kind: str, record_id: str) -> Job:
    """The job of showing a record, with a lease that lasts."""
    with database.write(workspace) as session:
        jobs.refresh(session, "slack", kind, record_id, NOW)
    job = claims.claim(database, "slack", NOW, "never", NOW)
    assert job is not None
    assert job.record_id == record_id
    return job


def occurrence_of(channel: str, week: str = "2026-W47", due_at: str = NOW) -> Occurrence:
    """Of the channel's digest, which is due."""
    return Occurrence(Occasion.DIGEST, channel, due_at, week, Came.DUE, channel_id=channel)


def meeting_in(channel: str) -> Meeting:
    return Meeting(
        new_id(),
        channel,
        "Wonen",
        DAY,
        time(9),
        "zaal 1",
        "nl",
        "de huurder",
        State.PREPARED,
        DAY,
    )


def give(database: Database, home: Home, text: str) -> str:
    """Keep an answer in a transaction of its own; it is acknowledged when this returns."""
    with database.write(home.workspace) as session:
        return answers.add(session, home.item, Answer(text, Certainty.KNOW), home.person, NOW)


def texts(database: Database, home: Home) -> list[str]:
    with database.read(home.workspace) as session:
        return [answer.text for _, answer in answers.of_meeting(session, home.meeting)]


def fill(database: Database, home: Home, rows: int, size: int = 3000) -> None:
    """Answers in one transaction, each filling most of a page."""
    with database.write(home.workspace) as session:
        for n in range(rows):
            answer = Answer(f"{n} {'x' * size}", Certainty.KNOW)
            answers.add(session, home.item, answer, home.person, NOW)


def ask(path: Path, sql: str) -> list[Row]:
    """Rows of a file, past our own code."""
    with closing(open_file(path, "ro")) as connection:
        return connection.execute(sql).fetchall()


def is_sound(path: Path) -> bool:
    return ask(path, "pragma integrity_check") == [("ok",)]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def ignore(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def start(action: str, *values: str | int | Path | Home) -> subprocess.Popen[str]:
    """Run a function of tests/storage/child in a process of its own; give it a line to go."""
    plain = [vars(value) if isinstance(value, Home) else value for value in values]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.child", action, json.dumps(plain, default=str)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(action: str, *values: str | int | Path | Home) -> list[str]:
    """The lines a process of its own printed; a Problem shows as its code."""
    out, _ = start(action, *values).communicate("go\n")
    return out.splitlines()


def code_of(error: pytest.ExceptionInfo[Problem]) -> str:
    assert "file" in error.value.values
    return error.value.code


def foreign(path: Path, rows: int = 1) -> Path:
    """A SQLite file of another program."""
    with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table notes (text)")
        connection.executemany("insert into notes values (?)", [("x" * 2000,)] * rows)
    return path


def home_of(values: dict[str, Any]) -> Home:
    return Home(**values | {"path": Path(values["path"])})


def texts_in(path: Path, home: Home) -> list[str]:
    """The answers in a file, read from a copy so that the file stays as it is."""
    copy = Path(shutil.copytree(path.parent, path.parent.parent / f"gelezen {next(NUMBERS)}"))
    with closing(Database(copy / path.name)) as database:
        assert is_sound(copy / path.name)
        return texts(database, home)


NUMBERS = count()


def spoil(path: Path, damage: str) -> str:
    """Make a file wrong; returns the code of the problem it then has."""
    if damage == "a page":
        content = bytearray(path.read_bytes())
        middle = len(content) // 2 // 4096 * 4096
        content[middle : middle + 4096 * 8] = b"\xa5" * 4096 * 8
        path.write_bytes(content)
        return "corrupt_database"
    if damage == "a newer version":
        with closing(connect(path)) as connection:
            connection.execute(
                "insert into _sqlite_migrations (migration_set, name, applied_at)"
                " values ('klantvraag', 'from_the_future', '2031')"
            )
        return "newer_database"
    path.unlink()
    if damage == "another program":
        foreign(path)
    else:
        path.write_text("" if damage == "nothing" else "geen database" * 1000)
    return "foreign_database"
