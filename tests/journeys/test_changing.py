"""A meeting in Slack whose agenda changes meanwhile, is withdrawn by mistake, and comes back."""

from __future__ import annotations

from bot.usecases.toolbox import Toolbox
from tests.slack.people import Office, Person
from tests.slack.workspace import BOT

AGENDA = """Teamoverleg wonen, 24 november 2026

1. Opening
2. Nieuw verhuisformulier
3. Servicekosten 2027
4. Telefoon dicht op vrijdag
5. Rondvraag"""


def menu_of(person: Person, title: str) -> str:
    assert person.form is not None
    block = next(b for b in person.form["blocks"] if title in str(b.get("text")))
    return str(block["accessory"]["action_id"])


def test_a_meeting_whose_agenda_changes(office: Office, toolbox: Toolbox) -> None:
    fatima, ruud, gast = (Person(office, name) for name in ("UFATIMA", "URUUD", "UGAST"))
    office.slack.guests.add("UGAST")
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types(AGENDA)

    # The second question of an item is not a good one; only that one becomes another.
    before = [line for line in str(fatima.form).split("'") if "?" in line]
    fatima.presses("", pick="Vervang de tweede vraag", of="draft_menu:1")
    after = [line for line in str(fatima.form).split("'") if "?" in line]
    assert len([line for line in before if line not in after]) == 1
    fatima.fills_in()
    agenda = str(office.slack.messages("C1")[-1]["ts"])

    # People answer; a guest too, who can't change what is on the agenda.
    ruud.says("3: Brief in december", thread=agenda)
    gast.says("2: Eén formulier is genoeg", thread=agenda)
    gast.presses("", pick="Wijzig de agenda")
    assert gast.form is None
    assert gast.heard.startswith("Alleen vaste leden van dit kanaal wijzigen een agenda.")

    # Something urgent comes first; there will be no time for the telephone.
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("Punt erbij")
    fatima.fills_in(title="Lift kapot in de Dorpsstraat (10 min)")
    for _ in range(3):
        fatima.presses("", pick="Omhoog", of=menu_of(fatima, "Lift kapot"))
    fatima.presses("", pick="Titel wijzigen", of=menu_of(fatima, "Servicekosten"))
    fatima.fills_in(title="Servicekosten en stookkosten 2027")
    fatima.presses("", pick="Overslaan", of=menu_of(fatima, "Telefoon"))
    fatima.closes()
    for line in (
        "2. Lift kapot in de Dorpsstraat · 10 min",
        "3. Nieuw verhuisformulier",
        "4. Servicekosten en stookkosten 2027",
        "5. Telefoon dicht op vrijdag",
        "6 Rondvraag",
    ):
        assert line in office.shown()
    assert "1 van 4 punten open" in office.shown()
    assert "Brief in december" in office.shown()

    # A reply goes by the numbers as they are now.
    ruud.says("2: De bewoners weten van niets", thread=agenda)
    lift, form = (office.shown().index(words) for words in ("2. Lift kapot", "3. Nieuw"))
    assert lift < office.shown().index("De bewoners weten van niets") < form
    assert "niets meer open" in office.shown()

    # The agenda went out of sight; it comes below, and the old thread is heard as before.
    fatima.presses("", pick="Zet hem onderaan")
    ruud.says("4: En een folder", thread=agenda)
    assert "En een folder" in office.shown()
    assert [m["ts"] for m in office.slack.messages("C1") if m["ts"] == agenda] == []

    # Withdrawn by mistake, and pasted again: all of it is there.
    whole = office.shown()
    fatima.presses("", pick="Trek in")
    fatima.fills_in()
    assert "verhuisformulier" not in office.shown()
    fatima.types(AGENDA)
    assert "Deze agenda was ingetrokken." in str(fatima.form)
    assert "Niet meer op de agenda: 2. Lift kapot in de Dorpsstraat" in str(fatima.form)
    fatima.fills_in()
    for answer in ("Eén formulier", "Brief in december", "En een folder", "weten van niets"):
        assert answer in office.shown()
        assert answer in whole

    # The chair closes it; what was skipped stands there already.
    fatima.presses("Sluit overleg af")
    assert fatima.form is not None
    fields = {b["block_id"]: b["element"] for b in fatima.form["blocks"] if "element" in b}
    left_out = [o["text"]["text"] for o in fields["not_discussed"]["initial_options"]]
    assert left_out == ["4. Telefoon dicht op vrijdag"]
    fatima.fills_in()
    assert "1 punt is niet besproken." in str(office.slack.messages("C1")[-1]["text"])
    assert "Overgeslagen" in office.shown()
