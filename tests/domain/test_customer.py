from __future__ import annotations

import pytest

from bot.domain.customer import accounts_in, names_one, spoken_in
from bot.domain.problem import Problem


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


def test_customers_by_name_are_tidied_and_come_once() -> None:
    typed = " Van  Dijk BV \r\n\n- De Haven,\n• KPN;\nVan Dijk BV\nde haven\n"

    assert accounts_in(typed) == ("Van Dijk BV", "De Haven", "KPN", "de haven")
    assert accounts_in(" \n\t") == ()


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["De Haven", "AB"], "short_account"),
        (["A. & B."], "short_account"),
        (["a" * 81], "long_account"),
        ([f"klant {n}" for n in range(201)], "many_accounts"),
    ],
)
def test_what_is_no_name_or_too_many_is_refused(names: list[str], code: str) -> None:
    with pytest.raises(Problem, match=code):
        accounts_in("\n".join(names))


def test_as_many_and_as_long_as_may_be() -> None:
    names = [f"{n:03} {'a' * 76}" for n in range(200)]

    assert accounts_in("\n".join(names)) == tuple(names)
