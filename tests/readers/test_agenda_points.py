"""Which lines are the items, and how likely lines are."""

from __future__ import annotations

import math

import pytest

from bot.readers.agenda import read_agenda
from bot.readers.agenda_likelihood import NOTHING, USUAL, likelihood
from bot.readers.agenda_lines import read_line
from bot.readers.agenda_reading import Reading
from bot.readers.agenda_tree import Node
from bot.readers.catalogue import read_prompts

VOCABULARY = read_prompts().vocabulary
LONG = "kwast " * 21


def titles(text: str) -> list[str]:
    return [item.title for item in read_agenda(text, VOCABULARY).items]


def likely(*texts: str) -> float:
    points = [Node(read_line(text, VOCABULARY)) for text in texts]
    return likelihood(points, Reading(VOCABULARY, met=False, whole=True))


def test_nothing_is_less_likely_than_anything():
    assert likely() == NOTHING < likely("- Actie: bellen")


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("1. Kwast", "- Kwast"),
        ("10:00 Kwast", "- Kwast"),
        ("## Kwast", "- Kwast"),
        ("- Rondvraag", "1. Kwast"),
        ("- Kwast", "- Actie: bellen"),
        ("- Kwast", "- Jan de Wit"),
        ("## Jan de Wit", "- Jan de Wit"),
        ("## Kwast", "## Aanwezig"),
        ("- Kwast", f"- {LONG}"),
        (f"1. {LONG}", f"- {LONG}"),
    ],
)
def test_what_a_line_tells(more, less):
    assert likely(more, "- Huur") > likely(less, "- Huur")


def test_one_line_alone_is_less_likely_without_a_number():
    assert likely("1. Huur") > 0 > likely("- Huur")


def test_lines_that_count_up_are_likelier():
    even = likely("1. Huur", "2. Zorg", "3. Post")
    odd = likely("1. Huur", "2. Zorg", "4. Post")
    assert even > odd


def test_no_more_than_enough_lines_count():
    assert math.isclose(likely(*6 * ["- Huur"]), likely(*9 * ["- Huur"]))


def test_what_comes_again_tells_it_once():
    assert math.isclose(likely("- Pauze 1", "- Pauze 2"), USUAL / 2 * math.sqrt(2))


@pytest.mark.parametrize("head", ["Agenda next meeting", "Future agenda items"])
def test_the_agenda_of_another_time_gives_no_items(head):
    text = f"# Board\n## Welcome\n## Fees\nThey rise.\n## {head}\n- parking"
    assert titles(text) == ["Welcome", "Fees"]


@pytest.mark.parametrize(
    ("line", "title", "detail"),
    [
        ("Huur. De brief ligt er nog.", "Huur", "De brief ligt er nog."),
        ("Huur. Zie de brief.", "Huur. Zie de brief.", None),
        ("Voorstel v.d. Berg. En wat nu.", "Voorstel v.d. Berg. En wat nu.", None),
        ("Brief van A. Berg komt nog langs.", "Brief van A. Berg komt nog langs.", None),
    ],
)  # fmt: skip
def test_sentences_behind_a_title_are_detail(line, title, detail):
    item = read_agenda(f"Agenda\n1. Opening\n2. {line}", VOCABULARY).items[1]
    assert (item.title, item.detail) == (title, detail)


def test_a_time_alone_has_no_number():
    agenda = read_agenda("11.30 uur\n\n1. Opening\n2. Huur", VOCABULARY)
    assert [item.title for item in agenda.items] == ["Opening", "Huur"]


def test_a_count_that_drifts_from_the_margin_goes_on():
    assert titles("Overleg\n1. Opening\n   2. Huur\n      3. Zorg") == ["Opening", "Huur", "Zorg"]


def test_small_letters_and_bullets_belong_to_the_number_above_them_wherever_the_margin_is():
    text = "Overleg\n   1. Opening\n   2. Huur\na. brief\nb. balie\n- stuk\n   3. Zorg"
    assert titles(text) == ["Opening", "Huur", "Zorg"]


def test_a_label_below_one_of_many_headings_is_no_agenda():
    text = "# Overleg\n## Huur\nPunten:\n- a\n- b\n## Zorg\n- c\n## Post\n- d"
    assert titles(text) == ["Huur", "Zorg", "Post"]


def test_an_agenda_below_one_of_two_headings_is_one():
    text = "# Overleg\n## Week 3\nAgenda:\n- Huur\n- Zorg\n## Foto's\n- c"
    assert titles(text) == ["Huur", "Zorg"]


def test_documents_below_an_item_are_its_own():
    text = "Overleg\n1. Opening\n2. Huur\n2. Notitie huur.pdf\n3. Zorg"
    assert titles(text) == ["Opening", "Huur", "Zorg"]
