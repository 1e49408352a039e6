"""A channel in the stand-in, a sender to it, and a meeting that was posted or waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.schedule import Came, Occasion
from bot.domain.view import ItemView, MeetingView, Scope
from bot.storage import jobs, occurrences, people
from bot.storage.jobs import JobState, Waiting
from bot.storage.occurrences import Occurrence
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.sender import Sender, client
from bot.usecases import ask_outside, deliver, prepare_meeting, run_meeting
from bot.usecases.delivery import Delivery
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock
from tests.slack import asking, managers
from tests.slack.next_week import HERE, bring
from tests.slack.office import office_of
from tests.slack.people import AGENDA, Office, Person
from tests.slack.stand_in import StandIn
from tests.slack.talking import switch
from tests.slack.workspace import BOT

TOKEN = "xoxb-test"
BOTH = {"C1": "operational", "C2": "operational"}
ITEMS_OF_A_PART = 3
MONTHS = {"10": "oktober", "11": "november", "12": "december"}

Post = Callable[..., MeetingView]
Send = Callable[[], int]


@pytest.fixture
def caller() -> Caller:
    return Caller(platform="slack", tenant="T1", channel="C1", person="U1")


@pytest.fixture
def slack(clock: Clock) -> Iterator[StandIn]:
    with closing(StandIn(lambda: clock().timestamp())) as slack:
        slack.channel("C1")
        yield slack


@pytest.fixture
def office(toolbox: Toolbox, clock: Clock) -> Iterator[Office]:
    with office_of(toolbox, clock) as office:
        yield office


@pytest.fixture
def fatima(office: Office) -> Person:
    return Person(office, "UFATIMA")


@pytest.fixture
def ruud(office: Office) -> Person:
    return Person(office, "URUUD")


@pytest.fixture
def introduced(office: Office, fatima: Person) -> str:
    """A channel that was set up; returns the ts of the introduction."""
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    return str(office.slack.messages("C1")[0]["ts"])


@pytest.fixture
def posted(office: Office, fatima: Person) -> str:
    """A posted agenda; returns the ts of its message."""
    fatima.types(AGENDA)
    fatima.fills_in()
    return str(office.slack.messages("C1")[-1]["ts"])


@pytest.fixture
def closed(fatima: Person, posted: str) -> None:
    """A meeting this week of two items, one with an answer, closed with what was observed."""
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe", certainty="know", changed=True)
    fatima.presses("Sluit overleg af")
    fatima.fills_in(came_up=["verhuisformulier"])


@pytest.fixture
def counting(fatima: Person, introduced: str) -> None:
    """It chose to have its talk counted."""
    switch(fatima, on=True)


@pytest.fixture
def ask(office: Office, toolbox: Toolbox, introduced: str) -> Callable[[], int]:
    """Ask the channel, as a subscription that would include it does."""

    def ask() -> int:
        with toolbox.write(asking.OURS) as session:
            meant = [one.id for one in ask_outside.in_scope(session, Scope())]
            asked = ask_outside.ask(session, "slack", meant, toolbox.now())
        asking.something_else_happens(office)
        return asked

    return ask


@pytest.fixture
def both_met(office: Office) -> None:
    """Two channels that met last week and count together."""
    managers.introduced(office, "C1", "C2")
    managers.meets(office.toolbox, BOTH)


@pytest.fixture
def weekly(both_met: None, fatima: Person) -> None:
    """All of it comes to C1."""
    fatima.types("weekoverzicht")
    fatima.fills_in()


@pytest.fixture
def personal(both_met: None, fatima: Person) -> None:
    """All of it comes to Fatima."""
    fatima.types("weekoverzicht")
    fatima.fills_in(to="me")


@pytest.fixture
def tuesdays(office: Office, fatima: Person, clock: Clock) -> Callable[..., None]:
    """Somebody posts an agenda each Tuesday, the last on 24 November; then it is Friday 14:00."""

    def tuesdays(*persons: Person, title: str = "Teamoverleg") -> None:
        friday = clock() + timedelta(days=3, hours=4)
        for person in persons or (fatima,):
            office.slack.invite(person.channel)
            for back in (3, 2, 1, 0):
                day = (friday - timedelta(days=3, weeks=back)).date()
                when = f"{day.day} {MONTHS[f'{day:%m}']} {day.year}"
                person.types(f"{title}, {when}\n1. Opening\n2. Lift in de Dorpsstraat")
                person.fills_in()
        clock.instant = friday

    return tuesdays


@pytest.fixture
def queue_word(office: Office) -> Callable[..., None]:
    """What is to be told on Friday becomes due for a person."""
    weeks = count(47)

    def queue_word(person: str = "UFATIMA") -> None:
        with office.toolbox.write(HERE) as session:
            now = office.toolbox.now()
            whom = people.ensure(session, "slack", person, now)
            week = f"2026-W{next(weeks)}"
            one = Occurrence(Occasion.NEXT_WEEK, whom, now, week, Came.DUE, recipient_id=whom)
            occurrence_id = occurrences.add(session, one, now)
            assert occurrence_id
            jobs.tell(session, "slack", Occasion.NEXT_WEEK, occurrence_id, whom, now)

    return queue_word


@pytest.fixture
def word_due(office: Office, queue_word: Callable[..., None]) -> Callable[[], None]:
    """The same, and it is brought."""

    def word_due() -> None:
        queue_word()
        bring(office)

    return word_due


@pytest.fixture
def sender(toolbox: Toolbox, slack: StandIn) -> Sender:
    return Sender(lambda _: client(TOKEN, slack.url), toolbox, render)


@pytest.fixture
def post(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> Post:
    """Has a meeting with these items posted, in the caller's channel or another."""

    def post(*items: str, by: Caller = caller, title: str = "Teamoverleg") -> MeetingView:
        read = agenda(*items, title=title)
        with toolbox.write(by) as session:
            view = prepare_meeting.keep(session, toolbox, by, read, settings)
            deliver.show(session, "slack", MEETING, view.id or "", toolbox.now())
        return view

    return post


