from __future__ import annotations

import pytest

from bot.domain.customer import names_one, spoken_in


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("de bewoner", "nl"),
        ("'t kind", "nl"),
        ("Mijn collega", "nl"),
        ("iedereen die belt", "nl"),
        ("iedereen", "nl"),
        ("the tenant", "en"),
        ("Every tenant", "en"),
        ("somebody who calls", "en"),
    ],
)
def test_one_customer_and_the_language_it_is_named_in(words: str, language: str) -> None:
    assert names_one(words)
    assert spoken_in(words) == language


@pytest.mark.parametrize("words", ["bewoner", "theater", "dezelfde", "de", ""])
def test_what_needs_an_article(words: str) -> None:
    assert not names_one(words)


def test_a_word_that_only_begins_like_an_article_tells_no_language() -> None:
    assert spoken_in("theatre visitor") is None
