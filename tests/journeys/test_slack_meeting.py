"""One meeting in Slack: added, set up, an agenda pasted and posted, answered, closed, counted."""

from __future__ import annotations

from click.testing import CliRunner

from bot.app import PROGRAM
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases.toolbox import Toolbox
from tests.slack.people import Office, Person
from tests.slack.workspace import BOT

AGENDA = """Teamoverleg wonen, 24 november 2026

1. Opening
2. Nieuw verhuisformulier (10 min)
3. Servicekosten 2027
4. Telefoon dicht op vrijdag
5. Verbouwing van de balie
6. Rondvraag"""


def test_a_meeting_in_slack(office: Office, toolbox: Toolbox) -> None:
    fatima, ruud, joke = (Person(office, name) for name in ("UFATIMA", "URUUD", "UJOKE"))

    # It is added to the channel, and says who it is, once.
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    assert "wie is jullie klant?" in office.shown()

    # Somebody says who the customer is.
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    assert "Ik noem jullie klant ‘de huurder’." in office.shown()
    assert len(office.slack.messages("C1")) == 1

    # The chair pastes an agenda and looks at what was read.
    fatima.types()
    assert fatima.form is not None
    fatima.fills_in(agenda=AGENDA)
    preview = str(fatima.form)
    assert "6 punten gelezen, 4 krijgen een vraag" in preview
    assert "de huurder" in preview

    # One item is left out, one gets another title; then it is posted.
    fatima.presses("", pick="Weglaten", of="draft_menu:4")
    assert "5 punten gelezen, 3 krijgen een vraag" in str(fatima.form)
    fatima.presses("", pick="Titel wijzigen", of="draft_menu:3")
    fatima.fills_in(title="Telefoon op vrijdag")
    assert "Telefoon op vrijdag" in str(fatima.form)
    fatima.fills_in()
    assert fatima.form is None
    assert office.shown().startswith("Agenda klaar: Teamoverleg wonen")
    assert "Verbouwing" not in office.shown()

    # Three people answer, each in their own way.
    agenda = office.slack.messages("C1")[-1]
    ruud.presses("Antwoord")
    ruud.fills_in(text="Minder gedoe", certainty="know", changed=True)
    joke.says("3: Brief in december", thread=agenda["ts"])
    assert "Minder gedoe" in office.shown()
    assert "Brief in december" in office.shown()
    assert [react["name"] for react in office.slack.reactions] == ["white_check_mark"]
    fatima.presses("4", of="not_applicable")
    assert "n.v.t. genoteerd" in fatima.heard
    fatima.presses("Raakt de huurder niet")
    assert "N.v.t.: raakt de huurder niet" in office.shown()

    # One of them thinks again.
    ruud.presses("", pick="Wijzig of wis mijn antwoord")
    ruud.fills_in(text="Eén formulier in plaats van drie")
    assert "Eén formulier in plaats van drie" in office.shown()
    assert "Minder gedoe" not in office.shown()

    # The meeting is closed, and counts.
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    assert office.shown().startswith("Overleg afgesloten")
    _, agenda, summary = office.slack.messages("C1")
    assert summary["thread_ts"] == agenda["ts"]
    toolbox.database.close()
    words = ["digest", "--week", "2026-W48", "--channel", "C1"]
    words += ["--database", str(toolbox.config.database)]
    figures = CliRunner().invoke(klantvraag, words, obj=PROGRAM).output
    for line in ("Gevraagd: 2 van de 3 punten beantwoord", "1 n.v.t."):
        assert line in figures
    assert "Gevolg: bij 1 van de 2 beantwoorde punten veranderde het besluit." in figures
