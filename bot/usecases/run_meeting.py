"""Run a meeting: open it, answer, change an answer, close and reopen it.

Whatever changes is shown again where the meeting is shown, by a job in the same transaction.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answer import Answer
from bot.domain.meeting import MOVES, State
from bot.domain.problem import Problem
from bot.storage import answers, asked_questions, items, jobs, meetings, people
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox


def open_meeting(toolbox: Toolbox, caller: Caller, meeting_id: str) -> None:
    """Begin a prepared meeting, or reopen a closed one; an open one stays open."""
    _move(toolbox, caller, meeting_id, State.OPEN)


def close_meeting(toolbox: Toolbox, caller: Caller, meeting_id: str) -> None:
    """End an open meeting; a closed one stays closed. Raises Problem "not_opened"."""
    _move(toolbox, caller, meeting_id, State.CLOSED)


def answer(toolbox: Toolbox, caller: Caller, item_id: str, given: Answer) -> str:
    """Keep an answer to an item and return its id; the first one opens a prepared meeting.

    An item says "not applicable" once: a second time returns the first, and words by the same
    person take it back. Raises Problem "no_item",
    "no_question", "empty_answer" or "meeting_closed".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting = _running(session, item_id)
        _check_question(session, meeting, item_id, given)
        person_id = people.ensure(session, caller.platform, caller.person, now)
        if meeting.state is State.PREPARED:
            meetings.set_state(session, meeting.id, State.OPEN, person_id, now)
        earlier = [
            (by, a.id or "") for by, a in answers.of_item(session, item_id) if a.not_applicable
        ]
        if given.not_applicable and earlier:
            return earlier[0][1]
        for by, answer_id in earlier:
            if by == person_id:
                answers.delete(session, answer_id, person_id, now)
        answer_id = answers.add(session, item_id, _tidy(given), person_id, now)
        jobs.changed(session, MEETING, meeting.id, now)
        return answer_id


def change_answer(toolbox: Toolbox, caller: Caller, answer_id: str, given: Answer) -> None:
    """Replace what an answer says; saying the same changes nothing.

    The reason of a "not applicable" may come after closing. Raises Problem "no_answer",
    "empty_answer" or "meeting_closed".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        item_id, before = _find(session, answer_id)
        after = _tidy(replace(given, id=before.id, asked_question_id=before.asked_question_id))
        if not (before.not_applicable and after.not_applicable):
            _running(session, item_id)
        if after != before:
            person_id = people.ensure(session, caller.platform, caller.person, now)
            answers.change(session, answer_id, after, person_id, now)
            jobs.changed(session, MEETING, items.meeting_of(session, item_id) or "", now)


def delete_answer(toolbox: Toolbox, caller: Caller, answer_id: str) -> None:
    """Take an answer away; its history stays. Raises Problem "no_answer" or "meeting_closed"."""
    now = toolbox.now()
    with toolbox.write(caller) as session:
        item_id, _ = _find(session, answer_id)
        meeting = _running(session, item_id)
        person_id = people.ensure(session, caller.platform, caller.person, now)
        answers.delete(session, answer_id, person_id, now)
        jobs.changed(session, MEETING, meeting.id, now)


def _move(toolbox: Toolbox, caller: Caller, meeting_id: str, state: State) -> None:
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting = meetings.find(session, meeting_id)
        if meeting is None:
            raise Problem("no_meeting")
        if meeting.state is state:
            return
        if state not in MOVES[meeting.state]:
            raise Problem("not_opened")
        person_id = people.ensure(session, caller.platform, caller.person, now)
        meetings.set_state(session, meeting_id, state, person_id, now)
        jobs.changed(session, MEETING, meeting_id, now)


def _running(session: Session, item_id: str) -> Meeting:
    meeting_id = items.meeting_of(session, item_id)
    meeting = meetings.find(session, meeting_id) if meeting_id else None
    if meeting is None:
        raise Problem("no_item")
    if meeting.state is State.CLOSED:
        raise Problem("meeting_closed")
    return meeting


def _check_question(session: Session, meeting: Meeting, item_id: str, given: Answer) -> None:
    if given.asked_question_id is None:
        return
    asked = {(item, asked) for item, asked, _ in asked_questions.of_meeting(session, meeting.id)}
    if (item_id, given.asked_question_id) not in asked:
        raise Problem("no_question")


def _find(session: Session, answer_id: str) -> tuple[str, Answer]:
    found = answers.find(session, answer_id)
    if found is None:
        raise Problem("no_answer")
    return found


def _tidy(given: Answer) -> Answer:
    text = given.text.strip()
    if not text and not given.not_applicable:
        raise Problem("empty_answer")
    return replace(given, text=text)
