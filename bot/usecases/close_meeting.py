"""Close a meeting: what the chair observed and takes away, changed afterwards; one forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.customer import ChannelSettings, plural
from bot.domain.meeting import AgendaItem, Slot, State, SubItem, ends_at
from bot.domain.observation import Closing, Observed, Source
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
    view, named = _heard(toolbox, caller, meeting_id)
    return replace(
        _in_channel(view), observed={**dict.fromkeys(named, Observed.CAME_UP), **view.observed}
    )


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
    _, named = _heard(toolbox, caller, meeting_id)  # before the database is locked
    with toolbox.write(caller) as session:
        view = _in_channel(closing_of(session, meeting_id))
        person_id = people.ensure(session, caller.platform, caller.person, now)
        for item_id in [it.id for it in view.meeting.items if it.id and it.id in observed]:
            seen = observed[item_id]
            observations.observe(session, item_id, Source.CHAIR, seen, person_id, now)
            if item_id in named:
                text = Source.TEXT, Observed.CAME_UP
                observations.observe(session, item_id, *text, person_id, now)
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
        Uncounted(Caller(surface, tenant, channel, ""), meeting_id, number)
        for workspace_id, tenant in toolbox.database.workspaces_on(surface, only_in)
        for channel, meeting_id, number in _not_counted(toolbox, workspace_id)
    ]


def _not_counted(toolbox: Toolbox, workspace_id: str) -> list[tuple[str, str, int]]:
    with toolbox.database.read(workspace_id) as session:
        return closings.not_counted(session, toolbox.now(-A_DAY))


def close_forgotten(toolbox: Toolbox, surface: str) -> None:
    """Close the meetings that people left, some hours after their end, and say so once.

    What nobody ever opened may never have been a meeting: it does not count as one.
    """
    for workspace_id, _ in toolbox.database.workspaces_on(surface):
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


def _heard(toolbox: Toolbox, caller: Caller, meeting_id: str) -> tuple[ClosingView, list[str]]:
    """A meeting as it is, and the ids of its items at which the customer is named.

    Raises Problem "no_meeting".
    """
    with toolbox.read(caller) as session:
        view = closing_of(session, meeting_id)
        settings = settings_of(session, toolbox, caller)
    meeting = view.meeting
    served = _served(toolbox, settings, meeting)
    recogniser = toolbox.recognisers.of(served, meeting.language)
    named = [
        it.id
        for it in meeting.items
        if it.id and any(recogniser.mentions(text) for text in _by_people(it))
    ]
    return view, named


def _served(toolbox: Toolbox, settings: ChannelSettings, meeting: MeetingView) -> ChannelSettings:
    """The channel's settings, with the word its customer had when the agenda was made."""
    language, words = meeting.language, settings.customer[meeting.language]
    known = [sector[language] for sector in toolbox.prompts.customers.values()]
    then = words.called(meeting.customer, plural(meeting.customer, [words, *known]))
    return replace(settings, customer={**settings.customer, language: then})


def _by_people(view: ItemView) -> Iterator[str]:
    """What people wrote at an item themselves; answers follow from our questions."""
    yield from _texts(view.item)
    yield from view.notes


def _texts(item: AgendaItem | SubItem) -> Iterator[str]:
    yield item.title
    yield item.detail or ""
    for below in item.sub_items:
        yield from _texts(below)
