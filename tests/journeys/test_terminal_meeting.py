"""A chair holds a meeting in a real terminal, is interrupted, goes on, and reads the figures."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.surfaces.terminal.command_line import klantvraag

AGENDA = """\
Teamoverleg wonen, dinsdag 24 november 2026 om 10:00

1. Opening
2. Nieuw verhuisformulier (Fatima, 15 min)
3. Servicekosten 2027
4. Telefoon op vrijdag eerder dicht
5. Rondvraag
"""

KLANTVRAAG = [sys.executable, "-m", "bot"]
HOLD = ["meeting", "agenda.txt", "--sector", "housing", "--channel", "wonen"]


@pytest.fixture
def chair(tmp_path: Path) -> Callable[..., pexpect.spawn]:
    """Somebody at a keyboard, in a folder with an agenda."""
    (tmp_path / "agenda.txt").write_text(AGENDA, "utf-8")

    def chair(*words: str) -> pexpect.spawn:
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        return pexpect.spawn(
            sys.executable,
            ["-m", "bot", *words],
            cwd=str(tmp_path),
            env=environment,
            encoding="utf-8",
            timeout=60,
            dimensions=(50, 100),
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    return chair


def run(*words: str) -> Result:
    """A command that nobody has to answer, which needs no terminal."""
    return CliRunner().invoke(klantvraag, words, obj=PROGRAM)


def talk(terminal: pexpect.spawn, *turns: tuple[str, str]) -> None:
    """Wait for what the terminal says and for its prompt, then type."""
    for hears, says in turns:
        terminal.expect_exact(hears)
        terminal.expect_exact("> ")
        terminal.sendline(says)


def ended(terminal: pexpect.spawn) -> int | None:
    terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus


def test_a_meeting_held_in_a_terminal(chair, tmp_path: Path) -> None:
    # The chair begins. Procedural items pass, the first real one gets its questions.
    morning = chair(*HOLD)
    morning.expect_exact("Teamoverleg wonen")
    morning.expect_exact("dinsdag 24 november 2026 · 10.00 uur · klant: de huurder")
    morning.expect_exact("5 punten, 3 krijgen een vraag")
    talk(
        morning,
        (
            "Wordt het hierdoor makkelijker voor de huurder?",
            "Minder gedoe: één formulier in plaats van drie.",
        ),
        ("Past dit bij wat we de huurder beloven?", ""),
        ("Hoe zeker zijn jullie?", "w"),
        ("Verandert dit jullie besluit?", "j"),
        ("Hoe zal de huurder dit ervaren?", "Een brief in december."),
    )
    # Right after an answer, before saying how sure it is, somebody comes in.
    morning.expect_exact("> ")
    morning.sendintr()
    morning.expect_exact("Gestopt; alles tot hier is bewaard. Verder gaan:")
    morning.expect_exact("meeting agenda.txt --channel wonen --sector housing")
    assert ended(morning) == 1

    # It stands among the channel's meetings, with the code to open it by.
    (listed,) = json.loads(run("meetings", "--json").stdout)["meetings"]
    assert (listed["title"], listed["open"]) == ("Teamoverleg wonen", 1)
    assert f"1 van 3 punten open · {listed['id'][:8]}" in run("meetings").stdout

    # The same command goes on: both answers are there, only what is open is asked, and how sure
    # the one was that was interrupted.
    afternoon = chair(*HOLD)
    afternoon.expect_exact("nog 1 van 3 open, bezig")
    afternoon.expect_exact(
        "| Minder gedoe: één formulier in plaats van drie. – dat weten we, besluit"
    )
    talk(
        afternoon,
        ("Past dit bij wat we de huurder beloven?", ""),
        ("| Een brief in december. – aanname", ""),
        ("Hoe zeker zijn jullie?", ""),
        ("Verandert dit jullie besluit?", ""),
        ("Hoe maakt dit het contact met ons prettiger voor de huurder?", "n"),
        ("Past niet bij dit punt. Waarom niet?", ""),
        # The chair has second thoughts about item 3, and changes what it says.
        ("Elk punt heeft een antwoord.", "3"),
        ("1 | Een brief in december. – aanname", "1"),
        ("Nieuwe tekst.", "Een brief in december, met een voorbeeld."),
        ("Hoe zeker zijn jullie?", "x"),
        ("‘x’ ken ik niet. Kies uit: w, a, o.", "w"),
        ("Verandert dit jullie besluit?", ""),
        ("Elk punt heeft een antwoord.", "9"),
        ("Punt ‘9’ staat er niet bij. Kies uit: 2, 3, 4.", ""),
        # Closing takes three lines; it shows the numbers to choose from.
        ("Bij welke punten kwam de huurder vanzelf ter sprake?", "2 en 7"),
        ("Punt ‘7’ staat er niet bij. Kies uit: 2, 3, 4.", "2, 3."),
        ("Welke punten zijn niet besproken?", ""),
        ("Wat nemen we mee voor de huurder?", "de bewoners berichten"),
    )
    afternoon.expect_exact("Afgesloten. Bij 2 van de 3 besproken punten kwam de huurder vanzelf")
    afternoon.expect_exact("Na mijn vraag: 2 beantwoord, 1 n.v.t.")
    afternoon.expect_exact("Meenemen: de bewoners berichten")
    assert ended(afternoon) == 0

    # The figures of the week, for people and for machines.
    week = ["digest", "--week", "2026-W48", "--channel", "wonen"]
    told = run(*week).stdout
    assert "Week 48 (23–29 nov 2026), kanaal wonen" in told
    assert "1 overleg, 5 punten; 3 kregen een vraag." in told
    figures = json.loads(run(*week, "--json").stdout)
    assert (figures["answered"], figures["not_applicable"], figures["open"]) == (2, 1, 0)
    assert (figures["know"], figures["assume"], figures["changed_decisions"]) == (2, 0, 1)
    assert (figures["substantive"], figures["asked"], figures["meetings"]) == (3, 6, 1)

    # A closed meeting says so. What was said when it was closed can be changed: Enter leaves it.
    later = chair(*HOLD)
    talk(
        later,
        ("Dit overleg is al afgesloten.", "a"),
        ("Enter: 2, 3. g: bij geen enkel punt.", ""),
        ("Welke punten zijn niet besproken?", "4"),
        ("Enter: ‘de bewoners berichten’. g: niets.", ""),
    )
    later.expect_exact("Bij 2 van de 2 besproken punten kwam de huurder vanzelf")
    later.expect(r"1 punt is\s+niet\s+besproken\.")
    later.expect_exact("Meenemen: de bewoners berichten")
    assert ended(later) == 0

    # Reopened, an answer is taken away; the item was not discussed, so it waits for none.
    evening = chair(*HOLD)
    talk(
        evening,
        ("Dit overleg is al afgesloten.", "o"),
        ("Elk punt heeft een antwoord.", "4"),
        ("1 | N.v.t.: reden volgt nog", "w1"),
        ("Er is niets meer open.", "q"),
    )
    evening.expect_exact("Het overleg blijft open; alles is bewaard. Verder gaan:")
    assert ended(evening) == 0

    # The file is gone, the meeting is not: an item is added, and stays when the file is back.
    (tmp_path / "agenda.txt").rename(tmp_path / "elders.txt")
    night = chair("meeting", "--open", listed["id"][:8], "--channel", "wonen")
    promise = "Past dit bij wat we de huurder beloven?"
    talk(night, (promise, "p"), ("Wat komt erbij?", "Lift"), (promise, "q"))
    night.expect_exact(f"meeting --open {listed['id'][:8]} --channel wonen")
    assert ended(night) == 0
    (tmp_path / "elders.txt").rename(tmp_path / "agenda.txt")
    back = chair(*HOLD)
    back.expect_exact("6 punten, nog 1 van 4 open, bezig")
    talk(back, (promise, "q"))
    assert ended(back) == 0

    # A backup, a mishap, the backup back in its place.
    assert "Back-up gemaakt en gecontroleerd: kopie.db" in run("backup", "kopie.db").stdout
    (tmp_path / "klantvraag.db").write_bytes(b"koffie over de schijf" * 100)
    assert run(*week).exit_code == 1
    restored = run("restore", "kopie.db")
    assert "Teruggezet: klantvraag.db." in restored.stdout
    assert "Wat er na deze back-up is gekozen of gestopt, weet ik niet meer." in restored.stdout
    figures = json.loads(run(*week, "--json").stdout)
    assert (figures["answered"], figures["open"]) == (2, 2)


def test_answers_may_come_through_a_pipe_and_the_rest_stays_open(tmp_path: Path) -> None:
    (tmp_path / "agenda.txt").write_text(AGENDA, "utf-8")

    held = subprocess.run(
        [*KLANTVRAAG, *HOLD],
        input="Minder gedoe.\n\nw\nn\nBrief",
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    ).stdout

    assert "    > Minder gedoe." in held
    assert "Het overleg blijft open; alles is bewaard. Verder gaan:" in held
    figures = json.loads(run("digest", "--week", "2026-W48", "--channel", "wonen", "--json").stdout)
    assert (figures["answered"], figures["know"], figures["open"]) == (2, 1, 1)


def test_the_english_path_is_english_all_the_way(tmp_path: Path) -> None:
    english = (
        "Housing team, 24 November 2026\n\n1. Welcome\n2. New moving form\n3. Any other business\n"
    )
    (tmp_path / "agenda.txt").write_text(english, "utf-8")

    held = subprocess.run(
        [*KLANTVRAAG, "meeting", "agenda.txt", "--sector", "housing", "--language", "en"],
        input="Less hassle.\n\nk\nn\n\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    ).stdout

    assert "How will the tenant experience this?" in held
    assert "Closed.\nAfter my question: 1 answered." in held
    told = run("digest", "--day", "2026-11-24", "--language", "en").stdout
    assert "Tuesday 24 November 2026, channel overleg" in told
    assert "Asked: 1 of 1 item answered" in told
