"""Sessions, days and groups: every item knows the heading it stands under, and when it starts."""

from __future__ import annotations

from datetime import time

import pytest

from bot.readers.agenda import read_agenda
from bot.readers.catalogue import read_prompts

VOCABULARY = read_prompts().vocabulary


def sessions(text: str) -> list[tuple[str, str | None]]:
    return [(item.title, item.session) for item in read_agenda(text, VOCABULARY).items]


def times(text: str) -> list[str]:
    items = read_agenda(text, VOCABULARY).items
    return [item.starts_at.isoformat("minutes") if item.starts_at else "" for item in items]


TWO = [("Huur", "{0}"), ("Zorg", "{0}"), ("Post", "{1}"), ("Balie", "{1}")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ochtend", "Middag"),
        ("Dag 1", "Dag 2"),
        ("Maandag 1 maart", "Dinsdag 2 maart"),
        ("Session A", "Session B"),
        ("Openbaar gedeelte", "Besloten gedeelte"),
        ("Ter besluitvorming", "Ter informatie"),
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "# Heidag\n\n## {0}\n1. Huur\n2. Zorg\n\n## {1}\n1. Post\n2. Balie",
        "# Heidag\n\n**{0}**\n- Huur\n- Zorg\n\n**{1}**\n- Post\n- Balie",
        "Heidag\n\n{0}:\n1. Huur\n2. Zorg\n\n{1}:\n3. Post\n4. Balie",
        "- {0}\n  - Huur\n  - Zorg\n- {1}\n  - Post\n  - Balie",
        "<h1>Heidag</h1><h2>{0}</h2><ol><li>Huur<li>Zorg</ol><h2>{1}</h2><ol><li>Post<li>Balie</ol>",
        "| Punt | Wie |\n|---|---|\n| {0} | |\n| Huur | |\n| Zorg | |\n| {1} | |\n| Post | |\n"
        "| Balie | |",
        "<table><tr><th>Punt<th>Wie<tr><td colspan=2>{0}<tr><td>Huur<td>Jo<tr><td>Zorg<td>Bo"
        "<tr><td colspan=2>{1}<tr><td>Post<td>Jo<tr><td>Balie<td>Bo</table>",
    ],
)  # fmt: skip
def test_every_item_has_its_session(one, other, form):
    wanted = [(title, place.format(one, other)) for title, place in TWO]
    assert sessions(form.format(one, other)) == wanted


def test_what_stands_before_the_groups_is_in_none():
    text = "1. Opening\n2. Post\n\nTer besluitvorming:\n3. Huur\n\nTer informatie:\n4. Zorg"
    assert sessions(text) == [
        ("Opening", None),
        ("Post", None),
        ("Huur", "Ter besluitvorming"),
        ("Zorg", "Ter informatie"),
    ]
    table = (
        "| Tijd | Punt |\n|---|---|\n| 9:00 | Opening |\n| Besloten gedeelte | |\n| 10:00 | Huur |"
    )
    assert sessions(table) == [("Opening", None), ("Huur", "Besloten gedeelte")]


def test_days_and_their_parts():
    text = (
        "# Heidag\n## Dag 1\n### Ochtend\n1. Huur\n### Middag\n2. Zorg\n"
        "## Dag 2\n### Ochtend\n3. Post"
    )
    assert [place for _, place in sessions(text)] == [
        "Dag 1 · Ochtend", "Dag 1 · Middag", "Dag 2 · Ochtend",
    ]  # fmt: skip


def test_unknown_headings_are_sessions_where_the_numbers_go_on():
    text = "# Overleg\n## Klein\n1. Opening\n2. Post\n## Groot\n3. Huur"
    assert [place for _, place in sessions(text)] == ["Klein", "Klein", "Groot"]


@pytest.mark.parametrize(
    "text",
    [
        "# Team Zuid\n## Agenda\n1. Huur\n2. Zorg",
        "Dinsdag 24 november 2026\n1. Huur\n2. Zorg",
        "# Dinsdag 24 november\n1. Huur\n2. Zorg",
        "# Overleg\n### Huur\nVeel.\n### Zorg\nWeinig.",
    ],
)
def test_a_title_a_date_and_the_word_agenda_are_no_session(text):
    assert sessions(text) == [("Huur", None), ("Zorg", None)]


def test_two_agendas_are_two_sessions():
    text = "Agenda dag 1\n1. Huur\n2. Zorg\n\nAgenda dag 2\n1. Post\n2. Balie"
    assert sessions(text) == [(title, p.format("Agenda dag 1", "Agenda dag 2")) for title, p in TWO]


def test_a_break_across_a_row_is_an_item():
    text = "| Tijd | Punt |\n|---|---|\n| 9:00 | Huur |\n| Pauze | |\n| 10:00 | Zorg |"
    assert [title for title, _ in sessions(text)] == ["Huur", "Pauze", "Zorg"]


@pytest.mark.parametrize(
    "text",
    [
        "10:15 Huur\n11.00 uur Zorg",
        "- Huur (10:15)\n- Zorg (11:00-12:00)",
        "1. 10:15 – 10:45 Huur\n2. Zorg om 11:00",
        "| Tijd | Punt |\n|---|---|\n| 10.15-10.30 | Huur |\n| 11.00 | Zorg |",
    ],
)
def test_when_an_item_starts(text):
    assert times(text) == ["10:15", "11:00"]


def test_when_a_sub_item_starts():
    (item,) = read_agenda("1. Huur\n   - 10:15 brief\n   - bezwaar", VOCABULARY).items
    assert [sub.starts_at for sub in item.sub_items] == [time(10, 15), None]
