"""Draft an agenda: read what was pasted, change what was misread, post it as a meeting."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.domain.draft import Draft, draft_of
from bot.domain.meeting import AgendaItem, Kind, title_key
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import carry_overs, channels, drafts, people
from bot.storage.database import Session
from bot.usecases import deliver, follow_source, prepare_meeting, preview_draft, set_up_channel
from bot.usecases.follow_source import Edited
from bot.usecases.preview_draft import DraftView, with_offer
from bot.usecases.show_meeting import MEETING, view_of
from bot.usecases.toolbox import Caller, Toolbox

PASTED = "agenda"  # what a pasted text is called when it can't be read
_LISTED = re.compile(r"\n|(?:^|\s)\d{1,2}[.):]\s|^[-*•–]\s")


def looks_like_agenda(text: str) -> bool:
    """Whether a line that was typed can be an agenda: it has lines, or items that are marked."""
    return bool(_LISTED.search(text.strip()))


def draft(
    toolbox: Toolbox,
    caller: Caller,
    text: str,
    meeting_id: str | None = None,
    message: Edited | None = None,
) -> DraftView:
    """Read a text and keep it as a draft, to change the meeting with this id if there is one.

    `message` is where the text stands; what is posted follows its edits. Raises Problem
    "no_agenda", "many_items", "empty_file" or another of `prepare_meeting.read`.
    """
    vocabulary, today = toolbox.prompts.vocabulary, toolbox.today()
    agenda, _ = prepare_meeting.read(text.encode(), PASTED, vocabulary, today)
    settings = set_up_channel.channel_settings(toolbox, caller)
    made = draft_of(agenda, procedural=settings.procedural)
    if message:
        made = follow_source.with_source(made, message, today)
    with toolbox.write(caller) as session:
        now = toolbox.now()
        if meeting_id:
            made = _changing(made, meeting_id, view_of(session, meeting_id))
        kept = channels.get(session, caller.platform, caller.channel)
        channel_id = (
            kept.id
            if kept
            else channels.ensure(session, caller.platform, caller.channel, settings, now)
        )
        person_id = people.ensure(session, caller.platform, caller.person, now)
        made, _ = with_offer(session, toolbox, caller, made)
        since = carry_overs.chosen_at(session, made.offered_by or "") or ""
        before = drafts.newest(session, channel_id, person_id, since)
        if before and before.offers_as(made):  # they went back to the text
            made = replace(made, carries=before.carries)
        draft_id = drafts.add(session, channel_id, person_id, made, now)
    return preview_draft.preview(toolbox, caller, draft_id, made)


def show_draft(toolbox: Toolbox, caller: Caller, draft_id: str) -> DraftView:
    """The draft as it stands. Raises Problem "no_draft"."""
    with toolbox.read(caller) as session:
        found = _find(session, draft_id)
    return preview_draft.preview(toolbox, caller, draft_id, found)


def outdated(toolbox: Toolbox, caller: Caller, draft_id: str, base: str) -> DraftView | None:
    """The draft as it stands, where what it changes is not what it was when `base` was shown.

    None where it is, and for a draft that was posted. Raises Problem "no_draft".
    """
    with toolbox.read(caller) as session:
        if drafts.posted_as(session, draft_id):
            return None
    shown = show_draft(toolbox, caller, draft_id)
    return shown if shown.base != base else None


def drop(toolbox: Toolbox, caller: Caller, draft_id: str, index: int) -> DraftView:
    """Leave an item out. Raises Problem "no_draft" or "last_item"."""
    return _change(toolbox, caller, draft_id, lambda one: one.dropped(index))


def rename(toolbox: Toolbox, caller: Caller, draft_id: str, index: int, title: str) -> DraftView:
    """Give an item another title. Raises Problem "no_draft"."""
    return _change(toolbox, caller, draft_id, lambda one: one.renamed(index, title))


def turn_kind(toolbox: Toolbox, caller: Caller, draft_id: str, index: int, kind: Kind) -> DraftView:
    """Ask questions of an item, or none. Raises Problem "no_draft"."""
    return _change(toolbox, caller, draft_id, lambda one: one.of_kind(index, kind))


def other_question(
    toolbox: Toolbox, caller: Caller, draft_id: str, index: int, key: str
) -> DraftView:
    """Put another question to an item instead of the one with this key; no other one moves.

    Raises Problem "no_draft", "no_question", "question_answered" or "no_other_question".
    """
    with toolbox.read(caller) as session:
        found = _find(session, draft_id)
    preview_draft.try_swap(toolbox, caller, found, index, key)
    return _change(toolbox, caller, draft_id, lambda one: one.swapped(index, key))


def carry(toolbox: Toolbox, caller: Caller, draft_id: str, *, along: bool) -> DraftView:
    """Take along what the last meeting left open, or not. Raises Problem "no_draft"."""
    return _change(toolbox, caller, draft_id, lambda one: one.carrying(along=along))


def settle_carry(toolbox: Toolbox, caller: Caller, draft_id: str, *, along: bool) -> None:
    """The same as the box on the screen says; no more after posting. Raises Problem "no_draft"."""
    with toolbox.write(replace(caller, delivery=None)) as session:
        found, offer = with_offer(session, toolbox, caller, _find(session, draft_id))
        if offer and found.carries != along and not drafts.posted_as(session, draft_id):
            drafts.change(session, draft_id, found.carrying(along=along))


def retitle(
    toolbox: Toolbox, caller: Caller, draft_id: str, title: str, day: date | None
) -> DraftView:
    """Give the meeting another title and day. Raises Problem "no_draft"."""
    return _change(toolbox, caller, draft_id, lambda one: one.retitled(title, day))


def post(toolbox: Toolbox, caller: Caller, draft_id: str) -> MeetingView:
    """Make the draft a meeting, and its message due; posted before, it is that meeting.

    Raises Problem "no_draft".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        found = _find(session, draft_id)
        earlier = drafts.posted_as(session, draft_id)
        meeting = view_of(session, earlier) if earlier else None
        if meeting is None:
            offered, _ = with_offer(session, toolbox, caller, found)
            meeting = preview_draft.posted(session, toolbox, caller, offered)
            drafts.keep_posted(session, draft_id, meeting.id or "")
            follow_source.keep(session, caller, offered, meeting, now)
        asker = people.ensure(session, caller.platform, caller.person, now)
        deliver.show(session, caller.platform, MEETING, meeting.id or "", now, asker)
    return meeting


