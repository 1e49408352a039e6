"""The message an agenda was read from, edited or deleted: its meeting follows it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.slack.conftest import below
from tests.slack.people import AGENDA, Office, Person
from tests.slack.workspace import BOT

Values = dict[str, Any]
FORM, COSTS = "2. Nieuw verhuisformulier", "3. Servicekosten 2027"
LONGER = AGENDA.replace("4. Rondvraag", "4. Telefoon dicht op vrijdag\n5. Rondvraag")
LOST = (
    "In je bericht herken ik de agenda niet meer. De agenda van ‘Teamoverleg’ laat ik zoals hij is."
)
GONE = "Je bericht met de agenda is weg. De agenda van ‘Teamoverleg’ laat ik zoals hij is."


@pytest.fixture
def said(office: Office, fatima: Person, ruud: Person) -> Values:
    """A message of Ruud's that Fatima made a meeting of."""
    said = ruud.says(AGENDA)
    fatima.points_at(AGENDA, **{key: said[key] for key in ("ts", "user")})
    fatima.fills_in()
    return said


def items(office: Office) -> list[str]:
    """The numbered lines of the agenda as it stands in the channel."""
    lines = office.shown().splitlines()
    return [line for line in lines if line[:1].isdigit() and line[1:3] == ". "]


def test_what_is_added_to_the_text_comes_on_the_agenda_with_a_question(
    office: Office, ruud: Person, said: Values
) -> None:
    ruud.changes(said, LONGER)

    assert len(office.slack.messages("C1")) == 2
    assert below(office, "4. Telefoon dicht op vrijdag")[0].endswith("?")
    assert "3 punten open" in office.shown()
    assert office.slack.whispers["URUUD"] == []


def test_answers_and_questions_stay_when_the_text_changes(
    office: Office, fatima: Person, ruud: Person, said: Values
) -> None:
    agenda = str(office.slack.messages("C1")[-1]["ts"])
    fatima.says("3: in mei", thread=agenda)
    asked = below(office, COSTS)
    ruud.changes(said, "Teamoverleg\n1. Opening\n2. Servicekosten 2027 (20 min)\n3. Rondvraag")

    assert FORM not in office.shown()
    assert below(office, "2. Servicekosten 2027 · 20 min") == asked
    assert "in mei – aanname" in asked


def test_what_leaves_the_text_with_an_answer_is_marked(
    office: Office, fatima: Person, ruud: Person, said: Values
) -> None:
    fatima.says("3: in mei", thread=str(office.slack.messages("C1")[-1]["ts"]))
    said = ruud.changes(said, "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Rondvraag")
    assert "\nServicekosten 2027\n_Van de agenda gehaald_\n" in office.shown(), "its number is 4's"
    assert "in mei" in office.shown()

    ruud.changes(said, AGENDA)
    assert "Van de agenda gehaald" not in office.shown()
    assert "in mei – aanname" in below(office, COSTS)


def test_a_title_that_changes_in_the_text_changes(
    office: Office, ruud: Person, said: Values
) -> None:
    asked = below(office, FORM)
    ruud.changes(said, AGENDA.replace("verhuisformulier", "verhuisformulier online"))

    assert below(office, f"{FORM} online") == asked


def test_what_people_changed_themselves_stays_theirs(
    office: Office, fatima: Person, ruud: Person
) -> None:
    said = ruud.says(AGENDA)
    fatima.points_at(AGENDA, ts=said["ts"])
    fatima.presses("", pick="Titel wijzigen", of="draft_menu:2")
    fatima.fills_in(title="Kosten voor huurders")
    fatima.presses("", pick="Weglaten", of="draft_menu:1")
    fatima.fills_in()
    assert FORM not in office.shown()
    ruud.changes(said, LONGER.replace("Servicekosten 2027", "Servicekosten 2028"))

    assert "Kosten voor huurders" in office.shown()
    assert "Servicekosten" not in office.shown()
    assert "verhuisformulier" not in office.shown()
    assert "Telefoon dicht op vrijdag" in office.shown()


def test_day_and_title_follow_unless_people_gave_another(
    office: Office, fatima: Person, ruud: Person, said: Values
) -> None:
    said = ruud.changes(said, AGENDA.replace("Teamoverleg", "Teamoverleg, 26 november 2026"))
    assert "do 26 nov" in office.shown()

    fatima.pastes_again()
    fatima.fills_in(agenda=AGENDA.replace("Teamoverleg", "Teamoverleg, 27 november 2026"))
    fatima.fills_in()
    assert "vr 27 nov" in office.shown()
    ruud.changes(said, LONGER.replace("Teamoverleg", "Teamoverleg, 30 november 2026"))
    assert "vr 27 nov" in office.shown()
    assert "Telefoon dicht op vrijdag" in office.shown()


def test_an_edit_that_changes_no_line_changes_nothing(
    office: Office, ruud: Person, said: Values
) -> None:
    updates, before = len(office.slack.called("chat.update")), office.shown()
    ruud._changed("message_changed", message=said | {"attachments": [{"text": "1. Nieuws"}]})
    said = ruud.changes(said, AGENDA)
    said = ruud.changes(said, AGENDA, attachments=[{"from_url": "https://x.nl", "text": "1. X"}])

    assert office.shown() == before
    assert len(office.slack.called("chat.update")) == updates


