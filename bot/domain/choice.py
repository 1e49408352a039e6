"""Choosing questions for agenda items: those that fit, in turns, each with its reason."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import series_key
from bot.domain.question import Question, word

# Weights: how often a question is asked beside others. What a word in the title asks for and what
# suits its first topic best come first, then what suits it well, then what also suits it.
CUE = BEST = 3
WELL, ALSO = 2, 1
HERE = 0.5  # a question asked in this meeting, beside one asked in an earlier meeting
THEME = 3  # times the weight of a question that serves the theme
MEMORY = timedelta(days=366)  # what a series was asked before that no longer counts


@dataclass(frozen=True)
class Fits:
    """Which questions suit which topic, best first, and which serve which theme."""

    topics: Mapping[str, Mapping[str, int]]  # topic → question key → BEST, WELL or ALSO
    themes: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Subject:
    """What a question is chosen for: a title, its topics with the word that told each.

    `cues` are the keys of the questions it asks for most of all, with the word that does; `passed`
    the keys of those that people turned down, which come only when nothing else fits.
    """

    title: str
    topics: Mapping[str, str]
    cues: Mapping[str, str] = field(default_factory=dict)
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Past:
    """A question that an earlier meeting of the series was asked.

    `turned_down`: somebody swapped it for another one; it counts as one that did not apply.
    """

    key: str
    title: str
    topics: tuple[str, ...]
    day: date
    not_applicable: bool = False
    turned_down: bool = False


def weight(key: str, subject: Subject, fits: Fits) -> int:
    """How well a question suits a subject, 0 when it does not.

    Its title may ask for it; else its first topic counts, and a little what suits others well.
    """
    first, *others = (fits.topics[topic].get(key, 0) for topic in subject.topics)
    beside = ALSO if max(others, default=0) >= WELL else 0
    return max(first, beside, CUE if key in subject.cues else 0)


@dataclass(frozen=True)
class Reason:
    """Why a question was chosen: a key below `reasons` in prompts/texts, and its values.

    Values also hold the `word` that asks for it or told the topic, and the `theme` it serves.
    """

    code: str
    values: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """A question as it is put to an item, with the wording it got and the reason."""

    key: str
    text: str
    reason: Reason


def choose(
    subjects: Sequence[Subject | None],
    catalogue: Sequence[Question],
    fits: Fits,
    settings: ChannelSettings,
    language: str,
    past: Sequence[Past],
    today: date,
    asked_here: Iterable[str] = (),
) -> list[tuple[Choice, ...]]:
    """Choose the questions for each subject: none for None, a procedural item.

    Only questions that fit are asked, none twice in a meeting (`asked_here` before) while one that
    suits the item well was not. First comes what an item that comes back was asked least; then what
    was asked least for its weight, in the series (`past`) and, counting half, in this meeting: the
    better it suits, the more often. Where two subjects suit the same question it goes to the one it
    suits best, else to the first. The same input always gives the same choice.
    """
    known = {question.key: question for question in catalogue}
    turns = _Turns(known, fits, settings, language, _Memory(past), today)
    here = Counter(asked_here)
    dealt = _deal(subjects, turns, settings.questions, Counter(here))
    return [
        tuple(turns.choice(key, subject, here) for key in keys) if subject else ()
        for subject, keys in zip(subjects, dealt, strict=True)
    ]


class _Standing(NamedTuple):
    """What a key's turn for a subject depends on, besides how often it was asked here."""

    key: str
    on_title: int
    asked: float  # times for its weight, more for "not applicable"
    share: float  # what one time more would add
    rest: tuple[int, ...]
    well: tuple[str, ...]  # every key that suits the subject well

    def rank(self, here: Counter[str]) -> tuple[object, ...]:
        """The lower, the sooner its turn; none comes again while one that suits well has not."""
        every = min((here[key] for key in self.well), default=0)
        asked = self.asked + HERE * here[self.key] * self.share
        return max(here[self.key], every), self.on_title, asked, self.rest


def _deal(
    subjects: Sequence[Subject | None], turns: _Turns, rounds: int, here: Counter[str]
) -> list[list[str]]:
    """Keys for every subject, one a round, the best pair of subject and key first."""
    dealt: list[list[str]] = [[] for _ in subjects]
    standings = [
        (standing, place, index)
        for index, subject in enumerate(subjects)
        if subject
        for place, standing in enumerate(turns.standings(subject))
    ]
    for _ in range(rounds):
        lines: defaultdict[_Standing, list[tuple[int, int]]] = defaultdict(list)
        for standing, place, index in standings:
            if standing.key not in dealt[index]:
                lines[standing].append((place, index))
        _deal_round(lines, dealt, here)
    return dealt


