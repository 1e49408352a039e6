"""In a meeting in the terminal, what is done beside answering: notes, going back, help."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.app import PROGRAM
from bot.surfaces.terminal.command_line import klantvraag

AGENDA = """\
Teamoverleg wonen, dinsdag 24 november 2026

1. Opening
2. Verhuisformulier
3. Begroting
"""
SURE = "\n\n"  # we assume; our decision stays


@pytest.fixture(autouse=True)
def _agenda(tmp_path: Path) -> None:
    (tmp_path / "agenda.txt").write_text(AGENDA, "utf-8")


def hold(typed: str, *options: str) -> str:
    words = ["meeting", "agenda.txt", *options]
    result = CliRunner().invoke(klantvraag, words, input=typed, obj=PROGRAM)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_question_mark_lists_all_that_can_be_typed_and_asks_again() -> None:
    shown = hold("?\nMinder gedoe.\n")

    assert "    o: iets opschrijven bij dit punt.\n" in shown
    assert shown.count("Wordt het hierdoor makkelijker voor de klant?") == 2
    assert "| Minder gedoe." in hold("q\n")


def test_a_note_is_shown_at_its_item_added_to_and_taken_away() -> None:
    shown = hold("o\nFatima belt de huurders.\no\nOok de kopers.\nq\n")
    assert shown.count("    Notitie: Fatima belt de huurders.\n") == 3
    assert "    Ook de kopers.\n" in shown

    assert "Ook de kopers." in hold("o\ng\nq\n")
    assert "Notitie" not in hold("q\n")


def test_an_answer_given_before_a_note_is_asked_how_sure_it_is() -> None:
    hold("Minder gedoe.\no\nBellen.\n\nw\nj\nq\n")

    assert "| Minder gedoe. – dat weten we, besluit gewijzigd" in hold("q\n")


def test_a_question_that_was_left_open_is_not_asked_again_after_a_note() -> None:
    shown = hold("\no\nBellen.\nq\n")

    assert shown.count("Wordt het hierdoor makkelijker voor de klant?") == 1


def test_back_to_an_item_and_on_where_one_was() -> None:
    shown = hold("\n\nt\n9\n2\nMinder gedoe.\n\n" + SURE + "Het past in de begroting.\n")

    assert "Punt ‘9’ staat er niet bij. Kies uit: 2." in shown
    later = hold("\n" * 4)
    assert "| Minder gedoe. – aanname" in later
    assert later.index("| Minder gedoe.") < later.index("| Het past in de begroting.")


def test_what_was_answered_out_of_turn_is_not_asked_in_its_turn() -> None:
    shown = hold("t\n3\nn\nGaat over geld.\n\n\n")

    _, turn = shown.split("Gaat over geld.", 1)
    assert "N.v.t.: Gaat over geld." in turn
    assert "Nog 1 punt open: 2." in turn


def test_back_and_stay_changes_nothing() -> None:
    shown = hold("t\n\nMinder gedoe.\n")

    assert shown.count("Wordt het hierdoor makkelijker voor de klant?") == 2


def test_another_question_takes_the_place_of_the_one_just_asked() -> None:
    shown = hold("v\nMinder gedoe.\n")

    first, second, *_ = [row for row in shown.splitlines() if row.endswith("?")]
    assert first == "    Wordt het hierdoor makkelijker voor de klant?"
    assert first != second
    later = hold("\n" * 3)
    assert first not in later
    assert later.index(second) < later.index("| Minder gedoe.")


def test_when_no_other_question_fits_it_says_so_and_asks_on() -> None:
    shown = hold("v\n" * 30 + "q\n")

    assert "Bij dit punt past geen andere vraag meer" in " ".join(shown.split())


def test_an_item_that_is_skipped_waits_for_nothing_and_stands_so_at_closing() -> None:
    shown = hold("s\nn\nGeld.\n\n\n\n\n")

    assert "    overgeslagen\n" in shown
    assert "Er is niets meer open." in shown
    assert "Enter: 2. g: alles is besproken." in shown
    assert "1 punt is niet besproken." in " ".join(shown.split())


def test_who_goes_back_to_a_skipped_item_discusses_it_after_all() -> None:
    shown = hold("s\nn\nGeld.\n2\nMinder gedoe.\n\n" + SURE + "\n\n\n\n")

    assert "Enter: alles is besproken." in shown
    assert "Na mijn vraag: 1 beantwoord, 1 n.v.t." in shown


def test_an_item_that_is_added_comes_next_with_questions_of_its_own() -> None:
    shown = hold("p\nLiften (10 min)\n\n\nDe bewoners wachten.\n\n\n\n\n", "--sector", "housing")

    assert "4.  Begroting" in shown
    _, lifts = shown.split("3.  Liften · 10 min\n")
    questions, _ = lifts.split("    > De bewoners wachten.")
    assert "huurder" in questions, "in the words of the sector that was chosen"


def test_an_item_gets_another_title_and_another_place() -> None:
    shown = hold("h\nVerhuisbrief\nz\nl\nq\n")

    assert "2.  Verhuisbrief" in shown
    assert "3.  Verhuisbrief" in shown


def test_the_same_in_english() -> None:
    shown = hold("?\nw\nCall first.\nb\n\nq\n", "--language", "en")

    assert "    w: write something down at this item.\n" in shown
    assert "    Note: Call first.\n" in shown
    assert "To which item? Type its number. Enter: stay here." in shown


def test_who_says_not_to_know_is_not_asked_how_sure() -> None:
    shown = hold("weten we nog niet: wie belt\n\n\nMinder werk.\n\n\n\nq\n")

    assert shown.count("Hoe zeker zijn jullie?") == 1, "of the other item"
    shown = hold("\n\n\nq\n")
    assert "| Weten we nog niet: wie belt\n" in shown
    assert "| Minder werk. – aanname" in shown
    assert ", niets meer open, bezig" in shown
