"""What a word tells of who is spoken of: a class of people, a look-alike, what the talk is of."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.noun_forms import forms

LONGEST = 60  # letters; of a longer word no parts are looked for
SHORTEST_HEAD = 5  # letters of what ends a Dutch compound: eind-gebruiker
SHORTEST_FRONT = 4  # letters of what opens one: klant-reis
SHORTEST_REST = 2
SERVED = "served"  # what a sector calls its customers; as a class, what is in no other
OWN = "own"  # what who is meeting chose to call them
STAFF = "staff"  # the class of colleagues, whom people speak of anyway
COMPOUNDING = "nl"  # the language that writes two words as one
HEAD, FRONT = "head", "front"
_LINKS = ("", "s", "en", "e", "n")
MOST_MET = 5_000  # words kept: a text has few more that come often, and it is not to be kept
_STRESS = re.compile("[\u0300\u0301]")

Words = tuple[str, ...]

_LETTERS = r"(?:[^\W_]++|[\u0300-\u036f]++)++"
WORD = re.compile(rf"{_LETTERS}(?:[-'’.&]{_LETTERS})*+")


def key(word: str) -> str:
    """A word as it is looked up: lower case, accents spelled one way, without its genitive.

    One longer than any we know keeps its accents: composing takes the square of their number.
    """
    if not word.isascii() and len(word) <= LONGEST:
        word = unicodedata.normalize("NFC", word).replace("’", "'")
    return word.lower().removesuffix("'s")


def _unstressed(word: str) -> str:
    """A key without the accents that stress it: "klánten"; those of "cliënt" stay."""
    if word.isascii() or len(word) > LONGEST:
        return word
    return unicodedata.normalize("NFC", _STRESS.sub("", unicodedata.normalize("NFD", word)))


def _inflected(noun: str, language: str) -> Iterator[str]:
    """The forms of a noun, which is a key, as they are looked up."""
    return (form.removesuffix("'s") for form in forms(noun, language))


@dataclass(frozen=True)
class MentionWords:
    """The words of one language, as they stand in prompts/mentions.

    `people` by class, the surest first; `around` by what they tell. "complain*" stands for all
    words that open so. Dutch `compounds` are made of these classes; `heads` are short words that
    end some all the same, `not_heads` ones that do not.
    """

    people: Mapping[str, Words]
    look_alikes: Words
    around: Mapping[str, Words]
    compounds: Words = ()
    heads: Words = ()
    not_heads: Words = ()


class Named(NamedTuple):
    """A listed word: its class of people, None for a look-alike; of a phrase also who is so
    `called`, as of a word its meaning says."""

    kind: str | None
    noun: str
    called: str = ""


@dataclass
class Phrases:
    """The phrases that open with certain words, by the word that follows.

    `named` is whom those words name when nothing follows, None where they are no phrase yet.
    """

    named: Named | None = None
    longer: dict[str, Phrases] = field(default_factory=dict)


class Meaning(NamedTuple):
    """What a word tells.

    `named` says whom it may name, None for nobody, and `part` by which part of a compound, "" for
    the whole word; `rest` is what its other part tells. `around` is what the word tells of the
    talk. `called` is SERVED for what a sector calls its customers, OWN for what who is meeting
    chose to call them, else "". `phrases` open with the word. `tells_who`: any of these names or
    hides somebody.
    """

    key: str
    named: Named | None
    part: str
    rest: frozenset[str]
    around: frozenset[str]
    called: str
    phrases: Phrases | None
    tells_who: bool


class _Compound(NamedTuple):
    """A class of people in one part of a compound, and what the other part is."""

    named: Named
    part: str
    other: str


class Lexicon:
    """The words of a language, with those of who is meeting.

    `served` is what their sector calls customers, `own` what they chose to call them. Who chose a
    word for colleagues serves them within the organisation: `internal`.
    """

    def __init__(
        self,
        words: MentionWords,
        language: str,
        *,
        served: Words = (),
        own: Words = (),
        look_alikes: Words = (),
    ) -> None:
        self.classes = (*words.people, SERVED)
        self._language = language
        self._listed: dict[str, Named] = {}
        self._phrases = Phrases()
        self._frames: dict[str, set[str]] = defaultdict(set)
        self._openings: dict[str, set[str]] = defaultdict(set)
        self._called = {
            key(form): called
            for called, words_ in ((SERVED, served), (OWN, own))
            for word in words_
            for form in forms(word, language)
        }
        self._list([(None, (*look_alikes, *words.look_alikes)), *words.people.items()])
        self._list([(SERVED, tuple(word for word in (*served, *own) if " " in word))])
        self._parts = _Parts(words, language) if language == COMPOUNDING else None
        for frame, around in words.around.items():
            for word in around:
                told = self._openings if word.endswith("*") else self._frames
                told[key(word.rstrip("*"))].add(frame)
        self.internal = any(self._is_staff(word) for word, of in self._called.items() if of == OWN)
        self._opening_lengths = sorted({len(it) for it in self._openings})
        self.meanings: Mapping[str, Meaning] = _Met(self._work_out)

    def _is_staff(self, word: str) -> bool:
        named = self._listed.get(word)
        return named is not None and named.kind == STAFF

    def _list(self, listed: Sequence[tuple[str | None, Words]]) -> None:
        """Note each word with its forms; what a word is goes before what it may be a form of."""
        phrases = [
            (tuple(map(key, phrase.split())), Named(kind, phrase))
            for kind, of_kind in listed
            for phrase in of_kind
        ]
        for (*first, last), named in phrases:
            self._name(first, (last,), named)
        for (*first, last), named in phrases:
            self._name(first, _inflected(last, self._language), named)

    def _name(self, first: Sequence[str], lasts: Iterable[str], named: Named) -> None:
        """Note words, or phrases that go `first` and then on with one of `lasts`."""
        if not first:
            for word in lasts:
                self._listed.setdefault(word, named)
            return
        phrase = self._phrases
        for word in first:
            phrase = phrase.longer.setdefault(word, Phrases())
        for word in lasts:
            end = phrase.longer.setdefault(word, Phrases())
            called = self._called.get(" ".join((*first, word)), "")
            end.named = end.named or named._replace(called=called)

    def _work_out(self, word: str) -> Meaning:
        plain = key(word)
        whole = plain.replace("-", "") if self._parts else plain  # commissie-leden, commissieleden
        named, part, other = self._listed.get(plain) or self._listed.get(whole), "", ""
        if named is None and len(plain) <= LONGEST and (found := self._compound(plain)):
            named, part, other = found
        rest = self._told(other) or self._told_by_end(other)
        around = self._told(plain) | rest
        phrases, called = self._phrases.longer.get(plain), self._called.get(plain, "")
        if called and (named is None or (called == OWN and not named.kind)):
            named = Named(SERVED, plain)
        tells_who = bool(named or phrases or called)
        if not (tells_who or around) and (bare := _unstressed(plain)) != plain:
            return self._work_out(bare)
        return Meaning(plain, named, part, rest, around, called, phrases, tells_who)

    def _told(self, word: str) -> frozenset[str]:
        openings = (word[:length] for length in self._opening_lengths if length <= len(word))
        told = [self._openings[opening] for opening in openings if opening in self._openings]
        return frozenset().union(self._frames.get(word, ()), *told)

    def _told_by_end(self, part: str) -> frozenset[str]:
        """What a part that is a compound itself tells: "gesprek" in "keukentafelgesprek"."""
        ends = (self._told(part[start:]) for start in range(1, len(part) - SHORTEST_FRONT))
        return next(filter(None, ends), frozenset())

    def _compound(self, word: str) -> _Compound | None:
        front, _, back = word.partition("-")
        for part, piece, other in ((HEAD, back, front), (FRONT, front, back)):
            named = self._listed.get(piece) if back else None
            if named and named.kind:
                return _Compound(named, part, other)
        return self._parts.of(word.replace("-", "")) if self._parts else None


class _Parts:
    """What Dutch compounds about people may end and open with."""

    def __init__(self, words: MentionWords, language: str) -> None:
        self._rank = {kind: rank for rank, kind in enumerate(words.people)}
        self._heads: dict[str, Named] = {}
        self._fronts: dict[str, Named] = {}
        for kind in words.compounds:
            for noun in (key(noun) for noun in words.people[kind] if " " not in noun):
                inflected = {*_inflected(noun, language)}
                if noun not in words.not_heads:
                    heads = {
                        it for it in inflected if len(it) >= SHORTEST_HEAD or it in words.heads
                    }
                    self._add(self._heads, heads, Named(kind, noun))
                if len(noun) >= SHORTEST_FRONT:
                    many = {form for form in inflected if form.endswith(("en", "ën"))}
                    linked = {noun + link for link in _LINKS}
                    self._add(self._fronts, linked | many, Named(kind, noun))

    @staticmethod
    def _add(parts: dict[str, Named], pieces: Iterable[str], named: Named) -> None:
        for piece in pieces:
            parts.setdefault(piece, named)

    def of(self, word: str) -> _Compound | None:
        """The surer of the longest end and the longest opening that are listed."""
        cuts = range(SHORTEST_REST, len(word) - SHORTEST_REST + 1)
        found = [
            *(
                (cut, _Compound(self._heads[word[cut:]], HEAD, word[:cut]))
                for cut in cuts
                if word[cut:] in self._heads
            ),
            *(
                (-cut, _Compound(self._fronts[word[:cut]], FRONT, word[cut:]))
                for cut in cuts
                if word[:cut] in self._fronts
            ),
        ]
        return (
            min(found, key=lambda it: (self._rank[it[1].named.kind or ""], it[0]))[1]
            if found
            else None
        )


class _Met(dict[str, Meaning]):
    """The meanings of the words met so far, as printed; a new one is worked out."""

    def __init__(self, work_out: Callable[[str], Meaning]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> Meaning:
        if len(self) >= MOST_MET:
            self.clear()
        meaning = self[word] = self._work_out(word)
        return meaning
