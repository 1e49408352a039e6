"""The day a session is on, by its heading."""

from __future__ import annotations

from datetime import date

import pytest

from bot.readers.catalogue import read_prompts
from bot.readers.session_days import session_day

FIRST = date(2026, 12, 30)  # a Wednesday


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Donderdag 31 december", date(2026, 12, 31)),
        ("Vrijdag 1 januari", date(2027, 1, 1)),
        ("Dag 2", date(2026, 12, 31)),
        ("Dag 2 · Ochtend", date(2026, 12, 31)),
        ("Day 3 (Friday)", date(2027, 1, 1)),
        ("Vrijdagmiddag", date(2027, 1, 1)),
        ("Woensdag", FIRST),
        ("Friday morning", date(2027, 1, 1)),
    ],
)
def test_a_heading_tells_its_day(heading: str, day: date) -> None:
    assert session_day(heading, FIRST, read_prompts().vocabulary) == day


@pytest.mark.parametrize(
    "heading", [None, "Ochtend", "Sessie 2", "Dag 0", "Dag 40", "1 maart 2020", "Dagopening"]
)
def test_what_tells_no_day_of_the_meeting_is_on_its_first(heading: str | None) -> None:
    assert session_day(heading, FIRST, read_prompts().vocabulary) == FIRST
