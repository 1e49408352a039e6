"""A disk without room, or a file that may only be read: people hear it in one sentence, nothing
that was acknowledged is lost, and all goes on without a restart once it is over.
"""

from __future__ import annotations

import json
import logging
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.domain.problem import Problem
from bot.readers.slack_access import SlackAccess
from bot.storage.database import Database
from bot.surfaces.clock import Clock
from bot.surfaces.slack import process
from bot.surfaces.slack.heart import Heart
from bot.surfaces.slack.journal import JsonLines
from bot.usecases import listen
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.at_home import AtHome
from tests.slack.over_http import free_port
from tests.slack.people import SECRET, Office, Person, Values
from tests.slack.workspace import TEAM
from tests.storage.conftest import is_sound

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

CAN_NOT = "Ik kan nu niets bewaren. Laat dit open; probeer het zo weer."
Trouble = Callable[[], AbstractContextManager[None]]


@contextmanager
def no_room(_: Database) -> Iterator[None]:
    """No file of this process may grow, nor its log."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def only_to_read(database: Database) -> Iterator[None]:
    """No right stops root, so each connection that writes is told; one opened now stays so."""
    writer = database._writer
    connect = writer._connect

    def to_read() -> sqlite3.Connection:
        connection = connect()
        connection.execute("pragma query_only = on")
        return connection

    if writer._connection:
        writer._connection.execute("pragma query_only = on")
    writer._connect = to_read
    yield
    writer._connect = connect


TROUBLES = {"a disk without room": no_room, "a file that may only be read": only_to_read}


@pytest.fixture(params=list(TROUBLES.values()), ids=list(TROUBLES))
def trouble(request: pytest.FixtureRequest, toolbox: Toolbox) -> Trouble:
    return lambda: request.param(toolbox.database)


@pytest.fixture
def answered(office: Office, fatima: Person, posted: str) -> str:
    """An agenda with an answer that was acknowledged; the ts of its message."""
    fatima.says("2: Minder gedoe", thread=posted)
    return posted


def test_a_command_is_answered_in_one_sentence_and_works_again(
    office: Office, fatima: Person, answered: str, trouble: Trouble
) -> None:
    with trouble():
        fatima.types("Directieoverleg\n1. Begroting")
        assert fatima.heard == CAN_NOT
        assert fatima.form is None
        said = len(office.slack.whispers["UFATIMA"])

    fatima.types("Directieoverleg\n1. Begroting")
    fatima.fills_in()
    assert "Begroting" in office.shown()
    assert len(office.slack.whispers["UFATIMA"]) == said == 1


def test_home_goes_on_telling_what_is_kept(fatima: Person, answered: str, trouble: Trouble) -> None:
    home = AtHome(fatima)
    with trouble():
        assert "Teamoverleg" in home.opens()


def test_a_button_is_answered_in_one_sentence_and_works_again(
    office: Office, fatima: Person, answered: str, trouble: Trouble
) -> None:
    before = office.slack.messages("C1")
    with trouble():
        fatima.presses("", pick="Zet hem onderaan")
        assert fatima.heard == CAN_NOT
        assert office.slack.messages("C1") == before

    fatima.presses("", pick="Zet hem onderaan")
    assert answered not in [message["ts"] for message in office.slack.messages("C1")]
    assert "Minder gedoe" in office.shown()


def test_a_form_keeps_what_was_typed_and_takes_it_later(
    office: Office, fatima: Person, answered: str, trouble: Trouble
) -> None:
    fatima.presses("Antwoord")
    with trouble():
        for _ in range(2):
            said = fatima.fills_in(text="Eén formulier")
            assert said["response_action"] == "errors"
            assert set(said["errors"].values()) == {CAN_NOT}
    assert "Eén formulier" not in office.shown()

    assert fatima.fills_in(text="Eén formulier") == {}
    assert fatima.form is None
    assert office.shown().count("Eén formulier") == 1
    assert "Minder gedoe" in office.shown()


def test_an_event_is_not_acknowledged_and_taken_when_it_comes_again(
    office: Office, answered: str, trouble: Trouble
) -> None:
    said = {"type": "message", "channel": "C1", "user": "URUUD", "text": "3: In termijnen"}
    event = said | {"ts": "1795000001.000001", "thread_ts": answered}
    with trouble():
        assert statuses(office, event) == [500, 500]
    assert "In termijnen" not in office.shown()

    assert statuses(office, event) == [200, 200]
    office.event(type="member_joined_channel", channel="C1", user="URUUD")  # all due is sent
    assert office.shown().count("In termijnen") == 1


def test_the_clock_waits_and_then_posts_what_was_acknowledged(
    office: Office, fatima: Person, answered: str, trouble: Trouble
) -> None:
    ask_for_an_answer(office, fatima)
    before = office.slack.called("chat.update")
    with ExitStack() as during:
        during.enter_context(trouble())

        def end() -> None:
            assert office.slack.called("chat.update") == before
            during.close()

        with log() as said:
            ticks(office, 5, end)

    assert [line["event"] for line in said] == ["could not deliver", "delivers again"]
    assert said[0]["code"] in ("disk_failed", "read_only_database")
    assert office.shown().count("Eén formulier") == 1
    assert is_sound(office.toolbox.config.database)


def test_what_was_posted_while_the_disk_filled_is_posted_once(
    office: Office, fatima: Person, answered: str, trouble: Trouble
) -> None:
    """Slack takes the message, and we can't keep that it did."""
    fatima.types("Directieoverleg\n1. Begroting")
    with ExitStack() as during:
        office.slack.meanwhile["chat.postMessage"] = lambda: during.enter_context(trouble())
        fatima.fills_in()
        ticks(office, 90, during.close)

    shown = [m for m in office.slack.messages("C1") if "Begroting" in m["text"]]
    assert len(shown) == 1
    fatima.says("1: Eerst de huurders", thread=shown[0]["ts"])
    assert "Eerst de huurders" in office.shown()


