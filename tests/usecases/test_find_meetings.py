"""Meetings found again: which ones, in what order, and only those of the channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import jobs
from bot.usecases import close_meeting, prepare_meeting, run_meeting
from bot.usecases.find_meetings import LATELY, MOST, called, find_meetings
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from bot.usecases.withdraw_meeting import post_again
from tests.agendas import agenda
from tests.conftest import Clock

TODAY = date(2026, 11, 24)


@pytest.fixture
def prepare(toolbox: Toolbox, caller: Caller, settings: ChannelSettings, clock: Clock):
    """Prepares a meeting so many days from today, or without a day; opened and closed if asked."""

    def prepare(days: int | None, *, begun: bool = False, closed: bool = False) -> MeetingView:
        clock.later(seconds=1)
        day = None if days is None else TODAY + timedelta(days=days)
        read = agenda("Huur", "Lift", title=f"Overleg {days}", day=day)
        made = prepare_meeting.prepare(toolbox, caller, read, settings)
        if begun or closed:
            run_meeting.open_meeting(toolbox, caller, made.id or "")
        if closed:
            close_meeting.close(toolbox, caller, made.id or "", {})
        return made

    return prepare


def titles(toolbox: Toolbox, caller: Caller) -> list[str | None]:
    found, _ = find_meetings(toolbox, caller)
    return [each.meeting.title for each in found]


def test_of_today_open_and_to_come(toolbox: Toolbox, caller: Caller, prepare) -> None:
    prepare(0, closed=True)
    prepare(-1, closed=True)
    prepare(-40, begun=True)
    prepare(-LATELY.days)
    prepare(-LATELY.days - 1)
    prepare(3)
    prepare(4, closed=True)
    prepare(None)

    assert titles(toolbox, caller) == [
        "Overleg 3",
        "Overleg None",
        "Overleg 0",
        f"Overleg {-LATELY.days}",
        "Overleg -40",
    ]
    assert titles(toolbox, replace(caller, channel="elders")) == []


def test_the_newest_and_how_many_more(toolbox: Toolbox, caller: Caller, prepare) -> None:
    for days in range(MOST + 2):
        prepare(days)
    found, more = find_meetings(toolbox, caller)

    assert (len(found), more) == (MOST, 2)
    assert found[0].meeting.title == f"Overleg {MOST + 1}"


def test_a_message_is_due_again_for_its_own_channel_only(
    toolbox: Toolbox, caller: Caller, prepare
) -> None:
    meeting_id = prepare(0).id or ""
    (found,), _ = find_meetings(toolbox, caller)
    assert (found.reference, found.coming) == (None, False)
    with pytest.raises(Problem, match="no_meeting"):
        post_again(toolbox, replace(caller, channel="elders"), meeting_id)
    with toolbox.read(caller) as session:
        assert jobs.find(session, MEETING, meeting_id) is None

    post_again(toolbox, caller, meeting_id)
    (found,), _ = find_meetings(toolbox, caller)
    assert found.coming


def test_one_is_called_by_its_title_or_by_how_its_id_begins(
    toolbox: Toolbox, caller: Caller, prepare
) -> None:
    meeting = prepare(0)
    meeting_id = meeting.id or ""

    assert called(toolbox, caller, "overleg  0") == meeting
    assert called(toolbox, caller, meeting_id[:8]) == meeting
    for name in (meeting_id[:7], "Overleg", "", "…", "%"):
        with pytest.raises(Problem, match="unknown_meeting"):
            called(toolbox, caller, name)
    with pytest.raises(Problem, match="unknown_meeting"):
        called(toolbox, replace(caller, channel="elders"), meeting_id)


def test_of_one_title_the_listed_one_is_meant_else_the_newest(
    toolbox: Toolbox, caller: Caller, prepare, clock: Clock
) -> None:
    prepare(None, closed=True)
    clock.later(days=1)
    later = prepare(None)
    assert called(toolbox, caller, "Overleg None").id == later.id

    clock.later(days=30)
    assert called(toolbox, caller, "Overleg None").id == later.id