@pytest.fixture
def send(toolbox: Toolbox, sender: Sender, clock: Clock) -> Callable[[], int]:
    """Sends all that is due, the channel's second after second; returns how many were due."""

    def send() -> int:
        sent = 0
        while delivery := deliver.next_delivery(toolbox, "slack"):
            sender.post(delivery)
            clock.later(seconds=1)
            sent += 1
        return sent

    return send


@pytest.fixture
def answer(toolbox: Toolbox, caller: Caller) -> Callable[[MeetingView, int, str], str]:
    def answer(meeting: MeetingView, index: int, words: str) -> str:
        item_id = meeting.items[index].id or ""
        return run_meeting.answer(toolbox, caller, item_id, Answer(words, Certainty.KNOW))

    return answer


@pytest.fixture
def job(toolbox: Toolbox, caller: Caller) -> Callable[[], Waiting]:
    """The one job there is."""

    def job() -> Waiting:
        with toolbox.read(caller) as session:
            (found,) = [one for state in JobState for one in jobs.of_state(session, state)]
        return found

    return job


def texts(slack: StandIn, channel: str = "C1") -> list[str]:
    return [message["text"] for message in slack.messages(channel)]


def render(delivery: Delivery) -> Sequence[Message]:
    """A meeting, three items to a message: says every title, question and answer."""
    view = delivery.view
    assert isinstance(view, MeetingView)
    starts = range(0, max(len(view.items), 1), ITEMS_OF_A_PART)
    return [message(view.items[start : start + ITEMS_OF_A_PART]) for start in starts]


def message(items: Sequence[ItemView]) -> Message:
    lines = [
        line
        for it in items
        for line in (
            f"{it.item.position}. {it.item.title}",
            *(question.choice.text for question in it.questions),
            *(f"| {answer.text}" for answer in it.answers),
        )
    ]
    text = "\n".join(lines)
    return Message(text, [block_kit.section(block_kit.plain(text, 3_000))])


def below(office: Office, title: str) -> list[str]:
    """What is shown below an item, up to the next."""
    lines = office.shown().splitlines()
    rest = lines[lines.index(title) + 1 :]
    return rest[: next((n for n, line in enumerate(rest) if line[:1].isdigit()), len(rest))]
