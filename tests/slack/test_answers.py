"""Answers in forms and by one tap: whole, below their own item, and changed by who gave them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.storage import answers
from bot.usecases.toolbox import Caller
from tests.slack.people import AGENDA, Office, Person
from tests.slack.workspace import TEAM

CHANGE = "Wijzig of wis mijn antwoord"


def kept(office: Office) -> list[str]:
    """The texts of all answers, in the order of their items."""
    with office.toolbox.read(Caller("slack", TEAM, "C1", "U1")) as session:
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


def test_a_reason_without_words_is_not_quoted(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("2")
    fatima.presses("Anders…")
    fatima.fills_in(text=" ")

    assert fatima.heard.startswith("2. Nieuw verhuisformulier: n.v.t. genoteerd.")


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
    fatima.fills_in()
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


def old_button(office: Office, position: str) -> dict[str, Any]:
    """The n/a button of an item as the agenda was first posted."""
    (first,) = office.slack.called("chat.postMessage")[-1:]
    elements = [e for b in first["blocks"] if b["type"] == "actions" for e in b["elements"]]
    return next(e for e in elements if (e.get("text") or {}).get("text") == position)


def taps(person: Person, button: dict[str, Any]) -> None:
    """Press what was on the screen before."""
    person.office.deliver(person._body("block_actions") | {"actions": [button]})


def test_who_taps_not_applicable_where_another_did_can_not_undo_it(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    old = old_button(office, "2")
    fatima.presses("2", of="not_applicable")
    fatima.presses("Raakt de klant niet")
    taps(ruud, old)

    assert ruud.heard == "2. Nieuw verhuisformulier: n.v.t. was al genoteerd."
    assert "actions" not in str(office.slack.whispers["URUUD"][-1]["blocks"])
    assert "N.v.t.: raakt de klant niet" in office.shown()
    taps(fatima, old)
    fatima.presses("Maak ongedaan")
    assert "staat weer open" in fatima.heard


def test_nobody_changes_anothers_not_applicable_by_a_button(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.presses("2", of="not_applicable")
    whisper = office.slack.whispers["UFATIMA"][-1]
    for button in whisper["blocks"][-1]["elements"]:
        if not button["action_id"].startswith("other_reason"):
            taps(ruud, button)
            assert "is van een ander" in ruud.heard

    assert "N.v.t.: reden volgt nog" in office.shown()


def test_an_item_is_said_to_be_open_again_only_when_it_is(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    old = old_button(office, "2")
    ruud.says("2: Minder gedoe", thread=posted)
    taps(fatima, old)
    fatima.presses("Maak ongedaan")

    assert fatima.heard == "2. Nieuw verhuisformulier: n.v.t. is weer weg."


def test_undoing_comes_twice_and_is_told_once(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("2", of="not_applicable")
    office.deliveries = 2
    fatima.presses("Maak ongedaan")

    assert "staat weer open" in fatima.heard
    assert len(office.slack.called("response_url")) == 2


def test_a_typed_reason_takes_the_place_of_the_buttons_that_asked_for_one(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("2", of="not_applicable")
    fatima.presses("Anders…")
    fatima.fills_in(text="is al besloten")

    whisper = office.slack.whispers["UFATIMA"][-1]
    assert whisper["replace_original"] is True
    assert "n.v.t. genoteerd, want: is al besloten." in fatima.heard
    labels = [button["text"]["text"] for button in whisper["blocks"][-1]["elements"]]
    assert labels == ["Maak ongedaan"]


def test_a_typed_reason_is_not_said_to_be_lost_when_the_whisper_is_out_of_reach(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("2", of="not_applicable")
    fatima.presses("Anders…")
    assert fatima.form is not None
    about = json.loads(fatima.form["private_metadata"])
    fatima.form["private_metadata"] = json.dumps(about | {"whisper": "http://127.0.0.1:1/hook"})
    fatima.fills_in(text="is al besloten")

    assert "N.v.t.: is al besloten" in office.shown()
    assert "ging iets mis" not in fatima.heard


NEW_FORM = AGENDA.replace("Nieuw verhuisformulier", "{}")


@pytest.mark.parametrize(
    ("title", "refused"),
    [("Personeelsuitje", True), ("Nieuw verhuisformulier 2027", False), ("Opzeggen", True)],
)
def test_an_answer_does_not_land_below_another_subject(
    office: Office, fatima: Person, ruud: Person, posted: str, title: str, refused: bool
) -> None:
    ruud.presses("Antwoord")
    fatima.types(NEW_FORM.format(title))
    fatima.fills_in()
    said = ruud.fills_in(text="Minder gedoe")

    assert (said.get("response_action") == "errors") is refused
    assert ("Minder gedoe" in office.shown()) is not refused
    if refused:
        assert f"Dit punt heet nu ‘{title}’" in next(iter(said["errors"].values()))
        assert ruud.form is not None
