"""How often talk named the customer, among its own channel's figures: of days that are over."""

from __future__ import annotations

import pytest

from bot.domain.dates import Span, parse_period
from bot.domain.view import Scope
from bot.surfaces.terminal import as_json
from bot.usecases import make_managers_digest
from bot.usecases.toolbox import Caller
from tests.slack.people import AGENDA, Office, Person
from tests.slack.talking import NAMING, OTHER, switch
from tests.slack.test_weeks import comes, weeks
from tests.slack.workspace import BOT, TEAM
from tests.surfaces.slack.drawing import drawn

SAID = "Informeel: in 1 van de 3 berichten hier werd de huurder genoemd."


@pytest.fixture
def talked(office: Office, fatima: Person) -> None:
    """Tuesday: a meeting that was closed, and three messages, one about the tenant."""
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types("instellingen")
    fatima.fills_in(sector="de huurder", talk=True)
    fatima.types(AGENDA)
    fatima.fills_in()
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    for text in (NAMING, OTHER, OTHER):
        fatima.says(text)


def lines(person: Person) -> list[str]:
    person.types("cijfers")
    return person.heard.splitlines()


def informal(person: Person) -> list[str]:
    return [line for line in lines(person) if line.startswith("Informeel")]


def test_a_day_that_is_over_is_told_and_today_is_not(
    office: Office, fatima: Person, talked: None
) -> None:
    assert informal(fatima) == []
    office.clock.later(hours=13)  # 23:00 in Amsterdam
    assert informal(fatima) == []
    office.clock.later(hours=2)
    fatima.says(NAMING)

    assert informal(fatima) == [SAID]


def test_a_day_begins_where_the_channel_is(office: Office, fatima: Person, talked: None) -> None:
    office.clock.later(hours=14, minutes=1)  # past midnight in Amsterdam, not yet in UTC

    assert informal(fatima) == [SAID]


def test_the_week_before_has_its_own(office: Office, fatima: Person, talked: None) -> None:
    office.clock.later(weeks=1)
    assert informal(fatima) == []
    fatima.presses("Vorige week")

    assert SAID in fatima.heard
    fatima.presses("Dit kwartaal")
    assert SAID in fatima.heard


def test_how_it_was_counted_stands_below_it(office: Office, fatima: Person, talked: None) -> None:
    assert any(
        line.startswith("Geteld per agendapunt, nooit per persoon.") for line in lines(fatima)
    )
    office.clock.later(days=1)
    *_, footnote, _ = lines(fatima)

    assert footnote.startswith(
        "Geteld per agendapunt en per bericht, nooit per persoon. Lees ik de huurder in een titel,"
        " notitie of bericht, dan klopt dat ongeveer"
    )


def test_details_have_the_share_and_its_margin(
    office: Office, fatima: Person, talked: None
) -> None:
    office.clock.later(days=1)
    fatima.types("cijfers")
    fatima.presses("Details")

    assert fatima.form is not None
    shown = drawn(fatima.form)
    assert "Berichten hier" in shown
    assert "1 van 3 (33%, toeval meegerekend 6 tot 79%); vandaag telt nog niet mee" in shown


def test_what_is_shared_says_it_as_it_was_seen_though_people_talk_on(
    office: Office, fatima: Person, talked: None
) -> None:
    office.clock.later(days=1)
    fatima.types("cijfers")
    fatima.says(NAMING)
    fatima.presses("Deel in het kanaal")

    assert SAID in str(office.slack.messages("C1")[-1]["text"])


def test_the_week_that_comes_by_itself_has_it(office: Office, talked: None) -> None:
    office.clock.later(days=5, hours=23)  # Monday, 09:00 in Amsterdam
    comes(office)

    (message,) = weeks(office)
    assert SAID in message["text"].splitlines()


def test_a_week_without_a_meeting_has_only_this(
    office: Office, fatima: Person, talked: None
) -> None:
    office.clock.later(weeks=1)
    fatima.says(NAMING)
    office.clock.later(days=1)

    assert lines(fatima)[1] == "Informeel: in 1 van 1 bericht hier werd de huurder genoemd."


def test_it_leaves_the_channel_nowhere(office: Office, fatima: Person, talked: None) -> None:
    office.clock.later(weeks=2)
    week = parse_period(Span.WEEK, "2026-W48")
    caller = Caller("slack", TEAM, "C1", "UFATIMA")
    digest = make_managers_digest.make_managers_digest(office.toolbox, caller, week, Scope(), "nl")

    told = str(as_json.managers_digest(digest))
    assert "messages" not in told
    assert "naming" not in told


def test_where_it_is_off_nothing_is_said(office: Office, fatima: Person, talked: None) -> None:
    switch(fatima, on=False)
    fatima.says(NAMING)
    office.clock.later(weeks=1)
    fatima.says(NAMING)
    office.clock.later(days=1)

    assert informal(fatima) == []
