"""A backup that is put back knows nothing of what was posted since: nothing is posted twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedule import Occasion
from bot.storage import jobs
from bot.storage.jobs import JobState
from bot.usecases import back_up
from bot.usecases.come_due import come_due
from tests.slack import managers
from tests.slack.conftest import TOKEN
from tests.slack.managers import OURS
from tests.slack.people import Office, Person, Values
from tests.slack.workspace import ALL

MONDAY = datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("UTC"))
Restore = Callable[[], None]


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Callable[[], Restore]:
    """Makes a backup; returns what puts it back."""

    def backup() -> Restore:
        database, copy = office.toolbox.config.database, tmp_path / "backup.db"
        back_up.back_up(database, copy, lambda *_: None)

        def restore() -> None:
            office.toolbox.close()
            back_up.restore(copy, database, office.clock(), lambda *_: None)

        return restore

    return backup


def looks(office: Office) -> None:
    """The clock looks what is due, and all of it is brought."""
    come_due(office.toolbox, "slack")
    managers.brings(office)


def weeks(office: Office) -> list[Values]:
    return [m for m in office.slack.messages("C1") if m["text"].startswith("Week ")]


def test_a_week_that_was_posted_since_is_not_posted_again(
    office: Office, closed: None, backup: Callable[[], Restore]
) -> None:
    looks(office)
    restore = backup()
    office.clock.instant = MONDAY
    looks(office)
    office.clock.later(hours=2)
    restore()
    looks(office)

    assert len(weeks(office)) == 1


def test_a_week_that_was_not_posted_since_is_posted(
    office: Office, closed: None, backup: Callable[[], Restore]
) -> None:
    looks(office)
    restore = backup()
    office.clock.instant = MONDAY
    restore()
    looks(office)

    assert len(weeks(office)) == 1


def test_what_waited_in_the_backup_is_not_posted_again(
    office: Office, fatima: Person, closed: None, backup: Callable[[], Restore]
) -> None:
    looks(office)
    office.clock.instant = MONDAY
    come_due(office.toolbox, "slack")
    restore = backup()
    managers.brings(office)
    office.clock.later(minutes=5)
    restore()
    looks(office)

    assert len(weeks(office)) == 1


def test_where_nobody_may_look_a_person_decides(
    office: Office, closed: None, backup: Callable[[], Restore]
) -> None:
    looks(office)
    restore = backup()
    office.clock.instant = MONDAY
    looks(office)
    office.slack.scopes[TOKEN] = ALL - {"channels:history"}
    restore()
    looks(office)

    assert len(weeks(office)) == 1
    with office.toolbox.read(OURS) as session:
        assert [one.kind for one in jobs.of_state(session, JobState.UNKNOWN)] == [Occasion.DIGEST]


def test_a_managers_digest_and_its_page_come_once(
    office: Office, weekly: None, backup: Callable[[], Restore]
) -> None:
    looks(office)
    restore = backup()
    office.clock.instant = MONDAY
    managers.meets(office.toolbox, {"C1": "operational", "C2": "operational"}, days=[24])
    looks(office)
    before = len(weeks(office)), len(office.slack.files)
    assert before == (2, 1)  # with that of C1 itself
    office.clock.later(hours=2)
    restore()
    looks(office)

    assert (len(weeks(office)), len(office.slack.files)) == before
