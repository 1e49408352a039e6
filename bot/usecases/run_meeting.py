"""Run a meeting: open it, answer, change an answer, close and reopen it.

Whatever changes is shown again where the meeting is shown, by a job in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.answer import Answer, Change
from bot.domain.meeting import MOVES, SUBJECT, State, same_subject
from bot.domain.observation import Observed, Source
from bot.domain.problem import Problem
from bot.storage import answers, asked_questions, items, jobs, meetings, observations, people
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases.show_meeting import CLOSING, MEETING
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
    return answer_questions(toolbox, caller, item_id, [given])[0]


def answer_questions(
    toolbox: Toolbox,
    caller: Caller,
    item_id: str,
    given: Sequence[Answer],
    title: str | None = None,
) -> list[str]:
    """Keep several answers to one item, all or none, as `answer` does; return their ids.

    `title` is the item's when it was asked. Raises Problem "item_changed" where it is about
    something else by now.
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        meeting_to_answer(session, item_id, person_id, now)
        if title is not None:
            check_subject(session, item_id, title)
        return [keep_answer(session, item_id, each, person_id, now) for each in given]


def change_own_answers(
    toolbox: Toolbox, caller: Caller, changed: Mapping[str, Change | None]
) -> list[str]:
    """Change answers of one's own, by their id; None deletes. All or none; their items' ids.

    The reason of a "not applicable" may come after closing. Raises Problem "no_answer",
    "not_your_answer", "empty_answer" or "meeting_closed".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        return [
            _change_own(session, answer_id, given, person_id, now)
            for answer_id, given in changed.items()
        ]


def own_answers(toolbox: Toolbox, caller: Caller, item_id: str) -> list[Answer]:
    """What the caller answered to an item, oldest first."""
    with toolbox.read(caller) as session:
        person_id = people.find(session, caller.platform, caller.person)
        return list(own(session, item_id, person_id).values()) if person_id else []


def change_answer(toolbox: Toolbox, caller: Caller, answer_id: str, given: Answer) -> None:
    """Replace what an answer says; saying the same changes nothing.

    The reason of a "not applicable" may come after closing. Raises Problem "no_answer",
    "empty_answer" or "meeting_closed".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        replace_answer(session, answer_id, given, person_id, now)


def delete_answer(toolbox: Toolbox, caller: Caller, answer_id: str) -> str:
    """Take an answer away and return its item's id; its history stays.

    Raises Problem "no_answer" or "meeting_closed".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        return remove_answer(session, answer_id, person_id, now)


def meeting_to_answer(session: Session, item_id: str, person_id: str, now: str) -> Meeting:
    """The meeting of an item, open and shown anew, for who answers it now.

    Raises Problem "no_item", "meeting_closed" or "meeting_withdrawn".
    """
    meeting = _running(session, item_id)
    if meeting.state is State.PREPARED:
        meetings.set_state(session, meeting.id, State.OPEN, person_id, now)
    jobs.changed(session, MEETING, meeting.id, now)
    return meeting


def keep_answer(session: Session, item_id: str, given: Answer, person_id: str, now: str) -> str:
    """`answer` within a session, to an item of a `meeting_to_answer`; it is skipped no longer."""
    _check_question(session, item_id, given)
    observations.take_back(session, item_id, Source.CHAIR, Observed.NOT_DISCUSSED)
    earlier = answers.not_applicable_to(session, item_id)
    if given.not_applicable and earlier:
        return earlier[0][1]
    for by, answer_id in earlier:
        if by == person_id:
            answers.delete(session, answer_id, person_id, now)
    return answers.add(session, item_id, _tidy(given), person_id, now)


def replace_answer(
    session: Session, answer_id: str, given: Answer, person_id: str, now: str
) -> None:
    """`change_answer` within a session."""
    item_id, before = _find(session, answer_id)
    after = _tidy(replace(given, id=before.id, asked_question_id=before.asked_question_id))
    if not (before.not_applicable and after.not_applicable):
        _running(session, item_id)
    if after != before:
        answers.change(session, answer_id, after, person_id, now)
        jobs.changed(session, MEETING, items.meeting_of(session, item_id) or "", now)


def remove_answer(session: Session, answer_id: str, person_id: str, now: str) -> str:
    """`delete_answer` within a session."""
    item_id, _ = _find(session, answer_id)
    meeting = _running(session, item_id)
    answers.delete(session, answer_id, person_id, now)
    jobs.changed(session, MEETING, meeting.id, now)
    return item_id


def _change_own(
    session: Session, answer_id: str, given: Change | None, person_id: str, now: str
) -> str:
    item_id, before = _find(session, answer_id)
    if answer_id not in own(session, item_id, person_id):
        raise Problem("not_your_answer")
    if given is None:
        remove_answer(session, answer_id, person_id, now)
    else:
        replace_answer(session, answer_id, given.of(before), person_id, now)
    return item_id


def own(session: Session, item_id: str, person_id: str) -> dict[str, Answer]:
    """A person's answers to an item by their id."""
    return {a.id or "": a for by, a in answers.of_item(session, item_id) if by == person_id}


def _move(toolbox: Toolbox, caller: Caller, meeting_id: str, state: State) -> None:
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting = _meeting(session, meeting_id)
        if meeting.state is state:
            return
        if state not in MOVES[meeting.state]:
            raise Problem("not_opened")
        person_id = people.ensure(session, caller.platform, caller.person, now)
        meetings.set_state(session, meeting_id, state, person_id, now)
        jobs.changed(session, MEETING, meeting_id, now)
        jobs.changed(session, CLOSING, meeting_id, now)


def _meeting(session: Session, meeting_id: str) -> Meeting:
    meeting = meetings.find(session, meeting_id)
    if meeting is None:
        raise Problem("no_meeting")
    if meeting.withdrawn:
        raise Problem("meeting_withdrawn")
    return meeting


def _running(session: Session, item_id: str) -> Meeting:
    return changeable(meetings.of_item(session, item_id), "no_item")


def changeable(meeting: Meeting | None, absent: str) -> Meeting:
    """A meeting where things can be changed now.

    Raises Problem "meeting_withdrawn", "meeting_closed" or, where there is none, `absent`.
    """
    if meeting is None:
        raise Problem(absent)
    if meeting.withdrawn:
        raise Problem("meeting_withdrawn")
    if meeting.state is State.CLOSED:
        raise Problem("meeting_closed")
    return meeting


def check_subject(session: Session, item_id: str, title: str) -> None:
    """Raise Problem "item_changed" where an item is about something else than `title` by now."""
    now = items.title_of(session, item_id)
    if not same_subject(title, now):
        raise Problem("item_changed", title=now[:SUBJECT])


def _check_question(session: Session, item_id: str, given: Answer) -> None:
    asked = given.asked_question_id
    if asked is not None and not asked_questions.is_asked(session, item_id, asked):
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
