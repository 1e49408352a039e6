"""What can't be right in the words by which customers are heard is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.problem import Mistakes
from bot.readers import mention_prompts, strict_yaml
from bot.readers.catalogue import read_prompts

GOOD = """people:
  customer: klant, vaste klant
  user: gebruiker
compounds: customer
look_alikes: klantnummer, client server
around:
  need: klaag*, klagen
  talk: klagen, gesprek
"""
Wrong = Callable[[str], list[tuple[int, str, str]]]


@pytest.fixture
def wrong(tmp_path: Path) -> Wrong:
    """The line, key and code of what is wrong with words."""

    def found(text: str) -> list[tuple[int, str, str]]:
        path = tmp_path / "nl.yaml"
        path.write_text(text, "utf-8")
        mistakes = mention_prompts.wrong_words(strict_yaml.load(path))
        return [(it.line, it.key, it.code) for it in mistakes]

    return found


def test_words_that_can_be_found_are_right(wrong: Wrong) -> None:
    assert wrong(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("user: gebruiker", "user: klant", (3, "people.user", "twice")),
        ("user: gebruiker", "user: Klantnummer", (3, "people.user", "twice")),
        ("user: gebruiker", "user: vaste  klant", (3, "people.user", "twice")),
        ("user: gebruiker", "user: gebruiker, gebruiker", (3, "people.user", "twice")),
        ("user: gebruiker", "user: klant/huurder", (3, "people.user", "unfindable")),
        ("user: gebruiker", "user: huurders' raad", (3, "people.user", "unfindable")),
        ("client server", "client/server", (5, "look_alikes", "unfindable")),
        ("klaag*, klagen", "klaag*, laten weten", (7, "around.need", "unfindable")),
        ("klaag*, klagen", "klaag*, klaagt", (7, "around.need", "covered")),
        ("klaag*, klagen", "klaag*, klaagl*", (7, "around.need", "covered")),
        ("klaag*, klagen", "klaag*, klaag", (7, "around.need", "covered")),
        ("klaag*, klagen", "klagen, klagen", (7, "around.need", "twice")),
        ("klaag*, klagen", "klaag*, klaag*", (7, "around.need", "twice")),
        ("compounds: customer", "compounds: klant", (4, "compounds", "one_of")),
    ],
)
def test_a_word_that_is_never_found_is_told_with_its_place(
    wrong: Wrong, old: str, new: str, mistake: tuple[int, str, str]
) -> None:
    assert set(wrong(GOOD.replace(old, new))) == {mistake}


def test_of_two_places_the_one_is_told_that_people_can_change(tmp_path: Path) -> None:
    path = tmp_path / "mentions" / "nl.yaml"
    path.parent.mkdir()
    path.write_text("people:\n  customer: klant, klacht\n", "utf-8")

    with pytest.raises(Mistakes) as caught:
        read_prompts(tmp_path)

    places = {(it.file, it.line, it.key) for it in caught.value.mistakes}
    assert (str(path), 2, "people.customer") in places
