"""The made-up year: always the same, with holidays, and with what grows."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.answer import Certainty
from bot.domain.made_up_year import (
    QUESTIONS,
    TODAY,
    MadeUpChannel,
    MadeUpYear,
    meetings_of,
    weeks,
)
from bot.domain.observation import Observed

SUMMER = date(2026, 7, 27)
TITLES = [f"punt {number}" for number in range(8)]
CHANNEL = MadeUpChannel("balie", "balie", "tactical", 9, TITLES, 2, 1, weeks()[0].first)
YEAR = MadeUpYear(
    "housing",
    "Overleg",
    "Opening",
    [CHANNEL],
    {key: ["ja"] for key in [*Certainty, None]},
    {SUMMER: 0},
)


def test_a_year_is_the_same_whenever_it_is_made_up() -> None:
    other = replace(CHANNEL, dice="wijk")

    assert list(meetings_of(CHANNEL, YEAR)) == list(meetings_of(CHANNEL, YEAR))
    assert list(meetings_of(CHANNEL, YEAR)) != list(meetings_of(other, YEAR))


def test_another_name_throws_the_same_dice() -> None:
    english = replace(CHANNEL, name="front desk")

    assert list(meetings_of(CHANNEL, YEAR)) == list(meetings_of(english, YEAR))


def test_its_weeks_are_a_year_and_over() -> None:
    assert len(weeks()) == 52
    assert weeks()[-1].last < TODAY
    assert {
        later.first - week.first for week, later in zip(weeks(), weeks()[1:], strict=False)
    } == {timedelta(days=7)}


def test_meetings_are_on_their_day_and_not_in_a_holiday() -> None:
    days = [meeting.day for meeting in meetings_of(CHANNEL, YEAR)]

    assert {day.isoweekday() for day in days} == {2}
    assert not [day for day in days if SUMMER <= day < SUMMER + timedelta(days=7)]
    assert 40 < len(days) < 52


def test_some_meet_every_other_week_or_begin_later() -> None:
    halfway = weeks()[26].first
    days = [m.day for m in meetings_of(replace(CHANNEL, every=2, first=halfway), YEAR)]

    assert min(days) >= halfway
    assert {(later - day).days % 14 for day, later in itertools.pairwise(days)} == {0}


def test_items_are_of_that_channel_and_answers_to_a_question_there_is() -> None:
    held = list(meetings_of(CHANNEL, YEAR))
    answers = [answer for meeting in held for item in meeting.items for answer in item.answers]

    assert {item.title for meeting in held for item in meeting.items} == set(TITLES)
    assert all(len({item.title for item in m.items}) == len(m.items) >= 2 for m in held)
    assert {answer.question for answer in answers} == set(range(QUESTIONS))
    assert {answer.certainty for answer in answers} == {*Certainty, None}


def test_who_does_not_know_changes_no_decision() -> None:
    answers = [a for m in meetings_of(CHANNEL, YEAR) for item in m.items for a in item.answers]
    changing = {answer.certainty for answer in answers if answer.changed_decision}

    assert changing == {Certainty.KNOW, Certainty.ASSUME}


@pytest.mark.parametrize("level", ["strategic", "tactical", "operational"])
def test_in_every_level_customers_are_named_more_often_at_last(level: str) -> None:
    channels = [replace(CHANNEL, dice=str(number), level=level) for number in range(30)]
    items = [(m.day, it) for c in channels for m in meetings_of(c, YEAR) for it in m.items]
    halfway = weeks()[26].first

    early = [it.observed is Observed.CAME_UP for day, it in items if day < weeks()[8].first]
    late = [it.observed is Observed.CAME_UP for day, it in items if day > weeks()[-8].first]

    assert halfway > weeks()[8].last
    assert sum(late) / len(late) > sum(early) / len(early) + 0.15
