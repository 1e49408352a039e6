"""Show a meeting as it stands: items, questions, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answer import Answer
from bot.domain.observation import Observed, Source, believed
from bot.domain.problem import Problem
from bot.domain.view import ClosingView, ItemView, MeetingView, QuestionView
from bot.storage import (
    answers,
    asked_questions,
    carry_overs,
    closings,
    items,
    meetings,
    notes,
    observations,
    posted_messages,
)
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases.toolbox import Caller, Toolbox

MEETING = "meeting"  # what it is called among records that are shown
CLOSING = "closing"  # how a meeting was closed; its id is the meeting's


def show(toolbox: Toolbox, caller: Caller, meeting_id: str) -> MeetingView:
    """The meeting as it stands now. Raises Problem "no_meeting" or "meeting_withdrawn"."""
    with toolbox.read(caller) as session:
        return _in_channel(view_of(session, meeting_id))


def show_closing(toolbox: Toolbox, caller: Caller, meeting_id: str) -> ClosingView:
    """How the meeting was closed, as it stands now. Raises Problem "no_meeting"."""
    with toolbox.read(caller) as session:
        return closing_of(session, meeting_id)


def show_item(toolbox: Toolbox, caller: Caller, item_id: str) -> tuple[MeetingView, ItemView]:
    """An item with its meeting. Raises Problem "no_item" or "meeting_withdrawn"."""
    with toolbox.read(caller) as session:
        return _item_of(session, item_id)


def show_answered(toolbox: Toolbox, caller: Caller, answer_id: str) -> tuple[MeetingView, ItemView]:
    """The item an answer was given to, with its meeting.

    Raises Problem "no_answer" or "meeting_withdrawn".
    """
    with toolbox.read(caller) as session:
        found = answers.find(session, answer_id)
        if found is None:
            raise Problem("no_answer")
        return _item_of(session, found[0])


def shown_at(toolbox: Toolbox, caller: Caller, reference: str) -> str | None:
    """The id of the meeting whose first message stands there, None for any other message."""
    with toolbox.read(caller) as session:
        return posted_messages.shown_by(session, MEETING, caller.platform, reference)


def language_of(toolbox: Toolbox, caller: Caller, record_ids: Sequence[str]) -> str | None:
    """The language of the first meeting that one of these is, or is an item or an answer of."""
    with toolbox.read(caller) as session:
        found = (meetings.language_about(session, record_id) for record_id in record_ids)
        return next((language for language in found if language), None)


def _item_of(session: Session, item_id: str) -> tuple[MeetingView, ItemView]:
    meeting_id = items.meeting_of(session, item_id)
    meeting = view_of(session, meeting_id) if meeting_id else None
    found = [item for item in meeting.items if item.id == item_id] if meeting else []
    if meeting is None or not found:
        raise Problem("no_item")
    return _in_channel(meeting), found[0]


def _in_channel(meeting: MeetingView) -> MeetingView:
    if meeting.withdrawn:
        raise Problem("meeting_withdrawn")
    return meeting


def view_of(session: Session, meeting_id: str) -> MeetingView:
    """The meeting as it stands in this session. Raises Problem "no_meeting"."""
    meeting = meetings.find(session, meeting_id)
    if meeting is None:
        raise Problem("no_meeting")
    questions: dict[str, list[QuestionView]] = defaultdict(list)
    for item_id, asked_id, choice in asked_questions.of_meeting(session, meeting_id):
        questions[item_id].append(QuestionView(choice, asked_id))
    given: dict[str, list[Answer]] = defaultdict(list)
    for item_id, answer in answers.of_meeting(session, meeting_id):
        given[item_id].append(answer)
    noted: dict[str, list[str]] = defaultdict(list)
    for item_id, text in notes.of_meeting(session, meeting_id):
        noted[item_id].append(text)
    days = {item_id: day for item_id, (_, day) in carry_overs.origins(session, meeting_id).items()}
    said = observations.of_meeting(session, meeting_id)
    left_out = {it for it, by in said.items() if by.get(Source.CHAIR) is Observed.NOT_DISCUSSED}
    shown = [
        ItemView(
            item,
            questions[item_id],
            given[item_id],
            item_id,
            removed,
            noted[item_id],
            days.get(item_id),
            item_id in left_out,
        )
        for item_id, item, removed in items.of_meeting(session, meeting_id)
        if given[item_id] or noted[item_id] or not removed
    ]
    withdrawn = meeting.withdrawn
    return replace(as_view(meeting, shown), id=meeting.id, state=meeting.state, withdrawn=withdrawn)


def closing_of(session: Session, meeting_id: str) -> ClosingView:
    """How the meeting was closed, in this session. Raises Problem "no_meeting"."""
    said = observations.of_meeting(session, meeting_id)
    observed = {item_id: believed(each) for item_id, each in said.items()}
    return ClosingView(
        view_of(session, meeting_id),
        {item_id: each for item_id, each in observed.items() if each},
        closings.newest(session, meeting_id),
        carry_overs.taken(session, meeting_id),
        carry_overs.chosen_at(session, meeting_id) is not None,
        meetings.was_held(session, meeting_id),
    )


def as_view(meeting: Meeting, shown: Sequence[ItemView]) -> MeetingView:
    """A meeting with these items, as the preview of one that is not kept."""
    return MeetingView(
        title=meeting.title,
        day=meeting.day,
        time=meeting.time,
        place=meeting.place,
        language=meeting.language,
        customer=meeting.customer,
        items=shown,
    )
