"""The same agenda in the terminal again: changed meanwhile, forgotten, or with open items left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM, open_toolbox
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases.toolbox import Toolbox

Run = Callable[..., Result]
WEEK = "Teamoverleg wonen, {day}\n\n1. Opening\n2. Liften\n3. Begroting\n4. Rondvraag\n"
UNDATED = "Teamoverleg wonen\n\n1. Opening\n2. Liften\n3. Begroting\n4. Rondvraag\n"
LIFTS = "Vier weken.\n\n\n\n"  # an answer, the other question open, we assume, decision stays


@pytest.fixture
def run() -> Run:
    """A command, as it is typed on a day of November 2026, with what is typed after it."""

    def run(day: int, *words: str, typed: str = "", exit_code: int = 0) -> Result:
        def opened(config: Path | None, database: Path | None) -> Toolbox:
            now = datetime(2026, 11, day, 9, tzinfo=UTC)
            return replace(open_toolbox(config, database), clock=lambda: now)

        program = replace(PROGRAM, open_toolbox=opened)
        result = CliRunner().invoke(klantvraag, words, input=typed, obj=program)
        assert result.exit_code == exit_code, result.output
        return result

    return run


@pytest.fixture
def agenda(tmp_path: Path) -> Callable[[str], None]:
    def write(text: str) -> None:
        (tmp_path / "agenda.txt").write_text(text, "utf-8")

    return write


def week(day: int) -> str:
    return WEEK.format(day=f"{day} november 2026")


def test_a_changed_file_is_told_in_a_line_for_each_change(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(24))
    run(24, "meeting", "agenda.txt", typed=LIFTS + "q\n")
    agenda("Teamoverleg wonen, 24 november 2026\n1. Opening\n2. Begroting\n3. Tuin\n4. Rondvraag\n")

    shown = run(24, "meeting", "agenda.txt", typed="q\n").stdout.splitlines()

    assert shown[:3] == [
        "Nieuw: 3. Tuin",
        "Niet meer op de agenda: 2. Liften (wat erbij staat, blijft bewaard)",
        "",
    ]
    assert "Nieuw" not in run(24, "meeting", "agenda.txt", typed="q\n").stdout


def test_a_forgotten_meeting_is_closed_by_the_next_command_and_can_be_filled_in(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(17))
    run(17, "meeting", "agenda.txt", typed=LIFTS + "q\n")

    digest = run(18, "digest", "--week", "2026-W47", "--json")
    assert digest.stderr == (
        "‘Teamoverleg wonen, di 17 nov’ stond nog open, dus ik heb het gesloten. Ik was er niet"
        " bij: het telt als niet bijgehouden.\n"
    )
    assert digest.stdout.startswith("{")
    assert run(18, "digest", "--week", "2026-W47").stderr == ""
    again = run(18, "meeting", "agenda.txt").stdout
    assert "Dit overleg stond nog open, dus ik heb het gesloten." in again
    assert "Weer openen:\n  klantvraag meeting agenda.txt --reopen" in again


def test_an_agenda_without_a_day_begins_a_new_meeting_and_tells_how_to_reopen_the_old(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(UNDATED)
    run(17, "meeting", "agenda.txt", typed=LIFTS + "q\n")

    later = run(24, "meeting", "agenda.txt", typed="q\n")

    assert "‘Teamoverleg wonen’ stond nog open" in later.stderr
    assert "Vier weken." not in later.stdout
    assert "Weer openen:\n  klantvraag meeting agenda.txt --reopen" in later.stdout
    assert "Vier weken." in run(24, "meeting", "agenda.txt", "--reopen").stdout


def test_what_was_left_open_comes_along_when_asked_for_and_stays(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(17))
    run(17, "meeting", "agenda.txt", typed=LIFTS + "\n\na\n\n\n\n")
    agenda("Teamoverleg wonen, 24 november 2026\n1. Opening\n2. Tuin\n3. Rondvraag\n")

    assert "Begroting" not in run(24, "meeting", "agenda.txt", typed="q\n").stdout
    along = run(24, "meeting", "agenda.txt", "--carry-over", typed="\n\nq\n").stdout
    assert "Nieuw: 3. Begroting" in along
    assert "3.  Begroting · van 17 nov" in along
    again = run(24, "meeting", "agenda.txt", typed="\n\nq\n").stdout
    assert "3.  Begroting · van 17 nov" in again
    assert "Niet meer op de agenda" not in again


def test_piped_answers_are_never_taken_for_an_answer_about_open_items(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(17))
    run(17, "meeting", "agenda.txt", typed=LIFTS + "\n\na\n\n\n\n")
    agenda("Teamoverleg wonen, 24 november 2026\n1. Opening\n2. Tuin\n3. Rondvraag\n")

    run(24, "meeting", "agenda.txt", typed="Ja.\n\n\n\nq\n")

    assert "| Ja." in run(24, "meeting", "agenda.txt", typed="q\n").stdout


def on_agenda(shown: str) -> list[str]:
    """The numbered titles in what was shown."""
    return re.findall(r"^\d+\.  (.*)$", shown, re.MULTILINE)


def test_what_was_changed_in_conversation_stays_when_the_file_is_read_again(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(24))
    run(24, "meeting", "agenda.txt", typed="h\nLiften en trappen\np\nTuin\nq\n")
    skip = "\n" * 6

    unchanged = run(24, "meeting", "agenda.txt", typed=skip).stdout
    assert unchanged.startswith("Teamoverleg wonen\n"), "nothing is said to be different"
    titles = ["Opening", "Liften en trappen", "Tuin", "Begroting", "Rondvraag"]
    assert on_agenda(unchanged) == titles

    agenda(week(24).replace("4. Rondvraag", "4. Huurprijs\n5. Rondvraag"))
    changed = run(24, "meeting", "agenda.txt", typed=skip + "\n\n").stdout
    assert changed.startswith("Nieuw: 5. Huurprijs\n\n")
    assert on_agenda(changed) == [*titles[:4], "Huurprijs", "Rondvraag"]

    agenda(week(24).replace("2. Liften\n", ""))
    gone = run(24, "meeting", "agenda.txt", typed=skip).stdout
    assert "Niet meer op de agenda: 2. Liften en trappen" in gone
    assert on_agenda(gone) == ["Opening", "Tuin", "Begroting", "Rondvraag"]


def test_a_file_that_says_something_else_altogether_leaves_what_was_added(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda("Teamoverleg wonen, 24 november 2026\n\n1. Liften\n")
    run(24, "meeting", "agenda.txt", typed="p\nTuin\nq\n")
    agenda("Teamoverleg wonen, 24 november 2026\n\n1. Huurprijs\n")

    shown = run(24, "meeting", "agenda.txt", typed="\n" * 4).stdout

    assert on_agenda(shown) == ["Huurprijs", "Tuin"]


def test_an_agenda_without_a_day_is_known_by_what_its_file_said(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda("Teamoverleg wonen\n\n1. Liften\n")
    run(24, "meeting", "agenda.txt", typed="h\nTrappenhuis\nWordt geverfd.\nq\n")

    again = run(24, "meeting", "agenda.txt", typed="q\n").stdout

    assert on_agenda(again) == ["Trappenhuis"]
    assert "| Wordt geverfd." in again


def test_a_reopened_meeting_is_what_it_was_and_takes_over_what_changed_in_its_file(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(24))
    run(24, "meeting", "agenda.txt", typed="p\nTuin\n" + "\n" * 6 + "a\n\n\n\n")
    agenda(week(24).replace("4. Rondvraag", "4. Huurprijs\n5. Rondvraag"))
    assert "Huurprijs" not in run(24, "meeting", "agenda.txt").stdout

    shown = run(24, "meeting", "agenda.txt", "--reopen", typed="\n" * 8).stdout

    assert "Nieuw: 5. Huurprijs" in shown
    assert on_agenda(shown) == ["Opening", "Liften", "Tuin", "Begroting", "Huurprijs", "Rondvraag"]


def test_the_same_file_for_another_week_is_another_meeting_and_both_stay(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(24))
    run(24, "meeting", "agenda.txt", typed="p\nTuin\nq\n")
    agenda(week(25))
    assert "Tuin" not in run(24, "meeting", "agenda.txt", typed="\n" * 6).stdout
    agenda(week(24))

    assert "Tuin" in on_agenda(run(24, "meeting", "agenda.txt", typed="\n" * 6).stdout)


def test_what_came_along_and_was_renamed_stays_one_item(
    run: Run, agenda: Callable[[str], None]
) -> None:
    agenda(week(17))
    run(17, "meeting", "agenda.txt", typed=LIFTS + "\n\na\n\n\n\n")
    agenda("Teamoverleg wonen, 24 november 2026\n1. Opening\n2. Tuin\n3. Rondvraag\n")
    run(24, "meeting", "agenda.txt", "--carry-over", typed="\n\nh\nGeld voor 2027\nq\n")

    again = run(24, "meeting", "agenda.txt", typed="\n" * 6).stdout

    assert on_agenda(again) == ["Opening", "Tuin", "Geld voor 2027 · van 17 nov", "Rondvraag"]
    assert again.startswith("Teamoverleg wonen\n")
