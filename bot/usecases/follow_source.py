"""Follow the message an agenda was read from: when it is edited, its meeting is brought up to date.

What people renamed, left out, added or moved since stays as they want it (`domain/agenda_source`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.agenda_source import (
    AgendaSource,
    Facts,
    Placed,
    followed,
    same_items,
    source_of,
)
from bot.domain.customer import ChannelSettings
from bot.domain.draft import Draft, draft_of
from bot.domain.meeting import Agenda, State, title_key
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import agenda_sources, items, jobs, meetings
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases import ask_questions, prepare_meeting, set_up_channel
from bot.usecases.show_meeting import MEETING, view_of
from bot.usecases.toolbox import Caller, Toolbox

MESSAGE = "message"  # what a text is called when it can't be read


@dataclass(frozen=True)
class Edited:
    """A message as it reads now ("C123/1712.0001"), and the platform's stamp of its last edit.

    The stamp is empty where it was never edited.
    """

    reference: str
    edited: str
    text: str = ""


@dataclass(frozen=True)
class Lost:
    """A meeting whose agenda stays as it is, as it is not recognised in its message any more.

    `deleted`: the message is gone.
    """

    meeting: MeetingView
    deleted: bool


def with_source(draft: Draft, message: Edited, read_on: date) -> Draft:
    """A draft, as nobody changed it yet, that remembers from which message it was read."""
    source = source_of(message.reference, message.edited, _as_read(draft), read_on)
    return replace(draft, source=source)


def keep(session: Session, caller: Caller, draft: Draft, meeting: MeetingView, now: str) -> None:
    """A draft became a meeting: remember which item each line of its message is."""
    if draft.source is None:
        return
    on_agenda = [view for view in meeting.items if not view.removed]
    read = draft.items[: len(draft.source.lines)]
    kept = {index: each.item.title for index, each in enumerate(read) if not each.dropped}
    same = same_items(list(kept.values()), [view.item.title for view in on_agenda])
    ids = {list(kept)[line]: on_agenda[at].id or "" for at, line in same.items()}
    source = draft.source.became(ids)
    agenda_sources.keep(session, caller.platform, meeting.id or "", source, now)


def is_source(toolbox: Toolbox, caller: Caller, reference: str) -> bool:
    """Whether a meeting's agenda was read from this message."""
    with toolbox.read(caller) as session:
        return agenda_sources.find(session, caller.platform, reference) is not None


def follow(toolbox: Toolbox, caller: Caller, message: Edited) -> Lost | None:
    """Bring the meeting that was read from this message up to date with an edit of it.

    Nothing changes by an edit that was read already, or by a later one that came before it, nor in
    a closed meeting. Lost, once, where the agenda is not recognised any more and stays as it is.
    """
    with toolbox.read(caller) as session:
        found = agenda_sources.find(session, caller.platform, message.reference)
    if found is None or not _newer(message, found[1]):
        return None
    settings = set_up_channel.channel_settings(toolbox, caller)
    read = _read(toolbox, message, settings, found[1].read_on)
    with toolbox.write(caller) as session:
        found = agenda_sources.find(session, caller.platform, message.reference)
        meeting = meetings.find(session, found[0]) if found else None
        if found is None or meeting is None or not _newer(message, found[1]):
            return None
        if meeting.state is State.CLOSED:
            return None
        following = _Following(session, toolbox, caller, settings, meeting, found[1])
        return following.follow(read, message.edited)


def let_go(toolbox: Toolbox, caller: Caller, reference: str) -> Lost | None:
    """The message is gone; the agenda that was read from it stays as it is."""
    with toolbox.write(caller) as session:
        found = agenda_sources.find(session, caller.platform, reference)
        meeting = meetings.find(session, found[0]) if found else None
        agenda_sources.forget(session, caller.platform, reference)
        if meeting is None or meeting.withdrawn or meeting.state is State.CLOSED:
            return None
        return Lost(view_of(session, meeting.id), deleted=True)


@dataclass(frozen=True)
class _Following:
    """A meeting and what it was read from, within a session."""

    session: Session
    toolbox: Toolbox
    caller: Caller
    settings: ChannelSettings
    meeting: Meeting
    source: AgendaSource

    def follow(self, read: Agenda | None, edited: str) -> Lost | None:
        """Take over what changed in the text, None for one that can't be read."""
        if read and self.source.says(read):
            self._keep(replace(self.source, edited=edited, told=False))
            return None
        placed = self._placed(read) if read else []
        if not read or not placed:
            self._keep(replace(self.source, edited=edited, told=True))
            told = self.source.told or self.meeting.withdrawn
            return None if told else Lost(view_of(self.session, self.meeting.id), deleted=False)
        self._change(read, placed, edited)
        return None

    def _placed(self, read: Agenda) -> list[Placed]:
        kept = items.of_meeting(self.session, self.meeting.id)
        talked_about = items.talked_about(self.session, self.meeting.id)
        return followed(self.source, read, kept, talked_about)

    def _change(self, read: Agenda, placed: list[Placed], edited: str) -> None:
        session, now, told = self.session, self.toolbox.now(), self._told(read)
        meetings.change(session, told, title_key(told.title))
        new = [(each.id, each.item) for each in placed]
        ids = prepare_meeting.place_items(session, told.id, new, now)
        ask_questions.withdraw(session, told)
        today, prompts = self.toolbox.today(), self.toolbox.prompts
        ask_questions.ask(session, told, prompts, self.settings, today, now)
        jobs.changed(session, MEETING, told.id, now)
        became = {
            each.line: item_id
            for each, item_id in zip(placed, ids, strict=True)
            if each.line is not None
        }
        self._keep(self.source.read_again(read, edited).became(became))

    def _told(self, read: Agenda) -> Meeting:
        """The meeting with the facts that changed in the text and that people left as they were.

        A text without a title leaves it as it is.
        """
        meeting, before, now = self.meeting, self.source.facts, Facts.of(read)
        if now.title and now.title != before.title == meeting.title:
            meeting = replace(meeting, title=now.title)
        if now.day != before.day == meeting.day:
            meeting = replace(meeting, day=now.day, counts_on=now.day or meeting.counts_on)
        if now.time != before.time == meeting.time:
            meeting = replace(meeting, time=now.time)
        if now.place != before.place == meeting.place:
            meeting = replace(meeting, place=now.place)
        return meeting

    def _keep(self, source: AgendaSource) -> None:
        now, surface = self.toolbox.now(), self.caller.platform
        agenda_sources.keep(self.session, surface, self.meeting.id, source, now)


def _read(
    toolbox: Toolbox, message: Edited, settings: ChannelSettings, read_on: date
) -> Agenda | None:
    """The agenda as it reads now, by the day it was read first; None where there is none."""
    vocabulary = toolbox.prompts.vocabulary
    try:
        read, _ = prepare_meeting.read(message.text.encode(), MESSAGE, vocabulary, read_on)
    except Problem:
        return None
    return _as_read(draft_of(read, procedural=settings.procedural))


def _as_read(draft: Draft) -> Agenda:
    return replace(draft.agenda, items=tuple(each.item for each in draft.items))


def _newer(message: Edited, source: AgendaSource) -> bool:
    return _stamp(message.edited) > _stamp(source.edited)


def _stamp(edited: str) -> tuple[int, int]:
    """Seconds and what follows the point, which is a number of its own."""
    seconds, _, rest = edited.partition(".")
    return int(seconds or 0), int(rest or 0)
