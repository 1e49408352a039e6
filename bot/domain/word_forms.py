"""One form for what people write in many: plurals and endings, words joined into one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

SHORTEST_STEM = 3  # letters that stay when an ending goes
SHORTEST_PART = 3  # letters of a known word inside another
SHORTEST_UNKNOWN = 4  # letters of an unknown one: "planten" is no compound of "plan"
LONGEST = 60  # letters; a longer word is none
ENDINGS = re.compile(r"(?<=...)en$|(?<=...[shxzi])es$|(?<=..[^isu])s$|(?<=...[^e])e$")
VERB_ENDINGS = ("ing", "ed")
VOWELS = "aeiouy"
_SOFT = {"v": "f", "z": "s", "y": "i"}  # brieven, prijzen, policies


class Split(NamedTuple):
    """A word as parts that were written as one; `unknown` counts the letters no list knows."""

    unknown: int
    parts: tuple[str, ...]

    def cost(self) -> tuple[int, int]:
        return self.unknown, len(self.parts)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word in lower case without its endings, spelled the same in singular and plural."""
    ending = ENDINGS.search(word)
    return stem(word[: ending.start()]) if ending else _spelled_alike(word)


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


@dataclass(frozen=True)
class Lexicon:
    """Words that compounds are made of: by stem, and the short ones, which take no endings."""

    stems: frozenset[str]
    short: frozenset[str] = frozenset()

    def knows(self, part: str) -> bool:
        """Whether a part of a compound is one of the words."""
        return part in self.short if len(part) <= SHORTEST_PART else stem(part) in self.stems


def split(word: str, lexicon: Lexicon) -> Split | None:
    """A compound in its parts as written, at least one of them in the lexicon.

    The best split leaves the fewest letters unknown, then has the fewest parts. Short words
    count only beside known ones. None for what is no compound.
    """
    if len(word) > LONGEST:
        return None
    found = _split(word, lexicon, {})
    return found if len(found.parts) > 1 and found.unknown < len(word) else None


def _split(word: str, lexicon: Lexicon, done: dict[str, Split]) -> Split:
    if word not in done:
        if lexicon.knows(word):
            done[word] = Split(0, (word,))
        else:
            done[word] = min(_cuts(word, lexicon, done), key=Split.cost)
    return done[word]


def _cuts(word: str, lexicon: Lexicon, done: dict[str, Split]) -> list[Split]:
    """The word whole and unknown, or cut behind a known part or before one."""
    options = []
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        front, back = word[:cut], word[cut:]
        if lexicon.knows(front):
            rest = _split(back, lexicon, done)
            options.append(Split(rest.unknown, (front, *rest.parts)))
        elif lexicon.knows(back):
            options.append(Split(len(front), (front, back)))
    return [Split(len(word), (word,)), *filter(_is_sound, options)]


def _is_sound(option: Split) -> bool:
    """Whether an unknown part could be a word, and the known ones beside it are long enough."""
    if not option.unknown:
        return True
    long_enough = all(len(part) > SHORTEST_PART for part in option.parts)
    return option.unknown >= SHORTEST_UNKNOWN and long_enough
