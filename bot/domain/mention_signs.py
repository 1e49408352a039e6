"""What tells whether somebody named in a sentence is a customer: who it is, and what is around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.domain.mention_text import HIDDEN
from bot.domain.mention_words import Meaning, Named

NEAR = 4  # words before and behind
FAR = 30
_PAUSES = frozenset(",;:()[]|–—")
_TURN = re.compile(r"\W*[A-Z][\w .]{0,30}:")


class Somebody(NamedTuple):
    """A class of people named by the words `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int
    named: Named
    part: str
    rest: frozenset[str]
    called: str


class Sentence(NamedTuple):
    """A sentence in which people are named, and what of it tells the same of all of them.

    `pieces` are gaps and words in turns, a gap first and last; `ends` is where each ends.
    `meanings`, `words` (as signs) and `around` go by word. `kinds` are the classes of people,
    `repeated` those that come more than once.
    """

    pieces: Sequence[str]
    ends: Sequence[int]
    meanings: Sequence[Meaning]
    kinds: frozenset[str]
    repeated: frozenset[str]
    words: Sequence[str]
    around: Sequence[frozenset[str]]
    signs: Sequence[str]

    def place(self, who: Somebody) -> tuple[int, int]:
        """Where somebody is named: the first character, and the one behind the last."""
        return self.ends[2 * who.first], self.ends[2 * who.last - 1]

    def between(self, word: int) -> str:
        """What stands between a word and the one before it."""
        return self.pieces[2 * word]


def read(
    text: str,
    pieces: Sequence[str],
    meanings: Sequence[Meaning],
    named: Sequence[Somebody],
    sector: str,
) -> Sentence:
    """A sentence, from its text, its gaps and words in turns, and what each word means."""
    kinds = [who.named.kind or "" for who in named]
    different = frozenset(kinds)
    return Sentence(
        pieces,
        list(accumulate(map(len, pieces))),
        meanings,
        different,
        frozenset([kind for kind in different if kinds.count(kind) > 1]),
        [f"word:{it.key}" for it in meanings],
        [it.around for it in meanings],
        [f"sector:{sector}", *_of_all(text)],
    )


def everybody(meanings: Sequence[Meaning], tell_who: Iterable[int]) -> Iterator[Somebody]:
    """Who is named, in order, by the words that tell so.

    The longest phrase counts, and a look-alike hides what is in it.
    """
    behind = 0
    for first in tell_who:
        if first < behind:
            continue
        meaning = meanings[first]
        behind, named = _longest_phrase(meanings, first)
        whole = named is not meaning.named or not meaning.part
        called = named.called if named and behind > first + 1 else meaning.called
        if named and named.kind:
            part, rest = ("", frozenset[str]()) if whole else (meaning.part, meaning.rest)
            yield Somebody(first, behind, named, part, rest, called)


def _longest_phrase(meanings: Sequence[Meaning], first: int) -> tuple[int, Named | None]:
    """The word behind the longest phrase that opens here, and whom it names."""
    longest = first + 1, meanings[first].named
    phrase, at = meanings[first].phrases, first + 1
    while phrase and at < len(meanings):
        phrase, at = phrase.longer.get(meanings[at].key), at + 1
        if phrase and phrase.named:
            longest = at, phrase.named
    return longest


def _of_all(text: str) -> Iterator[str]:
    if HIDDEN in text:
        yield "code"
    if text.rstrip().endswith("?"):
        yield "asked"
    if ":" in text and _TURN.match(text):
        yield "labelled"


def signs(sentence: Sentence, who: Somebody) -> frozenset[str]:
    """The names of what tells, as weights.yaml has them."""
    kind = who.named.kind or ""
    weighed_by_kind = {
        *sentence.signs,
        *_around(sentence, who),
        *_beside(sentence, who),
        *_form(sentence, who),
    }
    return frozenset(
        (
            "always",
            *_who(who, kind),
            *weighed_by_kind,
            *[f"{kind}&{sign}" for sign in weighed_by_kind],
            *[f"with:{it}" for it in sentence.kinds if it != kind or it in sentence.repeated],
            *sentence.words[max(0, who.first - FAR) : who.first],
            *sentence.words[who.last : who.last + FAR],
        )
    )


def _who(who: Somebody, kind: str) -> Iterator[str]:
    yield kind
    yield f"{kind}:{who.named.noun}"
    yield f"{kind}&{who.part or 'whole'}"
    if who.called:
        yield f"{kind}&{who.called}"
    for told in who.rest:
        yield f"part:{told}"
        yield f"{kind}&{who.part}:{told}"


def _around(sentence: Sentence, who: Somebody) -> list[str]:
    return [
        *[f"text:{told}" for told in _told(sentence, who, FAR)],
        *[f"near:{told}" for told in _told(sentence, who, NEAR)],
    ]


def _told(sentence: Sentence, who: Somebody, reach: int) -> frozenset[str]:
    """What the words tell that stand so far before and behind somebody."""
    around = sentence.around
    before = around[max(0, who.first - reach) : who.first]
    return frozenset().union(*before, *around[who.last : who.last + reach])


def _beside(sentence: Sentence, who: Somebody) -> Iterator[str]:
    """The words right before and behind, unless a pause parts them."""
    meanings = sentence.meanings
    if who.first == 0:
        yield "before:start"
    elif not _PAUSES.isdisjoint(sentence.between(who.first)):
        yield "before:pause"
    else:
        yield from _told_by("before", meanings[who.first - 1])
    if who.last == len(meanings):
        yield "behind:end"
    elif not _PAUSES.isdisjoint(sentence.between(who.last)):
        yield "behind:pause"
    else:
        yield from _told_by("behind", meanings[who.last])


def _told_by(place: str, meaning: Meaning) -> Iterator[str]:
    yield f"{place}:{meaning.key}"
    for told in meaning.around:
        yield f"{place}~{told}"
    if meaning.named and meaning.named.kind:
        yield f"{place}~{meaning.named.kind}"


def _form(sentence: Sentence, who: Somebody) -> Iterator[str]:
    words = sentence.pieces[2 * who.first + 1 : 2 * who.last]
    if who.first and words[0][0].isupper():
        yield "upper" if words[0][:2].isupper() else "capital"
    if sentence.meanings[who.last - 1].key != who.named.noun.rpartition(" ")[2]:
        yield "inflected"
