"""Which language a text is in, also where that is one we do not read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from itertools import islice

from bot.domain.language import LANGUAGES

OTHER = "other"  # a language without words of ours, such as one in another script
ENOUGH = 3  # different small words of a language that we do not read, before we say so
LOOKED_AT = 20_000  # words

_WORD = re.compile(r"[^\W\d_]+")

SmallWords = Mapping[str, frozenset[str]]  # by language


def spoken(text: str, small_words: SmallWords, ahead: int = 1) -> str | None:
    """The language that most small words of a text are of; None where too little tells.

    One of ours must be so many words `ahead` of the other. What is not in LANGUAGES is told only
    where it is plain: several small words, and clearly more than of ours, or another script.
    """
    words = [found[0].lower() for found in islice(_WORD.finditer(text), LOOKED_AT)]
    if not text.isascii() and _in_another_script(words):
        return OTHER
    counts = Counter(
        {language: sum(map(known.__contains__, words)) for language, known in small_words.items()}
    )
    ours = max(LANGUAGES, key=lambda language: counts[language])
    theirs = max(counts, key=lambda language: counts[language], default=ours)
    different = len(small_words[theirs].intersection(words))
    if theirs not in LANGUAGES and different >= ENOUGH and counts[theirs] >= 1.5 * counts[ours]:
        return theirs
    second = max(counts[language] for language in LANGUAGES if language != ours)
    return ours if counts[ours] >= second + ahead else None


def _in_another_script(words: list[str]) -> bool:
    letters = Counter(letter.isascii() or _is_latin(letter) for word in words for letter in word)
    return letters[False] > max(ENOUGH, letters[True])


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