def test_a_process_that_can_keep_nothing_does_not_start(
    office: Office, answered: str, trouble: Trouble
) -> None:
    """It would stay that way, where the file could only be read when it was opened."""
    access = SlackAccess("xoxb-test", office.slack.url, signing_secret=SECRET)
    stop, begun = threading.Event(), list[str]()
    stop.set()
    with trouble(), pytest.raises(Problem) as told:
        process.work(office.toolbox, access, Clock, stop, begun.append, f"127.0.0.1:{free_port()}")
    assert told.value.code in ("disk_failed", "read_only_database")
    assert begun == []


def test_signs_of_life_that_can_not_be_kept_are_logged_once(
    toolbox: Toolbox, office: Office, answered: str, trouble: Trouble
) -> None:
    here = Caller("slack", TEAM, "", "")
    heart = Heart(toolbox, here, "proces")
    with log() as said:
        for again in (trouble, lambda: only_to_read(toolbox.database)):
            with again():
                heart.beat(hearing=True)
                heart.beat(hearing=True)
            heart.beat(hearing=True)
    assert [line["event"] for line in said] == ["no sign of life kept"] * 2
    (kept,) = listen.who_listens(toolbox.config.database, "slack", toolbox.clock())
    assert kept.alive


def ask_for_an_answer(office: Office, fatima: Person) -> None:
    """An answer is kept and acknowledged, and not shown yet."""
    fatima.presses("Antwoord")
    submission = fatima.submission(text="Eén formulier")
    request = office._signed(submission, "interactive")
    assert office.app.dispatch(request).status == 200


def ticks(office: Office, times: int, then: Callable[[], None]) -> None:
    """The clock of the process looks so many seconds, before `then` and after it."""
    looks = iter(range(2 * times))

    def wait(_: float) -> None:
        office.clock.later(seconds=1)
        look = next(looks, None)
        if look == times:
            then()
        elif look is None:
            clock.stop(0)

    clock: Clock = Clock(office.toolbox, office.sender.post, "slack", wait)
    clock.run()


@contextmanager
def log() -> Iterator[list[Values]]:
    """The lines of our own log."""
    lines: list[Values] = []
    kept, ours = logging.Handler(), logging.getLogger("bot")
    kept.emit = lambda record: lines.append(json.loads(JsonLines().format(record)))  # type: ignore[method-assign]
    level = ours.level
    ours.addHandler(kept)
    ours.setLevel(logging.INFO)
    yield lines
    ours.removeHandler(kept)
    ours.setLevel(level)


def statuses(office: Office, event: Values) -> list[int]:
    """What Slack hears when it delivers an event, and the same again."""
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "EvAgain", "event": event}
    requests = [office._signed(body, "events") for _ in range(2)]
    return [office.app.dispatch(request).status for request in requests]
