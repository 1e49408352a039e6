"""One form for what people write in many: plurals and endings, words joined into one."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

SHORTEST_STEM = 3  # letters that stay when an ending goes
SHORTEST_PART = 3  # letters of a known word inside another
SHORTEST_UNKNOWN = 4  # letters of an unknown one: "prestatie" is no compound of "pre"
LONGEST = 60  # letters; a longer word is none
ENDINGS = ("en", "es", "s", "e")
VERB_ENDINGS = ("ing", "ed")
VOWELS = "aeiouy"
_SOFT = {"v": "f", "z": "s", "y": "i"}  # brieven, prijzen, policies


class Split(NamedTuple):
    """A word as parts that were written as one; `unknown` counts the letters no list knows."""

    unknown: int
    parts: tuple[str, ...]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word in lower case without its endings, spelled the same in singular and plural."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return stem(word[: -len(ending)])
    return _spelled_alike(word)


def verb_stem(word: str) -> str:
    """The stem without -ing and -ed as well: "pricing" is price. Word lists keep theirs."""
    for ending in VERB_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return stem(word[: -len(ending)])
    return stem(word)


def _spelled_alike(word: str) -> str:
    """The plural's spelling: plan as in plann-en, lokaal as in lokal-en, prijs as in prijz-en."""
    if len(word) <= SHORTEST_STEM:
        return word
    if word[-1] == word[-2] and word[-1] not in VOWELS:
        return stem(word[:-1])
    if word[-1] not in VOWELS and word[-2] == word[-3] and word[-2] in VOWELS:
        return word[:-2] + word[-1]
    soft = word[:-1] + _SOFT.get(word[-1], word[-1])
    return word if soft == word else stem(soft)


def split(word: str, known: Container[str]) -> Split | None:
    """A compound in its parts as written, at least one of them `known` by its stem.

    The best split leaves the fewest letters unknown, then has the fewest parts. Short words
    count only beside known ones. None for what is no compound.
    """
    if len(word) > LONGEST:
        return None
    found = _split(word, known, {})
    return found if len(found.parts) > 1 and found.unknown < len(word) else None


def _split(word: str, known: Container[str], done: dict[str, Split]) -> Split:
    if word not in done:
        if stem(word) in known:
            done[word] = Split(0, (word,))
        else:
            done[word] = min(_cuts(word, known, done), key=_cost)
    return done[word]


def _cost(option: Split) -> tuple[int, int]:
    return option.unknown, len(option.parts)


def _cuts(word: str, known: Container[str], done: dict[str, Split]) -> list[Split]:
    """The word whole and unknown, or cut behind a known part or before one."""
    options = [Split(len(word), (word,))]
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        front, back = word[:cut], word[cut:]
        if stem(front) in known:
            rest = _split(back, known, done)
            options.append(Split(rest.unknown, (front, *rest.parts)))
        elif stem(back) in known:
            options.append(Split(len(front), (front, back)))
    return [options[0], *filter(_is_sound, options[1:])]


def _is_sound(option: Split) -> bool:
    """Whether an unknown part could be a word, and the known ones beside it are long enough."""
    if not option.unknown:
        return True
    if option.unknown < SHORTEST_UNKNOWN:
        return False
    return all(len(part) > SHORTEST_PART for part in option.parts)
