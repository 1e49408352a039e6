"""The forms a noun may have: plural, diminutive, genitive. Some that nobody writes do no harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from bot.domain.word_forms import VOWELS

_ENDINGS = {
    "nl": ("s", "'s", "en", "n", "ën", "je", "jes", "tje", "tjes", "etje", "etjes", "pje", "pjes"),
    "en": ("s", "es"),
}
_SOFT = {"f": "v", "s": "z"}  # brief, brieven; huis, huizen
_LONG = re.compile(rf"([aeou])\1([^{VOWELS}])$")  # persoon, personen
_SHORT = re.compile(rf"(?<![{VOWELS}])[{VOWELS}]([^{VOWELS}wx])$")  # gezin, gezinnen


def forms(noun: str, language: str) -> Iterator[str]:
    """The forms of a lower-case noun, itself first; a phrase is inflected in its last word."""
    yield noun
    for ending in _ENDINGS[language]:
        yield noun + ending
    yield from _IRREGULAR[language](noun)


def _dutch(noun: str) -> Iterator[str]:
    soft = noun[:-1] + _SOFT.get(noun[-1:], noun[-1:])
    yield soft + "en"
    if long := _LONG.search(noun):
        yield noun[: long.start() + 1] + _SOFT.get(long[2], long[2]) + "en"
    if short := _SHORT.search(noun):
        yield from (noun + short[1] + ending for ending in ("en", "etje", "etjes"))
    if noun.endswith("heid"):
        yield noun[:-4] + "heden"


def _english(noun: str) -> Iterator[str]:
    if noun.endswith("y"):
        yield noun[:-1] + "ies"
    if noun.endswith("man"):
        yield noun[:-3] + "men"


_IRREGULAR: Mapping[str, Callable[[str], Iterator[str]]] = {"nl": _dutch, "en": _english}
