"""A message to one person: posted once, looked up in their talk with us, or visibly not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from slack_sdk.errors import SlackApiError

from bot.domain.customer import ChannelSettings
from bot.domain.view import MeetingView
from bot.storage import jobs, people, posted_messages
from bot.storage.jobs import JobState
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.sender import Sender, client
from bot.usecases import check_messages, deliver, prepare_meeting
from bot.usecases.delivery import Delivery
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox, Untold
from tests.agendas import agenda
from tests.conftest import Clock
from tests.slack.conftest import TOKEN, Send, render, texts
from tests.slack.stand_in import ALL_SCOPES, Fault, StandIn

TALK = "DUFATIMA"
UNSEEN = [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN]

Tell = Callable[..., MeetingView]


@pytest.fixture
def tell(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> Tell:
    """Has an agenda shown to one person, and to nobody else."""

    def tell(title: str = "Teamoverleg", person: str = "UFATIMA") -> MeetingView:
        with toolbox.write(caller) as session:
            read = agenda("Verhuisformulier", title=title)
            view = prepare_meeting.keep(session, toolbox, caller, read, settings)
            whom = people.ensure(session, "slack", person, toolbox.now())
            jobs.tell(session, "slack", MEETING, view.id or "", whom, toolbox.now())
        return view

    return tell


def test_it_goes_to_that_person_and_to_nobody_else(
    tell: Tell, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller
) -> None:
    view = tell()

    assert send() == 1

    (message,) = slack.messages(TALK)
    assert "Verhuisformulier" in message["text"]
    assert slack.messages("C1") == []
    assert [values["channel"] for values in slack.called("chat.postMessage")] == ["UFATIMA"]
    with toolbox.read(caller) as session:
        reference = posted_messages.reference(session, MEETING, view.id or "", "slack")
    assert reference == f"{TALK}/{message['ts']}"
    assert slack.called("conversations.open") == []


def test_a_change_is_made_in_the_message_that_is_there(
    tell: Tell, send: Send, slack: StandIn, answer
) -> None:
    view = tell()
    send()

    answer(view, 0, "dat weten we nu")
    send()

    assert ["dat weten we nu" in text for text in texts(slack, TALK)] == [True]
    assert [values["channel"] for values in slack.called("chat.update")] == [TALK]


@pytest.mark.parametrize("fault", UNSEEN)
def test_after_an_unseen_outcome_it_is_looked_up_and_stands_there_once(
    tell: Tell, send: Send, slack: StandIn, clock: Clock, job, fault: Fault
) -> None:
    slack.faults.append(fault)
    tell()

    for _ in range(4):
        send()
        clock.later(seconds=2)

    assert len(texts(slack, TALK)) == 1
    assert job().state is JobState.DONE
    assert [values["users"] for values in slack.called("conversations.open")] == ["UFATIMA"]
    assert [values["channel"] for values in slack.called("conversations.history")] == [TALK]


@pytest.mark.parametrize("scope", ["im:write", "im:history"])
@pytest.mark.parametrize("fault", UNSEEN)
def test_where_we_may_not_look_it_waits_for_a_person(
    tell: Tell,
    send: Send,
    slack: StandIn,
    clock: Clock,
    toolbox: Toolbox,
    job,
    scope: str,
    fault: Fault,
) -> None:
    slack.scopes[TOKEN] = ALL_SCOPES - {scope}
    slack.faults.append(fault)
    tell()
    for _ in range(3):
        send()
        clock.later(minutes=10)

    assert (job().state, job().reason) == (JobState.UNKNOWN, "missing_scope")
    assert len(texts(slack, TALK)) <= 1
    (found,) = check_messages.undelivered(toolbox.config.database)
    assert (found.state, found.channel) == ("unknown", "")

    slack.channel(TALK).messages.clear()
    deliver.deliver_again(toolbox, found.key)
    send()
    assert len(texts(slack, TALK)) == 1
    assert job().state is JobState.DONE


def test_a_channels_history_is_not_what_it_takes(
    tell: Tell, send: Send, slack: StandIn, clock: Clock
) -> None:
    slack.scopes[TOKEN] = ALL_SCOPES - {"channels:history"}
    slack.faults.append(Fault.LOST_AFTER)
    tell()
    for _ in range(3):
        send()
        clock.later(seconds=5)

    assert len(texts(slack, TALK)) == 1
    assert len(slack.called("chat.postMessage")) == 1


def test_an_app_without_a_tab_for_messages_is_told_to_who_runs_it(
    tell: Tell, send: Send, slack: StandIn, toolbox: Toolbox
) -> None:
    slack.messages_tab = False
    tell()

    send()

    (found,) = check_messages.undelivered(toolbox.config.database)
    assert (found.state, found.reason) == ("never", "messages_tab_disabled")


def test_one_who_has_to_wait_keeps_nobody_else_waiting(
    tell: Tell, send: Send, slack: StandIn, clock: Clock
) -> None:
    slack.faults.append(Fault.LIMITED)
    tell()
    send()
    tell("Directie", "URUUD")
    clock.later(seconds=10)
    send()
    assert (len(texts(slack, TALK)), len(texts(slack, "DURUUD"))) == (0, 1)

    clock.later(seconds=20)
    send()
    assert len(texts(slack, TALK)) == 1


def test_whose_account_was_erased_is_told_nothing(
    tell: Tell, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller, job
) -> None:
    tell()
    with toolbox.write(caller) as session:
        session.rows(
            "update people set platform_id = null where workspace_id = :workspace_id"
            " and platform_id = 'UFATIMA'"
        )

    send()

    assert slack.calls == []
    assert (job().state, job().reason) == (JobState.ENDED, "left")


def test_what_may_not_be_told_any_more_is_not_sent(
    tell: Tell, slack: StandIn, toolbox: Toolbox, job
) -> None:
    def gone(_: Delivery) -> Sequence[Message]:
        raise Untold("not_here")

    tell()
    deliver_one(toolbox, slack, gone)

    assert slack.calls == []
    assert (job().state, job().reason) == (JobState.ENDED, "not_here")


@pytest.mark.parametrize("scopes", [ALL_SCOPES, frozenset({"chat:write"})])
def test_without_an_answer_about_who_is_there_it_is_tried_again(
    tell: Tell, slack: StandIn, toolbox: Toolbox, clock: Clock, send: Send, job, scopes
) -> None:
    def asking(_: Delivery) -> Sequence[Message]:
        raise ConnectionResetError

    slack.scopes[TOKEN] = scopes
    tell()
    deliver_one(toolbox, slack, asking)
    assert (job().state, job().uncertain, job().attempts) == (JobState.DUE, False, 1)

    clock.later(seconds=2)
    send()
    assert len(texts(slack, TALK)) == 1


def test_what_slack_refuses_to_say_about_who_is_there_ends_it(
    tell: Tell, slack: StandIn, toolbox: Toolbox, job
) -> None:
    def asking(delivery: Delivery) -> Sequence[Message]:
        client(TOKEN, slack.url).conversations_history(channel="C9")
        return render(delivery)

    tell()
    deliver_one(toolbox, slack, asking)

    assert (job().state, job().reason) == (JobState.ENDED, "channel_not_found")
    assert slack.called("chat.postMessage") == []


def deliver_one(
    toolbox: Toolbox, slack: StandIn, render: Callable[[Delivery], Sequence[Message]]
) -> None:
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    Sender(lambda _: client(TOKEN, slack.url), toolbox, render).post(delivery)


def test_the_stand_in_knows_no_talk_by_a_persons_id(slack: StandIn) -> None:
    web = client(TOKEN, slack.url)
    web.chat_postMessage(channel="UFATIMA", text="hallo")

    with pytest.raises(SlackApiError, match="channel_not_found"):
        web.conversations_history(channel="UFATIMA")