def _deal_round(
    lines: Mapping[_Standing, list[tuple[int, int]]], dealt: list[list[str]], here: Counter[str]
) -> None:
    """One key for every subject: those of one standing wait in line, by place, then in order.

    What is dealt is counted `here`, so that a line may have become worse when its turn comes; it
    waits among the others then.
    """
    waiting = {standing: deque(sorted(line)) for standing, line in lines.items()}
    heads = [(standing.rank(here), line[0], standing) for standing, line in waiting.items()]
    heapify(heads)
    served = set[int]()
    while heads:
        rank, (_, index), standing = heappop(heads)
        line = waiting[standing]
        if index in served:
            line.popleft()
        elif standing.rank(here) == rank:
            line.popleft()
            dealt[index].append(standing.key)
            here[standing.key] += 1
            served.add(index)
        if line:
            heappush(heads, (standing.rank(here), line[0], standing))


class _Memory:
    """What the series was asked, counted by question, by topic and by title."""

    def __init__(self, past: Sequence[Past]) -> None:
        asked = [one for one in past if not one.turned_down]
        self.times = Counter(one.key for one in asked)
        self.last = {one.key: one.day for one in sorted(asked, key=lambda one: one.day)}
        self.on_title = Counter[tuple[str, str]]()
        self._times: defaultdict[str, Counter[tuple[tuple[str, ...], bool]]] = defaultdict(Counter)
        for one in past:
            refused = one.not_applicable or one.turned_down
            self.on_title[one.key, series_key(one.title)] += 1 + refused
            self._times[one.key][one.topics, refused] += 1

    def on_topics(self, key: str, topics: Mapping[str, str]) -> tuple[int, int]:
        """How often a question was asked of such topics, and how often it did not apply."""
        alike = [
            (times, refused)
            for (of, refused), times in self._times[key].items()
            if not topics.keys().isdisjoint(of)
        ]
        return sum(times for times, _ in alike), sum(times for times, refused in alike if refused)


@dataclass(frozen=True)
class _Turns:
    """Whose turn it is by fit and history, and how that is worded."""

    catalogue: Mapping[str, Question]
    fits: Fits
    settings: ChannelSettings
    language: str
    memory: _Memory
    today: date

    def standings(self, subject: Subject) -> list[_Standing]:
        """Of every key that fits: those the title asks for first, then by topic, best first."""
        suiting, title = self._suiting(subject), series_key(subject.title)
        well = tuple(key for key, fit in suiting.items() if fit >= WELL)
        return [self._standing(key, fit, subject, title, well) for key, fit in suiting.items()]

    def _suiting(self, subject: Subject) -> dict[str, int]:
        """How well each key fits that does, in that order."""
        listed = (key for topic in subject.topics for key in self.fits.topics[topic])
        keys = dict.fromkeys((*subject.cues, *listed))
        weights = {key: weight(key, subject, self.fits) for key in keys if key in self.catalogue}
        fit = {key: its for key, its in weights.items() if its}
        return {key: its for key, its in fit.items() if key not in subject.passed} or fit

    def _standing(
        self, key: str, fit: int, subject: Subject, title: str, well: tuple[str, ...]
    ) -> _Standing:
        """How often it was asked for its weight, then how long ago, then how well it suits."""
        asked, not_applicable = self.memory.on_topics(key, subject.topics)
        often = THEME if self._serves_theme(key) else 1
        share = (1 + not_applicable) / (fit * often)
        rest = (
            self.memory.last.get(key, date.min).toordinal(),
            -(CUE if key in subject.cues else 0),
            -sum(self.fits.topics[topic].get(key, 0) for topic in subject.topics),
        )
        on_title = self.memory.on_title[key, title] // often
        return _Standing(key, on_title, (asked + 1) * share, share, rest, well)

    def _serves_theme(self, key: str) -> bool:
        return key in self.fits.themes.get(self.settings.theme or "", ())

    def choice(self, key: str, subject: Subject, here: Counter[str]) -> Choice:
        """The question in words, with its reason; counted in `here`."""
        turn = here[key] + self.memory.times[key]
        text = word(self.catalogue[key], self.settings, self.language, turn)
        reason = self._reason(key, subject, here[key])
        here[key] += 1
        return Choice(key, text, reason)

    def _reason(self, key: str, subject: Subject, here: int) -> Reason:
        """Why this question fits, and why it is its turn."""
        fit = self._fit(key, subject)
        if here:
            return Reason("asked_here", {**fit, "times": here})
        if key not in self.memory.last:
            return Reason("never_asked", fit)
        weeks = (self.today - self.memory.last[key]).days // 7
        if weeks >= 1:
            return Reason("weeks_ago", {**fit, "weeks": weeks})
        return Reason("least_asked", {**fit, "times": self.memory.times[key]})

    def _fit(self, key: str, subject: Subject) -> dict[str, int | str]:
        """The theme the question serves, and the word that asks for it or told its topic."""
        topics = subject.topics.items()
        suited = (told for topic, told in topics if key in self.fits.topics[topic])
        told = subject.cues.get(key) or next(suited, "")
        serving = self._serves_theme(key) and self.settings.theme
        theme = {"theme": serving} if serving else {}
        return {**theme, **({"word": told} if told else {})}
