"""In the terminal, meetings are listed and opened again without their file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM, open_toolbox
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases import draft_agenda
from bot.usecases.find_meetings import find_meetings
from bot.usecases.toolbox import Caller, Toolbox
from bot.usecases.withdraw_meeting import withdraw
from tests.conftest import Clock

LIFTS = "Vier weken.\n\n\n\n"  # an answer, the other question open, we assume, decision stays
CLOSED = "\n\na\n\n\n\n"


@pytest.fixture
def run(clock: Clock):
    """A command, as it is typed at the clock's time, with what is typed after it."""

    def opened(config: Path | None, database: Path | None) -> Toolbox:
        return replace(open_toolbox(config, database), clock=clock)

    def run(*words: str, typed: str = "", exit_code: int = 0) -> Result:
        program = replace(PROGRAM, open_toolbox=opened)
        result = CliRunner().invoke(klantvraag, words, input=typed, obj=program)
        assert result.exit_code == exit_code, result.output
        return result

    return run


@pytest.fixture
def hold(run, tmp_path: Path):
    """Holds a meeting from a file that is gone afterwards."""

    def hold(title: str, typed: str = "q\n", *options: str) -> None:
        file = tmp_path / "agenda.txt"
        file.write_text(f"{title}\n\n1. Opening\n2. Liften\n3. Begroting\n", "utf-8")
        run("meeting", "agenda.txt", *options, typed=typed)
        file.unlink()

    return hold


def code_of(run, title: str) -> str:
    listed = json.loads(run("meetings", "--json").stdout)["meetings"]
    return next(each["id"][:8] for each in listed if each["title"] == title)


def test_a_list_says_the_day_what_waits_and_how_to_open_one(run, hold) -> None:
    hold("Bestuur, 26 november 2026")
    hold("Teamoverleg wonen, 24 november 2026", LIFTS + "q\n")
    shown = run("meetings").stdout
    board, team = code_of(run, "Bestuur"), code_of(run, "Teamoverleg wonen")

    assert shown == (
        "Overleggen in kanaal overleg\n\n"
        f"Bestuur\n  do 26 nov · 2 punten open · {board}\n\n"
        f"Teamoverleg wonen\n  di 24 nov · 1 van 2 punten open · {team}\n\n"
        "Een overleg openen kan met de code of de titel:\n"
        f"  klantvraag meeting --open {board}\n"
    )


def test_the_same_for_machines(run, hold) -> None:
    hold("Teamoverleg wonen, 24 november 2026 om 10:00", LIFTS + "q\n", "--channel", "wonen")

    told = json.loads(run("meetings", "--json").stdout)

    assert re.fullmatch("[0-9a-f]{24}", told["meetings"][0].pop("id"))
    assert told == {
        "channel": "wonen",
        "meetings": [
            {
                "title": "Teamoverleg wonen",
                "starts_at": "2026-11-24T10:00",
                "state": "open",
                "substantive": 2,
                "open": 1,
                "withdrawn": False,
            }
        ],
        "more": 0,
    }


@pytest.mark.parametrize("by", ["code", "title"])
def test_one_is_opened_without_its_file_and_goes_on_there(run, hold, by: str) -> None:
    hold("Teamoverleg wonen, 24 november 2026", LIFTS + "q\n", "--channel", "wonen")
    code = code_of(run, "Teamoverleg wonen")

    shown = run("meeting", "--open", code if by == "code" else "teamoverleg  Wonen", typed="q\n")

    assert "| Vier weken. – aanname" in shown.stdout
    resume = f"klantvraag meeting --open {code} --channel wonen"
    assert f"Verder gaan:\n  {resume}\n" in shown.stdout


def test_a_new_question_there_is_about_the_same_customers(run, hold) -> None:
    hold("Teamoverleg wonen, 24 november 2026", "q\n", "--sector", "housing")

    shown = run("meeting", "--open", "Teamoverleg wonen", typed="v\nv\nq\n").stdout

    assert re.search("    .*huurder", shown)
    assert "klant:" in shown
    assert not re.search("    .*klant[^:]", shown)
    assert "--sector housing\n" in shown


