"""What is said to one person reaches them, once; what they type is understood."""

from __future__ import annotations

import pytest

from bot.surfaces.slack.names import Form
from tests.slack.people import AGENDA, Office, Person


def test_a_response_url_that_is_used_up_costs_nobody_an_answer(
    office: Office, fatima: Person
) -> None:
    fatima.types(AGENDA)
    fatima.fills_in()
    office.slack.hooks_used_up = True
    fatima.presses("3", of="not_applicable")

    assert "Mag ik weten waarom?" in fatima.heard
    assert len(office.slack.called("chat.postEphemeral")) == 1


def test_what_can_not_be_told_stands_in_the_log(
    office: Office, fatima: Person, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.hooks_used_up = True
    office.slack.members.clear()
    fatima.types("hulp")

    assert office.slack.whispers["UFATIMA"] == []
    record = caplog.records[-1]
    assert (record.getMessage(), vars(record)["code"]) == ("not told", "not_in_channel")


@pytest.mark.parametrize("words", ["hulp", "zomaar iets", "cijfers"])
def test_a_command_that_comes_four_times_is_answered_once(
    office: Office, fatima: Person, words: str
) -> None:
    office.deliveries = 4
    fatima.types(words)

    assert len(office.slack.whispers["UFATIMA"]) == 1


def test_figures_that_were_asked_for_by_a_button_come_once(office: Office, fatima: Person) -> None:
    fatima.types("hulp")
    office.deliveries = 4
    fatima.presses("Cijfers van deze week")

    assert len(office.slack.whispers["UFATIMA"]) == 2


def test_a_refusal_that_comes_four_times_is_said_once(office: Office, fatima: Person) -> None:
    office.deliveries = 4
    office.slack.members.clear()
    fatima.types(AGENDA)
    fatima.points_at(AGENDA)

    assert len(office.slack.whispers["UFATIMA"]) == 2


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("instellingen", Form.SETTINGS),
        ("Settings", Form.SETTINGS),
        ("instelling", Form.SETTINGS),
        ("plak", Form.AGENDA),
        ("paste", Form.AGENDA),
        ("weekoverzicht", Form.SUBSCRIPTION),
        ("overzicht", Form.SUBSCRIPTION),
        ("maandoverzicht", Form.SUBSCRIPTION),
        ("digest", Form.SUBSCRIPTION),
    ],
)
def test_a_word_opens_its_form(office: Office, fatima: Person, words: str, form: Form) -> None:
    fatima.types(words)

    assert fatima.form is not None, fatima.heard
    assert fatima.form["callback_id"] == form


def test_figures_are_understood_when_nearly_spelled_so(office: Office, fatima: Person) -> None:
    for words in ("cijfer", "figure", "Cijfers"):
        fatima.types(words)
        assert "nog geen overleg om te tellen" in fatima.heard


@pytest.mark.parametrize("words", ["lunch", "nieuws", "klacht", "verhuizing", "wat kun je"])
def test_a_word_like_none_it_knows_gets_help(office: Office, fatima: Person, words: str) -> None:
    fatima.types(words)

    assert f"‘{words}’ ken ik niet" in fatima.heard
    assert (
        "Kies: Plak een agenda, Wat loopt er nu, Cijfers van deze week, Instellingen."
        in fatima.heard
    )
    assert "Cijfers van meer kanalen samen" in fatima.heard
    assert "Typ /klantvraag weekoverzicht." in fatima.heard
    assert fatima.form is None


@pytest.mark.parametrize("channel", ["D1", "DFATIMA"])
def test_in_a_direct_message_nobody_is_asked_to_invite_it(office: Office, channel: str) -> None:
    there = Person(office, "UFATIMA", channel)
    there.types(AGENDA)
    assert there.heard.startswith("Ik werk alleen in een kanaal")
    there.points_at(AGENDA)
    assert "/invite" not in there.heard
    assert there.form is None


def test_neither_in_a_conversation_of_a_few(office: Office, fatima: Person) -> None:
    body = fatima._body("message_action") | {"callback_id": "add_questions"}
    body["channel"] = {"id": "G1", "name": "mpdm-fatima--ruud-1"}
    office.deliver(body | {"message": {"text": AGENDA, "ts": "1.1"}})

    assert fatima.heard.startswith("Ik werk alleen in een kanaal")


def test_who_hears_it_hears_what_can_be_chosen(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    assert "Kies: Noem jullie klant." in office.shown()
    fatima.fills_in()
    fatima.presses("3", of="not_applicable")

    assert "Kies: Raakt de klant niet, Vraag past niet, Anders…, Maak ongedaan." in fatima.heard
