"""Close late: on a surface without a clock, at the first word after a forgotten meeting."""

from __future__ import annotations

from bot.domain.meeting import State
from bot.domain.view import ClosingView
from bot.storage import meetings
from bot.usecases.close_meeting import close_forgotten
from bot.usecases.show_meeting import show_closing
from bot.usecases.toolbox import Caller, Toolbox


def close_late(toolbox: Toolbox, caller: Caller) -> list[ClosingView]:
    """Close what a clock would have closed by now on the caller's surface, and tell which."""
    with toolbox.read(caller) as session:
        left = meetings.not_closed(session, caller.platform, toolbox.today())
    if not left:
        return []
    close_forgotten(toolbox, caller.platform)
    views = [show_closing(toolbox, caller, meeting.id) for meeting, _ in left]
    return [view for view in views if view.meeting.state is State.CLOSED]
