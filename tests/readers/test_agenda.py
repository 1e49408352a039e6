"""The agenda reader: the rule's examples in both languages, own agendas, wild text, growth."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meeting import Agenda, AgendaItem, Kind, SubItem
from bot.readers.agenda import read_agenda
from bot.readers.agenda_text import clean_lines
from bot.readers.catalogue import read_prompts
from tests import measured
from tests.agenda_scores import score_folder, total
from tests.conftest import ShowScore

VOCABULARY = read_prompts().vocabulary
AGENDAS = measured.AGENDAS
SAMPLES = Path(__file__).parents[3] / "shared" / "sample-agendas"  # where there are any


def read(text: str) -> Agenda:
    return read_agenda(text, VOCABULARY)


def titles(text: str) -> list[str]:
    return [item.title for item in read(text).items]


def only(text: str) -> AgendaItem:
    (item,) = read(text).items
    return item


# The worked examples of the rule


def test_numbered_items_with_presenter_and_minutes():
    opening, budget = read("1. Opening\n2) Begroting 2027 – Jan – 10 min").items
    assert (opening.title, opening.kind, opening.presenter) == ("Opening", Kind.PROCEDURAL, None)
    assert (budget.title, budget.presenter, budget.minutes) == ("Begroting 2027", "Jan", 10)
    assert budget.kind is Kind.SUBSTANTIVE
    _, fees = read("1. Welcome\n2) Fees 2027 – Jane – 1 hour").items
    assert (fees.title, fees.presenter, fees.minutes) == ("Fees 2027", "Jane", 60)


def test_indented_letters_are_sub_items():
    first, rent = read("2. Opening\n3. Huuraanpassing\n   a. brief\n   b. bezwaren").items
    assert [first.position, rent.position] == ["2", "3"]
    assert [(s.position, s.title) for s in rent.sub_items] == [("3a", "brief"), ("3b", "bezwaren")]


def test_ones_everywhere_nest_by_indentation():
    text = "# Agenda\n1. Opening\n1. Huur\n   1. brief\n   1. bezwaar\n1. Rondvraag"
    items = read(text).items
    assert [item.title for item in items] == ["Opening", "Huur", "Rondvraag"]
    assert [item.position for item in items] == ["1", "2", "3"]
    assert len(items[1].sub_items) == 2


@pytest.mark.parametrize("name", ["Agenda", "Agendapunten", "Draft agenda", "Topics"])
def test_a_heading_over_a_list_is_a_section(name):
    assert titles(f"# Overleg\n## {name}\n- Opening\n- Tarieven") == ["Opening", "Tarieven"]


def test_headings_beside_each_other_are_items_and_their_notes_detail():
    text = "# Overleg\n### Planning\nNoor is vrij.\n### Klachten\nTwee over de toon.\n### Rondvraag"
    planning, complaints, _ = read(text).items
    assert (planning.title, planning.detail) == ("Planning", "Noor is vrij.")
    assert complaints.detail == "Twee over de toon."


def test_groups_are_sections():
    dutch = "## Bespreekpunten\n1. Huur\n2. Zorg\n## Ter informatie\n3. Verbouwing"
    assert titles(dutch) == ["Huur", "Zorg", "Verbouwing"]
    english = "# Meeting\n## For decision\n- Fees\n- Hours\n## For information\n- New site"
    assert titles(english) == ["Fees", "Hours", "New site"]


def test_unknown_headings_group_when_the_numbers_go_on_below_them():
    text = "# Overleg\n## Klein\n1. Opening\n2. Post\n## Groot\n3. Huur\n4. Zorg"
    assert titles(text) == ["Opening", "Post", "Huur", "Zorg"]


def test_rows_of_a_table_are_items():
    text = (
        "| Tijd | Onderwerp | Wie |\n|---|---|---|\n| 10:00–10:15 | Welkom | Els |\n"
        "| 10:15–11:00 | Wachttijden | Bram de Wit |\n| | cijfers van mei | |\n| 11:00 | Pauze | |"
    )
    welcome, waiting, rest = read(text).items
    assert (welcome.title, welcome.presenter, welcome.minutes) == ("Welkom", "Els", 15)
    assert (waiting.title, waiting.minutes) == ("Wachttijden", 45)
    assert waiting.detail == "cijfers van mei"
    assert rest.title == "Pauze"


def test_a_table_of_facts_is_a_header():
    text = (
        "| | |\n|---|---|\n| Datum | 4 maart 2027 |\n| Locatie | zaal 2 |\n\n"
        "| Topic | Lead |\n|---|---|\n| Refunds | Ann |\n| Hours | Bo |"
    )
    agenda = read(text)
    assert (agenda.day, agenda.place) == (date(2027, 3, 4), "zaal 2")
    assert [item.title for item in agenda.items] == ["Refunds", "Hours"]


def test_times_in_front():
    welcome, lunch = read("10:00–10:15 Welkom & mededelingen\n12.00 uur Lunch").items
    assert (welcome.title, welcome.minutes, welcome.kind) == (
        "Welkom & mededelingen",
        15,
        Kind.PROCEDURAL,
    )
    assert (lunch.title, lunch.kind) == ("Lunch", Kind.PROCEDURAL)
    talk, _ = read("9:30 am - 10:15 am Why callers hang up\n10:15 am Break").items
    assert (talk.title, talk.minutes) == ("Why callers hang up", 45)


def test_headers_and_trailers_are_no_items():
    text = (
        "Aanwezig: Jan, Piet\nAfwezig:\n- Kees\n\nDatum: 3 mei 2027\nLocatie: kantine\n\n"
        "1. Opening\n2. Tarieven\n\nVorige vergadering: 3 april\n\n## Links\n- https://example.org\n"
    )
    agenda = read(text)
    assert [item.title for item in agenda.items] == ["Opening", "Tarieven"]
    assert (agenda.day, agenda.place) == (date(2027, 5, 3), "kantine")


@pytest.mark.parametrize(
    "line", ["Besluit: akkoord", "Actie Jan: bellen", "gedaan", "Decision: ok"]
)
def test_outcomes_are_detail(line):
    box = "[x] " if line == "gedaan" else ""
    first, _ = read(f"- Opening\n  - {box}{line}\n- Rondvraag").items
    assert first.sub_items == ()
    assert first.detail == line


def test_minutes_with_list_and_headings_give_each_item_once():
    text = (
        "# Notulen\n## Agenda\n1. Opening\n2. Hek\n3. Rondvraag\n\n## Opening\nJo opent.\n"
        "## Hek\nDuur.\n## Rondvraag\nNiets.\n## Actielijst\n- Jo: bellen"
    )
    assert titles(text) == ["Opening", "Hek", "Rondvraag"]


def test_minutes_with_headings_only():
    text = (
        "# Minutes\n## Present\n- Jo\n## Bins\nLate again.\n## Lights\nOut.\n"
        "## Action items\n- Jo\n## Next meeting\nMay"
    )
    assert titles(text) == ["Bins", "Lights"]


def test_a_web_page_with_buttons_and_lone_numbers():
    text = (
        "Menu\nAgendapunten\n1\nOpening\nInklappen\n"
        "2\nZorg voor jeugd en\ngezin\nBekijk stukken (3)"
    )
    assert titles(text) == ["Opening", "Zorg voor jeugd en gezin"]


def test_several_items_on_one_line():
    line = "1. Opening 2. Verslag 3. Planning 4. Rondvraag"
    assert titles(line) == ["Opening", "Verslag", "Planning", "Rondvraag"]


def test_a_mail_that_asks_for_one_point():
    assert titles("Hoi Jo,\n\nKun je de wachtrij op de agenda zetten?\n\nGroet, An") == ["Wachtrij"]
    assert titles("Hi Jo,\n\nCould you add the queue to the agenda?\n\nThanks,\nAn") == ["Queue"]


@pytest.mark.parametrize("name", ["nl-teams-alleen.txt", "en-zoom-only.txt", "en-meet-only.txt"])
def test_an_invitation_alone_gives_nothing(name):
    assert read((AGENDAS / name).read_text("utf8")).items == ()


def test_prose_that_announces_points():
    assert titles("We hebben het over de tarieven en daarna over de klachten.") == [
        "Tarieven",
        "Klachten",
    ]
    assert titles("We will discuss the fees, the queue and the website.") == [
        "Fees",
        "Queue",
        "Website",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "Het regent.", "Dear Sir,\n\nThank you.\n\nRegards"])
def test_text_without_points_gives_nothing(text):
    assert read(text).items == ()


def test_two_days_keep_their_order():
    text = (
        "# Heidag\n## Maandag 1 maart\n- 10:00 Huur\n- 11:00 Pauze\n"
        "## Dinsdag 2 maart\n- 9:00 Zorg\n- 10:00 Slot"
    )
    assert titles(text) == ["Huur", "Pauze", "Zorg", "Slot"]


# Nothing of a list is lost

LIST = [
    "Opening",
    "Wachtwoord vergeten: wat merkt de klant",
    "Deelnemen aan de klantdag",
    "Hulp nodig?",
    "Meer",
    "Delen",
    "Stukken",
    "Inloggen",
    "Achteraf betalen door klanten die dat willen",
    "Contact: hoe klanten ons bereiken",
    "Join the meeting",
    "Rondvraag",
]


@pytest.mark.parametrize("head", ["# Teamoverleg", "Agenda:", "Teamoverleg\n## Agenda"])
@pytest.mark.parametrize("mark", ["- ", "* ", "• "])
def test_a_marked_line_is_never_noise(head, mark):
    text = head + "\n\n" + "\n".join(mark + line for line in LIST)
    assert titles(text) == LIST


def test_a_conference_block_goes_and_an_item_like_it_stays():
    block = "Deelnemen via Teams\nhttps://teams.example.org/x\nWachtwoord: aB3\n"
    items = "Wachtwoord vergeten: wat merkt de klant\nDeelnemen aan de klantdag\nHuur"
    wanted = items.split("\n")
    assert titles(f"{block}\n\n\n\nAgenda:\n1. " + items.replace("\n", "\n1. ")) == wanted
    assert titles(f"Agenda:\n{items}") == wanted


@pytest.mark.parametrize("number", ["1234", "99999999999999999999"])
def test_a_large_number_is_one(number):
    assert titles(f"Agenda\n{number}. Huur\n2. Zorg") == ["Huur", "Zorg"]


@pytest.mark.parametrize("mark", ["1. ", "- ", "## "])
def test_a_very_long_title_is_one(mark):
    long = "woord " * 9000
    assert titles(f"# Agenda\n\n{mark}Huur\n{mark}{long}\n{mark}Zorg") == [
        "Huur",
        long[:-1],
        "Zorg",
    ]


@pytest.mark.parametrize("indent", ["", "\t", "   "])
def test_sub_items_in_a_table_with_tabs(indent):
    subs = f"{indent}2.1\tCijfers\n{indent}2.2\tKlachten"
    text = f"1.\tOpening\n2.\tZorg\n{subs}\n3.\tRondvraag"
    _, care, _ = read(text).items
    assert [(sub.position, sub.title) for sub in care.sub_items] == [
        ("2.1", "Cijfers"),
        ("2.2", "Klachten"),
    ]


# As Word pastes it


def test_bullets_behind_tabs_are_no_table():
    text = "1)\tHulp\n\t•\tWachttijd\n\t•\tBereikbaarheid\n2)\tOpening\n\to\tkosten"
    help_, opening = read(text).items
    assert (help_.title, opening.title) == ("Hulp", "Opening")
    assert [sub.title for sub in help_.sub_items] == ["Wachttijd", "Bereikbaarheid"]
    assert [sub.title for sub in opening.sub_items] == ["kosten"]


def test_columns_are_found_by_what_they_hold():
    text = (
        "\tNr.\tOnderwerp\tWie\tTijd\n1.\t13.30\tOpening\tJan\n"
        "2.\t13.40\tWachttijden aan de balie\tEls\n3.\t14.00\tRondvraag\tBo"
    )
    agenda = read(text)
    assert agenda.time == time(13, 30)
    assert [(item.title, item.presenter) for item in agenda.items] == [
        ("Opening", "Jan"),
        ("Wachttijden aan de balie", "Els"),
        ("Rondvraag", "Bo"),
    ]


def test_a_table_laid_out_with_spaces():
    text = (
        "Overleg\n\nTijd    Onderwerp           Wie\n13.30   Opening             Jan\n"
        "13.40   Post                \n14.00   Huur en  zorg       Els\n"
    )
    first, post, rent = read(text).items
    assert (first.title, first.presenter, first.minutes) == ("Opening", "Jan", None)
    assert (post.title, post.presenter) == ("Post", None)
    assert (rent.title, rent.presenter) == ("Huur en zorg", "Els")


# What is an agenda and what is none


@pytest.mark.parametrize(
    "text",
    [
        "# Team Zuid\n24 november 2026\n\n1. Huur\n2. Zorg",
        "Team Zuid\n24 november\n\n- Huur\n- Zorg",
        "# Team Zuid\n10:00 uur\n\n- Huur\n- Zorg",
        "Team Zuid\nlocatie Noord\n\n1. Huur\n2. Zorg",
        "1. Huur\n2. Zorg",
    ],
)
def test_a_day_or_numbers_make_a_list_an_agenda(text):
    assert titles(text) == ["Huur", "Zorg"]


@pytest.mark.parametrize(
    "text",
    [
        "Hoi allen,\n\nNeem je dit mee?\n- melk\n- brood\n\nGroet, Jan",
        "Voor zaterdag 28 november\n\n- melk\n- brood\n\nVergeet het statiegeld niet.",
        "Zo maak je soep.\n\n1. Snijd de prei\n2. Kook het water\n\nEet smakelijk!",
        "Op 24 november 2026 was het koud. Er viel sneeuw.",
        "Beste allen,\n\nTot dinsdag 24 november!\n\nGroet, Jan",
    ],
)
def test_notes_letters_and_prose_are_no_agenda(text):
    assert titles(text) == []


# The meeting itself


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1. Opening\n2. We gaan verhuizen\n3. Lift", "nl"),
        ("- Project Warmte\n- Update ICT\n- WVTTK", "nl"),
        ("- Lift\n- Budget\n- Update", None),
        ("- Welcome\n- Budget\n- Any other business", "en"),
        ("1. Rent increase for the new block\n2. How we answer the phone", "en"),
    ],
)
def test_words_that_both_languages_use_tell_nothing(text: str, language: str | None):
    assert read(text).language == language


def test_title_day_time_and_language():
    agenda = read(
        "# Agenda teamoverleg wonen – dinsdag 24 november 2026, 10:00\n1. Opening\n2. Huur"
    )
    assert (agenda.title, agenda.day, agenda.time) == (
        "Teamoverleg wonen",
        date(2026, 11, 24),
        time(10, 0),
    )
    assert agenda.language == "nl"
    agenda = read("# Agenda\nDate: November 24th, 2026\n1. Welcome\n2. Review of the fees")
    assert (agenda.title, agenda.day, agenda.language) == (None, date(2026, 11, 24), "en")


TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("Teamoverleg dinsdag 24 november, 10 uur", date(2026, 11, 24), time(10)),
        ("Teamoverleg (24/11, 10-11.30 uur)", date(2026, 11, 24), time(10)),
        ("Teamoverleg di 24-11 10:00", date(2026, 11, 24), time(10)),
        ("Teamoverleg 24/11", date(2026, 11, 24), None),
        ("# Teamoverleg 24-11-26", date(2026, 11, 24), None),
        ("Teamoverleg 24 nov. '26", date(2026, 11, 24), None),
        ("Teamoverleg\nDatum: 3 december", date(2026, 12, 3), None),
        ("Teamoverleg\nDatum: 24-11\nTijd: 10-12", date(2026, 11, 24), None),
        ("Teamoverleg\nTijd: 10-12 uur", None, time(10)),
        ("Teamoverleg\nDatum: 5 januari", date(2027, 1, 5), None),
        ("Teamoverleg\nThursday Nov 26th, 2pm", date(2026, 11, 26), time(14)),
        ("Teamoverleg woensdag 24 november", date(2027, 11, 24), None),  # not in 2026
        ("Teamoverleg maandag 24 november", date(2025, 11, 24), None),
        ("Teamoverleg zaterdag 24 november", date(2026, 11, 24), None),  # in no near year
        ("Teamoverleg 29 februari", date(2028, 2, 29), None),
        ("Teamoverleg 31 februari", None, None),
    ],
)
def test_a_date_without_a_year_is_the_nearest(line, day, clock):
    text = f"{line}\n\n1. Opening\n2. Huur"
    agenda = read_agenda(text, VOCABULARY, TODAY)
    assert (agenda.title, agenda.day, agenda.time) == ("Teamoverleg", day, clock)
    without = read(text)
    assert (without.title, without.time) == ("Teamoverleg", clock)
    assert without.day == (day if "26" in line.replace("26th", "") else None)


def test_a_day_with_its_year_goes_before_one_without():
    text = "Teamoverleg\n\nWe sluiten per 1 mei.\nWe zien elkaar 3 juni 2026.\n\n1. Opening\n2. Hek"
    assert read_agenda(text, VOCABULARY, TODAY).day == date(2026, 6, 3)


@pytest.mark.parametrize(
    "title",
    ["Begroting dinsdag 24 november", "Sluiting 24/11", "24/7 open", "Bezoek 24 nov, 10 uur"],
)
def test_a_date_stays_in_the_title_of_an_item(title):
    assert read(f"1. Opening\n2. {title}\n3. Rondvraag").items[1].title == title


def test_front_matter():
    text = "---\ntitle: Bestuur\ndate: 2027-02-09\nlocation: clubhuis\n---\n- Opening\n- Hek"
    agenda = read(text)
    assert (agenda.title, agenda.starts_at, agenda.place) == ("Bestuur", "2027-02-09", "clubhuis")


@pytest.mark.parametrize(
    ("line", "title", "presenter", "minutes"),
    [
        ("**Huur** (Fatima, 15 min)", "Huur", "Fatima", 15),
        ("[Huur](https://example.org/x) – 0:10", "Huur", None, 10),
        ("Huur en zorg door Anne de Wit", "Huur en zorg", "Anne de Wit", None),
        ("📊 Huur (20')", "Huur", None, 20),
        ("Huur: wat nu? – kwartier", "Huur: wat nu?", None, 15),
        ("Begroting – stand van zaken", "Begroting – stand van zaken", None, None),
        ("Beleid (concept)", "Beleid (concept)", None, None),
        ("Q&amp;A &ndash; Ann", "Q&A", "Ann", None),
        ("Huur (Ruud, 30 min, besluit)", "Huur", "Ruud", 30),
        ("Huur (Priya, 10)", "Huur", "Priya", 10),
        ("Huur (Priya 10 min)", "Huur", "Priya", 10),
        ("Huur [Hans / 20 minuten / besluit]", "Huur", "Hans", 20),
        ("Huur (Marieke, 09.10 – 09.30)", "Huur", "Marieke", 20),
        ("Huur – Discussie", "Huur – Discussie", None, None),
        ("Huur – Oplevering", "Huur – Oplevering", None, None),
        ("Huur – Europe", "Huur – Europe", None, None),
        ("Q3 cijfers", "Q3 cijfers", None, None),
        ("Lunch om 12:30", "Lunch", None, None),
        ("Storing van 2 uur", "Storing van 2 uur", None, None),
        ("10:00 tot 10:30 Huur", "Huur", None, 30),
        ("**Huur** De brief is klaar.", "Huur", None, None),
        ("Huur <!-- later --> en zorg", "Huur en zorg", None, None),
        ("Huur (fase 2, 2030)", "Huur (fase 2, 2030)", None, None),
        ("Huur (Noord, besluit)", "Huur (Noord, besluit)", None, None),
        ("Huur (@sanne, 5 min)", "Huur", "sanne", 5),
        ("Huur @sanne", "Huur", "sanne", None),
    ],
)
def test_what_stands_around_a_title(line, title, presenter, minutes):
    item = read(f"1. Opening\n2. {line}\n3. Rondvraag").items[1]
    assert (item.title, item.presenter, item.minutes) == (title, presenter, minutes)


@pytest.mark.parametrize(
    "title", ["Q3 cijfers", "C. Bakker neemt afscheid", "3 nieuwe collega's", "X. sluit de zaal"]
)
def test_what_looks_like_a_number_but_counts_nothing_stays(title):
    assert titles(f"# Agenda\n- Huur\n- {title}\n- Zorg") == ["Huur", title, "Zorg"]


def test_a_word_may_stand_before_the_number():
    assert titles("Punt 1: Huur\nPunt 2: Zorg") == ["Huur", "Zorg"]
    assert titles("Item 1 – Rent\nItem 2 – Care") == ["Rent", "Care"]


def test_columns_that_only_their_name_explains():
    text = (
        "| Onderwerp | Min | Wie | Doel |\n|---|---|---|---|\n| Huur | 10 | klantteam | besluit |"
    )
    item = only(text + "\n| | | | |")
    assert (item.minutes, item.presenter, item.detail) == (10, "klantteam", "Doel: besluit")
    assert titles("Tijd    Onderwerp\n13.30   Opening\n14.00   Huur") == ["Opening", "Huur"]


def test_a_conference_block_below_bare_items_is_none():
    block = "Deelnemen via Teams\nhttps://teams.example.org/x\nVergaderings-ID: 123 456 789\n"
    assert titles(f"Agenda:\nHuur\nZorg\n{block}") == ["Huur", "Zorg"]


def test_an_agenda_may_be_a_draft():
    text = "# Overleg\n## Voorlopige agenda\n1. Huur\n2. Zorg\n## Overzicht van klanten\nVeel."
    assert titles(text) == ["Huur", "Zorg"]


def test_a_word_may_stand_between_day_and_month():
    assert read("# Team 3rd of June 2026\n1. Welcome\n2. Rent").day == date(2026, 6, 3)


def test_what_else_brackets_say_is_detail():
    decision = read("1. Opening\n2. Huur (Ruud, 30 min, ter besluit)\n3. Rondvraag").items[1]
    assert decision.detail == "ter besluit"


@pytest.mark.parametrize(
    "head",
    [
        "Teamoverleg\ndi 24 november 2026 | 10:00 | kamer 2.14",
        "Teamoverleg, di 24 november 2026, 10:00, kamer 2.14",
        "Teamoverleg\n**Datum:** 24 november 2026 **Tijd:** 10:00 **Plaats:** kamer 2.14",
        "Teamoverleg\nDatum: 24-11-2026 | Tijd: 10:00 | Plaats: kamer 2.14",
        "Teamoverleg\n24 november 2026 10:00 (kamer 2.14)",
    ],
)
def test_day_time_and_place_on_one_line(head):
    agenda = read(f"{head}\n\n1. Opening\n2. Huur")
    assert (agenda.title, agenda.starts_at, agenda.place) == (
        "Teamoverleg",
        "2026-11-24T10:00",
        "kamer 2.14",
    )


def test_detail_has_no_list_marks():
    text = "# Overleg\n## Inloggen\n- [ ] MFA verplicht?\n- [x] brief\nEn wie belt?\n## Huur"
    assert read(text).items[0].detail == "MFA verplicht?\nbrief\nEn wie belt?"


# Own agendas


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((AGENDAS / "gold.json").read_text("utf8"))
    return found


def test_agendas_are_read_as_a_chair_would(show_score: ShowScore):
    result = total(score_folder(AGENDAS, VOCABULARY))
    row = show_score(measured.agendas(result))
    assert result.f1 >= 0.98
    assert result.kinds_right >= 0.97 * result.kinds
    assert measured.is_told(row), measured.RENEW


def test_so_are_the_samples():
    for folder in filter(Path.exists, [SAMPLES]):
        result = total(score_folder(folder, VOCABULARY))
        assert result.f1 >= 0.95
        assert result.kinds_right >= 0.97 * result.kinds


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["file"])
def test_own_agendas_in_full(entry):
    agenda = read((AGENDAS / entry["file"]).read_text("utf8"))
    for name in ("title", "place", "starts_at", "language"):
        if name in entry:
            assert getattr(agenda, name) == entry[name]
    found = {item.title: item for item in agenda.items}
    for wanted in entry["items"]:
        for name in ("presenter", "minutes"):
            if name in wanted:
                assert getattr(found[wanted["title"]], name) == wanted[name]


# Wild text

MARKS = [
    "# ",
    "## ",
    "- ",
    "  - ",
    "1. ",
    "2. ",
    "a) ",
    "10:00 ",
    "| ",
    "> ",
    "**",
    "Agenda:",
    "- [x] ",
]
WORDS = st.one_of(
    st.text(alphabet="abcdeëXYZ 0123456789²٣.:-–|()[]*_#`'\"@/\t", max_size=30),
    st.sampled_from(["s" * 900, "9" * 5000, "Huur (Jan, ²)", "be" + "s" * 400, "٣ min"]),
)
LINES = st.lists(st.tuples(st.sampled_from(MARKS), WORDS).map("".join), max_size=25)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises(text):
    assert isinstance(read(text), Agenda)


@settings(max_examples=150, deadline=None)
@given(LINES.map("\n".join))
def test_nothing_is_invented(text):
    cleaned = "\n".join(line for part in clean_lines(text) for line in part)
    unmarked = text.replace("`", "")  # 0`0`0 is read as 000
    words = [word.casefold() for word in re.findall(r"[^\W_]+", f"{cleaned}\n{text}\n{unmarked}")]
    source = {*words, *(one + other for one, other in pairwise(words))}  # "be-" and "zwaren"
    for told in told_by(read(text).items):
        for word in re.findall(r"[^\W_]+", told):
            assert word.casefold() in source


def told_by(items: tuple[AgendaItem | SubItem, ...]) -> list[str]:
    told: list[str] = []
    for item in items:
        told += [item.title, item.presenter or "", item.detail or "", *told_by(item.sub_items)]
    return told


# Growth: the work doubles with the text


def steps(text: str) -> int:
    """How many functions reading the text calls."""
    count = 0

    def tally(_frame, event, _arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "line",
    ["1. Punt\n", "- Punt (Jan)\n", "## Kop\ntekst\n", "Regel tekst\n", "| 10:00 | Punt |\n",
     "## Agenda\n- punt\n", "Aanwezig:\n- Jan\n\n", "Groet,\n", "1. punt en\nmet\n"],
)  # fmt: skip
def test_twice_the_text_is_twice_the_work(line):
    read(line)
    assert steps(line * 200) <= 2.3 * steps(line * 100)


@pytest.mark.parametrize(
    "sign", ["a", " ", "[", "(", "*", ">", "<", "1. ", "10:00 ", "| ", "<a ", ". A"]
)
def test_one_long_line_is_no_problem(sign):
    assert isinstance(read(sign * (100_000 // len(sign))), Agenda)


def test_deep_nesting_is_no_problem():
    assert read("".join(" " * (2 * depth) + "- punt\n" for depth in range(500)))


@pytest.mark.parametrize(
    "text",
    [
        "1. Nieuw verhuisformulier\n",
        "- Nieuw verhuisformulier\n",
        "Agenda\n- Nieuw verhuisformulier\n",
        "# Teamoverleg\n\n- Nieuw verhuisformulier\n",
        "Teamoverleg, 24 november 2026\n\n1. Nieuw verhuisformulier (15 min)\n   a. de brief\n",
    ],
)
def test_an_agenda_may_have_a_single_item(text: str) -> None:
    assert [item.title for item in read(text).items] == ["Nieuw verhuisformulier"]


@pytest.mark.parametrize("closing", ["Groet, Marieke", "Met vriendelijke groet,\nMarieke"])
def test_a_signature_is_no_part_of_the_last_item(closing: str) -> None:
    text = f"Agenda\n1. Huur\n2. Rondvraag\n\n{closing}\n\nMarieke de Boer | 06-12345678\n"

    assert [(item.title, item.detail) for item in read(text).items] == [
        ("Huur", None),
        ("Rondvraag", None),
    ]


# Structure rather than format


@pytest.mark.parametrize("name", ["Tijd", "Min", "Duur", "Time"])
@pytest.mark.parametrize(
    "form",
    [
        "Onderwerp\t{}\nHuur\t10\nZorg\t20",
        "| Onderwerp | {} |\n|---|---|\n| Huur | 10 |\n| Zorg | 20 |",
    ],
)
def test_bare_figures_below_a_time_are_minutes(name, form):
    assert [item.minutes for item in read(form.format(name)).items] == [10, 20]


@pytest.mark.parametrize("tail", ["-- DECISION", "– ter besluit", "— de brief is klaar"])
def test_what_stands_behind_the_brackets_is_detail(tail):
    item = read(f"1. Complaints Q3 (Sue, 20 mins) {tail}\n2. Fees").items[0]
    assert (item.title, item.presenter, item.minutes) == ("Complaints Q3", "Sue", 20)
    assert item.detail == tail.split(maxsplit=1)[1]


@pytest.mark.parametrize(
    ("line", "title", "presenter"),
    [
        ("[alex] Triage", "Triage", "alex"),
        ("[concept] Triage", "[concept] Triage", None),
        ("[besluit] Triage", "[besluit] Triage", None),
        ("[RFC 12] Triage", "[RFC 12] Triage", None),
        ("Triage (rest) van vorige week – balie", "Triage (rest) van vorige week – balie", None),
    ],
)
def test_a_name_in_square_brackets_brings_the_item(line, title, presenter):
    item = read(f"- {line}\n- Rondvraag").items[0]
    assert (item.title, item.presenter) == (title, presenter)


def test_detail_has_no_markup():
    text = "| Punt | Doel |\n|---|---|\n| Huur | **besluit** nemen |\n| Zorg | _info_ |"
    assert [item.detail for item in read(text).items] == ["Doel: besluit nemen", "Doel: info"]
    noted = "# Overleg\n### Huur\nVeel **geld** en `code`, zie [brief](https://x.nl/a_b).\n### Zorg"
    assert read(noted).items[0].detail == "Veel geld en code, zie [brief](https://x.nl/a_b)."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tariefswijziging 2027", ["Tariefswijziging 2027"]),
        ("\n\nNieuw verhuisformulier (Jan, 10 min)\n", ["Nieuw verhuisformulier"]),
        ("Huur\nZorg\nPost", ["Huur", "Zorg", "Post"]),
        ("Teamoverleg\n\nHuur\nZorg", ["Huur", "Zorg"]),
        ("Team Zuid\n\nHuur\nZorg", ["Huur", "Zorg"]),
        ("Teamoverleg 3 mei 2027\nHuur", ["Huur"]),
        ("Het regent.", []),
        ("Huur gaat omhoog.", []),
        ("Teamoverleg", []),
        ("Bedankt!", []),
        ("https://example.org", []),
        ("Huur\nWe weten nog niet wat we doen, dus bel even.\nZorg", []),
        ("Groet, Jan", []),
        ("Huur\nDeelnemen via Teams\nhttps://teams.example.org/x", []),
    ],
)
def test_bare_lines_are_items_where_the_text_has_nothing_else(text, wanted):
    assert titles(text) == wanted


@pytest.mark.parametrize(
    "before",
    ["Team Zuid\n- Jan\n- Piet de Wit\n\n", "# Team\n- neem je laptop mee\n- lees de brief\n\n",
     "Neem mee:\n- laptop\n- pen\n\n", "- Home\n- Zoeken\n\n# Raad\n\n"],
)  # fmt: skip
def test_names_and_notes_before_a_numbered_list_are_no_items(before):
    assert titles(before + "1. Huur\n2. Zorg") == ["Huur", "Zorg"]


def test_what_looks_like_a_button_is_an_item_where_nothing_is_marked():
    assert titles("Agenda:\nHuur\nDelen\nMeer") == ["Huur", "Delen", "Meer"]
    assert titles("Agenda:\n1. Huur\nDelen\n2. Zorg\nMeer") == ["Huur", "Zorg"]


def test_minutes_below_the_same_heading_are_the_detail_of_the_item():
    text = (
        "# Notulen\n## Agenda\n1. Huur (Jan, 10 min)\n2. Zorg\n3. Rondvraag\n\n"
        "## Huur\nJan vertelt.\n- stap een\n\n## 2. Zorg\nNiets.\n## Actielijst\n- Jo belt"
    )
    rent, care, _ = read(text).items
    assert (rent.detail, rent.sub_items[0].title) == ("Jan vertelt.", "stap een")
    assert care.detail == "Niets."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kunnen we het hebben over de huur en daarna over de zorg?", ["Huur", "Zorg"]),
        ("Hoi Jo,\n\nKunnen we het maandag hebben over de wachttijden?\n\nGroet, An",
         ["Wachttijden"]),
        ("Today I’d like to discuss the rent, the queue and the website.",
         ["Rent", "Queue", "Website"]),
        ("Hi all,\n\nToday I'd like to discuss **fees**, hours and the website.\n\nBest,\nAn",
         ["Fees", "Hours", "Website"]),
        ("Points: rent; queue; website", ["rent", "queue", "website"]),
        ("Hoi, punten voor morgen: huur, zorg en post.", ["Huur", "Zorg", "Post"]),
        ("Ik heb een punt over de huur.", []),
        ("Klanten die klachten hebben over de balie, bellen vaak.", []),
    ],
)  # fmt: skip
def test_points_in_sentences(text, wanted):
    assert titles(text) == wanted


@pytest.mark.parametrize(
    "head", ["Teamoverleg 1/12", "Teamoverleg\nDatum: 1/12", "Teamoverleg (1/12)"]
)
def test_a_date_of_two_figures(head):
    agenda = read_agenda(f"{head}\n\n1. Huur\n2. Deel 1/12", VOCABULARY, TODAY)
    assert (agenda.title, agenda.day) == ("Teamoverleg", date(2026, 12, 1))
    assert agenda.items[1].title == "Deel 1/12"


def test_bold_that_begins_before_the_number_still_ends_the_title():
    (first, _) = read(
        "| Tijd | Onderwerp |\n|---|---|\n"
        "| 13:50 | **4. Huurplan 2027**  Gevraagd wordt in te stemmen met het plan. |\n"
        "| 14:00 | **5. Rondvraag** |"
    ).items
    assert first.title == "Huurplan 2027"
    assert first.detail == "Gevraagd wordt in te stemmen met het plan."


@pytest.mark.parametrize("figures", ["²", "٣", "9" * 5000, "0480000"])
def test_what_is_no_number_of_minutes_is_read_as_none(figures):
    table = f"| Onderwerp | Min |\n|---|---|\n| Huur | {figures} |\n| Zorg | 10 |"
    assert [item.minutes for item in read(table).items] == [None, 10]
    assert read(f"1. Huur (Jan, {figures})\n2. Zorg").items[0].minutes is None
