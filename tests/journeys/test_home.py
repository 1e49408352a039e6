"""Home of a guest: what is open in their own channel, an answer from there, and then no channel."""

from __future__ import annotations

import pytest

from tests.slack.at_home import AtHome
from tests.slack.people import Office, Person
from tests.slack.workspace import BOT

LIVING = "Teamoverleg wonen, 24 november 2026\n1. Opening\n2. Brief over de lift\n3. Servicekosten"
CARE = "Overleg zorg, 24 november 2026\n1. Opening\n2. Nachtdienst\n3. Medicijnlijst"


@pytest.fixture
def office(office: Office) -> Office:
    """With a private channel and a guest who is in the other one."""
    office.slack.invite("C2")
    office.slack.private.add("C2")
    office.slack.people = {"C1": ["UFATIMA", "UGAST", BOT], "C2": ["UFATIMA", BOT]}
    office.slack.guests.add("UGAST")
    return office


def test_home_of_a_guest(office: Office) -> None:
    fatima, guest = Person(office, "UFATIMA"), Person(office, "UGAST")
    at_home = AtHome(guest)

    # Nothing was ever held: Home says how to begin.
    assert "/invite @klantvraag" in at_home.opens()

    # Two teams hold a meeting; the guest is in one of them.
    for person, agenda in ((fatima, LIVING), (Person(office, "UFATIMA", "C2"), CARE)):
        person.types(agenda)
        person.fills_in()
    thread = str(office.slack.messages("C1")[-1]["ts"])
    fatima.says("2: weten we nog niet: wie de bewoners bericht", thread=thread)

    shown = at_home.opens()
    assert "Vandaag" in shown
    assert "Teamoverleg wonen · <#C1>" in shown
    assert "1 van 2 punten open" in shown
    assert "wie de bewoners bericht" in shown
    assert "zorg" not in shown
    assert "Nachtdienst" not in str(at_home.tab)
    assert "C2" not in str(at_home.tab)
    assert f"https://wonen.slack.com/archives/C1/p{thread.replace('.', '')}" in str(at_home.tab)
    assert "Nachtdienst" not in AtHome(fatima).opens(), "it has no answer"
    assert "Overleg zorg · <#C2>" in AtHome(fatima).shown

    # The guest knows it, and Home no longer asks.
    at_home.presses("Antwoord", of="home_answer")
    guest.fills_in(text="Ruud hangt een brief op", certainty="know")
    assert "Ruud hangt een brief op" in office.shown("C1")
    assert "wie de bewoners bericht" not in at_home.shown
    assert "Weten we nog niet" not in at_home.shown

    # In their own language, at once and everywhere that only they read.
    at_home.presses("", pick="English", of="language")
    assert "Today" in at_home.shown
    guest.types("help")
    assert guest.heard.startswith("I can do this for you")
    at_home.presses("What do you keep about me?")
    assert "1 answer," in str(guest.form)
    assert "your language: English" in str(guest.form)

    # Taken out of the channel, while Home is on the screen.
    office.slack.people["C1"].remove("UGAST")
    fatima.says("3: weten we nog niet: wie er betaalt", thread=thread)
    shown = at_home.opens()
    assert "/invite @klantvraag" in shown
    assert "C1" not in str(at_home.tab)
    assert "wonen" not in shown
