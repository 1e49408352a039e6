"""The app in emulate, a Slack that others wrote, with exactly the scopes of our manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.domain.answer import Answer, Certainty
from bot.domain.view import MeetingView
from bot.storage.jobs import JobState
from bot.surfaces.clock import Clock as SurfaceClock
from bot.surfaces.slack import posted_before, sender, views
from bot.usecases import check_messages, deliver, run_meeting, show_meeting
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording.texts import Texts
from tests.conftest import Clock
from tests.slack.conftest import Post
from tests.slack.emulated import BARE, FOLDER, PEOPLE, TOKEN, Emulate, Emulated
from tests.slack.office import office_in
from tests.slack.people import AGENDA, Office, Person
from tests.slack.stand_in import Fault
from tests.slack.workspace import BOT, TEAM

LONG = [f"Verhuisformulier deel {n} {'uitleg ' * 17}" for n in range(1, 30)]  # three messages
PUBLIC, PRIVATE = "public", "private"
NAPS = 8  # seconds in which all that is due goes out


@pytest.fixture(scope="session")
def emulate() -> Iterator[Emulate]:
    if not (FOLDER / "node_modules" / "emulate").is_dir():
        pytest.skip("emulate is not installed; run make test where npm can be reached")
    with closing(Emulate()) as emulate:
        yield emulate


@pytest.fixture
def slack(emulate: Emulate) -> Iterator[Emulated]:
    with closing(Emulated(emulate)) as slack:
        yield slack


@pytest.fixture
def channel(emulate: Emulate, request) -> str:
    members = [BOT, *(emulate.people[name] for name in PEOPLE)]
    return emulate.channel(members, private=getattr(request, "param", PUBLIC) == PRIVATE)


@pytest.fixture
def caller(channel: str, emulate: Emulate) -> Caller:
    return Caller("slack", TEAM, channel, emulate.people["fatima"])


@pytest.fixture
def office(slack: Emulated, toolbox: Toolbox, clock: Clock, request) -> Office:
    return office_in(slack, toolbox, clock, getattr(request, "param", TOKEN))


@pytest.fixture
def fatima(office: Office, caller: Caller) -> Person:
    return Person(office, caller.person, caller.channel)


@pytest.fixture
def send(office: Office, toolbox: Toolbox, clock: Clock) -> Callable[[], None]:
    """Lets the clock of the surface send what is due."""

    def send() -> None:
        naps = count(1)

        def nap(_: float) -> None:
            clock.later(seconds=1)
            if next(naps) == NAPS:
                ticking.stop(0)

        ticking = SurfaceClock(toolbox, office.sender.post, "slack", nap)
        ticking.run()

    return send


@pytest.fixture
def shown(slack: Emulated, channel: str, toolbox: Toolbox, caller: Caller, nl: Texts):
    """What stands in the channel, once it was seen to be what the meeting looks like now."""

    def shown(meeting: MeetingView, *, reads_threads: bool = True) -> list[dict[str, Any]]:
        found = slack.messages(channel)
        with toolbox.read(caller) as session:
            view = show_meeting.view_of(session, meeting.id or "")
            wanted = views.agenda(view, nl, reads_threads=reads_threads)
        assert [message["blocks"] for message in found] == [list(one.blocks) for one in wanted]
        assert [message["text"] for message in found] == [
            one.text[: sender.MOST_TEXT] for one in wanted
        ]
        return found

    return shown


def answer(toolbox: Toolbox, caller: Caller, meeting: MeetingView, words: str, item: int) -> None:
    run_meeting.answer(toolbox, caller, meeting.items[item].id or "", Answer(words, Certainty.KNOW))


def keys(messages: Sequence[dict[str, Any]]) -> list[str]:
    assert {message["metadata"]["event_type"] for message in messages} <= {"klantvraag"}
    return [message["metadata"]["event_payload"]["key"] for message in messages]


def test_an_agenda_is_posted_and_changed_in_place(
    post: Post, send, shown, slack: Emulated, toolbox: Toolbox, caller: Caller
) -> None:
    meeting = post("Verhuisformulier", "Begroting")
    send()
    (before,) = shown(meeting)
    assert (before["user"], before["unfurl_links"]) == (BOT, False)
    assert keys([before]) == [f"refresh:meeting:{meeting.id}"]

    answer(toolbox, caller, meeting, "Minder gedoe", 0)
    send()

    (after,) = shown(meeting)
    assert "Minder gedoe" in after["text"]
    assert (after["ts"], after["metadata"]) == (before["ts"], before["metadata"])
    assert [len(slack.called(f"chat.{do}")) for do in ("postMessage", "update")] == [1, 1]


def test_a_long_agenda_goes_on_in_its_thread_and_what_is_left_over_goes(
    post: Post, send, shown
) -> None:
    long = post(*LONG)
    send()
    first, *rest = shown(long)
    assert len(rest) == 2
    assert [message["thread_ts"] for message in rest] == [first["ts"]] * 2
    assert len(set(keys([first, *rest]))) == 3

    short = post(*LONG[:2])
    send()

    assert short.id == long.id
    assert [message["ts"] for message in shown(short)] == [first["ts"]]


@pytest.mark.parametrize("channel", [PUBLIC, PRIVATE], indirect=True)
@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER])
def test_what_was_posted_unseen_is_found_by_its_key(
    post: Post, send, shown, slack: Emulated, job, part: int, fault: Fault
) -> None:
    slack.faults.extend([*[None] * part, fault])
    meeting = post(*LONG)
    send()

    assert len(shown(meeting)) == 3
    assert job().state is JobState.DONE
    looked_in = ["conversations.history", "conversations.replies"][part]
    assert len(slack.called(looked_in)) == 1


def test_it_is_found_on_a_later_page_of_the_history(
    post: Post, send, slack: Emulated, channel: str, office: Office, toolbox: Toolbox
) -> None:
    slack.faults.append(Fault.LOST_AFTER)
    post("Verhuisformulier")
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    office.sender.post(delivery)
    for number in range(posted_before.PAGE):
        slack.emulate.admin.chat_postMessage(channel=channel, text=f"gesprek {number}")
    send()

    assert len(slack.called("chat.postMessage")) == 1
    assert len(slack.called("conversations.history")) == 2


@pytest.mark.parametrize("office", [BARE], indirect=True)
def test_without_the_scope_for_the_history_it_waits_for_a_person(
    post: Post, send, shown, slack: Emulated, toolbox: Toolbox, job
) -> None:
    slack.faults.append(Fault.LOST_BEFORE)
    meeting = post("Verhuisformulier")
    send()

    assert (job().state, job().reason) == (JobState.UNKNOWN, "missing_scope")
    assert slack.called("conversations.history")[0]["answer"]["needed"] == "channels:history"
    deliver.deliver_again(toolbox, job().key)
    send()
    assert len(shown(meeting, reads_threads=False)) == 1


def test_a_message_that_was_deleted_stays_away(
    post: Post, send, slack: Emulated, toolbox: Toolbox, caller: Caller, job
) -> None:
    meeting = post("Verhuisformulier")
    send()
    (message,) = slack.messages(caller.channel)
    WebClient(TOKEN, slack.emulate.url).chat_delete(channel=caller.channel, ts=message["ts"])

    answer(toolbox, caller, meeting, "te laat", 0)
    send()

    assert slack.messages(caller.channel) == []
    assert (job().state, job().reason) == (JobState.ENDED, "deleted")


@pytest.mark.parametrize("why", ["not_in_channel", "is_archived", "channel_not_found"])
def test_what_was_never_posted_is_told_with_slacks_word(
    post: Post, send, emulate: Emulate, toolbox: Toolbox, caller: Caller, why: str
) -> None:
    place = {
        "not_in_channel": lambda: emulate.channel(private=True),
        "is_archived": lambda: archived(emulate),
        "channel_not_found": lambda: "C404",
    }[why]()
    post("Verhuisformulier", by=Caller("slack", TEAM, place, caller.person))
    send()

    (found,) = check_messages.undelivered(toolbox.config.database)
    assert (found.state, found.reason, found.channel) == ("never", why, place)


def archived(emulate: Emulate) -> str:
    place = emulate.channel([BOT])
    emulate.admin.conversations_archive(channel=place)
    return place


def test_a_meeting_from_its_set_up_to_its_last_answer(
    office: Office, fatima: Person, slack: Emulated, channel: str
) -> None:
    office.event(type="member_joined_channel", channel=channel, user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    assert slack.called("users.info")[0]["answer"]["user"]["id"] == fatima.name
    assert "Ik noem jullie klant ‘de huurder’." in office.shown(channel)

    fatima.types()
    fatima.fills_in(agenda=AGENDA)
    fatima.presses("", pick="Vervang de eerste vraag", of="draft_menu:1")
    fatima.presses("Wijzig")
    fatima.fills_in(title="Teamoverleg wonen")
    assert "Teamoverleg wonen" in str(fatima.form)
    assert [len(slack.called(f"views.{do}")) for do in ("open", "push", "update")] == [2, 1, 2]
    fatima.fills_in()
    assert office.shown(channel).startswith("Agenda klaar: Teamoverleg wonen")

    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")
    assert "Minder gedoe" in office.shown(channel)
    assert len(slack.messages(channel)) == 2
    assert all(answer["ok"] for answer in answers(slack))


def answers(slack: Emulated) -> list[dict[str, Any]]:
    return [values["answer"] for name, values in slack.calls if name != "response_url"]


def test_a_form_that_comes_too_late_is_told_in_one_sentence(
    fatima: Person, slack: Emulated
) -> None:
    slack.dawdle = 3
    fatima.types()

    assert slack.called("views.open")[0]["answer"]["error"] == "expired_trigger_id"
    assert fatima.form is None
    assert fatima.heard == "Ik was te laat om dit te openen. Probeer het nog een keer."


def test_a_command_that_comes_twice_opens_one_form_and_says_nothing(
    office: Office, fatima: Person, slack: Emulated
) -> None:
    office.deliveries = 2
    fatima.types()

    (opened,) = slack.called("views.open")
    assert fatima.form == opened["answer"]["view"]
    assert slack.whispers == {}


@pytest.mark.parametrize("where", [PUBLIC, PRIVATE])
def test_where_it_is_not_it_asks_to_be_invited(
    office: Office, fatima: Person, emulate: Emulate, where: str
) -> None:
    elsewhere = emulate.channel([fatima.name], private=where == PRIVATE)
    Person(office, fatima.name, elsewhere).types()

    assert fatima.heard == "Ik zit nog niet in dit kanaal. Typ /invite @klantvraag."


@pytest.fixture
def reply(office: Office, fatima: Person, slack: Emulated) -> dict[str, Any]:
    """An answer below the agenda, as a message of Fatima."""
    fatima.types(AGENDA)
    fatima.fills_in()
    web, place = WebClient("xoxp-fatima", slack.emulate.url), fatima.channel
    agenda = slack.messages(place)[-1]["ts"]
    said = web.chat_postMessage(channel=place, text="2: Minder gedoe", thread_ts=agenda)
    office.event(**{"type": "message", **said["message"], "channel": place})
    assert "Minder gedoe" in slack.messages(place)[-2]["text"]
    return slack.messages(place)[-1]


def test_an_answer_below_the_agenda_gets_a_mark(reply) -> None:
    mark = {"name": "white_check_mark", "users": [BOT], "count": 1}
    assert reply["reactions"] == [mark]


@pytest.mark.parametrize("office", [BARE], indirect=True)
def test_without_the_scope_for_marks_only_who_answered_is_told(
    reply, fatima: Person, slack: Emulated
) -> None:
    assert slack.called("reactions.add")[0]["answer"]["error"] == "missing_scope"
    assert fatima.heard == "Genoteerd bij punt 2."


def test_an_agenda_is_changed_moved_and_withdrawn(
    reply, office: Office, fatima: Person, slack: Emulated, channel: str
) -> None:
    first = next(m["ts"] for m in slack.messages(channel) if "verhuis" in m["text"])
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("Punt erbij")
    fatima.fills_in(title="Lift kapot")
    assert "4. Lift kapot" in str(fatima.form), "before what ends the meeting"
    fatima.presses("", pick="Overslaan", of="change_item")
    fatima.closes()
    fatima.presses("", pick="Zet hem onderaan")
    (agenda,) = [m for m in slack.messages(channel) if "verhuis" in m["text"]]
    assert agenda["ts"] != first
    assert "Minder gedoe" in agenda["text"]
    assert "Lift kapot" in agenda["text"]
    assert "Overgeslagen" in agenda["text"]

    office.event(**{"type": "message", **reply, "text": "2: En dit", "ts": "9.9"}, channel=channel)
    assert "En dit" in next(m["text"] for m in slack.messages(channel) if "verhuis" in m["text"])
    fatima.presses("", pick="Trek in")
    fatima.fills_in()
    assert [m for m in slack.messages(channel) if "verhuis" in m["text"]] == []
