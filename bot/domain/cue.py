"""Which questions a title asks for most of all, and the word in it that does."""

from __future__ import annotations

from functools import lru_cache

from bot.domain.signs import COMPOUNDING, Signs, signs_of, told
from bot.domain.vocabulary import Vocabulary


def cues_of(title: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The keys of the questions a title asks for, each with the word that does as printed."""
    return told(title, _signs(vocabulary))


@lru_cache(maxsize=8)
def _signs(vocabulary: Vocabulary) -> Signs:
    keys = tuple(vocabulary.cues[COMPOUNDING].telling)
    return signs_of(vocabulary.cues, keys, vocabulary.stop_words)
