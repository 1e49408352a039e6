"""Prepare a meeting of which the agenda may have changed, and tell how it stood before."""

from __future__ import annotations

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import Agenda
from bot.domain.view import MeetingView
from bot.storage import channels
from bot.storage.database import Session
from bot.usecases import prepare_meeting
from bot.usecases.show_meeting import view_of
from bot.usecases.toolbox import Caller, Toolbox


def known_as(
    toolbox: Toolbox, caller: Caller, agenda: Agenda, *, reopen: bool = False
) -> MeetingView | None:
    """The meeting this agenda already is, as it stands; None where it will be a new one."""
    with toolbox.read(caller) as session:
        return _known_as(session, caller, agenda, reopen=reopen)


def prepare_again(
    toolbox: Toolbox,
    caller: Caller,
    agenda: Agenda,
    settings: ChannelSettings,
    *,
    reopen: bool = False,
) -> tuple[MeetingView | None, MeetingView]:
    """Prepare as `prepare_meeting` does; how the meeting stood before, None for a new one, and
    how it stands now."""
    with toolbox.write(caller) as session:
        before = _known_as(session, caller, agenda, reopen=reopen)
        kept = prepare_meeting.keep(session, toolbox, caller, agenda, settings, reopen=reopen)
        return before, kept


def _known_as(
    session: Session, caller: Caller, agenda: Agenda, *, reopen: bool
) -> MeetingView | None:
    channel_id = channels.find(session, caller.platform, caller.channel) or ""
    known = prepare_meeting.same(session, channel_id, agenda, closed=reopen, prepared_on=None)
    return view_of(session, known.id) if known else None
