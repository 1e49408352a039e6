"""Close a meeting: what the chair observed, what is taken away, and changing that afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.domain.customer import CustomerWords
from bot.domain.meeting import AgendaItem, State, SubItem
from bot.domain.observation import Closing, Observed, Source, names_customer
from bot.domain.problem import Problem
from bot.domain.view import ClosingView, ItemView, MeetingView
from bot.storage import closings, jobs, meetings, observations, people, posted_messages
from bot.storage.database import Session
from bot.usecases.set_up_channel import settings_of
from bot.usecases.show_meeting import CLOSING, MEETING, closing_of
from bot.usecases.toolbox import Caller, Toolbox


def closing(toolbox: Toolbox, caller: Caller, meeting_id: str) -> ClosingView:
    """What the form shows: what was said before, and for the other items what their texts suggest.

    Raises Problem "no_meeting".
    """
    with toolbox.read(caller) as session:
        view = closing_of(session, meeting_id)
        words = _customer(session, toolbox, caller, view.meeting)
    suggested = {
        it.id or "": Observed.CAME_UP for it in view.meeting.items if _names_customer(it, words)
    }
    return replace(view, observed=suggested | dict(view.observed))


def close(
    toolbox: Toolbox,
    caller: Caller,
    meeting_id: str,
    observed: Mapping[str, Observed],
    take_away: str = "",
) -> int:
    """Close a meeting, also one that nobody answered; of one that is closed, change what was said.

    `observed` is by item id; an item that is not in it stays as it was. Returns the number of this
    closing in the meeting. Raises Problem "no_meeting".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        view = closing_of(session, meeting_id)
        person_id = people.ensure(session, caller.platform, caller.person, now)
        words = _customer(session, toolbox, caller, view.meeting)
        for it in view.meeting.items:
            if it.id and it.id in observed:
                seen = observed[it.id]
                observations.observe(session, it.id, Source.CHAIR, seen, person_id, now)
                if _names_customer(it, words):
                    text = Source.TEXT, Observed.CAME_UP
                    observations.observe(session, it.id, *text, person_id, now)
        _end(session, view.meeting, person_id, now)
        said = Closing(take_away.strip())
        number = closings.add(session, meeting_id, said, person_id, now)
        _show(session, caller.platform, meeting_id, now)
        return number


def count_members(
    toolbox: Toolbox, caller: Caller, meeting_id: str, number: int, members: int
) -> None:
    """Remember how many people were in the channel at the closing with this number."""
    with toolbox.write(caller) as session:
        closings.keep_members(session, meeting_id, number, members)


def _end(session: Session, meeting: MeetingView, person_id: str, now: str) -> None:
    if meeting.id is None:
        raise Problem("no_meeting")
    if meeting.state is State.PREPARED:
        meetings.set_state(session, meeting.id, State.OPEN, person_id, now)
    if meeting.state is not State.CLOSED:
        meetings.set_state(session, meeting.id, State.CLOSED, person_id, now)
    jobs.changed(session, MEETING, meeting.id, now)


def _show(session: Session, surface: str, meeting_id: str, now: str) -> None:
    """Say it below the agenda where that is shown, anew where somebody deleted it."""
    if posted_messages.reference(session, MEETING, meeting_id, surface):
        posted_messages.doubt(session, CLOSING, meeting_id, surface)
        jobs.refresh(session, surface, CLOSING, meeting_id, now)


def _customer(
    session: Session, toolbox: Toolbox, caller: Caller, meeting: MeetingView
) -> CustomerWords:
    return settings_of(session, toolbox, caller).customer[meeting.language]


def _names_customer(view: ItemView, words: CustomerWords) -> bool:
    """Whether what people wrote at an item themselves names the customer; answers are ours."""
    return any(names_customer(text, words) for text in _texts(view.item))


def _texts(item: AgendaItem | SubItem) -> Iterator[str]:
    yield item.title
    yield item.detail or ""
    for below in item.sub_items:
        yield from _texts(below)
