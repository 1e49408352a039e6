"""Following an edited message, whatever else goes on at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.view import MeetingView
from bot.storage import drafts
from bot.usecases import draft_agenda, follow_source, run_meeting, show_meeting
from bot.usecases.follow_source import Edited, Lost
from bot.usecases.toolbox import Caller, Repeated, Toolbox

AGENDA = "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027\n4. Rondvraag"
WHERE = "C1/1795000000.000001"


@pytest.fixture
def meeting(toolbox: Toolbox, caller: Caller) -> MeetingView:
    """A meeting that was read from a message."""
    made = draft_agenda.draft(toolbox, caller, AGENDA, message=Edited(WHERE, ""))
    return draft_agenda.post(toolbox, caller, made.id)


def edit(number: int) -> Edited:
    """The message with one more item, which tells the number of the edit."""
    last = f"4. Telefoon op dag {number}\n5. Rondvraag"
    return Edited(WHERE, f"1795000100.{number:06d}", AGENDA.replace("4. Rondvraag", last))


def titles(toolbox: Toolbox, caller: Caller, meeting: MeetingView) -> list[str]:
    shown = show_meeting.show(toolbox, caller, meeting.id or "")
    return [view.item.title for view in shown.items if not view.removed]


def test_of_edits_that_come_together_the_newest_stays(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    def deliver(number: int) -> None:
        by = replace(caller, delivery=f"event:{number}")
        with suppress(Repeated):
            follow_source.follow(toolbox, by, edit(number))

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(deliver, [3, 8, 1, 8, 6, 2, 7, 8, 4, 5]))

    assert titles(toolbox, caller, meeting) == [
        "Opening",
        "Nieuw verhuisformulier",
        "Servicekosten 2027",
        "Telefoon op dag 8",
        "Rondvraag",
    ]


def test_ids_questions_and_answers_stay(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    _, form, costs, _ = meeting.items
    run_meeting.answer(toolbox, caller, costs.id or "", Answer("in mei", Certainty.KNOW))
    text = AGENDA.replace("2. Nieuw verhuisformulier", "2. Lift")
    follow_source.follow(toolbox, caller, Edited(WHERE, "1.1", text.replace("2027", "2028")))
    shown = show_meeting.show(toolbox, caller, meeting.id or "")
    _, lift, _, _ = (view for view in shown.items if not view.removed)
    kept = next(view for view in shown.items if view.id == costs.id)

    assert (lift.id, lift.item.title) == (form.id, "Lift")
    assert lift.questions
    assert lift.questions != form.questions
    assert kept.answers[0].text == "in mei"
    assert kept.questions == costs.questions


def test_a_deleted_message_is_told_once_and_followed_no_more(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    assert follow_source.let_go(toolbox, caller, WHERE) == Lost(meeting, deleted=True)
    assert follow_source.let_go(toolbox, caller, WHERE) is None
    assert follow_source.follow(toolbox, caller, edit(1)) is None
    assert len(titles(toolbox, caller, meeting)) == 4


def test_a_meeting_follows_the_message_it_was_read_from_last(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> None:
    other = "C1/1795000009.000001"
    made = draft_agenda.draft(toolbox, caller, AGENDA, message=Edited(other, ""))
    assert draft_agenda.post(toolbox, caller, made.id).id == meeting.id

    follow_source.follow(toolbox, caller, edit(1))
    assert not follow_source.is_source(toolbox, caller, WHERE)
    assert "Telefoon op dag 1" not in titles(toolbox, caller, meeting)
    follow_source.follow(toolbox, caller, replace(edit(2), reference=other))
    assert "Telefoon op dag 2" in titles(toolbox, caller, meeting)


def test_a_day_is_told_from_the_day_it_was_read_first(
    toolbox: Toolbox, caller: Caller, clock
) -> None:
    text = AGENDA.replace("Teamoverleg", "Teamoverleg 20 juni")
    made = draft_agenda.draft(toolbox, caller, text, message=Edited(WHERE, ""))
    posted = draft_agenda.post(toolbox, caller, made.id)
    clock.later(days=60)
    follow_source.follow(toolbox, caller, Edited(WHERE, "1.1", text.replace("20 juni", "21 juni")))

    shown = show_meeting.show(toolbox, caller, posted.id or "")
    assert posted.day
    assert shown.day
    assert (shown.day - posted.day).days == 1


def test_a_draft_remembers_the_message_it_was_read_from(toolbox: Toolbox, caller: Caller) -> None:
    text = AGENDA.replace("Teamoverleg", "Teamoverleg 24 november 2026, 10.00 uur")
    made = draft_agenda.draft(toolbox, caller, text, message=Edited(WHERE, "1.2"))
    with toolbox.read(caller) as session:
        found = drafts.find(session, made.id)

    assert found
    assert found.source
    assert (found.source.reference, found.source.edited) == (WHERE, "1.2")
    assert found.source.facts.day == found.agenda.day
    assert found.source.facts.time == found.agenda.time
    assert [line.title for line in found.source.lines][1] == "Nieuw verhuisformulier"
