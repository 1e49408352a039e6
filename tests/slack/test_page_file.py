"""The page of a digest of several channels: a file in its thread, put there once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bot.app import PROGRAM
from bot.storage import jobs
from bot.storage.jobs import JobState, Waiting
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases import check_messages
from bot.usecases.deliver import DELETED
from bot.usecases.tell_managers import PAGE
from tests.slack.managers import OURS, brings, comes, introduced, meets, the_one
from tests.slack.office import office_of
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault, Values
from tests.slack.workspace import ALL

UNSEEN = [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN]
TALK = "DUFATIMA"


@pytest.fixture
def subscribed(office: Office) -> Callable[..., None]:
    """Two channels that count together, whose digest comes to C1 or as said."""

    def subscribed(**how: str) -> None:
        subscribe(office, **how)

    return subscribed


def subscribe(office: Office, **how: str) -> None:
    fatima = Person(office, "UFATIMA")
    introduced(office, "C1", "C2")
    meets(office.toolbox, {"C1": None, "C2": None})
    fatima.types("weekoverzicht")
    fatima.fills_in(**how)


def files(office: Office, channel: str = "C1") -> list[Values]:
    """The files below a digest, each with where it stands and what is in it."""
    return [
        {**office.slack.files[file["id"]], **file, "thread_ts": message["thread_ts"]}
        for message in office.slack.messages(channel)
        for file in message.get("files", ())
    ]


def job(office: Office, due: str) -> Waiting:
    with office.toolbox.read(OURS) as session:
        found = jobs.find(session, PAGE, due)
    assert found is not None
    return found


def later(office: Office) -> None:
    for _ in range(4):
        office.clock.later(minutes=5)
        brings(office)


def test_it_stands_below_its_digest(office: Office, subscribed) -> None:
    subscribed()
    due = comes(office)

    (file,) = files(office)
    (digest,) = [m for m in office.slack.messages("C1") if m["text"].startswith("Week 47")]
    assert file["thread_ts"] == digest["ts"]
    assert file["name"] == f"klantvraag-2026-W47-{due[:8]}.html"
    assert file["title"] == "Week 47 (16–22 nov 2026), alle kanalen"
    page = file["content"].decode()
    assert page.startswith('<!doctype html>\n<html lang="nl">')
    assert "Bij 12 van de 24 agendapunten kwam de klant vanzelf ter sprake" in page
    for secret in ("C1", "C2", "wonen", "zorg", "Fatima", "<script", "<a ", "href"):
        assert secret not in page


def test_to_one_person_it_goes_into_the_talk_with_us(office: Office, subscribed) -> None:
    subscribed(to="me", language="en")
    comes(office)

    (file,) = files(office, TALK)
    assert file["title"] == "Week 47 (16–22 Nov 2026), all channels"
    assert b'<html lang="en">' in file["content"]
    assert files(office) == []


def test_in_the_same_week_it_says_what_the_digest_said(office: Office, subscribed) -> None:
    """Between the two a meeting of that week is closed late."""
    subscribed()
    office.slack.faults += [None, Fault.LIMITED]
    comes(office)
    meets(office.toolbox, {"C2": None})
    later(office)

    (file,) = files(office)
    assert "Bij 12 van de 24" in file["content"].decode()


def test_where_it_may_put_no_files_there_is_none(toolbox, clock) -> None:
    with office_of(toolbox, clock, ALL - {"files:write"}) as office:
        subscribe(office)
        due = comes(office)

        assert files(office) == []
        assert job(office, due).state is JobState.DONE
        assert check_messages.undelivered(toolbox.config.database) == []


def test_a_digest_that_shows_nothing_has_none(office: Office) -> None:
    introduced(office, "C1")
    meets(office.toolbox, {"C1": None})
    Person(office, "UFATIMA").types("weekoverzicht")
    Person(office, "UFATIMA").fills_in()
    due = comes(office)

    assert files(office) == []
    with office.toolbox.read(OURS) as session:
        assert jobs.find(session, PAGE, due) is None


@pytest.mark.parametrize("to", ["here", "me"])
@pytest.mark.parametrize("fault", UNSEEN)
def test_after_an_unseen_outcome_it_is_looked_for_and_stands_there_once(
    office: Office, subscribed, fault: Fault, to: str
) -> None:
    subscribed(to=to)
    office.slack.faults += [None, fault]
    due = comes(office)
    later(office)

    assert len(files(office, TALK if to == "me" else "C1")) == 1
    assert job(office, due).state is JobState.DONE


@pytest.mark.parametrize("fault", UNSEEN)
def test_where_nobody_may_look_it_is_not_put_there_again(toolbox, clock, fault: Fault) -> None:
    with office_of(toolbox, clock, ALL - {"channels:history"}) as office:
        subscribe(office)
        office.slack.faults += [None, fault]
        due = comes(office)
        later(office)

        assert len(files(office)) == (fault is not Fault.LOST_BEFORE)
        assert len(office.slack.called("files.completeUploadExternal")) <= 1
        assert job(office, due).state is JobState.UNKNOWN
        (told,) = check_messages.undelivered(toolbox.config.database)
        assert (told.kind, told.state) == (PAGE, "unknown")


def test_what_can_not_be_sent_for_a_day_is_tried_no_more_and_told(
    office: Office, subscribed
) -> None:
    subscribed()
    office.slack.takes_files = False
    due = comes(office)
    for _ in range(26):
        office.clock.later(hours=1)
        brings(office)
    asked = len(office.slack.called("files.getUploadURLExternal"))
    office.clock.later(hours=1)
    brings(office)

    assert len(office.slack.called("files.getUploadURLExternal")) == asked
    assert (job(office, due).state, job(office, due).reason) == (JobState.ENDED, "late")
    words = ["check", "--database", str(office.toolbox.config.database)]
    checked = CliRunner().invoke(klantvraag, words, obj=replace(PROGRAM, clock=office.clock))
    assert checked.exit_code == 0, checked.output
    assert (
        "Bij 1 overzicht van de laatste vijf weken staat de pagina niet (late); de cijfers wel"
    ) in " ".join(checked.output.split())


def test_who_may_not_see_it_any_more_gets_none(office: Office, subscribed) -> None:
    subscribed(to="me")
    office.slack.faults += [None, Fault.LIMITED]
    due = comes(office)
    office.slack.guests.add("UFATIMA")
    later(office)

    assert files(office, TALK) == []
    assert job(office, due).reason == "recipient_not_ours"


def test_what_was_stopped_meanwhile_gets_none(office: Office, subscribed, fatima: Person) -> None:
    subscribed()
    office.slack.faults += [None, Fault.LIMITED]
    due = comes(office, one=the_one(office.toolbox))
    fatima.presses("Stop")
    later(office)

    assert files(office) == []
    assert job(office, due).state is JobState.DONE


def test_a_digest_that_people_deleted_gets_none(office: Office, subscribed) -> None:
    subscribed()
    office.slack.faults += [None, Fault.LIMITED]
    due = comes(office)
    messages = office.slack.channel("C1").messages
    for ts in [ts for ts, message in messages.items() if message["text"].startswith("Week 47")]:
        del messages[ts]
    later(office)

    assert files(office) == []
    assert job(office, due).reason == DELETED
