"""Plurals and endings to one form, and words that were written as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.word_forms import Lexicon, split, stem, verb_stem

KNOWN = Lexicon(
    frozenset(map(stem, ["huur", "huurder", "klacht", "rapport", "prijs", "website", "plan"])),
    frozenset(["app"]),
)


@pytest.mark.parametrize(
    "forms",
    [
        "prijs prijzen", "brief brieven", "lokaal lokalen", "plan plannen", "tarief tarieven",
        "proces processen process processes", "policy policies", "huis huizen", "mens mensen",
        "les lessen", "kas kassen", "fee fees", "price prices", "cursus cursussen",
        "evaluatie evaluaties", "zaal zalen", "bus bussen",
        "vergadering vergaderingen", "committee committees", "rate rates",
    ],
)  # fmt: skip
def test_the_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len(set(map(stem, forms.split()))) == 1


@pytest.mark.parametrize(
    "words",
    ["raten ratten", "sloten slot", "premie premises", "weten wetten", "taken takken", "fee fe"],
)
def test_different_words_keep_different_stems(words: str) -> None:
    one, other = words.split()
    assert stem(one) != stem(other)


def test_verbs_are_found_by_the_word_they_are_made_of() -> None:
    assert verb_stem("pricing") == stem("price")
    assert verb_stem("planned") == stem("plan")
    assert verb_stem("huren") == stem("huur")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("huurdersrapport", "huurders rapport"),
        ("klachtenrapporten", "klachten rapporten"),
        ("huurderapp", "huurder app"),
        ("prijsvergelijking", "prijs vergelijking"),
        ("huurharmonisatie", "huur harmonisatie"),
        ("onderhoudswebsite", "onderhouds website"),
    ],
)
def test_a_compound_falls_apart(word: str, parts: str) -> None:
    found = split(word, KNOWN)
    assert found is not None
    assert list(found.parts) == parts.split()


@pytest.mark.parametrize(
    "word",
    [
        "planten",
        "planeet",
        "plan",
        "verhuur",
        "tussenhuur",
        "huurtjes",
        "apparaat",
        "planning",
        "zomaar",
        "",
    ],
)
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert split(word, KNOWN) is None


@given(st.text("abeglnprstuw", max_size=70))
def test_the_parts_are_the_word(word: str) -> None:
    found = split(word, KNOWN)
    assert found is None or "".join(found.parts) == word
    assert stem(stem(word)) == stem(word)


@pytest.mark.parametrize("word", ["s" * 2000, "be" + "s" * 400, "h" * 2000, "en" * 900])
def test_a_word_of_any_length_has_a_stem(word: str) -> None:
    assert stem(word)
