"""Whether the customer came up by itself: whose word counts, and which words name a customer."""

from __future__ import annotations

import pytest

from bot.domain.customer import CustomerWords
from bot.domain.observation import Observed, Source, believed, came_up, names_customer

TENANT = CustomerWords("de huurder", "huurders", ("bewoner", "sociale huurder"), ("verhuurder",))
MEMBER = CustomerWords("het lid", "leden")


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, None),
        ({Source.TEXT: Observed.CAME_UP}, True),
        ({Source.CHAIR: Observed.DID_NOT}, False),
        ({Source.TEXT: Observed.CAME_UP, Source.CHAIR: Observed.DID_NOT}, False),
        ({Source.TEXT: Observed.DID_NOT, Source.CHAIR: Observed.CAME_UP}, True),
        ({Source.TEXT: Observed.CAME_UP, Source.CHAIR: Observed.NOT_DISCUSSED}, None),
    ],
)
def test_the_chairs_word_beats_the_texts(said, counts: bool | None) -> None:
    assert came_up(believed(said)) is counts


@pytest.mark.parametrize(
    "text",
    ["Brief aan de huurder", "HUURDERS bellen", "Klacht van bewoners", "Een sociale huurder belde"],
)
def test_a_text_names_the_customer(text: str) -> None:
    assert names_customer(text, TENANT)


@pytest.mark.parametrize("text", ["", "Verhuurder van het jaar", "Huurverhoging", "de sociale"])
def test_a_text_does_not_name_the_customer(text: str) -> None:
    assert not names_customer(text, TENANT)


def test_a_plural_with_other_letters_is_found_too() -> None:
    assert names_customer("Brief aan alle leden", MEMBER)
    assert not names_customer("Ledenadministratie", MEMBER)
    assert names_customer("Klanten bellen", CustomerWords("klant"))
