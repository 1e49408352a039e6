"""A withdrawn meeting: nothing counts, nothing can be done, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.dates import week_of
from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import meetings
from bot.usecases import (
    close_meeting,
    draft_agenda,
    make_digest,
    prepare_meeting,
    run_meeting,
    show_meeting,
    take_notes,
    withdraw_meeting,
)
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock

TEXT = "Teamoverleg, 24 november 2026\n1. Opening\n2. Nieuw verhuisformulier\n3. Lift kapot"


@pytest.fixture
def meeting(toolbox: Toolbox, caller: Caller) -> MeetingView:
    """An answered meeting, withdrawn."""
    draft = draft_agenda.draft(toolbox, caller, TEXT)
    posted = draft_agenda.post(toolbox, caller, draft.id)
    run_meeting.answer(toolbox, caller, posted.items[1].id or "", Answer("Ja", Certainty.KNOW))
    withdraw_meeting.withdraw(toolbox, caller, posted.id or "")
    return posted


def figures(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> tuple[int, int, int]:
    week = week_of(toolbox.today())
    found = make_digest.make_digest(toolbox, caller, week, settings, "nl").figures
    return found.meetings, found.substantive, found.answered


def test_it_counts_in_no_figure_and_the_clock_leaves_it(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, settings: ChannelSettings, clock: Clock
) -> None:
    assert figures(toolbox, caller, settings) == (0, 0, 0)
    with toolbox.read(caller) as session:
        assert meetings.not_closed(session, caller.platform, toolbox.today()) == []
        assert meetings.channels_of_period(session, toolbox.today(), toolbox.today()) == []
    clock.later(days=2)
    close_meeting.close_forgotten(toolbox, caller.platform)
    withdraw_meeting.post_again(toolbox, caller, meeting.id or "")

    assert show_meeting.show(toolbox, caller, meeting.id or "").state is State.OPEN


def test_nothing_can_be_done_to_it(toolbox: Toolbox, caller: Caller, meeting: MeetingView) -> None:
    meeting_id, item_id = meeting.id or "", meeting.items[1].id or ""
    (own,) = run_meeting.own_answers(toolbox, caller, item_id)
    for work in (
        lambda: show_meeting.show(toolbox, caller, meeting_id),
        lambda: show_meeting.show_item(toolbox, caller, item_id),
        lambda: show_meeting.show_answered(toolbox, caller, own.id or ""),
        lambda: run_meeting.answer(toolbox, caller, item_id, Answer("Nee", Certainty.KNOW)),
        lambda: run_meeting.delete_answer(toolbox, caller, own.id or ""),
        lambda: run_meeting.close_meeting(toolbox, caller, meeting_id),
        lambda: take_notes.note(toolbox, caller, item_id, "Kort", "Nieuw verhuisformulier"),
        lambda: close_meeting.closing(toolbox, caller, meeting_id),
        lambda: close_meeting.close(toolbox, caller, meeting_id, {}),
        lambda: withdraw_meeting.put_at_bottom(toolbox, caller, meeting_id),
    ):
        with pytest.raises(Problem, match="meeting_withdrawn"):
            work()


@pytest.mark.parametrize("how", ["asked", "pasted", "prepared"])
def test_posted_again_it_is_what_it_was(
    toolbox: Toolbox,
    caller: Caller,
    meeting: MeetingView,
    settings: ChannelSettings,
    how: str,
) -> None:
    withdraw_meeting.withdraw(toolbox, caller, meeting.id or "")
    if how == "asked":
        withdraw_meeting.post_again(toolbox, caller, meeting.id or "")
    elif how == "pasted":
        shown = draft_agenda.draft(toolbox, caller, TEXT)
        assert (shown.returns, shown.updates) == (True, False)
        assert draft_agenda.post(toolbox, caller, shown.id).id == meeting.id
    else:
        again = agenda("OPENING", "Nieuw verhuisformulier", "Lift kapot")
        assert prepare_meeting.prepare(toolbox, caller, again, settings).id == meeting.id

    after = show_meeting.show(toolbox, caller, meeting.id or "")
    assert [it.id for it in after.items] == [it.id for it in meeting.items]
    assert [answer.text for answer in after.items[1].answers] == ["Ja"]
    assert after.items[2].questions == meeting.items[2].questions
    assert figures(toolbox, caller, settings) == (1, 2, 1)


def test_another_meeting_that_stands_is_found_first(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    """Both have the same title, neither has a day, and both have the item; the other is newer."""

    def post(*lines: str) -> MeetingView:
        clock.later(minutes=1)
        text = "\n".join(["Teamoverleg", *lines])
        return draft_agenda.post(toolbox, caller, draft_agenda.draft(toolbox, caller, text).id)

    stands = post("1. Nieuw verhuisformulier")
    said = Answer("Ja", Certainty.KNOW)
    run_meeting.answer(toolbox, caller, stands.items[0].id or "", said)
    other = post("1. Servicekosten 2027")
    assert other.id != stands.id
    withdraw_meeting.withdraw(toolbox, caller, other.id or "")

    assert post("1. Nieuw verhuisformulier").id == stands.id


def test_one_that_was_withdrawn_while_it_was_changed_is_said(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    withdraw_meeting.post_again(toolbox, caller, meeting.id or "")
    shown = draft_agenda.draft(toolbox, caller, TEXT, meeting.id)
    assert draft_agenda.outdated(toolbox, caller, shown.id, shown.base) is None
    withdraw_meeting.withdraw(toolbox, caller, meeting.id or "")

    changed = draft_agenda.outdated(toolbox, caller, shown.id, shown.base)
    assert changed is not None
    assert changed.returns


def test_a_closed_meeting_is_not_withdrawn(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    withdraw_meeting.post_again(toolbox, caller, meeting.id or "")
    close_meeting.close(toolbox, caller, meeting.id or "", {})

    with pytest.raises(Problem, match="meeting_closed"):
        withdraw_meeting.withdraw(toolbox, caller, meeting.id or "")
    with pytest.raises(Problem, match="no_meeting"):
        withdraw_meeting.post_again(toolbox, caller, "nergens")


def test_what_a_withdrawn_meeting_was_asked_was_not_asked(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    clock.later(days=7)
    next_week = TEXT.replace("24 november", "1 december")
    shown = draft_agenda.draft(toolbox, caller, next_week).meeting

    before = [[asked.choice for asked in it.questions] for it in meeting.items]
    assert [[asked.choice for asked in it.questions] for it in shown.items] == before


def test_who_withdraws_just_before_the_clock_closes_is_first(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    withdraw_meeting.post_again(toolbox, caller, meeting.id or "")
    clock.later(days=2)

    asked: list[datetime] = []

    def time_asked() -> datetime:
        """Twice for the day, to see which meetings are left; then whether this one is over."""
        asked.append(clock())
        if len(asked) == 3:
            withdraw_meeting.withdraw(toolbox, caller, meeting.id or "")
        return clock()

    close_meeting.close_forgotten(replace(toolbox, clock=time_asked), caller.platform)
    withdraw_meeting.post_again(toolbox, caller, meeting.id or "")

    assert len(asked) >= 3
    assert show_meeting.show(toolbox, caller, meeting.id or "").state is State.OPEN
