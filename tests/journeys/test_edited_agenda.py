"""An agenda in a colleague's message becomes a meeting; then that message is edited."""

from __future__ import annotations

from tests.slack.people import Office, Person
from tests.slack.workspace import BOT

AGENDA = """Teamoverleg wonen, 24 november 2026
1. Opening
2. Nieuw verhuisformulier (10 min)
3. Servicekosten 2027
4. Telefoon dicht op vrijdag
5. Rondvraag"""
EDITED = """Teamoverleg wonen, 26 november 2026
1. Opening
2. Verbouwing van de balie
3. Nieuw verhuisformulier (20 min)
4. Telefoon dicht op vrijdag en maandag
5. Rondvraag"""


def test_an_agenda_that_is_edited(office: Office) -> None:
    fatima, ruud, joke = (Person(office, name) for name in ("UFATIMA", "URUUD", "UJOKE"))
    office.event(type="member_joined_channel", channel="C1", user=BOT)

    # Ruud writes the agenda in the channel; Fatima, who chairs, has questions put to it.
    said = ruud.says(AGENDA)
    fatima.points_at(said["text"], ts=said["ts"], user=said["user"])
    fatima.presses("", pick="Titel wijzigen", of="draft_menu:3")
    fatima.fills_in(title="Bereikbaar op vrijdag")
    fatima.fills_in()
    assert "di 24 nov" in office.shown()
    agenda = office.slack.messages("C1")[-1]["ts"]

    # Joke answers two of the questions.
    joke.says("2: Eén formulier in plaats van drie", thread=agenda)
    joke.says("3: Brief in december", thread=agenda)

    # Ruud edits his message. Slack tells it twice, and once more for a link that it unfolds.
    office.deliveries = 2
    said = ruud.changes(said, EDITED)
    ruud.changes(said, EDITED, attachments=[{"from_url": "https://x.nl", "text": "1. Nieuws"}])
    office.deliveries = 1

    shown = office.shown().splitlines()
    assert "do 26 nov" in office.shown()
    assert "2. Verbouwing van de balie" in shown
    assert "3. Nieuw verhuisformulier · 20 min" in shown
    assert "4. Bereikbaar op vrijdag" in shown  # as Fatima called it
    assert "maandag" not in office.shown()
    assert "2 van 3 punten open" in office.shown()
    assert "Eén formulier in plaats van drie – aanname" in shown
    assert "Brief in december – aanname" in shown  # its item left the agenda, with what was said
    assert "Van de agenda gehaald" in office.shown()

    # A reply by its new number reaches the item that has it now.
    joke.says("2: Stofvrij, en een stoel", thread=agenda)
    assert "Stofvrij, en een stoel – aanname" in office.shown()

    # Ruud takes the agenda out of his message: it stays in the channel, and he is told, once.
    before = office.shown()
    said = ruud.changes(said, "Gaat niet door")
    ruud.changes(said, "Gaat niet door, sorry")
    assert office.shown() == before
    assert ruud.heard.startswith("In je bericht herken ik de agenda niet meer.")
    assert len(office.slack.whispers["URUUD"]) == 1

    # The meeting is held and closed; what Ruud edits afterwards changes nothing.
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    closed = office.slack.messages("C1")[1]["text"]
    ruud.changes(said, AGENDA)
    assert office.slack.messages("C1")[1]["text"] == closed
    assert len(office.slack.whispers["URUUD"]) == 1
