"""Closing in the terminal: what is asked, what is kept of it, whatever interrupts."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from bot.app import PROGRAM, open_toolbox
from bot.domain.meeting import State
from bot.domain.observation import Observed
from bot.domain.view import ClosingView
from bot.readers.catalogue import Prompts
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases.show_meeting import show_closing
from bot.usecases.toolbox import Caller

CAME_UP, DID_NOT, NOT_DISCUSSED = Observed
AGENDA = """\
Teamoverleg wonen, dinsdag 24 november 2026

1. Opening
2. Brief aan alle huurders
3. Begroting
4. Liften
"""
HOLD = ["meeting", "agenda.txt", "--sector", "housing"]
ASKED = "n\n\n" * 3  # every item: does not fit, reason later
CLOSE = "\n"


@pytest.fixture(autouse=True)
def _agenda(tmp_path: Path) -> None:
    (tmp_path / "agenda.txt").write_text(AGENDA, "utf-8")


def hold(typed: str, *options: str) -> str:
    result = CliRunner().invoke(klantvraag, [*HOLD, *options], input=typed, obj=PROGRAM)
    assert result.exit_code == 0, result.output
    return result.stdout


def kept() -> ClosingView:
    """How the only meeting there is was closed."""
    toolbox = open_toolbox()
    caller = Caller("terminal", "local", "overleg", "typist")
    with toolbox.read(caller) as session:
        ((meeting_id,),) = session.rows("select id from meetings where workspace_id=:workspace_id")
    try:
        return show_closing(toolbox, caller, str(meeting_id))
    finally:
        toolbox.close()


def observed() -> list[Observed | None]:
    view = kept()
    return [view.observed.get(it.id or "") for it in view.meeting.substantive]


def test_enter_three_times_takes_what_titles_suggest() -> None:
    shown = hold(ASKED + CLOSE + "\n\n\n")

    assert "In titels en notities las ik het bij: 2." in " ".join(shown.split())
    assert "Typ de nummers. Enter: 2. g: bij geen enkel punt." in shown
    assert "Bij 1 van de 3 besproken punten kwam de huurder vanzelf ter sprake." in shown
    assert observed() == [CAME_UP, DID_NOT, DID_NOT]


def test_what_is_typed_is_kept_and_not_discussed_goes_first() -> None:
    hold(ASKED + CLOSE + "3, 4 en 2\n3\nbellen\n")

    assert observed() == [CAME_UP, NOT_DISCUSSED, CAME_UP]
    assert kept().closing.take_away == "bellen"  # type: ignore[union-attr]


def test_the_customer_came_up_nowhere() -> None:
    shown = hold(ASKED + CLOSE + "g\ng\ngeen\n")

    assert "Bij geen van de 3 besproken punten kwam de huurder vanzelf ter\nsprake." in shown
    assert observed() == [DID_NOT] * 3
    assert kept().closing.take_away == ""  # type: ignore[union-attr]


def test_answers_that_end_with_closing_close_without_observing() -> None:
    shown = hold(ASKED + CLOSE)

    assert "Afgesloten.\nNa mijn vraag: 3 n.v.t.\n" in shown
    assert observed() == [None] * 3
    assert kept().meeting.state is State.CLOSED


def test_who_stops_after_the_first_line_has_said_nothing_of_the_other_items() -> None:
    hold(ASKED + CLOSE + "3\nq\n")

    assert observed() == [None, CAME_UP, None]
    assert kept().meeting.state is State.CLOSED


def test_reopened_and_closed_again_it_begins_with_what_was_said() -> None:
    hold(ASKED + CLOSE + "3\n4\nbellen\n")
    shown = hold(CLOSE + "\n\n\n", "--reopen")

    assert "Enter: 3. g: bij geen enkel punt." in shown
    assert "Enter: ‘bellen’. g: niets." in shown
    assert "las ik het" not in shown
    assert observed() == [DID_NOT, CAME_UP, NOT_DISCUSSED]
    assert kept().closing.take_away == "bellen"  # type: ignore[union-attr]


@pytest.fixture
def keyboard(tmp_path: Path) -> Iterator[pexpect.spawn]:
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "bot", *HOLD],
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=60,
        dimensions=(50, 40),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    yield terminal
    terminal.close(force=True)


@pytest.mark.parametrize("kill", [False, True])
def test_an_interruption_while_closing_loses_no_line(keyboard: pexpect.spawn, kill: bool) -> None:
    for said in (*ASKED.splitlines(), "", "3, 4"):
        keyboard.expect_exact("> ")
        keyboard.sendline(said)
    keyboard.expect_exact("Welke punten zijn niet besproken?")
    keyboard.expect_exact("> ")
    keyboard.kill(signal.SIGKILL) if kill else keyboard.sendintr()
    if not kill:
        keyboard.expect_exact("alles tot hier is bewaard")
    keyboard.expect(pexpect.EOF)

    assert observed() == [None, CAME_UP, CAME_UP]
    assert kept().meeting.state is State.CLOSED


def digest(*options: str) -> str:
    words = ["digest", "--week", "2026-W48", *options]
    result = CliRunner().invoke(klantvraag, words, obj=PROGRAM)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_figures_that_rest_on_titles_say_how_often_those_are_read_wrongly(prompts: Prompts) -> None:
    hold(ASKED + CLOSE + "\n\n\n")
    rates = prompts.mentions.rates["nl"]
    said = f"klopt dat ongeveer {rates.right} van de 10 keer; van elke 10 zinnen over de huurder"
    shown = json.loads(digest("--json"))

    assert said in " ".join(digest().split())
    assert said in digest("--markdown").splitlines()[-1]
    assert shown["heard"] == {"nl": 1}
    assert shown["recogniser"]["recall"]["count"] == rates.recall.count
    assert shown["recogniser"]["precision"]["of"] == rates.precision.of
    assert 0 < shown["recogniser"]["precision"]["low"] < shown["recogniser"]["precision"]["share"]


def test_without_a_title_that_was_read_they_say_no_more(tmp_path: Path) -> None:
    (tmp_path / "agenda.txt").write_text(AGENDA.replace("Brief aan alle huurders", "Tuin"), "utf-8")
    hold(ASKED + CLOSE + "3\n\n\n")

    assert digest().endswith("\nGeteld per agendapunt, nooit per persoon.\n")
    assert digest("--markdown").endswith("\n_Geteld per agendapunt, nooit per persoon._\n")
    assert json.loads(digest("--json"))["recogniser"] is None
