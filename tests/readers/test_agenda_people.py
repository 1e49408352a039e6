"""Whether lines name people rather than points."""

from __future__ import annotations

import pytest

from bot.readers.agenda_people import lists_people, names_person
from bot.readers.catalogue import read_prompts

VOCABULARY = read_prompts().vocabulary


@pytest.mark.parametrize(
    "line",
    [
        "Jan",
        "door Els Vos",
        "@gregor-h",
        "gregor@kwast.nl",
        "Quirijn Zwart, Acme",
        "Priya Nair, teamleider klantenservice van Zorggroep De Linde",
    ],
)
def test_a_line_that_opens_with_a_person(line):
    assert names_person(line, VOCABULARY)


@pytest.mark.parametrize(
    "line",
    [
        "Quirijn Zwart",  # may as well be a street
        "Kwast, bespreken",
        "Jan – over de wachttijd aan de balie en wat we daar in mei aan gaan doen",
    ],
)
def test_a_line_that_may_be_a_point(line):
    assert not names_person(line, VOCABULARY)


def test_most_lines_have_to_name_somebody():
    assert lists_people([True, True, False])
    assert not lists_people([True, False, False])
    assert not lists_people([])