def test_an_older_edit_that_comes_later_never_wins(
    office: Office, ruud: Person, said: Values
) -> None:
    first = said | {"text": AGENDA, "edited": {"user": "URUUD", "ts": "1795000099.000000"}}
    ruud.changes(said, LONGER)
    office.deliveries = 3
    ruud._changed("message_changed", message=first, previous_message=said)

    assert "Telefoon dicht op vrijdag" in office.shown()


def test_four_deliveries_are_one_edit(office: Office, ruud: Person, said: Values) -> None:
    office.deliveries = 4
    ruud.changes(said, LONGER)
    ruud.changes(said, "Vervalt")

    assert len(items(office)) == len(set(items(office)))
    assert office.shown().count("Telefoon dicht op vrijdag") == 1
    assert len(office.slack.whispers["URUUD"]) == 1


@pytest.mark.parametrize(
    "text", ["Vervalt", "Het overleg gaat niet door.", "", "1. Koffie\n2. Thee"]
)
def test_where_the_agenda_is_not_recognised_it_stays_and_the_writer_is_told_once(
    office: Office, ruud: Person, said: Values, text: str
) -> None:
    before = office.shown()
    said = ruud.changes(said, text)
    said = ruud.changes(said, f"{text} sorry")
    assert office.shown() == before
    assert ruud.heard == f"{LOST} Iets wijzigen? Kies daar ⋯ en ‘Wijzig de agenda’."
    assert len(office.slack.whispers["URUUD"]) == 1

    said = ruud.changes(said, LONGER)
    assert "Telefoon dicht op vrijdag" in office.shown()
    ruud.changes(said, "Vervalt")
    assert len(office.slack.whispers["URUUD"]) == 2


@pytest.mark.parametrize("how", ["deleted", "with replies"])
def test_where_the_message_is_gone_the_agenda_stays_and_the_writer_is_told(
    office: Office, ruud: Person, said: Values, how: str
) -> None:
    before = office.shown()
    if how == "deleted":
        ruud.deletes(said)
    else:
        grave = {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
        now = grave | {"ts": said["ts"], "thread_ts": said["ts"]}
        ruud._changed("message_changed", message=now, previous_message=said)
    ruud.changes(said, LONGER)

    assert office.shown() == before
    assert ruud.heard.startswith(GONE)
    assert len(office.slack.whispers["URUUD"]) == 1
    assert office.slack.whispers["USLACKBOT"] == []


def test_a_closed_meeting_does_not_change(
    office: Office, fatima: Person, ruud: Person, said: Values
) -> None:
    fatima.says("3: in mei", thread=str(office.slack.messages("C1")[-1]["ts"]))
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    said = ruud.changes(said, LONGER)
    agenda = office.slack.messages("C1")[1]
    assert "Telefoon" not in agenda["text"]

    fatima.presses("", pick="Open het overleg weer")
    ruud.changes(said, f"{LONGER}.")
    assert "Telefoon dicht op vrijdag" in office.slack.messages("C1")[1]["text"]


def test_an_app_that_edits_its_own_agenda_is_followed_and_not_whispered_to(
    office: Office, fatima: Person
) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": AGENDA}}
    said: Values = {"type": "message", "subtype": "bot_message", "bot_id": "B7", "text": "Agenda"}
    said |= {"ts": "1795000001.000001", "user": "UROBOT", "blocks": [block]}
    fatima.points_at("Agenda", **{key: said[key] for key in said if key != "text"})
    fatima.fills_in()
    block = {"type": "section", "text": {"type": "mrkdwn", "text": LONGER}}
    edited = {"edited": {"user": "B7", "ts": "1795000300.000000"}, "blocks": [block]}
    fatima._changed("message_changed", message=said | edited, previous_message=said)
    assert "Telefoon dicht op vrijdag" in office.shown()

    edited = {"edited": {"user": "B7", "ts": "1795000400.000000"}, "blocks": []}
    fatima._changed("message_changed", message=said | edited, previous_message=said)
    assert "Telefoon dicht op vrijdag" in office.shown()
    assert not any(office.slack.whispers.values())


def test_a_message_of_ours_is_never_a_source(office: Office, fatima: Person) -> None:
    fatima.points_at(AGENDA, user=BOT)
    fatima.fills_in()
    with office.toolbox.database.read(
        next(iter(office.toolbox.database.workspaces()))[0]
    ) as session:
        assert session.rows("select 1 from agenda_sources where workspace_id = :workspace_id") == []


def test_what_the_message_says_besides_is_not_kept(
    office: Office, fatima: Person, ruud: Person
) -> None:
    said = ruud.says(f"Een kanarie vooraf.\n\n{AGENDA}")
    fatima.points_at(said["text"], ts=said["ts"])
    fatima.fills_in()
    ruud.changes(said, f"Een kanarie vooraf.\n\n{LONGER}")
    with office.toolbox.database.read(
        next(iter(office.toolbox.database.workspaces()))[0]
    ) as session:
        ((kept,),) = session.rows(
            "select reading from agenda_sources where workspace_id = :workspace_id"
        )

    assert "Telefoon dicht op vrijdag" in kept
    assert "kanarie" not in json.dumps(json.loads(kept), ensure_ascii=False)
