"""A word to one person about next week, through the real app: told, acted on, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.schedule import Came, Occasion
from bot.storage import jobs, occurrences, people
from bot.storage.jobs import JobState
from bot.storage.occurrences import Occurrence
from bot.usecases import check_messages, come_due, deliver
from bot.usecases.toolbox import Caller
from tests.conftest import Clock
from tests.slack.at_home import AtHome
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault, Refused, Values
from tests.slack.workspace import ALL, TEAM

HERE = Caller("slack", TEAM, "", "")
MONTHS = {"10": "oktober", "11": "november", "12": "december"}
STOP, PASTE = "Stuur dit niet meer", "Plak een agenda"
BOX = "Laat me weten als er voor volgende week"


@pytest.fixture
def talk(office: Office) -> Person:
    """Fatima in her talk with us."""
    return Person(office, "UFATIMA", "DUFATIMA")


@pytest.fixture
def weekly(office: Office, fatima: Person, clock: Clock) -> Callable[..., None]:
    """Somebody posts an agenda each Tuesday, the last on 24 November; then it is Friday 14:00."""

    def weekly(*persons: Person, title: str = "Teamoverleg") -> None:
        friday = clock() + timedelta(days=3, hours=4)
        for person in persons or (fatima,):
            office.slack.invite(person.channel)
            for back in (3, 2, 1, 0):
                day = (friday - timedelta(days=3, weeks=back)).date()
                when = f"{day.day} {MONTHS[f'{day:%m}']} {day.year}"
                person.types(f"{title}, {when}\n1. Opening\n2. Lift in de Dorpsstraat")
                person.fills_in()
        clock.instant = friday

    return weekly


@pytest.fixture
def queue(office: Office) -> Callable[..., None]:
    """What is to be told on Friday becomes due for a person."""
    weeks = count(47)

    def queue(person: str = "UFATIMA") -> None:
        with office.toolbox.write(HERE) as session:
            now = office.toolbox.now()
            whom = people.ensure(session, "slack", person, now)
            week = f"2026-W{next(weeks)}"
            one = Occurrence(Occasion.NEXT_WEEK, whom, now, week, Came.DUE, recipient_id=whom)
            occurrence_id = occurrences.add(session, one, now)
            assert occurrence_id
            jobs.tell(session, "slack", Occasion.NEXT_WEEK, occurrence_id, whom, now)

    return queue


@pytest.fixture
def due(office: Office, queue: Callable[..., None]) -> Callable[[], None]:
    """The same, and it is brought."""

    def due() -> None:
        queue()
        bring(office)

    return due


def bring(office: Office) -> None:
    while found := deliver.next_delivery(office.toolbox, "slack"):
        office.sender.post(found)
        office.clock.later(seconds=1)


def knows_when(office: Office) -> None:
    """The clock has looked in this workspace before."""
    office.toolbox.once(HERE)
    come_due.come_due(office.toolbox, "slack")


def job(office: Office) -> tuple[JobState, str | None]:
    with office.toolbox.read(HERE) as session:
        found = [one for state in JobState for one in jobs.of_state(session, state)]
    (mine,) = (one for one in found if one.kind == Occasion.NEXT_WEEK)
    return mine.state, mine.reason


def came(office: Office) -> tuple[Came, str | None]:
    """What became of Fatima's."""
    with office.toolbox.read(HERE) as session:
        whom = people.find(session, "slack", "UFATIMA") or ""
        one = occurrences.latest(session, Occasion.NEXT_WEEK, whom, 1)[0]
    return one.state, one.reason


def told(office: Office) -> list[Values]:
    return office.slack.messages("DUFATIMA")


def test_who_posted_the_last_agenda_reads_of_which_meeting_none_is_prepared(
    office: Office, weekly, due
) -> None:
    weekly()
    due()

    (message,) = told(office)
    assert message["text"].splitlines() == [
        "Dit overleg heeft voor volgende week nog geen agenda.",
        "Teamoverleg: <#C1> · vorige keer di 24 nov",
        "Je hoort dit omdat jij de vorige agenda plaatste. Gaat het niet door? Dan hoef je niets te"
        " doen.",
        "Kies: Plak een agenda, Stuur dit niet meer.",
    ]
    assert job(office) == (JobState.DONE, None)
    assert came(office) == (Came.TOLD, None)


def test_the_clock_brings_it_on_friday_at_two_and_once(
    office: Office, weekly, clock: Clock
) -> None:
    knows_when(office)
    weekly()
    clock.later(seconds=-1)
    come_due.come_due(office.toolbox, "slack")
    bring(office)
    assert told(office) == []

    clock.later(seconds=1)
    for _ in range(3):
        come_due.come_due(office.toolbox, "slack")
        bring(office)
        clock.later(hours=20)

    assert len(told(office)) == 1
    assert came(office) == (Came.TOLD, None)


def test_next_week_it_comes_once_more_and_then_the_series_came_to_an_end(
    office: Office, weekly, clock: Clock
) -> None:
    knows_when(office)
    weekly()
    counts = []
    for _ in range(4):
        come_due.come_due(office.toolbox, "slack")
        bring(office)
        counts.append(len(told(office)))
        clock.later(days=7, minutes=1)

    assert counts == [1, 2, 2, 2]


def test_all_their_series_come_in_one_message(office: Office, fatima: Person, weekly, due) -> None:
    weekly(fatima, Person(office, "UFATIMA", "C2"))
    due()

    (message,) = told(office)
    assert message["text"].startswith("Deze overleggen hebben")
    assert [f"<#{place}>" in message["text"] for place in ("C1", "C2")] == [True, True]


