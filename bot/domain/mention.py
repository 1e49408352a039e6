"""Where a text names the customer, and by which rule."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, repeat
from typing import NamedTuple

from bot.domain.mention_signs import Somebody, everybody, read, signs
from bot.domain.mention_text import plain, seen, sentences
from bot.domain.mention_words import OWN, SERVED, STAFF, WORD, Lexicon, Words
from bot.domain.own_words import OwnWords

LOOKED_AT = 5_000  # words by which a language is known
BEFORE = 4  # sentences looked at together: something we said may be more than one
_IN_WORDS = re.compile(f"({WORD.pattern})")


class Rule(StrEnum):
    """Why a word is taken for the customer."""

    ACCOUNT = "account"
    OWN_WORD = "own_word"
    CUSTOMER_WORD = "customer_word"
    COMPOUND = "compound"
    SERVED_PEOPLE = "served_people"
    THEIR_WORD = "their_word"  # a complaint, a request, feedback
    CONTACT = "contact"
    RESEARCH = "research"
    REPRESENTATIVE = "representative"


OWN_COUNTS = 50  # what it adds that who is meeting calls them so: nearly always enough
COLLEAGUE_COUNTS = 19  # the same of colleagues, who also are present, on leave or in the chair
_RULES = {
    SERVED: Rule.OWN_WORD,
    "says": Rule.THEIR_WORD,
    "desk": Rule.CONTACT,
    "research": Rule.RESEARCH,
    "representative": Rule.REPRESENTATIVE,
}
_IMPLICIT = (
    "vulnerable",
    "family",
    "applicant",
    "people",
    "indefinite",
    "organisation",
    "builder",
    "public",
    "person",
    "kin",
    "trade",
    "staff",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text, `start` to `end` in characters, where the customer is named."""

    start: int
    end: int
    text: str
    rule: Rule


class Candidate(NamedTuple):
    """Somebody named in a text, who may be a customer; `signs` are what tells, by name.

    `own`: what it adds that who is meeting chose this word for their customer, or that only their
    sector has it.
    """

    start: int
    end: int
    rule: Rule
    signs: frozenset[str] = frozenset()
    own: int = 0


@dataclass(frozen=True)
class Weights:
    """How much each sign tells, by its name; who reaches `limit` together is a customer."""

    of: Mapping[str, int]
    limit: int


class Recogniser:
    """Finds the customer in texts of one language.

    `lexicon` holds what people who meet call their customer; `accounts` are names of customers,
    which count wherever they stand. `ours` knows what the bot wrote, which is left out.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        weights: Weights,
        *,
        sector: str,
        accounts: Words = (),
        ours: OwnWords | None = None,
    ) -> None:
        self._meanings, self._weights, self._sector = lexicon.meanings, weights, sector
        self._accounts = _any_of(accounts) if accounts else None
        self._ours = ours

    def mentions(self, text: str, speakers: Set[str] | None = None) -> list[Mention]:
        """Each place where the customer is named, in order; labels of `speakers` don't count."""
        return [
            Mention(each.start, each.end, text[each.start : each.end], each.rule)
            for each in self.candidates(text, speakers)
            if each.rule is Rule.ACCOUNT or self._weighed(each) >= self._weights.limit
        ]

    def candidates(self, text: str, speakers: Set[str] | None = None) -> Iterator[Candidate]:
        """Each place where somebody is named, who may be a customer, with what tells."""
        shown, ours = plain(text, self._accounts, speakers), 0
        before: deque[int] = deque(maxlen=BEFORE)
        for first, last in sentences(shown.text, shown.names):
            before.append(first)
            if first < ours:
                continue
            found = self._in_sentence(shown.text[first:last])
            if found and self._ours:
                ours = max(self._ours.end(shown.text, start) for start in before)
                before.clear()  # each is looked at once
            for start, end, rule, told, own in found if first >= ours else ():
                yield Candidate(*shown.original(start + first, end + first), rule, told, own)

    def known(self, text: str) -> int:
        """How many words of a text, of the first so many, tell something in this language."""
        words = (found[0] for found in islice(WORD.finditer(text), LOOKED_AT))
        return sum(bool(it.named or it.around) for it in map(self._meanings.__getitem__, words))

    def _weighed(self, who: Candidate) -> int:
        return sum(map(self._weights.of.get, who.signs, repeat(0)), who.own)

    def _in_sentence(self, text: str) -> Sequence[Candidate]:
        people = self._people(text)
        if not (self._accounts and (accounts := _named(self._accounts, text))):
            return people
        others = [it for it in people if not _overlaps(it, accounts)]
        return sorted([*accounts, *others], key=_start)

    def _people(self, text: str) -> Sequence[Candidate]:
        pieces = _IN_WORDS.split(text)
        meanings = [self._meanings[word] for word in pieces[1::2]]
        tell_who = [at for at, meaning in enumerate(meanings) if meaning.tells_who]
        named = list(everybody(meanings, tell_who)) if tell_who else ()
        if not named:
            return ()
        sentence = read(text, pieces, meanings, named, self._sector)
        return [
            Candidate(*sentence.place(it), _rule(it), signs(sentence, it), _own(it)) for it in named
        ]


def _named(accounts: re.Pattern[str], text: str) -> list[Candidate]:
    return [Candidate(*found.span(), Rule.ACCOUNT) for found in accounts.finditer(text)]


def _start(candidate: Candidate) -> int:
    return candidate.start


def _overlaps(one: Candidate, others: Iterable[Candidate]) -> bool:
    return any(one.start < it.end and it.start < one.end for it in others)


def _own(who: Somebody) -> int:
    """What a word adds that somebody chose, or one of a sector that we have no class for."""
    if who.called == OWN and who.named.kind == STAFF:
        return COLLEAGUE_COUNTS
    return OWN_COUNTS if who.called == OWN or who.named.kind == SERVED else 0


def _rule(who: Somebody) -> Rule:
    kind = SERVED if who.called == OWN else who.named.kind or ""
    if kind in _RULES:
        return _RULES[kind]
    if kind in _IMPLICIT:
        return Rule.SERVED_PEOPLE
    return Rule.COMPOUND if who.part else Rule.CUSTOMER_WORD


def _any_of(names: Words) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelled, longest_first))})(?!\w)")


def _spelled(name: str) -> str:
    words = map(re.escape, seen(name).text.split())
    return re.sub("['’]", "['’]", r"\s+".join(words))
