"""Lines the layout broke, and headings that no mark shows."""

from __future__ import annotations

import pytest

from bot.readers.agenda_headings import with_headings
from bot.readers.agenda_html import ASIDE
from bot.readers.agenda_layout import unfold
from bot.readers.agenda_lines import Mark, read_lines
from bot.readers.agenda_text import clean_lines
from bot.readers.catalogue import read_prompts

VOCABULARY = read_prompts().vocabulary
TOLD = "Daar gaan we het samen over hebben."


def headings(text: str) -> list[str]:
    lines = with_headings(read_lines(text.split("\n"), VOCABULARY), VOCABULARY)
    return [line.body for line in lines if line.mark is Mark.HEADING]


@pytest.mark.parametrize(
    ("lines", "unfolded"),
    [
        (["10:00", "Huur", "11:00", "Zorg"], ["10:00 Huur", "11:00 Zorg"]),
        (["10:00", "Huur"], ["10:00", "Huur"]),
        (["10:00", "10:30", "Huur"], ["10:00", "10:30 Huur"]),
        (["10:00", f"{ASIDE}Menu", "11:00", "Zorg"], ["10:00", f"{ASIDE}Menu", "11:00 Zorg"]),
        (["10:00", "", "Huur", "11:00", "", "Zorg"], ["10:00 Huur", "11:00 Zorg"]),
        (["Bel 1. Jan of 2. Els"], ["Bel 1. Jan of 2. Els"]),
        (["1. Zorg a. balie b. brief 2. Eo"], ["1. Zorg", "    a. balie", "    b. brief", "2. Eo"]),
        (["1. Zorg a. balie 2. Post"], ["1. Zorg a. balie", "2. Post"]),
        (["(groep 8) 1. Zorg 2. Huur 4. Post"], ["(groep 8)", "1. Zorg", "2. Huur", "4. Post"]),
        (["1. Zorg 3. maart 4. mei"], ["1. Zorg 3. maart 4. mei"]),
        (["0900-0930 Zorg", "0930-1000 Huur", "1000 Post"],
         ["09:00-09:30 Zorg", "09:30-10:00 Huur", "10:00 Post"]),
        (["0900-0930 Zorg", "2026 Huur"], ["09:00-09:30 Zorg", "2026 Huur"]),
    ],
)  # fmt: skip
def test_times_and_numbers_get_their_line(lines, unfolded):
    assert unfold(lines) == unfolded


def test_short_lines_above_bullets_are_headings_where_there_are_several():
    assert headings("Huur\n- a\nZorg\n- b") == []
    assert headings("Huur\n- a\nZorg\n- b\nPost\n- c") == ["Huur", "Zorg", "Post"]


@pytest.mark.parametrize("line", ["Kern", "  Meer", "meer", "Besluit:"])
def test_what_labels_part_of_an_item_is_no_heading(line):
    again = "Kern\n- d\n" if line == "Kern" else ""
    text = f"Huur\n- a\n{line}\n- b\nZorg\n- c\n{again}Post\n- e"
    assert headings(text) == ["Huur", "Zorg", "Post"]


def test_short_lines_above_paragraphs_are_headings_where_there_are_several():
    two = f"\nOpening\n{TOLD}\n\nHuur\n{TOLD}"
    assert headings(two) == []
    assert headings(f"{two}\n\nZorg\n{TOLD.rstrip('.')}") == ["Opening", "Huur", "Zorg"]


@pytest.mark.parametrize(
    "text",
    [
        f"meer\n{TOLD}",
        f"Besluit\n{TOLD}",
        "Zaal Noord\nde hele middag",
        f"Wij horen graag wat iedereen van de nieuwe openingstijden vindt\n{TOLD}",
    ],
)
def test_what_stands_above_other_lines_is_no_heading(text):
    three = "".join(f"\n{name}\n{TOLD}\n" for name in ("Opening", "Huur", "Zorg"))
    assert headings(f"{three}\n{text}") == ["Opening", "Huur", "Zorg"]


def test_a_whole_sentence_in_bold_is_no_heading():
    long = "Wie niet kan komen meldt dat uiterlijk maandag bij het secretariaat van de wijkraad"
    assert headings(f"\n**Huur**\n\n**Zorg**\n\n**{long}**") == ["Huur", "Zorg"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{{< blok title="Huur" >}}', "## Huur"),
        (r"1\. Huur", "1. Huur"),
    ],
)
def test_what_site_generators_write(text, line):
    assert line in clean_lines(text)[1]


def test_labels_are_headings_where_usual_ones_are_among_them():
    text = "Opening: Jan is er.\n\nHuur: {told}\n\n{last}: geen.".replace("{told}", TOLD)
    assert headings(text.format(last="Rondvraag")) == ["Opening", "Huur", "Rondvraag"]
    assert headings(text.format(last="Zorg")) == []


def test_labels_alone_on_their_lines_lead():
    text = f"Opening:\n\n{TOLD}\n\nHuur:\n\nLet wel: {TOLD}\n\nRondvraag:\n\n{TOLD}"
    assert headings(text) == ["Opening", "Huur", "Rondvraag"]


def test_labels_of_people_and_outcomes_are_no_headings():
    text = "Opening: ja.\n\nAanwezig team: Jan.\n\nBesluit: nee.\n\nHuur: ja.\n\nRondvraag: nee."
    assert headings(text) == ["Opening", "Huur", "Rondvraag"]