def test_one_tap_opens_the_form_of_that_channel(office: Office, talk: Person, weekly, due) -> None:
    weekly()
    due()

    talk.presses(PASTE)
    talk.fills_in(agenda="Teamoverleg, 1 december 2026\n1. Opening\n2. Nieuwe huismeester")
    talk.fills_in()

    assert "Nieuwe huismeester" in office.shown("C1")
    assert len(told(office)) == 1


def test_who_left_the_channel_meanwhile_gets_no_form(
    office: Office, talk: Person, weekly, due
) -> None:
    weekly()
    due()
    office.slack.people["C1"].remove("UFATIMA")

    talk.presses(PASTE)

    assert talk.form is None
    assert "niet meer in dat kanaal" in talk.heard


def test_one_tap_ends_it_for_good_and_home_begins_again(
    office: Office, talk: Person, fatima: Person, weekly, due, clock: Clock
) -> None:
    weekly()
    due()
    talk.presses(STOP)

    (message,) = told(office)
    assert message["text"].startswith("Hierover stuur ik je niets meer.")
    assert STOP not in str(message["blocks"])

    clock.later(seconds=1)
    due()
    assert len(told(office)) == 1

    home = AtHome(fatima)
    home.opens()
    assert f"☐ {BOX}" in home.shown
    home.ticks(BOX)
    assert f"☑ {BOX}" in home.shown
    clock.later(seconds=1)
    due()
    assert len(told(office)) == 2

    home.ticks(BOX, on=False)
    assert f"☐ {BOX}" in home.shown
    home.presses("Wat bewaar je van mij?")
    assert "dat je niets wilt horen over agenda's van volgende week" in str(fatima.form)
    assert "3 berichten die ik alleen voor jou maakte" in str(fatima.form)


@pytest.mark.parametrize("deliveries", [2])
def test_a_tap_that_slack_brings_twice_is_one(
    office: Office, talk: Person, weekly, due, deliveries: int
) -> None:
    weekly()
    due()
    office.deliveries = deliveries
    talk.presses(STOP)

    assert len(office.slack.called("chat.update")) == 1


def test_only_channels_they_are_in_now_are_named(
    office: Office, fatima: Person, weekly, due
) -> None:
    weekly(fatima, Person(office, "UFATIMA", "C2"))
    office.slack.people["C2"].remove("UFATIMA")
    due()

    (message,) = told(office)
    assert "<#C1>" in message["text"]
    assert "C2" not in str(message)


def leaves(office: Office) -> None:
    office.slack.people["C1"].remove("UFATIMA")


def is_archived(office: Office) -> None:
    office.slack.archived.add("C1")


def goes(office: Office) -> None:
    office.slack.deactivated.add("UFATIMA")


def is_of_others(office: Office) -> None:
    office.slack.homes["UFATIMA"] = "TELSEWHERE"


@pytest.mark.parametrize("what", [leaves, is_archived, goes, is_of_others])
def test_who_is_not_there_any_more_is_told_nothing(
    office: Office, weekly, due, what: Callable[[Office], None]
) -> None:
    weekly()
    what(office)
    due()

    assert told(office) == []
    assert job(office) == (JobState.DONE, "not_here")
    assert came(office) == (Came.NOTHING, "not_here")
    assert check_messages.undelivered(office.toolbox.config.database) == []


@pytest.mark.parametrize("method", ["users.info", "users.conversations"])
@pytest.mark.parametrize("error", ["internal_error", "ratelimited"])
def test_when_slack_does_not_say_who_is_there_it_is_told_a_little_later(
    office: Office, weekly, due, clock: Clock, method: str, error: str
) -> None:
    def refuse() -> None:
        raise Refused(error)

    weekly()
    office.slack.meanwhile[method] = refuse
    due()
    clock.later(seconds=2)
    bring(office)

    assert len(told(office)) == 1


def test_lookups_that_are_limited_hold_up_nothing_else(
    office: Office, fatima: Person, weekly, queue
) -> None:
    def refuse() -> None:
        office.slack.meanwhile["users.conversations"] = refuse
        raise Refused("ratelimited")

    weekly(fatima, Person(office, "URUUD", "C2"))
    queue("UFATIMA")
    queue("URUUD")
    before = len(office.slack.called("chat.postMessage"))
    with pytest.raises(Refused):
        refuse()
    while found := deliver.next_delivery(office.toolbox, "slack"):
        office.sender.post(found)
    office.slack.meanwhile.clear()
    fatima.types("Directie\n1. Opening\n2. Begroting 2027")
    fatima.fills_in()

    assert "Begroting 2027" in office.slack.called("chat.postMessage")[before]["text"]


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
@pytest.mark.parametrize("scopes", [ALL, ALL - {"im:history"}])
def test_it_is_told_once_or_visibly_not(
    office: Office, weekly, due, clock: Clock, fault: Fault, scopes: frozenset[str]
) -> None:
    weekly()
    office.slack.scopes["xoxb-test"] = scopes
    office.slack.faults.append(fault)
    due()
    clock.later(seconds=5)
    bring(office)

    if scopes == ALL:
        assert len(told(office)) == 1
        assert job(office) == (JobState.DONE, None)
    else:
        assert len(told(office)) <= 1
        (found,) = check_messages.undelivered(office.toolbox.config.database)
        assert (found.state, found.reason) == ("unknown", "missing_scope")
