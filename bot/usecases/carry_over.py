"""Carry over: what the last meeting left open goes to the next agenda, when the chair says so.

Which items went along is told by the items they go on with, and by nothing else: an item that is
dropped again may be offered again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.meeting import Agenda, same_subject, series_key
from bot.domain.offer import Offer, in_order, numbered, taken_along
from bot.domain.problem import Problem
from bot.storage import carry_overs, channels, jobs, meetings, people
from bot.storage.database import Session
from bot.usecases import prepare_meeting
from bot.usecases.show_meeting import CLOSING, closing_of
from bot.usecases.toolbox import Caller, Toolbox

LATELY = timedelta(weeks=5)  # a monthly meeting, and a week


def offered(toolbox: Toolbox, caller: Caller, agenda: Agenda) -> Offer | None:
    """What the caller's channel left open and this agenda has not; None for nothing."""
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel)
        if channel_id is None:
            return None
        same = prepare_meeting.same(session, channel_id, agenda, closed=False, prepared_on=None)
        return offer(session, toolbox, channel_id, agenda, same.id if same else None)


def taking_along(agenda: Agenda, offer: Offer) -> Agenda:
    """The agenda with what was offered, before the items that end the meeting."""
    items = (*agenda.items, *offer.items)
    return replace(agenda, items=numbered([items[index] for index in in_order(items)]))


def choose(toolbox: Toolbox, caller: Caller, meeting_id: str) -> None:
    """Have a meeting's open items ticked in the next preview. Raises Problem "no_meeting"."""
    now = toolbox.now()
    with toolbox.write(caller) as session:
        if meetings.find(session, meeting_id) is None:
            raise Problem("no_meeting")
        person_id = people.ensure(session, caller.platform, caller.person, now)
        carry_overs.choose(session, meeting_id, person_id, now)
        jobs.changed(session, CLOSING, meeting_id, now)


def offer(
    session: Session, toolbox: Toolbox, channel_id: str, agenda: Agenda, into: str | None
) -> Offer | None:
    """What the last closed meeting left open, for an agenda that is the meeting `into`, if any.

    That is the last of its series, else the channel's last one. An item that is on this agenda,
    or went along to another, is left out; one that is in `into` already is not.
    """
    series, since = series_key(agenda.title), toolbox.today() - LATELY
    last = carry_overs.last_closed(session, channel_id, series, since, into)
    meeting = meetings.find(session, last) if last else None
    if meeting is None:
        return None
    view, taken = closing_of(session, meeting.id), carry_overs.taken(session, meeting.id)
    items = tuple(
        taken_along(it.item, it.id or "")
        for it in view.left_open
        if taken.get(it.id or "", set()) <= {into}
        and not any(same_subject(it.item.title, own.title) for own in agenda.items)
    )
    if not items:
        return None
    asked = carry_overs.chosen_at(session, meeting.id) is not None
    on_it = carry_overs.origins(session, into).values() if into else ()
    there = any(before == meeting.id for before, _ in on_it)  # also while it is withdrawn
    return Offer(meeting.id, meeting.counts_on, items, there if into else asked)
