"""Answers in forms and by one tap: whole, below their own item, and changed by who gave them."""

from __future__ import annotations

import pytest

from bot.storage import answers
from bot.usecases.toolbox import Caller
from tests.slack.people import Office, Person

AGENDA = "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027\n4. Rondvraag"
CHANGE = "Wijzig of wis mijn antwoord"


@pytest.fixture
def fatima(office: Office) -> Person:
    return Person(office, "UFATIMA")


@pytest.fixture
def ruud(office: Office) -> Person:
    return Person(office, "URUUD")


@pytest.fixture
def posted(office: Office, fatima: Person) -> str:
    """A posted agenda; returns the ts of its message."""
    fatima.types(AGENDA)
    fatima.fills_in()
    return str(office.slack.messages("C1")[-1]["ts"])


def kept(office: Office) -> list[str]:
    """The texts of all answers, in the order of their items."""
    with office.toolbox.read(Caller("slack", "T1", "C1", "U1")) as session:
        rows = session.rows(
            "select items.id from items where workspace_id = :workspace_id order by rank"
        )
        return [given.text for row in rows for _, given in answers.of_item(session, str(row[0]))]


def test_an_answer_that_no_field_can_hold_stays_whole(
    office: Office, fatima: Person, posted: str
) -> None:
    long = "woord " * 600 + "EINDE"
    said = fatima.says(f"2: {long}", thread=posted)
    fatima.presses("", pick=CHANGE)
    assert "Wijzig je bericht in de draad" in str(fatima.form)
    fatima.fills_in(changed=True, certainty="know")

    assert kept(office) == [long]
    assert "dat weten we, besluit gewijzigd" in office.shown()
    fatima.changes(said, "2: kort")
    assert kept(office) == ["kort"]


def test_words_left_as_they_were_do_not_undo_what_changed_meanwhile(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: in mei", thread=posted)
    fatima.presses("", pick=CHANGE)
    fatima.changes(said, "2: in juni")
    fatima.fills_in(certainty="know")

    assert "in juni – dat weten we" in office.shown()


def test_the_newest_of_many_own_answers_can_be_changed(
    office: Office, fatima: Person, posted: str
) -> None:
    for n in range(12):
        fatima.says(f"2: antwoord {n}", thread=posted)
    fatima.presses("", pick=CHANGE)

    fields = [b["element"] for b in (fatima.form or {})["blocks"] if b["type"] == "input"]
    shown = [f["initial_value"] for f in fields if f["type"] == "plain_text_input"]
    assert shown == [f"antwoord {n}" for n in range(11, 2, -1)]
    assert "En nog 3 oudere antwoorden van jou" in str(fatima.form)


def test_the_reason_of_a_not_applicable_is_changed_by_who_gave_it(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.presses("3", of="not_applicable")
    ruud.presses("", pick=CHANGE)
    assert "heb je nog geen antwoord gegeven" in ruud.heard
    fatima.presses("", pick=CHANGE)
    fatima.fills_in(text="is al besloten")
    assert "N.v.t.: is al besloten" in office.shown()
    fatima.presses("", pick=CHANGE)
    fatima.fills_in(text="")

    assert "N.v.t.: reden volgt nog" in office.shown()


def test_every_answer_can_be_read_also_after_closing(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    for n in range(3):
        fatima.says(f"2: antwoord {n}", thread=posted)
    fatima.says("3: kort", thread=posted)
    ruud.presses("", pick="Lees alle antwoorden", of="item_menu")
    before = str((ruud.form or {})["blocks"])
    assert all(f"antwoord {n} – aanname" in before for n in range(3))
    office.slack.forms["URUUD"].clear()
    fatima.presses("Sluit overleg af")
    ruud.presses("", pick="Lees alle antwoorden", of="item_menu")

    assert str((ruud.form or {})["blocks"]) == before


def test_no_question_disappears_while_others_are_answered(
    office: Office, fatima: Person, posted: str
) -> None:
    questions = [line for line in office.shown().splitlines() if line.endswith("?")]
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")
    fatima.says("3: in mei", thread=posted)

    assert [line for line in office.shown().splitlines() if line.endswith("?")] == questions
