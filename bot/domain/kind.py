"""Whether an agenda item keeps the meeting running or is what the meeting is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.domain.meeting import Kind, title_key
from bot.domain.signs import COMPOUNDING, Signs, signs_of, told
from bot.domain.vocabulary import Vocabulary, Words
from bot.domain.word_forms import Lexicon, phrase_at, split, stem

MAX_WORDS = 16  # a longer title always has a subject of its own
NO_JOINT = "of"  # "or" in Dutch, but "Registration of new patients" has one side
SHORTEST_OF = 4  # words of "sluiting van de zitting"
MOST_NAMED = 2  # other words behind minutes or announcements that tell no topic
MOST_VAGUE = 1  # other words of a side of an "and" that tell no topic
MOST_BESIDE = 4  # other words beside a phrase that decides
HEAD = 7  # words at the front that may decide; behind them may stand what was said
SHORTEST_TYPO = 8  # letters; shorter words are too soon like another one

_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_ACRONYM = re.compile(r"\b(?:[A-Z]\.?){2,6}\b")  # "Notulen ALV"
_ACTION = re.compile(r"(?<=.....)(?:ation|ing|ed|al|ment)$")  # "consideration", "scheduled"
_NAME = re.compile(r"(?<=\s)[A-Z][^\W\d_]+")  # "Opening door Sanne", not "Sluiting door brand"
_YEAR_ONLY = re.compile(r"\w+ (?:19|20)\d\d")  # "Agenda 2030" is a plan
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?\.?")  # w.v.t.t.k.


@dataclass(frozen=True, eq=False)  # hashed by identity for caches
class _Stems:
    """The vocabulary by stem."""

    core: frozenset[str]
    opening: frozenset[str]
    meeting: frozenset[str]
    itself: frozenset[str]
    articles: frozenset[str]
    bodies: tuple[str, ...]
    people: frozenset[str]
    dated: frozenset[str]
    frame: frozenset[str]
    small: frozenset[str]
    minutes: frozenset[str]
    by: frozenset[str]
    beside: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    decisive: frozenset[tuple[str, ...]]
    joined: re.Pattern[str]
    right: frozenset[str]  # and the words that tell topics: no mistakes
    misspelled: Mapping[str, str]  # a word by what is left of it when a letter is missing
    topics: Signs

    @cached_property
    def parts(self) -> Lexicon:
        """What compounds that keep a meeting running are made of."""
        return Lexicon(self.core | self.frame)


def kind_of(title: str, vocabulary: Vocabulary) -> Kind:
    """Procedural when all words keep a meeting running and at least one is enough by itself."""
    stems = _stems(vocabulary)
    label, _, behind = title[:400].partition(": ")
    if title_key(behind) in stems.people:
        title, behind = label, ""
    if _words(behind, stems) and not _leads(label, stems):
        framed = _in_frame(_words(label, stems), stems) or _runs_meeting(label, stems)
        procedural = framed and _runs_meeting(behind, stems)
    else:
        procedural = _runs_meeting(title, stems)
    return Kind.PROCEDURAL if procedural else Kind.SUBSTANTIVE


def _runs_meeting(title: str, stems: _Stems) -> bool:
    """Whether the title as a whole does, or one side of an "and" and no other has a subject."""
    if _is_procedural(title, stems):
        return True
    sides = [side for side in stems.joined.split(title) if _words(side, stems)]
    running = [side for side in sides if _is_procedural(side, stems)]
    return bool(running) and all(side in running or _tells_nothing(side, stems) for side in sides)


def _tells_nothing(side: str, stems: _Stems) -> bool:
    """Whether it is only a frame, or a word or two that tell no topic: "Sluiting + kampvuur"."""
    own = _own(side, stems)
    return not own or (len(own) <= MOST_VAGUE and not told(side, stems.topics))


def _is_of_meeting(title: str, stems: _Stems) -> bool:
    """Whether it ends in the meeting itself, with a few words before it that tell no topic."""
    words = title_key(_BRACKETS.sub(" ", title[:400])).split()
    if len(words) < SHORTEST_OF or words[-1] not in stems.itself:
        return False
    pointed = not stems.articles.isdisjoint(words[-3:-1])
    return pointed and len(_own(title, stems)) <= MOST_BESIDE and not told(title, stems.topics)


def _own(title: str, stems: _Stems) -> list[str]:
    """The words that are neither core nor frame."""
    known = stems.core | stems.frame
    return [word for word in _words(title, stems) if not _known(word, known, stems)]


def _is_procedural(title: str, stems: _Stems) -> bool:
    if _leads(title, stems) or _is_of_meeting(title, stems):
        return True
    words = _words(title, stems)
    if not words or len(words) > MAX_WORDS or _YEAR_ONLY.fullmatch(title.strip()):
        return False
    rest = _without_phrases(words, stems)
    own = [word for word in rest if not _known(word, stems.core, stems)]
    opening = [word for word in own if word in stems.opening]
    left = [word for word in own if word not in stems.opening]
    if opening and _is_dated(title, stems):
        return False
    if opening and len(own) == len(words):
        return _opens_meeting(left, title, stems)
    beside = [word for word in left if not _known(word, stems.frame, stems)]
    if any(phrase_at(words[place:], stems.decisive, HEAD) for place in range(len(words))):
        return len(beside) <= MOST_BESIDE
    return len(own) < len(words) and not beside


def _opens_meeting(left: list[str], title: str, stems: _Stems) -> bool:
    """Whether beside opening words there is only the meeting, who opens and what it opens with."""
    beside = _words(title, stems, stems.by)[len(_words(title, stems)) :]
    named = set() if title.isupper() else {stem(title_key(name)) for name in _NAME.findall(title)}
    known = all(word in named or _known(word, stems.parts.stems, stems) for word in beside)
    return known and all(word in stems.meeting for word in left)


def _leads(title: str, stems: _Stems) -> bool:
    """Whether its front decides, whatever follows.

    Minutes and announcements do as those of a meeting or a day, or beside little that tells.
    """
    words = _words(title, stems)[:HEAD]
    if tuple(words[:1]) not in stems.decisive:
        return phrase_at(words, stems.decisive, HEAD) > 0
    met = any(word.endswith(stems.bodies) for word in words[1:])
    if met or words[0] not in stems.minutes or _is_dated(title, stems):
        return True
    return len(_own(title, stems)) <= MOST_NAMED and not told(title, stems.topics)


def _is_dated(title: str, stems: _Stems) -> bool:
    words = title_key(title).split()[:HEAD]
    end = next((i for i, word in enumerate(words) if word in stems.by), len(words))
    return not stems.dated.isdisjoint(words[:end])


def _words(title: str, stems: _Stems, until: frozenset[str] | None = None) -> list[str]:
    """The stems that count: no figures, dates, brackets or small words.

    Nothing behind one of `until` either; without it, behind "by" and "with".
    """
    plain = _undotted(_BRACKETS.sub(" ", title[:400]))
    if stem(title_key(plain).partition(" ")[0]) in stems.minutes and not plain.isupper():
        plain = _ACRONYM.sub(" ", plain)
    words = title_key(plain).split()
    ends = stems.by | stems.beside if until is None else until
    end = next((i for i, word in enumerate(words) if i and word in ends), len(words))
    kept = (word for word in words[:end] if not word[0].isdigit() and word not in stems.small)
    return [_spelled(word, stems) for word in kept]


@lru_cache(maxsize=20_000)
def _spelled(word: str, stems: _Stems) -> str:
    """The stem; a long word with one letter wrong is the listed word it is meant for."""
    if len(word) < SHORTEST_TYPO or stem(word) in stems.right:
        return stem(word)
    meant = (stems.misspelled.get(less, "") for less in (word, *_one_less(word)))
    return stem(next((found for found in meant if found[:1] == word[0]), word))


def _one_less(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _without_phrases(words: list[str], stems: _Stems) -> list[str]:
    """The words outside core phrases."""
    rest, place = [], 0
    while place < len(words):
        length = phrase_at(words[place:], stems.phrases, HEAD)
        rest += words[place : place + 1] if not length else []
        place += length or 1
    return rest


@lru_cache(maxsize=20_000)
def _known(word: str, group: frozenset[str], stems: _Stems) -> bool:
    """Whether the word or the verb it is made of is in the group, or it is a compound with it."""
    bare = _ACTION.sub("", word)
    if not group.isdisjoint((word, stem(bare), stem(bare + "e"))):
        return True
    found = split(word, stems.parts)
    return found is not None and not found.unknown and stem(found.parts[-1]) in group


def _in_frame(words: list[str], stems: _Stems) -> bool:
    return all(_known(word, stems.frame, stems) for word in words)


@lru_cache(maxsize=8)
def _stems(vocabulary: Vocabulary) -> _Stems:
    small = _keys((*vocabulary.stop_words, *vocabulary.months, *vocabulary.weekdays))
    told = (*vocabulary.core_words, *vocabulary.core_phrases, *vocabulary.decisive_phrases)
    phrases = frozenset(_parts(word, small) for word in told) - {()}
    decisive = frozenset(_parts(word, small) for word in vocabulary.decisive_phrases)
    minutes = _stemmed(vocabulary.minutes_words)
    topics = [by for t in vocabulary.topics.values() for by in (t.telling, t.general)]
    about = tuple(word for by in topics for words in by.values() for word in words)
    listed = (*told, *vocabulary.frame_words, *vocabulary.opening_words)
    long = [word for word in _keys(listed) if len(word) >= SHORTEST_TYPO]
    and_words = "|".join(re.escape(word) for word in vocabulary.and_words if word != NO_JOINT)
    return _Stems(
        core=frozenset(parts[0] for parts in phrases if not parts[1:]),
        opening=_stemmed(vocabulary.opening_words),
        meeting=_stemmed(vocabulary.meeting_words),
        itself=frozenset(map(title_key, vocabulary.itself_words)),
        articles=frozenset(map(title_key, vocabulary.pointing_words)),
        bodies=tuple(parts[1] for parts in decisive if len(parts) == 2 and parts[0] in minutes),
        people=frozenset(map(title_key, vocabulary.presenter_words)),
        dated=_keys((*vocabulary.months, *vocabulary.weekdays)),
        frame=_stemmed(vocabulary.frame_words),
        small=small,
        minutes=minutes,
        by=frozenset(map(title_key, vocabulary.by_words)),
        beside=frozenset(map(title_key, vocabulary.with_words)),
        phrases=phrases,
        decisive=decisive,
        right=_stemmed((*listed, *about)),
        misspelled={less: word for word in long for less in (word, *_one_less(word))},
        topics=signs_of(
            vocabulary.topics, tuple(vocabulary.topics[COMPOUNDING].telling), vocabulary.stop_words
        ),
        joined=re.compile(rf"\b(?:{and_words})\b|[&+/,]", re.IGNORECASE),
    )


def _parts(word: str, small: frozenset[str]) -> tuple[str, ...]:
    return tuple(stem(part) for part in title_key(_undotted(word)).split() if part not in small)


def _stemmed(words: Words) -> frozenset[str]:
    return frozenset(map(stem, _keys(words)))


def _keys(words: Words) -> frozenset[str]:
    return frozenset(part for word in words for part in title_key(_undotted(word)).split())


def _undotted(text: str) -> str:
    return _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
