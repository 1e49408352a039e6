"""Words that tell something, found in a title: also their plurals, endings and compounds."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.meeting import title_key
from bot.domain.vocabulary import TellingWords, Words
from bot.domain.word_forms import SHORTEST_PART, Lexicon, phrase_at, split, stem, verb_stem

MOST_LETTERS = 400  # of a title
COMPOUNDING = "nl"  # the language that writes two words as one; English keeps them apart

_WORD = re.compile(r"[^\W_]+")
_PRINTED = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class _Sign(NamedTuple):
    """What a word tells, as its rank among the names, and in which language."""

    general: bool
    rank: int
    language: str


class _Hit(NamedTuple):
    """A sign in a title; sorts by what tells most: a clear word, early, the head of its phrase."""

    general: bool
    place: int  # of the word; of parts with a hyphen and of English words in a row, the first's
    back: int  # the lower the later in such a word or row: what stands last is the head
    rank: int
    word: str


@dataclass(frozen=True)
class Signs:
    """What words tell, by stem; a phrase is several stems, a word one. `names` in their rank."""

    names: Sequence[str]
    of: Mapping[tuple[str, ...], frozenset[_Sign]]
    known: frozenset[str]
    parts: Lexicon
    small: frozenset[str]
    longest: int


def told(title: str, signs: Signs) -> dict[str, str]:
    """The names that words in a title tell, the clearest first, each with that word as printed."""
    found: dict[str, str] = {}
    for hit in sorted(_hits(title[:MOST_LETTERS], signs)):
        found.setdefault(signs.names[hit.rank], hit.word)
    return found


def signs_of(words: Mapping[str, TellingWords], names: Sequence[str], small: Words) -> Signs:
    """The signs that words of each language are; where one tells two names, the first leads.

    `small` words never tell anything.
    """
    of: dict[tuple[str, ...], set[_Sign]] = defaultdict(set)
    for language, telling in words.items():
        for phrase, sign in _all_signs(telling, language, names):
            of[phrase].add(sign)
    plain = _stems(word for telling in words.values() for word in telling.plain)
    return Signs(
        names,
        of={phrase: frozenset(signs) for phrase, signs in of.items()},
        known=plain | {phrase[0] for phrase in of if len(phrase) == 1},
        parts=_lexicon(words[COMPOUNDING]),
        small=frozenset(map(title_key, small)),
        longest=max(map(len, of), default=1),
    )


def _lexicon(words: TellingWords) -> Lexicon:
    groups = (*words.telling.values(), *words.general.values(), words.plain)
    single = {key for group in groups for key in map(title_key, group) if " " not in key}
    short = frozenset(key for key in single if len(key) <= SHORTEST_PART)
    return Lexicon(_stems(single - short), short)


def _all_signs(
    words: TellingWords, language: str, names: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], _Sign]]:
    for general, group in ((False, words.telling), (True, words.general)):
        for name, phrases in group.items():
            sign = _Sign(general, names.index(name), language)
            for phrase in phrases:
                yield tuple(map(stem, title_key(phrase).split())), sign


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(key) for word in words for key in title_key(word).split())


def _hits(title: str, signs: Signs) -> Iterator[_Hit]:
    text = unicodedata.normalize("NFC", title)
    words = list(_WORD.finditer(text))
    keys = [title_key(word[0]) for word in words]
    place = row = whole = 0
    while place < len(words):
        start, is_small = words[place].start(), keys[place] in signs.small
        row = row if _joins(text, start, " -") and not is_small else place + is_small
        whole = whole if _joins(text, start, "-") else place
        length, found = _told_at(keys, place, signs)
        for part, sign in found:
            first = whole if sign.language == COMPOUNDING else row
            printed = _printed(text, start, words[place + length - 1].end())
            yield _Hit(sign.general, first, first - place - part, sign.rank, printed)
        place += length


def _joins(text: str, start: int, signs: str) -> bool:
    """Whether nothing but one of the signs parts a word from the one before."""
    return start > 1 and text[start - 1] in signs and text[start - 2].isalnum()


def _told_at(keys: list[str], place: int, signs: Signs) -> tuple[int, list[tuple[int, _Sign]]]:
    """How many words the longest phrase at a place has (else 1), and the signs by part."""
    stems = [stem(key) for key in keys[place : place + signs.longest]]
    length = phrase_at(stems, signs.of, signs.longest)
    if length:
        return length, [(0, sign) for sign in signs.of[tuple(stems[:length])]]
    return 1, list(_told_by(keys[place], signs))


def _told_by(word: str, signs: Signs) -> Iterator[tuple[int, _Sign]]:
    if word in signs.small:
        return
    for form in (stem(word), verb_stem(word)):
        if form in signs.known:
            yield from ((0, sign) for sign in signs.of.get((form,), ()))
            return
    found = split(word, signs.parts)
    for part, piece in enumerate(found.parts if found else ()):
        told = signs.of.get((stem(piece),), ())
        yield from ((part, sign) for sign in told if sign.language == COMPOUNDING)


def _printed(text: str, start: int, end: int) -> str:
    """The words between two places, whole as people see them: "ov-chipkaart"."""
    around = [word.span() for word in _PRINTED.finditer(text)]
    first = next((a for a, b in around if a <= start < b), start)
    last = next((b for a, b in around if a < end <= b), end)
    return text[first:last]
