"""The digest counts meetings that took place, in this channel, in this period."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.dates import Span, parse_period
from bot.domain.digest import Figures
from bot.domain.view import DigestView
from bot.usecases import prepare_meeting, run_meeting
from bot.usecases.make_digest import make_digest
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock


@pytest.fixture
def hold(toolbox: Toolbox, settings: ChannelSettings):
    """Hold a meeting with one procedural and two substantive items, and answer one of them."""

    def hold(caller: Caller, day: date | None, *, opened: bool = True) -> None:
        read = agenda("OPENING", "Verhuisformulier", "Begroting", day=day)
        view = prepare_meeting.prepare(toolbox, caller, read, settings)
        if opened:
            given = Answer("Minder gedoe", Certainty.ASSUME, changed_decision=True)
            run_meeting.answer(toolbox, caller, view.items[1].id or "", given)

    return hold


@pytest.fixture
def digest(toolbox: Toolbox, settings: ChannelSettings):
    def digest(caller: Caller, week: str = "2026-W48") -> DigestView:
        return make_digest(toolbox, caller, parse_period(Span.WEEK, week), settings, "nl")

    return digest


def test_a_week_counts_its_own_meetings_in_its_own_channel(hold, digest, caller: Caller) -> None:
    for day in (22, 23, 29, 30):
        hold(caller, date(2026, 11, day))
    hold(Caller("terminal", "local", "zorg", "typist"), date(2026, 11, 24))

    figures: Figures = digest(caller).figures

    assert (figures.meetings, figures.items, figures.substantive) == (2, 6, 4)
    assert (figures.asked, figures.answered, figures.open) == (8, 2, 2)
    assert (figures.assume, figures.changed_decisions) == (2, 2)


def test_a_meeting_that_was_only_prepared_did_not_take_place(hold, digest, caller: Caller) -> None:
    hold(caller, date(2026, 11, 24), opened=False)

    figures = digest(caller).figures

    assert (figures.meetings, figures.prepared, figures.items) == (0, 1, 0)
    assert figures.most_asked is None


def test_without_a_date_a_meeting_counts_on_the_local_day_it_was_prepared(
    hold, digest, caller: Caller, clock: Clock
) -> None:
    clock.later(days=5, hours=14.5)  # Sunday 23:30 UTC, Monday half past midnight in Amsterdam
    hold(caller, None)

    assert digest(caller, "2026-W48").figures.meetings == 0
    assert digest(caller, "2026-W49").figures.meetings == 1


def test_an_item_taken_off_the_agenda_does_not_count(
    hold, digest, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    hold(caller, date(2026, 11, 24))
    prepare_meeting.prepare(toolbox, caller, agenda("OPENING", "Begroting"), settings)

    figures = digest(caller).figures

    assert (figures.items, figures.substantive, figures.answered) == (2, 1, 0)
    assert figures.changed_decisions == 0


def test_a_channel_without_meetings_learns_where_there_were_some(
    hold, digest, caller: Caller
) -> None:
    hold(caller, date(2026, 11, 24))
    quiet = Caller("terminal", "local", "zorg", "typist")

    assert digest(quiet).figures.meetings == 0
    assert digest(quiet).other_channels == ["wonen"]


def test_another_workspace_sees_nothing(hold, digest, caller: Caller) -> None:
    hold(caller, date(2026, 11, 24))
    stranger = Caller("slack", "T0", "wonen", "U0")

    view = digest(stranger)

    assert (view.figures.meetings, view.other_channels) == (0, [])


def test_questions_are_worded_as_the_channel_had_them(
    hold, toolbox: Toolbox, caller: Caller
) -> None:
    hold(caller, date(2026, 11, 24))
    general = ChannelSettings("nl", {"nl": CustomerWords("de klant")})
    week = parse_period(Span.WEEK, "2026-W48")

    view = make_digest(toolbox, caller, week, general, "nl")

    assert view.wordings["experience"] == "Hoe zal de huurder dit ervaren?"
