"""Withdraw a meeting from its channel, bring it back, have its message at the bottom.

A withdrawn meeting counts in no figure, and nothing can be done to it; all that it has is kept.
"""

from __future__ import annotations

from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.storage import carry_overs, channels, jobs, meetings, people, posted_messages
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases import deliver
from bot.usecases.show_meeting import CLOSING, MEETING
from bot.usecases.tell_origins import tell_origins
from bot.usecases.toolbox import Caller, Toolbox


def withdraw(toolbox: Toolbox, caller: Caller, meeting_id: str) -> None:
    """Have a meeting's messages removed; posted again, it is what it was.

    One that is withdrawn stays so. Raises Problem "no_meeting" or "meeting_closed".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting = _find(session, meeting_id)
        if meeting.state is State.CLOSED:
            raise Problem("meeting_closed")
        if not meeting.withdrawn:
            meetings.withdraw(session, meeting_id, now)
            for kind in (MEETING, CLOSING):
                jobs.changed(session, kind, meeting_id, now)
            tell_origins(session, carry_overs.origins(session, meeting_id).values(), now)


def post_again(toolbox: Toolbox, caller: Caller, meeting_id: str) -> None:
    """Have a meeting posted that was withdrawn, or whose message somebody deleted.

    Raises Problem "no_meeting" also for one of another channel, "not_in_channel" where we left.
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting = _find(session, meeting_id)
        if meeting.channel_id != channels.find(session, caller.platform, caller.channel):
            raise Problem("no_meeting")
        asker = people.ensure(session, caller.platform, caller.person, now)
        meetings.bring_back(session, meeting, asker, now)
        tell_origins(session, carry_overs.origins(session, meeting_id).values(), now)
        deliver.show(session, caller.platform, MEETING, meeting_id, now, asker)


def put_at_bottom(toolbox: Toolbox, caller: Caller, meeting_id: str) -> None:
    """Have a meeting's messages removed and posted anew, below all others in the channel.

    What is said in the old thread is still heard. Raises Problem "no_meeting",
    "meeting_withdrawn" or "not_in_channel".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        if _find(session, meeting_id).withdrawn:
            raise Problem("meeting_withdrawn")
        asker = people.ensure(session, caller.platform, caller.person, now)
        posted_messages.leave(session, MEETING, meeting_id, caller.platform)
        deliver.show(session, caller.platform, MEETING, meeting_id, now, asker)
        if deliver.stands(session, caller.platform, CLOSING, meeting_id):
            posted_messages.leave(session, CLOSING, meeting_id, caller.platform)
            jobs.changed(session, CLOSING, meeting_id, now)


def _find(session: Session, meeting_id: str) -> Meeting:
    meeting = meetings.find(session, meeting_id)
    if meeting is None:
        raise Problem("no_meeting")
    return meeting
