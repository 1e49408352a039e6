"""A word to one person about next week, through the real app: told, acted on, ended."""

from __future__ import annotations

import pytest

from bot.domain.schedule import Came
from bot.storage.jobs import JobState
from bot.usecases import come_due
from tests.conftest import Clock
from tests.slack.at_home import AtHome
from tests.slack.next_week import bring, came, job, knows_when, told
from tests.slack.people import Office, Person

STOP, PASTE = "Stuur dit niet meer", "Plak een agenda"
BOX = "Laat me weten als er voor volgende week"


@pytest.fixture
def talk(office: Office) -> Person:
    """Fatima in her talk with us."""
    return Person(office, "UFATIMA", "DUFATIMA")


def test_who_posted_the_last_agenda_reads_of_which_meeting_none_is_prepared(
    office: Office, tuesdays, word_due
) -> None:
    tuesdays()
    word_due()

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
    office: Office, tuesdays, clock: Clock
) -> None:
    knows_when(office)
    tuesdays()
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
    office: Office, tuesdays, clock: Clock
) -> None:
    knows_when(office)
    tuesdays()
    counts = []
    for _ in range(4):
        come_due.come_due(office.toolbox, "slack")
        bring(office)
        counts.append(len(told(office)))
        clock.later(days=7, minutes=1)

    assert counts == [1, 2, 2, 2]


def test_all_their_series_come_in_one_message(
    office: Office, fatima: Person, tuesdays, word_due
) -> None:
    tuesdays(fatima, Person(office, "UFATIMA", "C2"))
    word_due()

    (message,) = told(office)
    assert message["text"].startswith("Deze overleggen hebben")
    assert [f"<#{place}>" in message["text"] for place in ("C1", "C2")] == [True, True]


def test_one_tap_opens_the_form_of_that_channel(
    office: Office, talk: Person, tuesdays, word_due
) -> None:
    tuesdays()
    word_due()

    talk.presses(PASTE)
    talk.fills_in(agenda="Teamoverleg, 1 december 2026\n1. Opening\n2. Nieuwe huismeester")
    talk.fills_in()

    assert "Nieuwe huismeester" in office.shown("C1")
    assert len(told(office)) == 1


def test_who_left_the_channel_meanwhile_gets_no_form(
    office: Office, talk: Person, tuesdays, word_due
) -> None:
    tuesdays()
    word_due()
    office.slack.people["C1"].remove("UFATIMA")

    talk.presses(PASTE)

    assert talk.form is None
    assert "niet meer in dat kanaal" in talk.heard


def test_one_tap_ends_it_for_good_and_home_begins_again(
    office: Office, talk: Person, fatima: Person, tuesdays, word_due, clock: Clock
) -> None:
    tuesdays()
    word_due()
    talk.presses(STOP)

    (message,) = told(office)
    assert message["text"].startswith("Hierover stuur ik je niets meer.")
    assert STOP not in str(message["blocks"])

    clock.later(seconds=1)
    word_due()
    assert len(told(office)) == 1

    home = AtHome(fatima)
    home.opens()
    assert f"☐ {BOX}" in home.shown
    home.ticks(BOX)
    assert f"☑ {BOX}" in home.shown
    clock.later(seconds=1)
    word_due()
    assert len(told(office)) == 2

    home.ticks(BOX, on=False)
    assert f"☐ {BOX}" in home.shown
    home.presses("Wat bewaar je van mij?")
    assert "dat je niets wilt horen over agenda's van volgende week" in str(fatima.form)
    assert "3 berichten die ik alleen voor jou maakte" in str(fatima.form)


@pytest.mark.parametrize("deliveries", [2])
def test_a_tap_that_slack_brings_twice_is_one(
    office: Office, talk: Person, tuesdays, word_due, deliveries: int
) -> None:
    tuesdays()
    word_due()
    office.deliveries = deliveries
    talk.presses(STOP)

    assert len(office.slack.called("chat.update")) == 1


def test_only_channels_they_are_in_now_are_named(
    office: Office, fatima: Person, tuesdays, word_due
) -> None:
    tuesdays(fatima, Person(office, "UFATIMA", "C2"))
    office.slack.people["C2"].remove("UFATIMA")
    word_due()

    (message,) = told(office)
    assert "<#C1>" in message["text"]
    assert "C2" not in str(message)
