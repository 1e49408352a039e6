"""Messages that have to go: of a withdrawn meeting, or of one that is posted anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.storage import jobs
from bot.storage.jobs import JobState
from bot.surfaces.slack.sender import Sender
from bot.usecases import deliver, withdraw_meeting
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock
from tests.slack.conftest import TOKEN, Post, Send, texts
from tests.slack.stand_in import ALL_SCOPES, Fault, StandIn

LONG = [f"Punt {n}" for n in range(1, 9)]  # three messages
LEAVING = [withdraw_meeting.withdraw, withdraw_meeting.put_at_bottom]
Leave = Callable[[Toolbox, Caller, str], None]


def once(toolbox: Toolbox, sender: Sender) -> None:
    """One try."""
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    sender.post(delivery)


def test_all_parts_go_those_in_the_thread_first(
    post: Post, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller
) -> None:
    meeting = post(*LONG)
    send()
    stood = [message["ts"] for message in slack.messages("C1")]
    withdraw_meeting.withdraw(toolbox, caller, meeting.id or "")
    send()

    assert slack.messages("C1") == []
    assert [call["ts"] for call in slack.called("chat.delete")] == stood[::-1]
    assert send() == 0


@pytest.mark.parametrize("posted", [0, 1, 2])
@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
@pytest.mark.parametrize("leave", LEAVING)
def test_what_may_have_been_posted_is_looked_for_and_goes_too(
    post: Post,
    send: Send,
    slack: StandIn,
    toolbox: Toolbox,
    caller: Caller,
    clock: Clock,
    sender: Sender,
    posted: int,
    fault: Fault,
    leave: Leave,
) -> None:
    """The answer to one part was lost; before anybody looked the meeting has to go."""
    slack.faults.extend([*[None] * posted, fault])
    meeting = post(*LONG)
    for _ in range(posted + 1):
        once(toolbox, sender)
        clock.later(seconds=1)
    leave(toolbox, caller, meeting.id or "")
    clock.later(seconds=5)
    send()

    there = 0 if leave is withdraw_meeting.withdraw else 3
    assert len(slack.messages("C1")) == there
    threads = {message.get("thread_ts") for message in slack.messages("C1")}
    assert threads <= {None, *[m["ts"] for m in slack.messages("C1")[:1]]}


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
@pytest.mark.parametrize("request_number", range(6))
@pytest.mark.parametrize("leave", LEAVING)
def test_whichever_request_is_lost_it_ends_as_it_should(
    post: Post,
    send: Send,
    slack: StandIn,
    toolbox: Toolbox,
    caller: Caller,
    clock: Clock,
    request_number: int,
    fault: Fault,
    leave: Leave,
) -> None:
    meeting = post(*LONG)
    send()
    stood = {message["ts"] for message in slack.messages("C1")}
    slack.faults.extend([*[None] * request_number, fault])
    leave(toolbox, caller, meeting.id or "")
    for _ in range(3):
        send()
        clock.later(minutes=5)

    left = [message["ts"] for message in slack.messages("C1")]
    assert len(left) == (0 if leave is withdraw_meeting.withdraw else 3)
    assert stood.isdisjoint(left)


def test_brought_back_before_anything_went_it_stays_where_it_is(
    post: Post, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller
) -> None:
    meeting = post(*LONG)
    send()
    stood = texts(slack)
    withdraw_meeting.withdraw(toolbox, caller, meeting.id or "")
    withdraw_meeting.post_again(toolbox, caller, meeting.id or "")
    send()

    assert texts(slack) == stood
    assert slack.called("chat.delete") == []


def test_where_nobody_may_look_a_person_decides(
    post: Post,
    send: Send,
    slack: StandIn,
    toolbox: Toolbox,
    caller: Caller,
    clock: Clock,
    sender: Sender,
) -> None:
    slack.scopes[TOKEN] = ALL_SCOPES - {"channels:history"}
    slack.faults.append(Fault.LOST_AFTER)
    meeting = post("Verhuisformulier")
    once(toolbox, sender)
    withdraw_meeting.withdraw(toolbox, caller, meeting.id or "")
    clock.later(seconds=5)
    send()

    with toolbox.read(caller) as session:
        job = jobs.find(session, MEETING, meeting.id or "")
    assert job is not None
    assert job.state is JobState.UNKNOWN
