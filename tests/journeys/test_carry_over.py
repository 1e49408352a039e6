"""Carried over in Slack: left open last week, ticked in the preview, on this week's agenda."""

from __future__ import annotations

import json

import pytest

from bot.usecases import carry_over
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import Office, Person
from tests.slack.workspace import TEAM

OLD = """Teamoverleg wonen, 17 november 2026
1. Opening
2. Brief aan de huurders
3. Lift <Noord>
4. Telefoon dicht op vrijdag
5. Rondvraag"""
NEW = """Teamoverleg wonen, 24 november 2026
1. Opening
2. Begroting 2027
3. Rondvraag"""
BOX = "Neem 2 open punten mee"


@pytest.fixture
def closed(office: Office, fatima: Person) -> str:
    """Last week's agenda: one item answered, one not discussed, one open; the ts of its message."""
    office.clock.later(days=-7)
    fatima.types(OLD)
    fatima.fills_in()
    ts = str(office.slack.messages("C1")[-1]["ts"])
    fatima.says("2: Brief in december", thread=ts)
    fatima.presses("Sluit overleg af")
    fatima.fills_in(not_discussed=["Telefoon"])
    office.clock.later(days=7)
    return ts


def summary(office: Office, ts: str) -> str:
    (found,) = [m["text"] for m in office.slack.messages("C1") if m.get("thread_ts") == ts]
    return str(found)


def shown(person: Person) -> str:
    assert person.form is not None
    return json.dumps(person.form["blocks"], ensure_ascii=False)


def ticked(person: Person) -> bool:
    assert person.form is not None
    boxes = [e for b in person.form["blocks"] for e in b.get("elements", []) if "options" in e]
    return any("initial_options" in box for box in boxes if box["type"] == "checkboxes")


def titles(office: Office) -> list[str]:
    lines = office.shown().replace(" · ", "\n").splitlines()
    return [
        line for line in lines if line[:1].isdigit() and "nov" not in line and "punt" not in line
    ]


def test_what_was_left_open_comes_on_the_next_agenda(
    office: Office, fatima: Person, closed: str
) -> None:
    fatima.types()
    fatima.fills_in(agenda=NEW)
    assert "Open of niet besproken op 17 nov: Lift <Noord>, Telefoon dicht op vrijdag" in shown(
        fatima
    )
    assert not ticked(fatima)

    # Ticked they are shown with their questions; whatever is changed or gone back to.
    fatima.ticks(BOX)
    assert "4. Telefoon dicht op vrijdag* · van 17 nov" in shown(fatima)
    fatima.presses("", pick="Vervang de eerste vraag", of="draft_menu:1")
    assert "3. Lift &lt;Noord&gt;* · van 17 nov" in shown(fatima)
    office.slack.forms["UFATIMA"].pop()
    office.clock.later(seconds=30)
    fatima.fills_in(agenda=NEW)
    assert ticked(fatima)
    fatima.fills_in()

    assert titles(office) == [
        "1 Opening",
        "2. Begroting 2027",
        "3. Lift &lt;Noord&gt;",
        "4. Telefoon dicht op vrijdag",
        "5 Rondvraag",
    ]
    assert "3. Lift &lt;Noord&gt; · van 17 nov" in office.shown()
    assert "2 punten staan nu op een nieuwe agenda." in summary(office, closed)
    assert BOX not in summary(office, closed)

    # Offered once; again when it left the agenda.
    fatima.types(NEW.replace("24", "25"))
    assert "Neem" not in shown(fatima)
    office.slack.forms["UFATIMA"].clear()
    fatima.pastes_again()
    fatima.fills_in(agenda=NEW)
    assert "Niet meer op de agenda: 3. Lift <Noord>, 4. Telefoon dicht op vrijdag" in shown(fatima)
    fatima.fills_in()
    assert BOX in summary(office, closed)
    fatima.types(NEW.replace("24", "25"))
    assert BOX in shown(fatima)


def test_said_at_the_summary_it_is_ticked_for_whoever_is_next(
    office: Office, fatima: Person, ruud: Person, closed: str
) -> None:
    ruud.presses(BOX)
    assert "2 open punten gaan mee naar de volgende agenda." in summary(office, closed)
    assert BOX not in summary(office, closed)

    fatima.types(NEW)
    assert ticked(fatima)
    assert "Lift" in shown(fatima)
    fatima.ticks(BOX, on=False)
    assert "van 17 nov" not in shown(fatima)
    fatima.fills_in()
    assert titles(office) == ["1 Opening", "2. Begroting 2027", "3 Rondvraag"]


def test_a_tick_that_comes_after_the_button_counts(
    office: Office, fatima: Person, closed: str
) -> None:
    """Slack delivers over several connections, in any order."""
    fatima.types(NEW)
    said = fatima.fills_in(carry=True)
    assert said["response_action"] == "update"
    assert "Kijk of het zo klopt" in shown(fatima)
    assert "van 17 nov" in shown(fatima)

    fatima.fills_in()
    assert "Telefoon dicht op vrijdag · van 17 nov" in office.shown()


def test_each_thing_is_done_once_however_often_slack_delivers_it(
    office: Office, fatima: Person, ruud: Person, closed: str, toolbox: Toolbox
) -> None:
    office.deliveries = 3
    ruud.presses(BOX)
    fatima.types(NEW)
    fatima.fills_in()

    assert titles(office)[2:4] == ["3. Lift &lt;Noord&gt;", "4. Telefoon dicht op vrijdag"]
    with toolbox.read(Caller("slack", TEAM, "C1", "UFATIMA")) as session:
        sql = "select count(*) from items where workspace_id = :workspace_id and carried_from <> ''"
        assert session.rows(sql) == [(2,)]


def test_another_channel_sees_nothing_of_it(
    office: Office, fatima: Person, closed: str, toolbox: Toolbox
) -> None:
    office.slack.invite("C2")
    elsewhere = Person(office, "UFATIMA", "C2")
    elsewhere.types(NEW)

    assert "Neem" not in shown(elsewhere)
    assert "Lift" not in shown(elsewhere)
    assert carry_over.LATELY.days == 35