def _changing(read: Draft, meeting_id: str, meeting: MeetingView) -> Draft:
    """A draft that changes a meeting: what the text does not tell of an item stays as it was."""
    before = {title_key(it.item.title): it.item for it in meeting.items if not it.removed}
    items = [
        replace(each, item=_as_before(each.item, before.get(title_key(each.item.title))))
        for each in read.items
    ]
    return replace(read, items=tuple(items), meeting_id=meeting_id)


def _as_before(item: AgendaItem, before: AgendaItem | None) -> AgendaItem:
    if before is None:
        return item
    return replace(
        before,
        position=item.position,
        title=item.title,
        minutes=item.minutes,
        starts_at=item.starts_at,
        session=item.session,
        carried_from=None,  # it stands in the text now
    )


def _change(
    toolbox: Toolbox, caller: Caller, draft_id: str, change: Callable[[Draft], Draft]
) -> DraftView:
    with toolbox.write(caller) as session:
        found, _ = with_offer(session, toolbox, caller, _find(session, draft_id))
        changed = change(found)
        drafts.change(session, draft_id, changed)
    return preview_draft.preview(toolbox, caller, draft_id, changed)


def _find(session: Session, draft_id: str) -> Draft:
    found = drafts.find(session, draft_id)
    if found is None:
        raise Problem("no_draft")
    return found
