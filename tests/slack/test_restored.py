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
from bot.usecases import back_up, close_meeting
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
    managers.meets(office.toolbox, {"C1": "operational", "C2": "operational"}, days=[24])
    restore = backup()
    office.clock.instant = MONDAY
    looks(office)
    before = len(weeks(office)), len(office.slack.files)
    assert before == (2, 1)  # with that of C1 itself
    office.clock.later(hours=2)
    restore()
    looks(office)

    assert (len(weeks(office)), len(office.slack.files)) == before


def test_a_question_that_was_asked_since_is_not_asked_again(
    office: Office, ask: Callable[[], int], backup: Callable[[], Restore]
) -> None:
    restore = backup()
    for _ in range(2):
        ask()
        office.clock.later(minutes=10)
        restore()

    asked = [m for m in office.slack.messages("C1") if "meetellen" in m["text"]]
    assert len(asked) == 1


def test_what_was_closed_since_has_one_summary(
    office: Office, fatima: Person, posted: str, backup: Callable[[], Restore]
) -> None:
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe", certainty="know")
    restore = backup()
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    office.clock.later(days=2)
    restore()
    close_meeting.close_forgotten(office.toolbox, "slack")
    managers.brings(office)

    (summary,) = [m for m in office.slack.messages("C1") if m.get("thread_ts")]
    assert "stond nog open" in summary["text"]


def test_what_is_made_after_a_restore_needs_no_look(
    office: Office, introduced: str, backup: Callable[[], Restore]
) -> None:
    restore = backup()
    restore()
    office.clock.later(minutes=1)
    office.slack.scopes[TOKEN] = ALL - {"channels:history"}
    Person(office, "UFATIMA").types("Werkoverleg\n1. Opening\n2. Lift in de Dorpsstraat")
    Person(office, "UFATIMA").fills_in()

    with office.toolbox.read(OURS) as session:
        assert jobs.of_state(session, JobState.UNKNOWN) == []
    assert any("Werkoverleg" in m["text"] for m in office.slack.messages("C1"))
