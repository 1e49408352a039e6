"""Choosing questions for an agenda: least asked first, repeatable, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import AgendaItem, Kind


@dataclass(frozen=True)
class Question:
    """An entry of the catalogue. Wordings hold {customer} and, some, {promise}."""

    key: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """How often a question was asked in a series, and on which day last."""

    times: int
    last: date


@dataclass(frozen=True)
class Reason:
    """Why a question was chosen: a key below `reasons` in prompts/texts, and its values."""

    code: str
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """A question as it is put to an item, with the wording it got and the reason."""

    key: str
    text: str
    reason: Reason


def choose(
    items: Sequence[AgendaItem],
    catalogue: Sequence[Question],
    settings: ChannelSettings,
    language: str,
    history: Mapping[str, Asked],
    today: date,
) -> list[tuple[Choice, ...]]:
    """Choose the questions for each of `items`: none for a procedural one.

    The least asked come first, among those the longest ago, among those the catalogue's order.
    What is chosen for one item counts as asked for the next.
    """
    turn = _Turn(catalogue, settings, language, history, today)
    return [turn.take() if item.kind is Kind.SUBSTANTIVE else () for item in items]


def word(question: Question, settings: ChannelSettings, language: str, turn: int) -> str:
    """The question in the channel's own words; `turn` walks through its wordings.

    Where a promise is known the wordings that quote it lead; without one they can't be used.
    """
    quoting = [w for w in question.wordings if "{promise}" in w]
    usable = (
        quoting
        if settings.promise and quoting
        else [w for w in question.wordings if w not in quoting]
    )
    text = usable[turn % len(usable)].format(
        customer=settings.customer[language], promise=settings.promise
    )
    return text[0].upper() + text[1:]


class _Turn:
    """Whose turn it is: counts on from what a series was asked before."""

    def __init__(
        self,
        catalogue: Sequence[Question],
        settings: ChannelSettings,
        language: str,
        history: Mapping[str, Asked],
        today: date,
    ) -> None:
        self.catalogue, self.settings, self.language = catalogue, settings, language
        self.history, self.today = history, today
        self.times = {q.key: history[q.key].times if q.key in history else 0 for q in catalogue}

    def take(self) -> tuple[Choice, ...]:
        order = sorted(self.catalogue, key=self._rank)
        return tuple(self._choice(question) for question in order[: self.settings.questions])

    def _rank(self, question: Question) -> tuple[int, date]:
        asked = self.history.get(question.key)
        return self.times[question.key], asked.last if asked else date.min

    def _choice(self, question: Question) -> Choice:
        reason = self._reason(question)
        turn = self.times[question.key]
        self.times[question.key] += 1
        return Choice(question.key, word(question, self.settings, self.language, turn), reason)

    def _reason(self, question: Question) -> Reason:
        asked = self.history.get(question.key)
        here = self.times[question.key] - (asked.times if asked else 0)
        if here:
            return Reason("asked_here", {"times": here})
        if asked is None:
            return Reason("never_asked")
        weeks = (self.today - asked.last).days // 7
        if weeks >= 1:
            return Reason("weeks_ago", {"weeks": weeks})
        return Reason("least_asked", {"times": asked.times})
