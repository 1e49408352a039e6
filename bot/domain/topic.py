"""What an agenda item is about, and the word in its title that tells."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind, title_key
from bot.domain.vocabulary import TopicWords, Vocabulary
from bot.domain.word_forms import SHORTEST_PART, Lexicon, split, stem, verb_stem

MOST_TOPICS = 3
MOST_LETTERS = 400  # of a title
COMPOUNDING = "nl"  # the language that writes two words as one; English keeps them apart

_WORD = re.compile(r"[^\W_]+")
_PRINTED = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class Topic(StrEnum):
    """Where one word tells two topics, the one that stands first here leads."""

    PRICE = "price"
    COMPLAINT = "complaint"
    SUPPLIER = "supplier"
    PEOPLE = "people"
    SYSTEM = "system"
    COMMUNICATION = "communication"
    PREMISES = "premises"
    GOVERNANCE = "governance"
    EVENT = "event"
    PRODUCT = "product"
    FIGURES = "figures"
    POLICY = "policy"
    PROCESS = "process"
    PLANNING = "planning"
    OTHER = "other"


TOPICS = tuple(Topic)
RANK = {topic: rank for rank, topic in enumerate(TOPICS)}


@dataclass(frozen=True)
class Found:
    """A topic and the word or words that told it, as printed in the title; "" for `other`."""

    topic: Topic
    word: str


class _Sign(NamedTuple):
    """What a word tells, and in which language."""

    general: bool
    topic: Topic
    language: str


class _Hit(NamedTuple):
    """A sign in a title; sorts by what tells most: a clear word, early, the head of its phrase."""

    general: bool
    place: int  # of the word; of parts with a hyphen and of English words in a row, the first's
    back: int  # the lower the later in such a word or row: what stands last is the head
    rank: int
    word: str


@dataclass(frozen=True)
class _Signs:
    """The topic words by stem; a phrase is several stems, a word one."""

    of: Mapping[tuple[str, ...], frozenset[_Sign]]
    known: frozenset[str]
    parts: Lexicon
    small: frozenset[str]
    longest: int


def topics_of(title: str, vocabulary: Vocabulary) -> tuple[Found, ...]:
    """The topics of a title, best first, at most three; `other` when no word tells one.

    A title that keeps the meeting running has none.
    """
    if kind_of(title, vocabulary) is Kind.PROCEDURAL:
        return ()
    best: dict[Topic, Found] = {}
    for hit in sorted(_hits(title[:MOST_LETTERS], _signs(vocabulary))):
        best.setdefault(TOPICS[hit.rank], Found(TOPICS[hit.rank], hit.word))
    return tuple(best.values())[:MOST_TOPICS] or (Found(Topic.OTHER, ""),)


def topic_names(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The topics of a title as they are kept."""
    return tuple(str(found.topic) for found in topics_of(title, vocabulary))


def _hits(title: str, signs: _Signs) -> Iterator[_Hit]:
    text = unicodedata.normalize("NFC", title)
    words = list(_WORD.finditer(text))
    keys = [title_key(word[0]) for word in words]
    place = row = whole = 0
    while place < len(words):
        start, is_small = words[place].start(), keys[place] in signs.small
        row = row if _joins(text, start, " -") and not is_small else place + is_small
        whole = whole if _joins(text, start, "-") else place
        length, told = _told_at(keys, place, signs)
        for part, sign in told:
            first = whole if sign.language == COMPOUNDING else row
            printed = _printed(text, start, words[place + length - 1].end())
            yield _Hit(sign.general, first, first - place - part, RANK[sign.topic], printed)
        place += length


def _joins(text: str, start: int, signs: str) -> bool:
    """Whether nothing but one of the signs parts a word from the one before."""
    return start > 1 and text[start - 1] in signs and text[start - 2].isalnum()


def _told_at(keys: list[str], place: int, signs: _Signs) -> tuple[int, list[tuple[int, _Sign]]]:
    """How many words the longest phrase at a place has (else 1), and the signs by part."""
    stems = tuple(stem(key) for key in keys[place : place + signs.longest])
    for length in range(len(stems), 1, -1):
        if stems[:length] in signs.of:
            return length, [(0, sign) for sign in signs.of[stems[:length]]]
    return 1, list(_told_by(keys[place], signs))


def _told_by(word: str, signs: _Signs) -> Iterator[tuple[int, _Sign]]:
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


@lru_cache(maxsize=8)
def _signs(vocabulary: Vocabulary) -> _Signs:
    of: dict[tuple[str, ...], set[_Sign]] = defaultdict(set)
    for language, words in vocabulary.topics.items():
        for phrase, sign in _all_signs(words, language):
            of[phrase].add(sign)
    plain = _stems(word for words in vocabulary.topics.values() for word in words.plain)
    return _Signs(
        of={phrase: frozenset(signs) for phrase, signs in of.items()},
        known=plain | {phrase[0] for phrase in of if len(phrase) == 1},
        parts=_lexicon(vocabulary.topics[COMPOUNDING]),
        small=frozenset(map(title_key, vocabulary.stop_words)),
        longest=max(map(len, of), default=1),
    )


def _lexicon(words: TopicWords) -> Lexicon:
    groups = (*words.telling.values(), *words.general.values(), words.plain)
    single = {key for group in groups for key in map(title_key, group) if " " not in key}
    short = frozenset(key for key in single if len(key) <= SHORTEST_PART)
    return Lexicon(_stems(single - short), short)


def _all_signs(words: TopicWords, language: str) -> Iterator[tuple[tuple[str, ...], _Sign]]:
    for general, group in ((False, words.telling), (True, words.general)):
        for name, phrases in group.items():
            sign = _Sign(general, Topic(name), language)
            for phrase in phrases:
                yield tuple(map(stem, title_key(phrase).split())), sign


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(key) for word in words for key in title_key(word).split())
