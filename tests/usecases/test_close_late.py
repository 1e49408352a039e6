"""Where no clock runs, a forgotten meeting is closed at the next word, by the clock's own rule."""

from __future__ import annotations

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import State
from bot.domain.view import MeetingView
from bot.usecases import close_late, prepare_meeting, run_meeting
from bot.usecases.show_meeting import show
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock


@pytest.fixture
def meeting(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> MeetingView:
    view = prepare_meeting.prepare(toolbox, caller, agenda("Begroting"), settings)
    run_meeting.open_meeting(toolbox, caller, view.id or "")
    return view


def test_it_is_closed_when_its_time_has_come_and_told_once(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    assert close_late.close_late(toolbox, caller) == []
    clock.later(days=2)

    (closed,) = close_late.close_late(toolbox, caller)

    assert closed.meeting.id == meeting.id
    assert closed.meeting.state is State.CLOSED
    assert not closed.told
    assert close_late.close_late(toolbox, caller) == []


def test_what_lies_open_on_another_surface_is_left_to_its_clock(
    toolbox: Toolbox, settings: ChannelSettings, caller: Caller, clock: Clock
) -> None:
    there = Caller("slack", "T1", "C1", "U1")
    view = prepare_meeting.prepare(toolbox, there, agenda("Begroting"), settings)
    run_meeting.open_meeting(toolbox, there, view.id or "")
    clock.later(days=2)

    assert close_late.close_late(toolbox, caller) == []
    assert show(toolbox, there, view.id or "").state is State.OPEN
