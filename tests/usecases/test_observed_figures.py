"""Figures of what was observed: the chair goes first, no silent 0, compared from twenty on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.dates import Span, parse_period
from bot.domain.meeting import State
from bot.domain.observation import Observed, Source
from bot.domain.proportion import Proportion
from bot.domain.view import DigestView, MeetingView
from bot.storage import meetings, observations, people
from bot.usecases import close_meeting, prepare_meeting, run_meeting
from bot.usecases.make_digest import make_digest
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda

DAY = date(2026, 11, 24)
UP, NOT, LEFT_OUT = Observed.CAME_UP, Observed.DID_NOT, Observed.NOT_DISCUSSED


@pytest.fixture
def prepare(toolbox: Toolbox, caller: Caller, settings: ChannelSettings):
    def prepare(*titles: str, day: date = DAY) -> MeetingView:
        return prepare_meeting.prepare(toolbox, caller, agenda(*titles, day=day), settings)

    return prepare


@pytest.fixture
def close(toolbox: Toolbox, caller: Caller):
    """Close a meeting with what was observed at its items, in their order; None: nothing."""

    def close(view: MeetingView, *seen: Observed | None) -> None:
        observed = {it.id or "": one for it, one in zip(view.items, seen, strict=True) if one}
        close_meeting.close(toolbox, caller, view.id or "", observed)

    return close


@pytest.fixture
def digest(toolbox: Toolbox, caller: Caller, settings: ChannelSettings):
    def digest(week: str = "2026-W48") -> DigestView:
        return make_digest(toolbox, caller, parse_period(Span.WEEK, week), settings, "nl")

    return digest


def test_an_item_came_up_did_not_was_not_discussed_or_nobody_said(prepare, close, digest) -> None:
    close(prepare("OPENING", "Lift", "Dak", "Tuin", "Kas"), UP, UP, NOT, LEFT_OUT, None)

    figures = digest().figures

    assert figures.substantive == 4
    assert (figures.came_up, figures.observed, figures.not_discussed) == (1, 2, 1)


def test_the_chairs_word_beats_what_a_text_suggests(
    prepare, close, digest, toolbox: Toolbox, caller: Caller
) -> None:
    """The title names the tenant, whom the chair did not hear of."""
    close(prepare("Brief aan de huurder", "Dak"), NOT, NOT)
    assert (digest().figures.came_up, digest().figures.observed) == (0, 2)

    view = prepare("Notulen", day=DAY + timedelta(days=1))
    run_meeting.open_meeting(toolbox, caller, view.id or "")
    with toolbox.write(caller) as session:
        observations.observe(session, view.items[0].id or "", Source.TEXT, UP, None, toolbox.now())
    assert (digest().figures.came_up, digest().figures.observed) == (1, 3)


def test_what_the_chair_says_last_counts(prepare, close, digest) -> None:
    view = prepare("Lift", "Dak")
    for seen in ((UP, UP), (NOT, LEFT_OUT), (UP, UP), (UP, NOT)):
        close(view, *seen)

    assert (digest().figures.came_up, digest().figures.observed) == (1, 2)


def forget_to_close(prepare, toolbox: Toolbox, caller: Caller, clock) -> None:
    """A meeting is opened, and the clock closes it."""
    view = prepare("Brief aan de huurder")
    run_meeting.open_meeting(toolbox, caller, view.id or "")
    clock.later(days=2)
    close_meeting.close_forgotten(toolbox, caller.platform)


def test_a_meeting_that_closed_itself_was_held_and_not_observed(
    prepare, digest, toolbox: Toolbox, caller: Caller, clock
) -> None:
    forget_to_close(prepare, toolbox, caller, clock)

    figures = digest().figures

    assert (figures.meetings, figures.substantive, figures.observed) == (1, 1, 0)
    assert figures.by_itself.share is None


def test_a_meeting_the_clock_closed_that_nobody_opened_was_not_held(
    prepare, digest, toolbox: Toolbox, caller: Caller
) -> None:
    view = prepare("Lift")
    with toolbox.write(caller) as session:
        meetings.set_state(session, view.id or "", State.CLOSED, None, toolbox.now())

    figures = digest().figures

    assert (figures.meetings, figures.prepared, figures.items) == (0, 0, 0)


def test_a_meeting_that_is_prepared_again_after_it_was_opened_stays_counted(
    prepare, digest, toolbox: Toolbox, caller: Caller
) -> None:
    view = prepare("Lift")
    run_meeting.answer(toolbox, caller, view.items[0].id or "", Answer("ja", Certainty.KNOW))
    with toolbox.write(caller) as session:
        person = people.ensure(session, caller.platform, caller.person, toolbox.now())
        meetings.set_state(session, view.id or "", State.PREPARED, person, toolbox.now())

    assert (digest().figures.meetings, digest().figures.prepared) == (1, 0)


@pytest.mark.parametrize(
    ("now", "then", "shown"), [(20, 20, True), (19, 20, False), (20, 19, False)]
)
def test_it_is_compared_with_eight_weeks_from_twenty_items_on(
    prepare, close, digest, now: int, then: int, shown: bool
) -> None:
    for number, day in ((now, DAY), (then, DAY - timedelta(weeks=3))):
        titles = [f"Onderwerp {n}" for n in range(number)]
        seen = [UP if n < 5 else NOT for n in range(number)]
        close(prepare(*titles, day=day), *seen)

    assert digest().before == (Proportion(5, then) if shown else None)


def test_the_eight_weeks_end_where_the_period_begins(prepare, close, digest) -> None:
    monday = date(2026, 11, 23)
    titles = [f"Onderwerp {n}" for n in range(20)]
    last = monday - timedelta(weeks=8)
    for day in (monday, monday - timedelta(days=1), last, last - timedelta(days=1)):
        close(prepare(*titles, day=day), *[UP] * 20)

    assert digest().figures.by_itself == Proportion(20, 20)
    assert digest().before == Proportion(40, 40)


def test_the_first_week_there_is_has_none_before_it(digest) -> None:
    assert digest("0001-W01").before is None


def test_questions_at_items_they_do_not_apply_to_are_told_apart(
    prepare, digest, toolbox: Toolbox, caller: Caller
) -> None:
    """What a meeting shows and what the digest counts add up."""
    view = prepare("Lift", "Dak")
    run_meeting.answer(toolbox, caller, view.items[0].id or "", Answer("", None))
    run_meeting.answer(toolbox, caller, view.items[1].id or "", Answer("wie?", Certainty.DONT_KNOW))

    figures = digest().figures

    assert (figures.asked, figures.asked_in_vain) == (4, 2)
    assert (figures.answered, figures.unknown, figures.not_applicable) == (1, 1, 1)


def test_figures_tell_how_often_the_texts_they_rest_on_are_read_wrongly(
    prepare, close, digest, toolbox: Toolbox
) -> None:
    close(prepare("Lift", "Dak"), UP, NOT)
    assert (digest().figures.heard, digest().rates) == ({}, None)

    close(prepare("Brief aan de huurder", day=DAY + timedelta(days=1)), NOT)
    assert digest().figures.heard == {"nl": 1}
    assert digest().rates == toolbox.prompts.mentions.rates["nl"]


def test_it_is_told_of_the_language_most_was_read_in(
    prepare, close, digest, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    close(prepare("Brief aan de huurder"), UP)
    for number in (1, 2):
        read = agenda("Letter to every tenant", day=DAY + timedelta(days=number))
        english = replace(settings, language="en")
        close(prepare_meeting.prepare(toolbox, caller, read, english), UP)

    assert digest().figures.heard == {"en": 2, "nl": 1}
    assert digest().rates == toolbox.prompts.mentions.rates["en"]


def test_texts_of_a_meeting_that_closed_itself_were_not_counted(
    prepare, digest, toolbox: Toolbox, caller: Caller, clock
) -> None:
    forget_to_close(prepare, toolbox, caller, clock)

    assert digest().rates is None
