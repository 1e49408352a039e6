"""Slack delivers things again: at once, later, to several workers; each counts once."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from bot.storage import answers, posted_messages
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.office import office_of
from tests.slack.people import Office, Person
from tests.slack.workspace import BOT, TEAM

AGENDA = "Teamoverleg\n1. Nieuw verhuisformulier\n2. Servicekosten 2027\n3. Rondvraag"
EVENTS, COPIES = 500, 4


@pytest.fixture
def posted(office: Office, fatima: Person) -> str:
    """A posted agenda; returns the ts of its message."""
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types(AGENDA)
    fatima.fills_in()
    return str(office.slack.messages("C1")[-1]["ts"])


def given(office: Office, ts: str) -> list[str]:
    """What was answered to the meeting in this message."""
    caller = Caller("slack", TEAM, "C1", "U1")
    with office.toolbox.read(caller) as session:
        meeting_id = posted_messages.shown_by(session, MEETING, "slack", f"C1/{ts}")
        assert meeting_id is not None
        return [answer.text for _, answer in answers.of_meeting(session, meeting_id)]


def test_whatever_comes_four_times_is_done_once(office: Office, fatima: Person) -> None:
    office.deliveries = 4
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types(AGENDA)
    fatima.fills_in()
    assert len(office.slack.messages("C1")) == 2
    ts = office.slack.messages("C1")[-1]["ts"]

    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")
    fatima.says("2: Brief in december", thread=ts)
    fatima.presses("", pick="Vul aan")
    fatima.fills_in(text="En een folder")
    fatima.presses("Sluit overleg af")
    fatima.fills_in()

    said = ["Brief in december", "En een folder", "Minder gedoe"]
    assert sorted(given(office, ts)) == said
    assert len(office.slack.reactions) == 1
    assert office.slack.whispers["UFATIMA"] == []


def test_another_question_is_asked_once_for_a_tap_that_came_twice(
    office: Office, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types(AGENDA)
    fatima.presses("", pick="Vervang de eerste vraag", of="draft_menu:0")
    once = str(fatima.form)
    fatima.types(AGENDA)
    office.deliveries = 2
    fatima.presses("", pick="Vervang de eerste vraag", of="draft_menu:0")

    assert fatima.form is not None
    questions = [block["text"]["text"] for block in fatima.form["blocks"] if "text" in block]
    assert questions
    assert all(repr(question)[1:-1] in once for question in questions)


def test_the_same_agenda_posted_twice_is_one_meeting(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    for _ in range(2):
        fatima.types(AGENDA)
        fatima.fills_in()

    assert len(office.slack.messages("C1")) == 2


def test_500_answers_in_four_copies_at_four_workers_are_500_answers(
    office: Office, posted: str, toolbox: Toolbox
) -> None:
    bodies = [
        {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev-answer-{number}",
            "event": {
                "type": "message",
                "channel": "C1",
                "user": f"U{number % 7}",
                "text": f"{1 + number % 2}: antwoord {number}",
                "ts": f"1795000001.{number:06d}",
                "thread_ts": posted,
            },
        }
        for number in range(EVENTS)
    ]
    with ExitStack() as stack:
        toolboxes = [Toolbox(toolbox.config, toolbox.prompts, toolbox.clock) for _ in range(4)]
        for each in toolboxes:
            stack.callback(each.close)
        workers = [stack.enter_context(office_of(each, office.clock)) for each in toolboxes]

        def deliver(copy: int) -> list[int]:
            """Each worker gets every event, each in another order."""
            order = bodies[copy * 120 :] + bodies[: copy * 120]
            requests = ((workers[copy], worker_body) for worker_body in order)
            return [at.app.dispatch(at._signed(body, "events")).status for at, body in requests]

        with ThreadPoolExecutor(COPIES) as pool:
            statuses = set(itertools.chain(*pool.map(deliver, range(COPIES))))

    assert statuses == {200}
    assert sorted(given(office, posted)) == sorted(f"antwoord {n}" for n in range(EVENTS))
    acknowledged = sum(len(each.after.waiting) for each in workers)
    assert acknowledged == EVENTS
