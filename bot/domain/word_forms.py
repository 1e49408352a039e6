"""One form for what people write in many: plurals and endings, words joined into one."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

SHORTEST_STEM = 3  # letters that stay when an ending goes
SHORTEST_PART = 3  # letters of a word in a compound of known words
LONGEST = 60  # letters; a longer word is none
ENDINGS = re.compile(r"(?<=...)en$|(?<=...[shxzi])es$|(?<=..[^isu])s$|(?<=...[^e])e$")
VERB_ENDINGS = ("ing", "ed")
VOWELS = "aeiouy"
_OPEN = re.compile(rf"(?<![{VOWELS}])([aeou])([^{VOWELS}wx])$")  # lokal-en, but tariev-en, plann-en
_DOUBLE = re.compile(rf"([^{VOWELS}])\1$")
_SOFT = {"v": "f", "z": "s", "y": "i"}  # brieven, prijzen, policies

# What may be a word nobody listed, beside one that is: "schoonmaak" in "schoonmaakcontract".
_UNKNOWN_FRONT = re.compile(r"[a-z]{4,}(?<!ge)")
_UNKNOWN_BACK = re.compile(rf"[^{VOWELS}][a-z]{{3,}}")
LONG_PART = 5  # letters of a listed word that stands out beside an unknown one
LONG_BACK = 6  # letters behind a shorter listed word: "huurharmonisatie", not "mailtjes"


class Split(NamedTuple):
    """A word as parts that were written as one; `unknown` counts the letters no list knows."""

    unknown: int
    parts: tuple[str, ...]

    def cost(self) -> tuple[int, int]:
        """The lower, the better."""
        return self.unknown, len(self.parts)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word in lower case without its endings, spelled the same in singular and plural."""
    ending = ENDINGS.search(word) if len(word) <= LONGEST else None
    if not ending:
        return word if len(word) > LONGEST else _spelled_alike(word)
    bare = word[: ending.start()]
    return stem(_OPEN.sub(r"\1\1\2", bare) if ending[0] == "en" else bare)


def verb_stem(word: str) -> str:
    """The stem without -ing and -ed as well: "pricing" is price. Word lists keep theirs."""
    for ending in VERB_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return stem(word[: -len(ending)])
    return stem(word)


def _spelled_alike(word: str) -> str:
    """The plural's spelling: plan as in plann-en, prijs as in prijz-en, policy as in polici-es."""
    if len(word) <= SHORTEST_STEM:
        return word
    bare = _DOUBLE.sub(r"\1", word)
    soft = bare[:-1] + _SOFT.get(bare[-1], bare[-1])
    return word if soft == word else stem(soft)


def phrase_at(stems: Sequence[str], phrases: Container[tuple[str, ...]], longest: int) -> int:
    """How many stems the longest phrase has that they begin with, at least two; 0 for none."""
    lengths = range(min(longest, len(stems)), 1, -1)
    return next((length for length in lengths if tuple(stems[:length]) in phrases), 0)


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
            if rest.unknown < len(back) or _may_follow(back, front):
                options.append(Split(rest.unknown, (front, *rest.parts)))
        elif lexicon.knows(back) and _may_precede(front, back):
            options.append(Split(len(front), (front, back)))
    return [Split(len(word), (word,)), *options]


def _may_precede(unknown: str, known: str) -> bool:
    return len(known) >= LONG_PART and _UNKNOWN_FRONT.fullmatch(unknown) is not None


def _may_follow(unknown: str, known: str) -> bool:
    if len(known) <= SHORTEST_PART or (len(known) < LONG_PART and len(unknown) < LONG_BACK):
        return False
    return _UNKNOWN_BACK.fullmatch(unknown) is not None
