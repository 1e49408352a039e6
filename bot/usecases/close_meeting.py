"""Close a meeting: what the chair observed and takes away, changed afterwards; one forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.customer import CustomerWords, plural
from bot.domain.meeting import AgendaItem, Slot, State, SubItem, ends_at
from bot.domain.observation import Closing, Observed, Source, names_customer
from bot.domain.problem import Problem
from bot.domain.view import ClosingView, ItemView, MeetingView
from bot.readers.session_days import session_day
from bot.storage import closings, items, jobs, meetings, observations, people, posted_messages
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases.set_up_channel import settings_of
from bot.usecases.show_meeting import CLOSING, MEETING, closing_of
from bot.usecases.toolbox import Caller, Toolbox

A_DAY = 24 * 3600.0
AHEAD = timedelta(days=7)  # an agenda without a day may be of a meeting later this week


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
        _end(session, view, person_id, now)
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


@dataclass(frozen=True)
class Uncounted:
    """A closing at which nobody counted the people; `caller` is nobody, in its channel."""

    caller: Caller
    meeting_id: str
    number: int


def uncounted(toolbox: Toolbox, surface: str, *, only_in: str | None) -> list[Uncounted]:
    """The closings of the last day at which the people could not be counted yet.

    After that the channel may have become another; their number stays unknown.
    """
    return [
        Uncounted(Caller(platform, tenant, channel, ""), meeting_id, number)
        for workspace_id, platform, tenant in toolbox.database.workspaces()
        if platform == surface and only_in in (None, tenant)
        for channel, meeting_id, number in _not_counted(toolbox, workspace_id)
    ]


def _not_counted(toolbox: Toolbox, workspace_id: str) -> list[tuple[str, str, int]]:
    with toolbox.database.read(workspace_id) as session:
        return closings.not_counted(session, toolbox.now(-A_DAY))


def close_forgotten(toolbox: Toolbox, surface: str) -> None:
    """Close the meetings that people left, some hours after their end, and say so once.

    What nobody ever opened may never have been a meeting: it does not count as one.
    """
    for workspace_id, platform, _ in toolbox.database.workspaces():
        if platform == surface:
            with toolbox.database.read(workspace_id) as session:
                left = meetings.not_closed(session, surface, toolbox.today())
                slots = items.slots(session, toolbox.today()) if left else {}
            for meeting, since in left:
                if _over(toolbox, meeting, since, slots.get(meeting.id, [])):
                    with toolbox.database.write(workspace_id) as session:
                        _close_by_clock(session, surface, meeting, toolbox.now())


def _in_channel(view: ClosingView) -> ClosingView:
    if view.meeting.withdrawn:
        raise Problem("meeting_withdrawn")
    return view


def _over(toolbox: Toolbox, meeting: Meeting, since: str, slots: Sequence[Slot]) -> bool:
    """Whether it ended long enough ago, and nobody opened it again after that."""
    end = _end_of(toolbox, meeting, slots).replace(tzinfo=toolbox.config.zone)
    latest = max(end.astimezone(UTC), datetime.fromisoformat(since))
    return latest + timedelta(hours=toolbox.config.file.close_after_hours) <= toolbox.clock()


def _end_of(toolbox: Toolbox, meeting: Meeting, slots: Sequence[Slot]) -> datetime:
    """Local. Without a day its times are of an unknown one, and until it began that is to come."""
    first = meeting.counts_on
    if not meeting.day:
        return ends_at(first if meeting.state is State.OPEN else first + AHEAD, None, ())
    vocabulary = toolbox.prompts.vocabulary
    days = [session_day(slot.session, first, vocabulary) for slot in slots]
    last = max(days, default=first)
    there = [slot for slot, day in zip(slots, days, strict=True) if day == last]
    return ends_at(last, meeting.time if last == first else None, there)


def _close_by_clock(session: Session, surface: str, left: Meeting, now: str) -> None:
    meeting_id, meeting = left.id, meetings.find(session, left.id)
    if meeting is None or meeting.withdrawn or meeting.state is not left.state:
        return  # somebody was first
    before = closings.newest(session, meeting_id)
    taken = before.take_away if before else ""
    closings.add(session, meeting_id, Closing(taken, by_clock=True), None, now)
    meetings.set_state(session, meeting_id, State.CLOSED, None, now)
    jobs.changed(session, MEETING, meeting_id, now)
    _show(session, surface, meeting_id, now)


def _end(session: Session, view: ClosingView, person_id: str, now: str) -> None:
    meeting = view.meeting
    if meeting.id is None:
        raise Problem("no_meeting")
    if not view.held:
        meetings.set_state(session, meeting.id, State.OPEN, person_id, now)
    if not view.held or meeting.state is not State.CLOSED:
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
    """The channel's words; first the one this meeting was held with, which may be another."""
    words = settings_of(session, toolbox, caller).customer[meeting.language]
    known = [sector[meeting.language] for sector in toolbox.prompts.customers.values()]
    return words.called(meeting.customer, plural(meeting.customer, [words, *known]))


def _names_customer(view: ItemView, words: CustomerWords) -> bool:
    """Whether what people wrote at an item themselves names the customer; answers are ours."""
    return any(names_customer(text, words) for text in (*_texts(view.item), *view.notes))


def _texts(item: AgendaItem | SubItem) -> Iterator[str]:
    yield item.title
    yield item.detail or ""
    for below in item.sub_items:
        yield from _texts(below)
