"""Prepare a meeting from a file that may have changed, as may its agenda since.

A file is followed as a message is (`follow_source`): what changed in it changes, what people added,
renamed or moved stays. It has no address that stays, for people copy it, move it, and write next
week over it; so what it said is found by its meeting.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.agenda_source import AgendaSource, Placed, source_of, taken_over
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import Agenda, State
from bot.domain.view import MeetingView
from bot.storage import agenda_sources, channels, items
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases import prepare_meeting
from bot.usecases.show_meeting import view_of
from bot.usecases.toolbox import Caller, Toolbox


def known_as(
    toolbox: Toolbox, caller: Caller, agenda: Agenda, *, reopen: bool = False
) -> MeetingView | None:
    """The meeting this agenda already is, as it stands; None where it will be a new one."""
    with toolbox.read(caller) as session:
        known = _known_as(session, caller, agenda, reopen=reopen)
        return view_of(session, known.id) if known else None


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
        known = _known_as(session, caller, agenda, reopen=reopen)
        before = view_of(session, known.id) if known else None
        source = agenda_sources.of_meeting(session, known.id) if known else None
        placed = _placed(session, known, source, agenda) if known and source else []
        kept = prepare_meeting.keep(
            session,
            toolbox,
            caller,
            agenda,
            settings,
            reopen=reopen,
            placed=[(each.id, each.item) for each in placed],
        )
        if kept.state is not State.CLOSED:  # a closed one stays as it was read
            now_read = source_of(kept.id or "", "", agenda, toolbox.today())
            became = now_read.became(_lines(kept, placed))
            agenda_sources.keep(session, caller.platform, kept.id or "", became, toolbox.now())
        return before, kept


def _known_as(session: Session, caller: Caller, agenda: Agenda, *, reopen: bool) -> Meeting | None:
    channel_id = channels.find(session, caller.platform, caller.channel) or ""
    return prepare_meeting.same(session, channel_id, agenda, closed=reopen, prepared_on=None)


def _placed(session: Session, known: Meeting, source: AgendaSource, agenda: Agenda) -> list[Placed]:
    kept = items.of_meeting(session, known.id)
    return taken_over(source, agenda, kept, items.talked_about(session, known.id))


def _lines(kept: MeetingView, placed: Sequence[Placed]) -> dict[int, str]:
    """Which item each line of the file became; line by line where nothing was `placed`."""
    on_agenda = [it.id or "" for it in kept.items if not it.removed]
    if not placed:
        return dict(enumerate(on_agenda))
    pairs = zip(placed, on_agenda, strict=True)
    return {each.line: item_id for each, item_id in pairs if each.line is not None}
