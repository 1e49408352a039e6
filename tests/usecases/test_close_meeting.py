"""Closing: what the form begins with, what is kept of it, and what is changed afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.dates import week_of
from bot.domain.meeting import State
from bot.domain.observation import Closing, Observed, Source
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.readers.agenda import read_agenda
from bot.storage import meetings, observations, posted_messages
from bot.storage.posted_messages import Posted
from bot.usecases import (
    close_meeting,
    draft_agenda,
    make_digest,
    prepare_meeting,
    run_meeting,
    set_up_channel,
)
from bot.usecases.show_meeting import show
from bot.usecases.toolbox import Caller, Repeated, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock

CAME_UP, DID_NOT, NOT_DISCUSSED = Observed


@pytest.fixture
def meeting(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> MeetingView:
    set_up_channel.change_settings(toolbox, caller, settings)
    read = agenda("OPENING", "Brief aan alle huurders", "Begroting", "Verhuurder van het jaar")
    return prepare_meeting.prepare(toolbox, caller, read, settings)


def ids(meeting: MeetingView) -> list[str]:
    return [it.id or "" for it in meeting.substantive]


def test_the_form_begins_with_what_titles_suggest(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    shown = close_meeting.closing(toolbox, caller, meeting.id or "")

    letter, *_ = ids(meeting)
    assert shown.observed == {letter: CAME_UP}
    assert shown.closing is None
    assert shown.meeting.state is State.PREPARED, "a look does not count"


def test_what_the_chair_says_is_kept_and_beats_what_titles_suggest(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    letter, budget, prize = ids(meeting)
    said = {letter: DID_NOT, budget: CAME_UP, "nergens": CAME_UP}
    close_meeting.close(toolbox, caller, meeting.id or "", said, "  de brief ")

    shown = close_meeting.closing(toolbox, caller, meeting.id or "")
    assert shown.observed == {letter: DID_NOT, budget: CAME_UP}, "the prize was not in the form"
    assert prize not in shown.observed
    assert shown.closing == Closing("de brief")
    assert shown.meeting.state is State.CLOSED
    assert [it.id for it in shown.items(CAME_UP)] == [budget]
    with toolbox.read(caller) as session:
        kept = observations.of_meeting(session, meeting.id or "")
    assert kept[letter] == {Source.CHAIR: DID_NOT, Source.TEXT: CAME_UP}
    assert kept[budget] == {Source.CHAIR: CAME_UP}


def test_what_was_said_can_be_changed_and_the_meeting_is_closed_once(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    letter, *_ = ids(meeting)
    for number, said in enumerate([DID_NOT, NOT_DISCUSSED], 1):
        assert close_meeting.close(toolbox, caller, meeting.id or "", {letter: said}) == number
    close_meeting.count_members(toolbox, caller, meeting.id or "", 2, 7)

    shown = close_meeting.closing(toolbox, caller, meeting.id or "")
    assert shown.observed == {letter: NOT_DISCUSSED}
    assert shown.closing == Closing(members=7)
    with toolbox.read(caller) as session:
        states = [state for state, _ in meetings.states(session, meeting.id or "")]
    assert states == [State.PREPARED, State.OPEN, State.CLOSED]


def test_a_meeting_opened_again_is_closed_with_what_was_said(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    _, budget, _ = ids(meeting)
    close_meeting.close(toolbox, caller, meeting.id or "", {budget: CAME_UP}, "bellen")
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")

    shown = close_meeting.closing(toolbox, caller, meeting.id or "")
    assert shown.observed[budget] is CAME_UP
    assert shown.closing == Closing("bellen")


def test_all_is_kept_or_nothing_and_once_for_each_delivery(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    delivered = replace(caller, delivery="form:1")
    with pytest.raises(Problem, match="no_meeting"):
        close_meeting.close(toolbox, delivered, "nergens", {})
    close_meeting.close(toolbox, delivered, meeting.id or "", {})
    with pytest.raises(Repeated):
        close_meeting.close(toolbox, delivered, meeting.id or "", {})

    assert show(toolbox, caller, meeting.id or "").state is State.CLOSED


DAYS = "# Heidag 24 november 2026\n{}\n16:00 Lift\n{}\n9:00 Tuin\n10:30 Zorg (15 min)"
TIMED = "Teamoverleg 24 november 2026, {clock}\n1. Lift{minutes}\n2. Tuin{minutes}"


@pytest.mark.parametrize(
    ("text", "until"),
    [
        (TIMED.format(clock="14.00 uur", minutes=" (30 min)"), "2026-11-24T18:00"),
        (TIMED.format(clock="14.00 uur", minutes=""), "2026-11-25T03:00"),
        ("Teamoverleg 24 november 2026\n10:00 Lift\n11:15 Tuin (15 min)", "2026-11-24T14:30"),
        ("Teamoverleg 26 november 2026\n1. Lift\n2. Tuin", "2026-11-27T03:00"),
        ("Teamoverleg\n1. Lift\n2. Tuin", "2026-11-25T03:00"),
        ("Teamoverleg\n10:00 Lift\n11:15 Tuin (15 min)", "2026-11-25T03:00"),
        (DAYS.format("## Dinsdag 24 november", "## Woensdag 25 november"), "2026-11-25T13:45"),
        (DAYS.format("## Dag 1", "## Dag 3"), "2026-11-26T13:45"),
        (DAYS.format("## Dinsdag", "## Woensdag"), "2026-11-25T13:45"),
        (DAYS.format("## Ochtend", "## Middag"), "2026-11-24T19:15"),
    ],
)
def test_a_forgotten_meeting_is_closed_some_hours_after_its_end(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, clock: Clock, text: str, until: str
) -> None:
    read = read_agenda(text, toolbox.prompts.vocabulary, toolbox.today())
    meeting = prepare_meeting.prepare(toolbox, caller, read, settings)
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    states = []
    due = datetime.fromisoformat(until).replace(tzinfo=toolbox.config.zone)
    for clock.instant in (due - timedelta(minutes=1), due):
        close_meeting.close_forgotten(toolbox, caller.platform)
        states.append(show(toolbox, caller, meeting.id or "").state)

    assert states == [State.OPEN, State.CLOSED]


def test_a_meeting_that_closed_itself_is_not_observed_and_closes_once(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    clock.later(days=2)
    for _ in range(2):
        close_meeting.close_forgotten(toolbox, caller.platform)

    with toolbox.read(caller) as session:
        assert observations.of_meeting(session, meeting.id or "") == {}
        sql = "select number, closed_by, person_id from closings where workspace_id = :workspace_id"
        assert session.rows(sql) == [(1, "clock", None)]


def test_what_nobody_opened_or_somebody_opened_again_stays_open(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    clock.later(days=2)
    close_meeting.close_forgotten(toolbox, caller.platform)
    assert show(toolbox, caller, meeting.id or "").state is State.PREPARED
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    for platform, hours, state in (
        (caller.platform, 2.9, State.OPEN),
        ("elsewhere", 0.2, State.OPEN),
        (caller.platform, 0, State.CLOSED),
    ):
        clock.later(hours=hours)
        close_meeting.close_forgotten(toolbox, platform)
        assert show(toolbox, caller, meeting.id or "").state is state


def test_what_was_said_before_it_was_forgotten_stays_said(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    letter, *_ = ids(meeting)
    close_meeting.close(toolbox, caller, meeting.id or "", {letter: DID_NOT}, "bellen")
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    clock.later(days=2)
    close_meeting.close_forgotten(toolbox, caller.platform)

    shown = close_meeting.closing(toolbox, caller, meeting.id or "")
    assert shown.closing == Closing("bellen", by_clock=True)
    assert shown.observed == {letter: DID_NOT}


def post(toolbox: Toolbox, caller: Caller, text: str) -> MeetingView:
    """A posted agenda that nobody touches."""
    made = draft_agenda.draft(toolbox, caller, text)
    meeting = draft_agenda.post(toolbox, caller, made.id)
    with toolbox.write(caller) as session:
        where = Posted("C1/1.0", 7)
        surface, now = caller.platform, toolbox.now()
        posted_messages.keep(session, "meeting", meeting.id or "", surface, 1, where, now)
    return meeting


def figures_of(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> tuple[int, int]:
    week = week_of(toolbox.today())
    found = make_digest.make_digest(toolbox, caller, week, settings, "nl").figures
    return found.meetings, found.items


def test_an_agenda_that_nobody_touched_closes_and_does_not_count(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, clock: Clock
) -> None:
    untouched = post(toolbox, caller, TIMED.format(clock="14.00 uur", minutes=" (30 min)"))
    clock.later(hours=10)
    for _ in range(2):
        close_meeting.close_forgotten(toolbox, caller.platform)

    view = close_meeting.closing(toolbox, caller, untouched.id or "")
    assert (view.meeting.state, view.closing) == (State.CLOSED, Closing(by_clock=True))
    assert not view.held
    assert [it.item.title for it in view.to_carry] == ["Lift", "Tuin"]
    assert figures_of(toolbox, caller, settings) == (0, 0)

    # Filled in afterwards it was held after all.
    number = close_meeting.close(toolbox, caller, untouched.id or "", {})
    view = close_meeting.closing(toolbox, caller, untouched.id or "")
    assert (number, view.held, view.meeting.state) == (2, True, State.CLOSED)
    assert figures_of(toolbox, caller, settings) == (1, 2)


def test_an_agenda_without_a_day_waits_a_week_for_its_meeting(
    toolbox: Toolbox, caller: Caller, clock: Clock
) -> None:
    untouched = post(toolbox, caller, "Teamoverleg\n1. Lift\n2. Tuin")
    due = datetime.fromisoformat("2026-12-02T03:00").replace(tzinfo=toolbox.config.zone)
    states = []
    for clock.instant in (due - timedelta(minutes=1), due):
        close_meeting.close_forgotten(toolbox, caller.platform)
        states.append(show(toolbox, caller, untouched.id or "").state)

    assert states == [State.PREPARED, State.CLOSED]
