"""Choosing questions for agenda items: those that fit, in turns, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import title_key
from bot.domain.question import Question, word

WELL, ALSO = 2, 1  # weights: what suits well is asked twice as often as what also suits
THEME = 3  # times the weight of a question that serves the theme
TOPICS = (
    "price", "process", "system", "communication", "people", "product", "planning", "policy",
    "complaint", "supplier", "figures", "premises", "governance", "event", "other",
)  # fmt: skip
MEMORY = timedelta(days=366)  # what a series was asked before that no longer counts


@dataclass(frozen=True)
class Fits:
    """Which questions suit which topic, best first, and which serve which theme."""

    topics: Mapping[str, Mapping[str, int]]  # topic → question key → WELL or ALSO
    themes: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Subject:
    """What a question is chosen for: a title, and its topics with the word that told each."""

    title: str
    topics: Mapping[str, str]


@dataclass(frozen=True)
class Past:
    """A question that an earlier meeting of the series was asked."""

    key: str
    title: str
    topics: tuple[str, ...]
    day: date
    not_applicable: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a question was chosen: a key below `reasons` in prompts/texts, and its values.

    Values also hold the `word` in the title that told the topic, and the `theme` it serves.
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

    Only questions that fit are asked. First comes what this meeting was asked least (`asked_here`,
    and the subjects before), so that none comes twice until all that fit had their turn; then what
    the series was asked least (`past`) for its weight: the better it suits, the more often. Equals
    come in the order of `fits`. The same input always gives the same choice.
    """
    turn = _Turn(
        {question.key: question for question in catalogue},
        fits,
        settings,
        language,
        _Memory(past),
        today,
        Counter(asked_here),
    )
    return [turn.take(subject) if subject else () for subject in subjects]


class _Memory:
    """What the series was asked, counted by question, by topic and by title."""

    def __init__(self, past: Sequence[Past]) -> None:
        self.times = Counter(one.key for one in past)
        self.on_title = Counter((one.key, title_key(one.title)) for one in past)
        self.last: dict[str, date] = {}
        self._past: dict[str, list[Past]] = {}
        for one in past:
            self.last[one.key] = max(one.day, self.last.get(one.key, date.min))
            self._past.setdefault(one.key, []).append(one)

    def on_topics(self, key: str, topics: Mapping[str, str]) -> tuple[int, int]:
        """How often a question was asked of such topics, and how often it did not apply."""
        alike = [one for one in self._past.get(key, ()) if not topics.keys().isdisjoint(one.topics)]
        return len(alike), sum(one.not_applicable for one in alike)


@dataclass(frozen=True)
class _Turn:
    """Whose turn it is; `here` counts what the meeting was asked so far."""

    catalogue: Mapping[str, Question]
    fits: Fits
    settings: ChannelSettings
    language: str
    memory: _Memory
    today: date
    here: Counter[str]

    def take(self, subject: Subject) -> tuple[Choice, ...]:
        suiting = [key for topic in subject.topics for key in self.fits.topics[topic]]
        fitting = [key for key in dict.fromkeys(suiting) if key in self.catalogue]
        order = sorted(fitting, key=lambda key: self._rank(key, subject))
        return tuple(self._choice(key, subject) for key in order[: self.settings.questions])

    def _rank(self, key: str, subject: Subject) -> tuple[float, ...]:
        asked, not_applicable = self.memory.on_topics(key, subject.topics)
        weights = [self.fits.topics[topic].get(key, 0) for topic in subject.topics]
        weight = max(weights) * (THEME if self._serves_theme(key) else 1) / (1 + not_applicable)
        return (
            self.here[key],
            (asked + 1) / weight,
            self.memory.on_title[key, title_key(subject.title)],
            self.memory.last.get(key, date.min).toordinal(),
            -sum(weights),
        )

    def _serves_theme(self, key: str) -> bool:
        return key in self.fits.themes.get(self.settings.theme or "", ())

    def _choice(self, key: str, subject: Subject) -> Choice:
        turn = self.here[key] + self.memory.times[key]
        text = word(self.catalogue[key], self.settings, self.language, turn)
        reason = self._reason(key, subject)
        self.here[key] += 1
        return Choice(key, text, reason)

    def _reason(self, key: str, subject: Subject) -> Reason:
        """Why this question fits, and why it is its turn."""
        fit = self._fit(key, subject)
        if self.here[key]:
            return Reason("asked_here", {**fit, "times": self.here[key]})
        if key not in self.memory.last:
            return Reason("never_asked", fit)
        weeks = (self.today - self.memory.last[key]).days // 7
        if weeks >= 1:
            return Reason("weeks_ago", {**fit, "weeks": weeks})
        return Reason("least_asked", {**fit, "times": self.memory.times[key]})

    def _fit(self, key: str, subject: Subject) -> dict[str, int | str]:
        """The theme the question serves, and the word in the title it suits."""
        suited = (told for topic, told in subject.topics.items() if key in self.fits.topics[topic])
        told = next(suited)
        theme = {"theme": self.settings.theme} if self._serves_theme(key) else {}
        return {**theme, **({"word": told} if told else {})}
