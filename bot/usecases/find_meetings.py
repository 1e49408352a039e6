"""Find meetings again: today's of a channel, what is open and to come there; one by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.meeting import title_key
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import channels, jobs, meetings
from bot.storage.database import Session
from bot.storage.jobs import JobState
from bot.usecases import deliver
from bot.usecases.show_meeting import MEETING, view_of
from bot.usecases.toolbox import Caller, Toolbox

CODE = re.compile(r"[0-9a-f]{8,24}")  # enough of an id to tell
MOST = 10
LATELY = timedelta(days=7)  # an agenda that nobody used by then is not waited for any more


@dataclass(frozen=True)
class Found:
    """A meeting and where its message stands ("C123/1712.0001"), as far as we know.

    `reference` is None where it does not stand anywhere; `coming`: it is on its way there.
    """

    meeting: MeetingView
    reference: str | None
    coming: bool


def find_meetings(toolbox: Toolbox, caller: Caller) -> tuple[Sequence[Found], int]:
    """The newest of the caller's channel, and how many more there are.

    All of today, all that are open, and of those nobody began, or that were withdrawn, the last
    week's and later ones.
    """
    today = toolbox.today()
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel) or ""
        ids = meetings.running(session, channel_id, today, today - LATELY)
        found = [_found(session, caller, meeting_id) for meeting_id in ids[:MOST]]
    return found, len(ids) - len(found)


def called(toolbox: Toolbox, caller: Caller, name: str) -> MeetingView:
    """The meeting of the caller's channel with this title, or whose id begins so.

    Of one title the one that is listed, else the newest. Raises Problem "unknown_meeting",
    "several_meetings" or "meeting_withdrawn".
    """
    code = name if CODE.fullmatch(name) else None
    today = toolbox.today()
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel) or ""
        found = meetings.called(session, channel_id, title_key(name) or None, code)
        if not found:
            raise Problem("unknown_meeting", found=name, channel=caller.channel)
        running = meetings.running(session, channel_id, today, today - LATELY)
        listed = [meeting_id for meeting_id in found if meeting_id in running]
        if len(listed) > 1:
            raise Problem("several_meetings", found=name)
        view = view_of(session, (listed or found)[0])
    if view.withdrawn:
        raise Problem("meeting_withdrawn")
    return view


def _found(session: Session, caller: Caller, meeting_id: str) -> Found:
    job = jobs.find(session, MEETING, meeting_id)
    reference = deliver.stands_at(session, caller.platform, MEETING, meeting_id)
    coming = job is not None and job.state in {JobState.DUE, JobState.SENDING}
    return Found(view_of(session, meeting_id), reference, coming)
