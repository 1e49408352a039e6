"""What Slack refuses: what was posted unseen is not posted twice, and people hear what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bot.app import PROGRAM
from bot.storage import jobs
from bot.storage.jobs import JobState
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.sender import Sender, client
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases import check_messages, deliver, draft_agenda, set_up_channel
from bot.usecases.delivery import Delivery
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock
from tests.slack.conftest import TOKEN, Post, Send, render, texts
from tests.slack.people import AGENDA, Office, Person
from tests.slack.stand_in import ALL_SCOPES, Fault, StandIn
from tests.slack.workspace import BOT, TEAM

NO_HISTORY = ALL_SCOPES - {"channels:history"}
SendOne = Callable[[], None]
OURS = [  # refusals that are about our token
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "org_login_required",
    "team_access_not_granted",
]


@pytest.fixture
def send_one(toolbox: Toolbox, sender: Sender) -> Callable[[], None]:
    def send_one() -> None:
        delivery = deliver.next_delivery(toolbox, "slack")
        assert delivery is not None
        sender.post(delivery)

    return send_one


@pytest.fixture
def posted_unseen(post: Post, send_one: SendOne, slack: StandIn, clock: Clock) -> None:
    """A message stands there, and nobody knows."""
    slack.faults.append(Fault.LOST_AFTER)
    post("Verhuisformulier")
    send_one()
    assert len(texts(slack)) == 1
    clock.later(hours=3)


def check(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(klantvraag, ["check", *words], obj=PROGRAM)
    return result.exit_code, result.output


@pytest.fixture
def wake(post: Post, toolbox: Toolbox) -> Callable[[str, str], None]:
    def wake(how: str, key: str) -> None:
        if how == "posted again":
            post("Verhuisformulier")
        elif how == "delivered by hand":
            deliver.deliver_again(toolbox, key)
        else:
            with toolbox.write(Caller("slack", "T1", "C1", "U1")) as session:
                jobs.changed(session, MEETING, key.rpartition(":")[2], toolbox.now())

    return wake


def test_what_waits_for_days_is_in_the_log_once(
    post: Post, send: Send, slack: StandIn, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    slack.channel("C1").refusal = "account_inactive"
    post("Verhuisformulier")
    for _ in range(50):
        send()
        clock.later(minutes=6)

    assert len(slack.called("chat.postMessage")) > 49
    assert [one.message for one in caplog.records if one.name == Sender.__module__] == [
        "shut out",
        "not delivered",
    ]


@pytest.mark.parametrize("how", ["posted again", "delivered by hand", "changed"])
@pytest.mark.parametrize("refusal", ["is_archived", "invalid_auth"])
def test_whatever_wakes_it_looks_first_whether_it_was_posted(
    posted_unseen: None, send: Send, slack: StandIn, clock: Clock, job, wake, how: str, refusal: str
) -> None:
    slack.channel("C1").refusal = refusal
    send()
    slack.channel("C1").refusal = ""
    clock.later(days=2)
    if job().state is JobState.ENDED or how != "delivered by hand":
        wake(how, job().key)
    send()

    assert len(texts(slack)) == 1
    assert job().state is JobState.DONE


def test_posting_again_what_nobody_can_look_up_waits_for_a_person(
    posted_unseen: None, post: Post, send: Send, slack: StandIn, job, toolbox: Toolbox
) -> None:
    slack.scopes[TOKEN] = NO_HISTORY
    send()
    post("Verhuisformulier")
    send()
    assert (len(texts(slack)), job().state) == (1, JobState.UNKNOWN)

    deliver.deliver_again(toolbox, job().key)
    send()
    assert (len(texts(slack)), job().state) == (2, JobState.DONE)


def test_what_was_unknown_is_found_once_we_may_look(
    posted_unseen: None, post: Post, send: Send, slack: StandIn, job
) -> None:
    slack.scopes[TOKEN] = NO_HISTORY
    send()
    slack.scopes[TOKEN] = ALL_SCOPES
    post("Verhuisformulier")
    send()

    assert (len(texts(slack)), job().state) == (1, JobState.DONE)


def test_what_was_looked_up_in_vain_and_refused_is_known_not_to_be_there(
    post: Post, send_one: SendOne, send: Send, slack: StandIn, clock: Clock, job
) -> None:
    slack.faults.append(Fault.LOST_BEFORE)
    post("Verhuisformulier")
    send_one()
    slack.channel("C1").restricted = "restricted_action"
    clock.later(seconds=5)
    send()

    assert (job().state, job().uncertain) == (JobState.ENDED, False)


@pytest.mark.parametrize("refusal", OURS)
def test_a_token_that_does_not_work_delays_and_loses_nothing(
    post: Post,
    send: Send,
    slack: StandIn,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    caller: Caller,
    refusal: str,
) -> None:
    slack.invite("C2")
    for channel in ("C1", "C2"):
        slack.channel(channel).refusal = refusal
        post("Verhuisformulier", by=replace(caller, channel=channel))
    for _ in range(4):
        send()
        clock.later(hours=1)
    said = [vars(record) for record in caplog.records if record.message == "shut out"]
    assert [record["reason"] for record in said] == [refusal]
    code, told = check("--language", "nl")
    assert code == 1
    assert told.count(f"Slack laat ons er niet in ({refusal}); 2 berichten wachten.") == 1

    for channel in ("C1", "C2"):
        slack.channel(channel).refusal = ""
    clock.later(minutes=5)
    send()
    assert (len(texts(slack)), len(texts(slack, "C2"))) == (1, 1)
    assert check()[0] == 0


def test_a_message_that_can_not_be_changed_now_is_changed_later(
    post: Post, send: Send, slack: StandIn, clock: Clock, answer
) -> None:
    meeting = post("Verhuisformulier")
    send()
    scopes = slack.scopes.pop(TOKEN)
    answer(meeting, 0, "met een nieuwe sleutel")
    send()
    slack.scopes[TOKEN] = scopes
    clock.later(minutes=5)
    send()

    assert "met een nieuwe sleutel" in texts(slack)[0]


def test_what_waited_for_us_is_posted_when_we_come_back(
    office: Office, toolbox: Toolbox, post: Post
) -> None:
    post("Verhuisformulier", by=Caller("slack", TEAM, "C1", "U1"))
    office.slack.members.clear()
    office.event(type="channel_left", channel="C1")
    assert office.slack.messages("C1") == []
    code, told = check("--language", "nl")
    assert code == 1
    assert "Niet geplaatst: ‘Teamoverleg’ in kanaal C1, want ik zit daar niet" in told

    office.clock.later(seconds=1)
    office.slack.members.add("C1")
    office.event(type="member_joined_channel", channel="C1", user=BOT)

    shown = [message["text"] for message in office.slack.messages("C1")]
    assert ["wie is jullie klant?" in shown[0], "Verhuisformulier" in shown[1]] == [True, True]
    assert check()[0] == 0


def test_where_we_left_unseen_it_is_posted_when_we_come_back(
    office: Office, fatima: Person
) -> None:
    fatima.types(AGENDA)
    office.slack.members.clear()
    fatima.fills_in()
    before = len(office.slack.messages("C1"))

    office.slack.members.add("C1")
    office.event(type="member_joined_channel", channel="C1", user=BOT)

    assert len(office.slack.messages("C1")) == before + 1
    assert "Servicekosten" in office.shown()


def test_what_was_shown_where_we_left_is_no_news(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    fatima.fills_in()
    fatima.presses("Antwoord")
    office.event(type="channel_left", channel="C1")
    fatima.fills_in(text="Minder gedoe")

    assert check_messages.undelivered(office.toolbox.config.database) == []


def test_who_posts_where_we_left_hears_it_at_once(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    office.event(type="channel_left", channel="C1")
    fatima.fills_in()

    assert "Ik zit nog niet in dit kanaal. Typ /invite @klantvraag." in str(fatima.form)
    assert check_messages.undelivered(office.toolbox.config.database) == []


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        ("restricted_action", "Vraag een beheerder om klantvraag dat toe te staan"),
        ("restricted_action_read_only_channel", "Vraag een beheerder"),
        ("is_archived", "dit kanaal is gearchiveerd"),
        ("user_is_bot", "Slack neemt hem niet aan (user_is_bot)"),
    ],
)
def test_who_asked_for_an_agenda_that_can_not_be_posted_is_told_once(
    office: Office, fatima: Person, toolbox: Toolbox, refusal: str, told: str
) -> None:
    fatima.types(AGENDA)
    office.slack.channel("C1").restricted = refusal
    fatima.fills_in()
    assert told in fatima.heard

    (one,) = check_messages.undelivered(toolbox.config.database)
    deliver.deliver_again(toolbox, one.key)
    office.event(type="member_joined_channel", channel="C1", user="URUUD")
    assert len(office.slack.whispers["UFATIMA"]) == 1


def test_who_asked_hears_no_untruth_about_what_may_be_there(
    office: Office, toolbox: Toolbox, caller: Caller
) -> None:
    draft_agenda.post(toolbox, caller, draft_agenda.draft(toolbox, caller, AGENDA).id)
    office.slack.faults.append(Fault.BROKEN)
    for refusal in ("is_archived", ""):
        delivery = deliver.next_delivery(toolbox, "slack")
        assert delivery is not None
        office.sender.post(delivery)
        office.slack.channel("C1").refusal = refusal
        office.clock.later(seconds=5)

    (one,) = check_messages.undelivered(toolbox.config.database)
    assert (one.state, one.reason) == ("unknown", "is_archived")
    assert office.slack.called("chat.postEphemeral") == []


def test_who_speaks_english_is_told_in_english(
    office: Office, fatima: Person, toolbox: Toolbox
) -> None:
    fatima.types(AGENDA)
    with toolbox.write(Caller("slack", TEAM, "C1", "UFATIMA")) as session:
        session.rows("update people set language = 'en' where workspace_id = :workspace_id")
    office.slack.channel("C1").restricted = "restricted_action"
    fatima.fills_in()

    assert fatima.heard.startswith("Your agenda is not there yet")


def test_who_can_not_be_told_is_not_told_later(
    office: Office, fatima: Person, caplog: pytest.LogCaptureFixture
) -> None:
    fatima.types(AGENDA)
    office.slack.members.clear()
    fatima.fills_in()

    assert office.slack.whispers["UFATIMA"] == []
    assert len(office.slack.called("chat.postEphemeral")) == 1
    assert "asker not told" in [record.message for record in caplog.records]


def test_two_senders_keep_to_a_message_a_second_in_a_channel(
    post: Post, slack: StandIn, toolbox: Toolbox, clock: Clock
) -> None:
    for title in ("Lift", "Huur"):
        post(title, title=title)
    senders = [Sender(lambda _: client(TOKEN, slack.url), toolbox, render) for _ in range(2)]

    def round_() -> int:
        claimed = [deliver.next_delivery(toolbox, "slack") for _ in senders]
        for sender, delivery in zip(senders, claimed, strict=True):
            if delivery:
                sender.post(delivery)
        return len(texts(slack))

    assert round_() == 1
    clock.later(seconds=0.9)
    assert round_() == 1
    clock.later(seconds=0.1)
    assert round_() == 2


def test_too_many_changes_keep_the_whole_workspace_waiting(
    post: Post, send: Send, slack: StandIn, clock: Clock, answer, caller: Caller
) -> None:
    slack.invite("C2")
    elsewhere = replace(caller, channel="C2")
    meeting = post("Verhuisformulier")
    post("Begroting", by=elsewhere)
    send()
    slack.faults.append(Fault.LIMITED)
    answer(meeting, 0, "te snel")
    send()
    post("Begroting", "Servicekosten", by=elsewhere)
    clock.later(seconds=25)
    send()
    assert "Servicekosten" not in texts(slack, "C2")[0]

    clock.later(seconds=5)
    send()
    assert "Servicekosten" in texts(slack, "C2")[0]
    assert "te snel" in texts(slack)[0]


def test_too_many_messages_in_a_channel_leave_other_channels_alone(
    post: Post, send: Send, slack: StandIn, caller: Caller
) -> None:
    slack.invite("C2")
    slack.faults.append(Fault.LIMITED)
    post("Verhuisformulier")
    send()
    post("Begroting", by=replace(caller, channel="C2"))
    send()

    assert (texts(slack), len(texts(slack, "C2"))) == ([], 1)


def test_two_channels_that_are_too_fast_at_once_keep_the_whole_workspace_waiting(
    post: Post, send: Send, slack: StandIn, clock: Clock, caller: Caller
) -> None:
    everywhere = ["C1", "C2", "C3"]
    slack.faults += [Fault.LIMITED, Fault.LIMITED]
    for channel in everywhere:
        slack.invite(channel)
        post("Begroting", by=replace(caller, channel=channel))
    send()
    assert [texts(slack, channel) for channel in everywhere] == [[], [], []]
    assert len(slack.called("chat.postMessage")) == 0

    clock.later(seconds=30)
    send()
    assert [len(texts(slack, channel)) for channel in everywhere] == [1, 1, 1]


def test_a_channel_that_was_too_fast_long_ago_says_nothing_of_another(
    post: Post, send: Send, slack: StandIn, clock: Clock, caller: Caller
) -> None:
    slack.invite("C2")
    for channel in ("C1", "C2"):
        slack.faults.append(Fault.LIMITED)
        post("Begroting", by=replace(caller, channel=channel))
        send()
        clock.later(seconds=31)
    assert send() > 0
    slack.invite("C3")
    post("Begroting", by=replace(caller, channel="C3"))
    assert send() == 1


def test_a_message_without_buttons_gets_them_with_the_next_change(
    post: Post, slack: StandIn, toolbox: Toolbox, send: Send, answer, clock: Clock
) -> None:
    def wrong(delivery: Delivery) -> list[Message]:
        return [Message(render(delivery)[0].text, [{"type": "holograma"}])]

    meeting = post("Verhuisformulier")
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    Sender(lambda _: client(TOKEN, slack.url), toolbox, wrong).post(delivery)
    code, told = check("--language", "nl")
    assert (code, "1 bericht staat er zonder knoppen" in told) == (0, True)
    clock.later(seconds=1)
    assert send() == 0

    answer(meeting, 0, "nu met knoppen")
    send()
    (message,) = slack.messages("C1")
    assert message["blocks"] != []
    assert "zonder knoppen" not in check("--language", "nl")[1]


def test_a_channel_that_was_left_meanwhile_ends_quietly(
    post: Post, send: Send, slack: StandIn, toolbox: Toolbox, caller: Caller, job
) -> None:
    post("Verhuisformulier")
    set_up_channel.left(toolbox, caller)
    send()

    assert (slack.calls, job().reason) == ([], "left")