def test_a_closed_one_is_shown_and_opened_again_when_asked(run, hold, clock: Clock) -> None:
    hold("Teamoverleg wonen, 24 november 2026", LIFTS + CLOSED)
    code = code_of(run, "Teamoverleg wonen")
    assert f"klantvraag meeting --open {code}" not in run("meetings").stdout
    clock.later(days=40)

    shown = run("meeting", "--open", "Teamoverleg wonen").stdout
    assert "Dit overleg is al afgesloten." in shown
    assert f"Weer openen:\n  klantvraag meeting --open {code} --reopen\n" in shown
    again = run("meeting", "--open", code, "--reopen", typed="q\n").stdout
    assert "nog 1 van 2 open, bezig" in again


def test_of_one_title_the_meeting_that_is_listed_is_meant_and_of_two_none(
    run, hold, clock: Clock
) -> None:
    hold("Teamoverleg wonen, 24 november 2026", LIFTS + CLOSED)
    clock.later(days=3)
    hold("Teamoverleg wonen, 1 december 2026")

    shown = run("meeting", "--open", "Teamoverleg wonen", typed="q\n").stdout
    assert "dinsdag 1 december 2026" in shown

    hold("Teamoverleg wonen, 8 december 2026")
    refused = run("meeting", "--open", "Teamoverleg wonen", exit_code=1).stderr
    assert refused == (
        "‘Teamoverleg wonen’ kan meer dan één overleg zijn; kies met de code die"
        " ‘klantvraag meetings’ noemt.\n"
    )


def test_what_is_not_there_is_said_with_what_to_do(run, hold) -> None:
    assert "houd eerst een overleg" in run("meetings", exit_code=1).stderr
    hold("Teamoverleg wonen, 24 november 2026")

    nothing = run("meetings", "--channel", "elders").stdout
    assert " ".join(nothing.split()) == (
        "In kanaal elders loopt nu geen overleg. Begin er een met ‘klantvraag meeting’ en een"
        " agenda, of kies een ander kanaal met --channel."
    )
    for name in ("Bestuur", "abcdef0123", "…", ""):
        refused = run("meeting", "--open", name, exit_code=1).stderr
        assert f"‘{name}’ vind ik niet in kanaal overleg; kijk met ‘klantvraag meetings’" in refused


def test_a_withdrawn_one_says_so_and_does_not_open(run, hold, toolbox: Toolbox) -> None:
    hold("Teamoverleg wonen, 24 november 2026")
    typist = Caller(platform="terminal", tenant="local", channel="overleg", person="typist")
    (found,), _ = find_meetings(toolbox, typist)
    withdraw(toolbox, typist, found.meeting.id or "")

    shown = run("meetings").stdout
    assert f"  di 24 nov · ingetrokken · {(found.meeting.id or '')[:8]}\n" in shown
    assert "--open" not in shown
    refused = run("meeting", "--open", "Teamoverleg wonen", exit_code=1)
    assert "ingetrokken" in refused.stderr
    assert refused.stdout == ""


def test_a_meeting_in_slack_is_listed_and_goes_on_there(run, hold, toolbox: Toolbox) -> None:
    hold("Teamoverleg wonen, 24 november 2026")
    there = Caller(platform="slack", tenant="T1", channel="C1", person="U1")
    made = draft_agenda.draft(toolbox, there, "Bestuur\n1. Opening\n2. Huur\n")
    draft_agenda.post(toolbox, there, made.id)

    shown = run("meetings", "--channel", "C1").stdout
    assert "Bestuur\n  1 punt open · " in shown
    assert "--open" not in shown
    refused = run("meeting", "--open", "Bestuur", "--channel", "C1", exit_code=1).stderr
    assert refused == "Dit overleg loopt in Slack, in kanaal C1; ga daar verder.\n"


def test_a_file_or_a_name_and_not_both(run) -> None:
    for words in ((), ("f", "--open", "x")):
        assert (
            "Geef een bestand met de agenda, of --open"
            in run("meeting", *words, exit_code=2).stderr
        )
    both = run("meeting", "--open", "x", "--carry-over", exit_code=2).stderr
    assert both == "--carry-over, --open gaan niet samen; kies er één.\n"


def test_the_same_in_english(run, hold) -> None:
    hold("Housing team, 24 November 2026", LIFTS + "q\n")
    shown = run("meetings", "--language", "en").stdout

    assert "Meetings in channel overleg" in shown
    assert "Tue 24 Nov · 1 of 2 items open · " in shown
    assert "Open one by its code or title:\n  klantvraag meeting --open " in shown
