"""A text that is eight times as long takes about eight times as long, however it was made.

Where something takes the square of a length it would take 64 times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from bot.domain.mention import Recogniser, Weights
from bot.domain.mention_text import plain
from bot.domain.mention_words import WORD, Lexicon, MentionWords, key
from bot.domain.own_words import OwnWords

TIMES, MOST = 8, 24
TURNS = 3
LENGTH = 1_500  # pieces
WORDS = MentionWords({"customer": ("klant",)}, (), {}, compounds=("customer",))
HEARS = Recogniser(
    Lexicon(WORDS, "nl"),
    Weights({}, 0),
    sector="general",
    accounts=("Van Dam", "user_id"),
    ours=OwnWords(["Wat merkt {customer} hiervan?", "Wat {any} zegt."], "nl", "de klant"),
)

MADE: dict[str, Callable[[int], str]] = {
    "marks of two kinds in turns": lambda n: "e" + "\u0301\u0323" * n,
    "marks on a letter after a letter": lambda n: "klant " + "e\u0301\u0323" * n,
    "marks and what nobody sees": lambda n: "e" + "\u0301\u200b\u0323" * n,
    "a word that has no end": lambda n: "klant" * n,
    "dots and letters": lambda n: "a." * n,
    "labels above empty lines": lambda n: "Klant:\n" * n + "\n" * n,
    "a label before spaces": lambda n: "Klant:" + " " * n + "x\n" * 3,
    "names on a line": lambda n: "Van Dam user_id " * n,
    "what nobody sees in each word": lambda n: "kla\u00adnt " * n,
    "an address with many signs": lambda n: "klant@" * n,
    "names in code": lambda n: "a_b." * n,
    "marks behind our question": lambda n: "Wat merkt de klant hiervan?" + "*-" * n + "x",
    "spaces behind our question": lambda n: "Wat merkt de klant hiervan? (" + " " * n + "x",
    "names that look like code": lambda n: "user_id " * 4 * n,
    "spaces in our question": lambda n: "Wat merkt" + " " * n + "de klant hiervan?",
    "full stops": lambda n: ". " * n + "klant",
    "quotes behind a full stop": lambda n: "klant." + "'" * n,
    "ticks": lambda n: "`" * n + "klant",
    "openings of tags": lambda n: "<a" * n,
}


def milliseconds(text: str) -> float:
    def once() -> float:
        begin = process_time()
        HEARS.mentions(text)
        return (process_time() - begin) * 1000

    return min(once() for _ in range(TURNS))


@pytest.mark.parametrize("made", MADE)
def test_no_text_takes_the_square_of_its_length(made: str) -> None:
    short, long = MADE[made](LENGTH), MADE[made](LENGTH * TIMES)
    once = milliseconds(short)

    assert milliseconds(long) <= MOST * max(once, 1)


def test_a_long_run_of_marks_is_not_composed() -> None:
    run = "e" + "\u0323\u0301" * LENGTH
    assert key(run) == run
    assert plain(run).text == run


def test_what_is_no_word_is_found_out_at_once() -> None:
    """Without possessive quantifiers it would take for ever."""
    assert not WORD.fullmatch("a" * LENGTH + "!")


def test_our_own_texts_are_ones_of_those() -> None:
    assert plain(MADE["what nobody sees in each word"](1)).text == "klant "
