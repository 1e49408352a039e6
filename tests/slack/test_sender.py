"""Posting to Slack: once, as the record stands, whatever the network or Slack does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.customer import ChannelSettings
from bot.storage import channels, jobs, posted_messages
from bot.storage.jobs import JobState
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.sender import Sender, client
from bot.usecases import check_messages, deliver, run_meeting
from bot.usecases.delivery import Delivery
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock
from tests.slack.conftest import TOKEN, Post, Send, render, texts
from tests.slack.stand_in import ALL_SCOPES, Fault, StandIn

LONG = [f"Punt {n}" for n in range(1, 9)]  # three messages
UNSEEN = [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN]


def test_a_meeting_is_posted_with_its_key_and_is_found_again(
    post: Post, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller
) -> None:
    meeting = post("Verhuisformulier", "Begroting")

    assert send() == 1

    (message,) = slack.messages("C1")
    assert "Verhuisformulier" in message["text"]
    key = {"key": f"refresh:meeting:{meeting.id}"}
    assert message["metadata"] == {"event_type": "klantvraag", "event_payload": key}
    with toolbox.read(caller) as session:
        reference = posted_messages.reference(session, MEETING, meeting.id or "", "slack")
        assert reference == f"C1/{message['ts']}"
        assert posted_messages.shown_by(session, MEETING, "slack", reference) == meeting.id
    assert send() == 0
    assert slack.called("chat.postMessage")[0]["unfurl_links"] is False


def test_a_burst_of_answers_is_one_change_of_the_same_message(
    post: Post, send: Send, slack: StandIn, answer
) -> None:
    meeting = post("Verhuisformulier")
    send()

    for number in range(10):
        answer(meeting, 0, f"antwoord {number}")
    send()

    (text,) = texts(slack)
    assert all(f"antwoord {number}" in text for number in range(10))
    assert len(slack.called("chat.update")) == 1


def test_a_change_while_it_is_being_sent_is_sent_next(
    post: Post, slack: StandIn, toolbox: Toolbox, answer, send: Send, clock: Clock
) -> None:
    meeting = post("Verhuisformulier")
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    answer(meeting, 0, "tijdens het plaatsen")

    Sender(lambda _: client(TOKEN, slack.url), toolbox, render).post(delivery)
    clock.later(seconds=1)
    send()

    assert ["tijdens het plaatsen" in text for text in texts(slack)] == [True]


def test_what_shows_the_same_is_not_sent_again(
    post: Post, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller, answer
) -> None:
    meeting = post("Verhuisformulier")
    send()
    run_meeting.delete_answer(toolbox, caller, answer(meeting, 0, "toch niet"))

    assert send() == 1

    assert slack.called("chat.update") == []


def test_a_long_agenda_goes_on_in_its_thread_and_only_what_changed_is_sent(
    post: Post, send: Send, slack: StandIn, answer
) -> None:
    meeting = post(*LONG)
    send()
    first, *rest = slack.messages("C1")
    assert [message.get("thread_ts") for message in rest] == [first["ts"], first["ts"]]

    answer(meeting, 7, "helemaal onderaan")
    send()

    (update,) = slack.called("chat.update")
    assert update["ts"] == rest[1]["ts"]
    assert "helemaal onderaan" in texts(slack)[2]


def test_a_shorter_agenda_takes_away_what_is_left_over(
    post: Post, send: Send, slack: StandIn
) -> None:
    post(*LONG)
    send()

    post(*LONG[:2])
    send()

    assert len(texts(slack)) == 1
    assert "Punt 3" not in texts(slack)[0]
    assert send() == 0


@pytest.mark.parametrize("fault", UNSEEN)
@pytest.mark.parametrize("part", [0, 1, 2])
def test_after_an_unseen_outcome_it_is_looked_up_and_stands_there_once(
    post: Post, send: Send, slack: StandIn, clock: Clock, fault: Fault, part: int
) -> None:
    slack.faults.extend([*[None] * part, fault])
    post(*LONG)

    for _ in range(5):
        send()
        clock.later(seconds=2)

    assert [text.splitlines()[0] for text in texts(slack)] == [
        "1. Punt 1",
        "4. Punt 4",
        "7. Punt 7",
    ]


def test_a_message_far_up_in_the_channel_is_found(
    post: Post, send: Send, slack: StandIn, clock: Clock, toolbox: Toolbox, sender: Sender
) -> None:
    slack.faults.append(Fault.LOST_AFTER)
    post("Verhuisformulier")
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    sender.post(delivery)
    channel = slack.channel("C1")
    for number in range(450):
        ts = f"{clock().timestamp() + number:.6f}"
        channel.messages[ts] = {"ts": ts, "text": "gesprek"}

    clock.later(seconds=5)
    send()

    assert sum("Verhuisformulier" in text for text in texts(slack)) == 1
    assert len(slack.called("conversations.history")) == 3


def test_what_an_earlier_try_posted_is_brought_up_to_date(
    post: Post, send: Send, slack: StandIn, clock: Clock, answer
) -> None:
    slack.faults.append(Fault.LOST_AFTER)
    meeting = post("Verhuisformulier")
    send()

    answer(meeting, 0, "later bedacht")
    clock.later(seconds=5)
    send()

    assert ["later bedacht" in text for text in texts(slack)] == [True]


@pytest.mark.parametrize("fault", UNSEEN)
def test_without_the_history_it_waits_for_a_person(
    post: Post,
    send: Send,
    slack: StandIn,
    clock: Clock,
    toolbox: Toolbox,
    answer,
    job,
    fault: Fault,
) -> None:
    slack.scopes[TOKEN] = ALL_SCOPES - {"channels:history"}
    slack.faults.append(fault)
    meeting = post("Verhuisformulier")
    for _ in range(3):
        send()
        clock.later(minutes=10)
    answer(meeting, 0, "iets nieuws")
    clock.later(minutes=10)
    send()

    assert (job().state, job().reason) == (JobState.UNKNOWN, "missing_scope")
    assert len(slack.called("chat.postMessage")) <= 1
    (found,) = check_messages.undelivered(toolbox.config.database)
    assert (found.state, found.channel, found.title) == ("unknown", "C1", "Teamoverleg")

    deliver.deliver_again(toolbox, found.key)
    send()
    assert "iets nieuws" in texts(slack)[-1]
    assert job().state is JobState.DONE
    assert check_messages.undelivered(toolbox.config.database) == []


def test_a_change_whose_outcome_nobody_saw_is_just_sent_again(
    post: Post, send: Send, slack: StandIn, clock: Clock, answer, job
) -> None:
    slack.scopes[TOKEN] = ALL_SCOPES - {"channels:history"}
    meeting = post("Verhuisformulier")
    send()
    slack.faults.append(Fault.LOST_AFTER)
    answer(meeting, 0, "twee keer gestuurd")
    for _ in range(3):
        send()
        clock.later(seconds=5)

    assert ["twee keer gestuurd" in text for text in texts(slack)] == [True]
    assert len(slack.called("chat.update")) == 2
    assert job().state is JobState.DONE


def test_slack_says_when_to_come_back(
    post: Post, send: Send, slack: StandIn, clock: Clock, caller: Caller
) -> None:
    slack.faults.append(Fault.LIMITED)
    post("Verhuisformulier")
    send()
    clock.later(seconds=20)
    post("Begroting", title="Directie")  # another meeting of the channel waits as well
    send()
    assert slack.calls == []

    for _ in range(4):
        clock.later(seconds=3)
        send()

    assert len(texts(slack)) == 2
    assert slack.called("conversations.history") == []


def test_a_channel_gets_a_message_a_second(
    post: Post, slack: StandIn, toolbox: Toolbox, sender: Sender, clock: Clock, caller: Caller
) -> None:
    slack.invite("C2")
    for title, channel in (("Lift", "C1"), ("Huur", "C1"), ("Tuin", "C2")):
        post(title, by=replace(caller, channel=channel), title=title)

    while delivery := deliver.next_delivery(toolbox, "slack"):
        sender.post(delivery)

    assert (len(texts(slack)), len(texts(slack, "C2"))) == (1, 1)
    clock.later(seconds=1)
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    sender.post(delivery)
    assert len(texts(slack)) == 2


def test_a_slack_out_of_reach_is_asked_less_and_less_often(
    post: Post, toolbox: Toolbox, clock: Clock, slack: StandIn, send: Send
) -> None:
    slack.scopes[TOKEN] = ALL_SCOPES - {"channels:history"}  # what was never sent is not unknown
    nobody = Sender(lambda _: client(TOKEN, "http://127.0.0.1:9/api/"), toolbox, render)
    post("Verhuisformulier")

    assert list(waits(toolbox, nobody, clock, 11)) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]

    clock.later(seconds=300)
    send()
    assert len(texts(slack)) == 1


def waits(toolbox: Toolbox, sender: Sender, clock: Clock, tries: int) -> Iterator[int]:
    """After how many seconds each next try is due."""
    for _ in range(tries):
        delivery = deliver.next_delivery(toolbox, "slack")
        assert delivery is not None
        sender.post(delivery)
        (found,) = check_messages.undelivered(toolbox.config.database)
        due = clock().fromisoformat(found.since)
        yield round((due - clock()).total_seconds())
        clock.instant = due


@pytest.mark.parametrize("refusal", ["is_archived", "not_in_channel", "restricted_action"])
def test_what_cannot_succeed_ends_and_the_next_change_is_tried(
    post: Post, send: Send, slack: StandIn, clock: Clock, answer, job, refusal: str
) -> None:
    slack.channel("C1").refusal = refusal
    meeting = post("Verhuisformulier")
    send()
    clock.later(days=1)
    assert send() == 0
    assert (job().state, job().reason) == (JobState.ENDED, refusal)

    slack.channel("C1").refusal = ""
    answer(meeting, 0, "weer open")
    send()

    assert ["weer open" in text for text in texts(slack)] == [True]


def test_a_message_somebody_deleted_stays_away_until_it_is_asked_for(
    post: Post, send: Send, slack: StandIn, answer, job
) -> None:
    meeting = post(*LONG)
    send()
    slack.channel("C1").messages.clear()

    answer(meeting, 0, "niemand ziet dit")
    send()
    answer(meeting, 0, "dit ook niet")
    send()
    assert texts(slack) == []
    assert (job().state, job().reason) == (JobState.ENDED, "deleted")

    post(*LONG)
    send()
    assert len(texts(slack)) == 3
    assert "niemand ziet dit" in texts(slack)[0]


def test_posting_anew_what_was_deleted_unseen_posts_it(
    post: Post, send: Send, slack: StandIn
) -> None:
    post("Verhuisformulier")
    send()
    slack.channel("C1").messages.clear()

    post("Verhuisformulier")
    send()

    assert len(texts(slack)) == 1


def test_posting_what_is_there_posts_nothing(post: Post, send: Send, slack: StandIn) -> None:
    post(*LONG)
    send()
    post(*LONG)
    send()

    assert len(texts(slack)) == 3
    assert len(slack.called("chat.postMessage")) == 3


def test_a_deleted_part_does_not_keep_the_others_from_changing(
    post: Post, send: Send, slack: StandIn, answer
) -> None:
    meeting = post(*LONG)
    send()
    del slack.channel("C1").messages[slack.messages("C1")[1]["ts"]]

    for index in (4, 7):
        answer(meeting, index, f"bij {index}")
    send()

    assert len(texts(slack)) == 2
    assert "bij 7" in texts(slack)[1]
    assert send() == 0


def test_who_took_too_long_sends_nothing(
    post: Post, slack: StandIn, toolbox: Toolbox, clock: Clock, send: Send
) -> None:
    def slowly(delivery: Delivery) -> list[Message]:
        clock.later(seconds=50)
        return list(render(delivery))

    post("Verhuisformulier")
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    Sender(lambda _: client(TOKEN, slack.url), toolbox, slowly).post(delivery)
    assert slack.calls == []

    clock.later(seconds=11)
    send()
    assert len(texts(slack)) == 1


def test_blocks_that_slack_refuses_give_way_to_the_text(
    post: Post, slack: StandIn, toolbox: Toolbox
) -> None:
    def wrong(delivery: Delivery) -> list[Message]:
        return [Message(render(delivery)[0].text, [{"type": "holograma"}])]

    post("Verhuisformulier")
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    Sender(lambda _: client(TOKEN, slack.url), toolbox, wrong).post(delivery)

    (message,) = slack.messages("C1")
    assert "Verhuisformulier" in message["text"]
    assert message["blocks"] == []


def test_a_channel_we_left_gets_nothing(
    post: Post, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller, job
) -> None:
    post("Verhuisformulier")
    with toolbox.write(caller) as session:
        session.rows(
            "update channels set left_at = :now where workspace_id = :workspace_id",
            now=toolbox.now(),
        )

    send()

    assert slack.calls == []
    assert (job().state, job().reason) == (JobState.ENDED, "left")


def test_only_records_of_this_workspace_are_shown(
    post: Post, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    meeting = post("Verhuisformulier")
    neighbour = replace(caller, tenant="T2")
    with toolbox.write(neighbour) as session:
        channels.ensure(session, "slack", "C9", settings, toolbox.now())
        jobs.refresh(session, "slack", MEETING, meeting.id or "", toolbox.now())

    first, second = (deliver.next_delivery(toolbox, "slack") for _ in range(2))

    assert first is not None
    assert (first.job.tenant, first.channel, second) == ("T1", "C1", None)


def test_whoever_waits_longest_goes_first_in_whatever_workspace(
    post: Post, toolbox: Toolbox, caller: Caller, clock: Clock
) -> None:
    for tenant in ("T2", "T1", "T3"):
        post("Verhuisformulier", by=replace(caller, tenant=tenant))
        clock.later(seconds=1)

    claimed = [deliver.next_delivery(toolbox, "slack") for _ in range(4)]

    assert [one and one.job.tenant for one in claimed] == ["T2", "T1", "T3", None]
