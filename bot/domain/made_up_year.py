"""A made-up year of meetings: by chance, but the same chance whenever it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.domain.answer import Certainty
from bot.domain.dates import Period, before, week_of
from bot.domain.observation import Observed

SEED = 1
TODAY = date(2026, 11, 24)  # of whoever looks back at it; the last week of the year is over
WEEKS = 52
FEWEST_ITEMS, MOST_ITEMS = 2, 4  # of a meeting
QUESTIONS = 2  # of an item
USUALLY = 94  # of a hundred meetings go on
GROWING = 24  # weeks that it takes until customers are named more often
BEGINS = {"strategic": 10, "tactical": 18, "operational": 26}


@dataclass(frozen=True)
class MadeUpChannel:
    """A group that meets on a weekday (1 is Monday) every so many weeks, from `first` on.

    `about` are the titles that may be on its agendas; by `dice` its chances are thrown.
    """

    dice: str
    name: str
    level: str | None
    people: int
    about: Sequence[str]
    day: int
    every: int
    first: date


@dataclass(frozen=True)
class MadeUpYear:
    """What a year is made of, in one language.

    `quiet`: how many of a hundred meetings go on, by the Monday of the week. `answers` by how sure
    they are; by None those that say that a question does not apply.
    """

    sector: str
    meeting: str
    opening: str
    channels: Sequence[MadeUpChannel]
    answers: Mapping[Certainty | None, Sequence[str]]
    quiet: Mapping[date, int]


@dataclass(frozen=True)
class MadeUpAnswer:
    """What was said to the question with this number, from 0; as in Answer."""

    question: int
    text: str
    certainty: Certainty | None
    changed_decision: bool = False


@dataclass(frozen=True)
class MadeUpItem:
    """A substantive item: what was answered, and what was observed there."""

    title: str
    answers: Sequence[MadeUpAnswer]
    observed: Observed


@dataclass(frozen=True)
class MadeUpMeeting:
    """A meeting on a day; where it was not `observed` the clock closed it."""

    day: date
    items: Sequence[MadeUpItem]
    observed: bool


def weeks() -> list[Period]:
    """The weeks of the year, the oldest first."""
    return before(week_of(TODAY), WEEKS)


def meetings_of(channel: MadeUpChannel, year: MadeUpYear) -> Iterator[MadeUpMeeting]:
    """The meetings of a channel in the year, in order.

    As the year goes on more is observed and more is answered, and at last customers are named more
    often: at the top first.
    """
    chance = _Chance(channel.dice)
    named = 0.08 + 0.14 * chance.random()
    for number, week in enumerate(weeks()):
        goes_on = chance.of(year.quiet.get(week.first, USUALLY) / 100)
        if goes_on and week.first >= channel.first and number % channel.every == 0:
            begins = BEGINS.get(channel.level or "", WEEKS)
            grown = min(max((number - begins) / GROWING, 0), 1)
            items = _items(chance, channel, year, named + 0.32 * grown, number / WEEKS)
            day = week.first + timedelta(days=channel.day - 1)
            yield MadeUpMeeting(day, items, chance.of(0.5 + 0.35 * number / WEEKS))


class _Chance:
    """Throws of dice, by `random` alone: what else Python draws may change with its version."""

    def __init__(self, dice: str) -> None:
        self.random = Random(f"{SEED} {dice}").random  # noqa: S311  a demonstration keeps no secrets

    def of(self, share: float) -> bool:
        """True in this share of the throws."""
        return self.random() < share

    def one(self, each: Sequence[str]) -> str:
        """Any of these."""
        return each[int(self.random() * len(each))]

    def some(self, each: Sequence[str], least: int, most: int) -> list[str]:
        """At least and at most so many of these, each once."""
        number = least + int(self.random() * (most - least + 1))
        return sorted(each, key=lambda _: self.random())[:number]


def _items(
    chance: _Chance, channel: MadeUpChannel, year: MadeUpYear, named: float, passed: float
) -> list[MadeUpItem]:
    """`named`: in which share of items customers are, in an average week; `passed` of the year."""
    titles = chance.some(channel.about, FEWEST_ITEMS, MOST_ITEMS)
    named += 0.16 * (chance.random() - 0.5)
    return [_item(chance, year, title, named, passed) for title in titles]


def _item(chance: _Chance, year: MadeUpYear, title: str, named: float, passed: float) -> MadeUpItem:
    """Some are not reached."""
    if chance.of(0.05):
        return MadeUpItem(title, (), Observed.NOT_DISCUSSED)
    seen = Observed.CAME_UP if chance.of(named) else Observed.DID_NOT
    return MadeUpItem(title, _answers(chance, year, passed), seen)


def _answers(chance: _Chance, year: MadeUpYear, passed: float) -> list[MadeUpAnswer]:
    """To some of an item's questions, to none, or that they do not apply."""
    if chance.of(0.07):
        return [MadeUpAnswer(0, chance.one(year.answers[None]), None)]
    asked = [number for number in range(QUESTIONS) if chance.of(0.25 + 0.2 * passed)]
    return [_answer(chance, year, number, passed) for number in asked]


def _answer(chance: _Chance, year: MadeUpYear, question: int, passed: float) -> MadeUpAnswer:
    """Half of them are known, a fifth is not known yet; what is not changes no decision."""
    drawn, changes = chance.random(), chance.of(0.1 + 0.1 * passed)
    if drawn > 0.8:
        certainty = Certainty.DONT_KNOW
    else:
        certainty = Certainty.KNOW if drawn < 0.5 else Certainty.ASSUME
    said = chance.one(year.answers[certainty])
    return MadeUpAnswer(question, said, certainty, changes and certainty is not Certainty.DONT_KNOW)
