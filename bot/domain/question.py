"""Choosing questions for an agenda: least asked first, repeatable, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import AgendaItem, Kind


@dataclass(frozen=True)
class Question:
    """An entry of the catalogue. Wordings hold {customer} or {customers} and, some, {promise}."""

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
    asked_here: Iterable[str] = (),
) -> list[tuple[Choice, ...]]:
    """Choose the questions for each of `items`: none for a procedural one.

    First comes what was asked least in this meeting (`asked_here`, and the items before), then
    what was asked least in the series before (`history`), then the longest ago, then the order of
    the catalogue. So no question comes twice before all had their turn.
    """
    turn = _Turn(catalogue, settings, language, history, today, Counter(asked_here))
    return [turn.take() if item.kind is Kind.SUBSTANTIVE else () for item in items]


def word(question: Question, settings: ChannelSettings, language: str, turn: int) -> str:
    """The question in the channel's own words; `turn` walks through its wordings.

    Where a promise is known the wordings that quote it are used and no others; without one they
    can't be, and without a plural those with {customers} can't.
    """
    customer, promise = settings.customer[language], settings.promise.get(language)
    fitting = [w for w in question.wordings if customer.many or "{customers}" not in w]
    quoting = [w for w in fitting if "{promise}" in w]
    usable = quoting if promise and quoting else [w for w in fitting if w not in quoting]
    text = usable[turn % len(usable)].format(
        customer=customer.one, customers=customer.many, promise=promise
    )
    return text[0].upper() + text[1:]


@dataclass(frozen=True)
class _Turn:
    """Whose turn it is; `here` counts what the meeting was asked so far."""

    catalogue: Sequence[Question]
    settings: ChannelSettings
    language: str
    history: Mapping[str, Asked]
    today: date
    here: Counter[str]

    def take(self) -> tuple[Choice, ...]:
        order = sorted(self.catalogue, key=self._rank)
        return tuple(self._choice(question) for question in order[: self.settings.questions])

    def _rank(self, question: Question) -> tuple[int, int, date]:
        before = self.history.get(question.key, Asked(0, date.min))
        return self.here[question.key], before.times, before.last

    def _choice(self, question: Question) -> Choice:
        key, before = question.key, self.history.get(question.key)
        turn = self.here[key] + (before.times if before else 0)
        reason = self._reason(self.here[key], before)
        self.here[key] += 1
        return Choice(key, word(question, self.settings, self.language, turn), reason)

    def _reason(self, here: int, before: Asked | None) -> Reason:
        if here:
            return Reason("asked_here", {"times": here})
        if before is None:
            return Reason("never_asked")
        weeks = (self.today - before.last).days // 7
        if weeks >= 1:
            return Reason("weeks_ago", {"weeks": weeks})
        return Reason("least_asked", {"times": before.times})
