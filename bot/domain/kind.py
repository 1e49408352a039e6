"""Whether an agenda item keeps the meeting running or is what the meeting is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.domain.meeting import Kind, title_key
from bot.domain.vocabulary import Vocabulary, Words
from bot.domain.word_forms import Lexicon, split, stem

MAX_WORDS = 16  # a longer title always has a subject of its own
MOST_BESIDE = 4  # other words beside a phrase that decides

_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_ACRONYM = re.compile(r"\b(?:[A-Z]\.?){2,6}\b")
_YEAR_ONLY = re.compile(r"\w+ (?:19|20)\d\d")  # "Agenda 2030" is a plan
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?\.?")


@dataclass(frozen=True)
class _Stems:
    """The vocabulary by stem."""

    core: frozenset[str]
    opening: frozenset[str]
    meeting: frozenset[str]
    people: frozenset[str]
    dated: frozenset[str]
    frame: frozenset[str]
    small: frozenset[str]
    minutes: frozenset[str]
    by: frozenset[str]
    beside: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    decisive: frozenset[tuple[str, ...]]
    longest: int
    joined: re.Pattern[str]

    @cached_property
    def parts(self) -> Lexicon:
        """What compounds that keep a meeting running are made of."""
        return Lexicon(self.core | self.frame)


def kind_of(title: str, vocabulary: Vocabulary) -> Kind:
    """Procedural when all words keep a meeting running and at least one is enough by itself."""
    stems = _stems(vocabulary)
    label, _, behind = title[:400].partition(": ")
    told = _words(behind, stems)
    if title_key(behind) in stems.people:
        title, told = label, []
    if told:
        framed = _all_frame(label, stems) or _runs_meeting(label, stems)
        procedural = framed and _runs_meeting(behind, stems)
    else:
        procedural = _runs_meeting(title, stems)
    return Kind.PROCEDURAL if procedural else Kind.SUBSTANTIVE


def _runs_meeting(title: str, stems: _Stems) -> bool:
    """Whether the title as a whole does, or each side of an "and" does."""
    if _is_procedural(title, stems):
        return True
    sides = [side for side in stems.joined.split(title) if _words(side, stems)]
    running = [_is_procedural(side, stems) for side in sides]
    return any(running) and all(
        runs or _all_frame(side, stems) for side, runs in zip(sides, running, strict=True)
    )


def _all_frame(title: str, stems: _Stems) -> bool:
    return all(_known(word, stems.frame, stems) for word in _words(title, stems))


def _is_procedural(title: str, stems: _Stems) -> bool:
    words = _words(title, stems)
    if not words or len(words) > MAX_WORDS or _YEAR_ONLY.fullmatch(title.strip()):
        return False
    found, rest = _without_phrases(words, stems)
    own = [word for word in rest if not _known(word, stems.core, stems)]
    opening = [word for word in own if word in stems.opening]
    left = [word for word in own if word not in stems.opening]
    if opening and not stems.dated.isdisjoint(map(stem, title_key(title).split())):
        return False
    if opening and not found and len(own) == len(rest):
        return _opens_meeting(left, title, stems)
    if _is_decisive(words, stems):
        return len(left) <= MOST_BESIDE
    core = found or len(own) < len(rest)
    return core and all(_known(word, stems.frame, stems) for word in left)


def _opens_meeting(left: list[str], title: str, stems: _Stems) -> bool:
    """Whether beside opening words there is only the meeting, and what it opens with."""
    beside = _words(title, stems, stems.by)[len(_words(title, stems)) :]
    return all(word in stems.meeting for word in left) and all(
        _known(word, stems.core, stems) or _known(word, stems.frame, stems) for word in beside
    )


def _is_decisive(words: list[str], stems: _Stems) -> bool:
    return any(
        tuple(words[place : place + length]) in stems.decisive
        for place in range(len(words))
        for length in range(2, stems.longest + 1)
    )


def _words(title: str, stems: _Stems, until: frozenset[str] | None = None) -> list[str]:
    """The stems that count: no figures, dates, brackets or small words.

    Nothing behind one of `until` either; without it, behind "by" and "with".
    """
    plain = _undotted(_BRACKETS.sub(" ", title[:400]))
    if _names_minutes(plain, stems):
        plain = _ACRONYM.sub(" ", plain)
    words = title_key(plain).split()
    ends = stems.by | stems.beside if until is None else until
    end = next((i for i, word in enumerate(words) if i and word in ends), len(words))
    kept = (word for word in words[:end] if not word[0].isdigit() and word not in stems.small)
    return [stem(word) for word in kept]


def _names_minutes(title: str, stems: _Stems) -> bool:
    first = title_key(title).split()[:1]
    return bool(first) and stem(first[0]) in stems.minutes and not title.isupper()


def _without_phrases(words: list[str], stems: _Stems) -> tuple[bool, list[str]]:
    """Whether a core phrase stands among the words, and the words outside such phrases."""
    rest: list[str] = []
    found, place = False, 0
    while place < len(words):
        length = _phrase_at(words, place, stems)
        if length:
            found = True
        else:
            rest.append(words[place])
        place += length or 1
    return found, rest


def _phrase_at(words: list[str], place: int, stems: _Stems) -> int:
    for length in range(stems.longest, 1, -1):
        if tuple(words[place : place + length]) in stems.phrases:
            return length
    return 0


def _known(word: str, group: frozenset[str], stems: _Stems) -> bool:
    """Whether the word is in the group, or a compound that ends in a word of the group."""
    if word in group:
        return True
    found = split(word, stems.parts)
    return found is not None and not found.unknown and stem(found.parts[-1]) in group


@lru_cache(maxsize=8)
def _stems(vocabulary: Vocabulary) -> _Stems:
    small = _keys((*vocabulary.stop_words, *vocabulary.months, *vocabulary.weekdays))
    told = (*vocabulary.core_words, *vocabulary.core_phrases, *vocabulary.decisive_phrases)
    core = {_parts(word, small) for word in told}
    phrases = core - {()}
    and_words = "|".join(map(re.escape, vocabulary.and_words))
    return _Stems(
        core=frozenset(parts[0] for parts in phrases if len(parts) == 1),
        opening=_stemmed(vocabulary.opening_words),
        meeting=_stemmed(vocabulary.meeting_words),
        people=frozenset(map(title_key, vocabulary.presenter_words)),
        dated=_stemmed((*vocabulary.months, *vocabulary.weekdays)),
        frame=_stemmed(vocabulary.frame_words),
        small=small,
        minutes=_stemmed(vocabulary.minutes_words),
        by=frozenset(map(title_key, vocabulary.by_words)),
        beside=frozenset(map(title_key, vocabulary.with_words)),
        phrases=frozenset(parts for parts in phrases if len(parts) > 1),
        decisive=frozenset(_parts(word, small) for word in vocabulary.decisive_phrases),
        longest=max(map(len, phrases), default=0),
        joined=re.compile(rf"\b(?:{and_words})\b|[&+/,]", re.IGNORECASE),
    )


def _parts(word: str, small: frozenset[str]) -> tuple[str, ...]:
    return tuple(stem(part) for part in title_key(_undotted(word)).split() if part not in small)


def _stemmed(words: Words) -> frozenset[str]:
    return frozenset(map(stem, _keys(words)))


def _keys(words: Words) -> frozenset[str]:
    return frozenset(part for word in words for part in title_key(_undotted(word)).split())


def _undotted(text: str) -> str:
    """ "w.v.t.t.k." as one word."""
    return _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
