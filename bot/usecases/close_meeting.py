"""Close a meeting: what the chair observed and takes away, changed afterwards; one forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.customer import CustomerWords
from bot.domain.meeting import AgendaItem, State, SubItem, ends_at
from bot.domain.observation import Closing, Observed, Source, names_customer
from bot.domain.problem import Problem
from bot.domain.view import ClosingView, ItemView, MeetingView
from bot.storage import closings, items, jobs, meetings, observations, people, posted_messages
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases.set_up_channel import settings_of
from bot.usecases.show_meeting import CLOSING, MEETING, closing_of
from bot.usecases.toolbox import Caller, Toolbox


def closing(toolbox: Toolbox, caller: Caller, meeting_id: str) -> ClosingView:
    """What the form shows: what was said before, and for the other items what their texts suggest.

    Raises Problem "no_meeting" or "meeting_withdrawn".
    """
    with toolbox.read(caller) as session:
        view = _in_channel(closing_of(session, meeting_id))
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
    closing in the meeting. Raises Problem "no_meeting" or "meeting_withdrawn".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        view = _in_channel(closing_of(session, meeting_id))
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


def close_forgotten(toolbox: Toolbox, surface: str) -> None:
    """Close the meetings that people left open, some hours after their end, and say so once.

    What nobody opened may never have been a meeting, and stays as it is.
    """
    for workspace_id, platform, _ in toolbox.database.workspaces():
        if platform == surface:
            with toolbox.database.read(workspace_id) as session:
                left_open = meetings.open_ones(session, toolbox.today())
                forgotten = [m.id for m, since in left_open if _over(session, toolbox, m, since)]
            for meeting_id in forgotten:
                with toolbox.database.write(workspace_id) as session:
                    _close_by_clock(session, surface, meeting_id, toolbox.now())


def _in_channel(view: ClosingView) -> ClosingView:
    if view.meeting.withdrawn:
        raise Problem("meeting_withdrawn")
    return view


def _over(session: Session, toolbox: Toolbox, meeting: Meeting, since: str) -> bool:
    """Whether it ended long enough ago, and nobody opened it again after that."""
    agenda = [item for _, item, gone in items.of_meeting(session, meeting.id) if not gone]
    told = agenda if meeting.day else []  # without a day its times are of an unknown one
    end = ends_at(meeting.counts_on, meeting.time, told).replace(tzinfo=toolbox.config.zone)
    latest = max(end.astimezone(UTC), datetime.fromisoformat(since))
    return latest + timedelta(hours=toolbox.config.file.close_after_hours) <= toolbox.clock()


def _close_by_clock(session: Session, surface: str, meeting_id: str, now: str) -> None:
    meeting = meetings.find(session, meeting_id)
    if meeting is None or meeting.state is not State.OPEN:  # another process was first
        return
    before = closings.newest(session, meeting_id)
    taken = before.take_away if before else ""
    closings.add(session, meeting_id, Closing(taken, by_clock=True), None, now)
    meetings.set_state(session, meeting_id, State.CLOSED, None, now)
    jobs.changed(session, MEETING, meeting_id, now)
    _show(session, surface, meeting_id, now)


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
    return any(names_customer(text, words) for text in (*_texts(view.item), *view.notes))


def _texts(item: AgendaItem | SubItem) -> Iterator[str]:
    yield item.title
    yield item.detail or ""
    for below in item.sub_items:
        yield from _texts(below)
