"""Draft an agenda: read what was pasted, change what was misread, post it as a meeting.

A draft is shown by posting it in a transaction that is undone: what people see is what they get.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.draft import Draft, draft_of
from bot.domain.meeting import AgendaItem, Kind, State, title_key
from bot.domain.offer import Offer
from bot.domain.problem import Problem
from bot.domain.view import ItemView, MeetingView, QuestionView
from bot.readers.agenda_words import is_one_of
from bot.storage import carry_overs, channels, drafts, meetings, people
from bot.storage.database import Session
from bot.usecases import (
    ask_questions,
    carry_over,
    deliver,
    follow_source,
    prepare_meeting,
    set_up_channel,
)
from bot.usecases.follow_source import Edited
from bot.usecases.show_meeting import MEETING, view_of
from bot.usecases.toolbox import Caller, Toolbox

PASTED = "agenda"  # what a pasted text is called when it can't be read
_LISTED = re.compile(r"\n|(?:^|\s)\d{1,2}[.):]\s|^[-*•–]\s")


@dataclass(frozen=True)
class DraftView:
    """What will be posted; each item's id is its index in the draft.

    `updates`: it changes an agenda that stands in the channel; `returns`: it brings one back that
    was withdrawn. `goes` are the titles that leave the agenda by it; `base` tells whether what it
    changes has changed itself meanwhile. `offer` may be taken along from the last meeting, which it
    does if it `carries` it.
    """

    id: str
    meeting: MeetingView
    updates: bool = False
    goes: Sequence[str] = ()
    base: str = ""
    offer: Offer | None = None
    carries: bool = False
    returns: bool = False


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
        made, _ = _with_offer(session, toolbox, caller, made)
        since = carry_overs.chosen_at(session, made.offered_by or "") or ""
        before = drafts.newest(session, channel_id, person_id, since)
        if before and before.offers_as(made):  # they went back to the text
            made = replace(made, carries=before.carries)
        draft_id = drafts.add(session, channel_id, person_id, made, now)
    return _view(toolbox, caller, draft_id, made)


def show_draft(toolbox: Toolbox, caller: Caller, draft_id: str) -> DraftView:
    """The draft as it stands. Raises Problem "no_draft"."""
    with toolbox.read(caller) as session:
        found = _find(session, draft_id)
    return _view(toolbox, caller, draft_id, found)


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
    with suppress(_Undo), toolbox.write(replace(caller, delivery=None)) as session:
        found, _ = _with_offer(session, toolbox, caller, _find(session, draft_id))
        posted = _post(session, toolbox, caller, found)
        _swap(session, toolbox, caller, posted, found, index, key)
        raise _Undo
    return _change(toolbox, caller, draft_id, lambda one: one.swapped(index, key))


def carry(toolbox: Toolbox, caller: Caller, draft_id: str, *, along: bool) -> DraftView:
    """Take along what the last meeting left open, or not. Raises Problem "no_draft"."""
    return _change(toolbox, caller, draft_id, lambda one: one.carrying(along=along))


def settle_carry(toolbox: Toolbox, caller: Caller, draft_id: str, *, along: bool) -> None:
    """The same as the box on the screen says; no more after posting. Raises Problem "no_draft"."""
    with toolbox.write(replace(caller, delivery=None)) as session:
        found, offer = _with_offer(session, toolbox, caller, _find(session, draft_id))
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
            offered, _ = _with_offer(session, toolbox, caller, found)
            meeting = _post(session, toolbox, caller, offered)
            drafts.keep_posted(session, draft_id, meeting.id or "")
            follow_source.keep(session, caller, offered, meeting, now)
        asker = people.ensure(session, caller.platform, caller.person, now)
        deliver.show(session, caller.platform, MEETING, meeting.id or "", now, asker)
    return meeting


def _post(session: Session, toolbox: Toolbox, caller: Caller, found: Draft) -> MeetingView:
    settings = set_up_channel.settings_of(session, toolbox, caller)
    agenda = found.as_agenda
    meeting = prepare_meeting.keep(
        session,
        toolbox,
        caller,
        agenda,
        settings,
        meeting_id=found.meeting_id,
        same_day=True,
    )
    if meeting.state is State.CLOSED:
        raise Problem("meeting_closed")
    for index, key in found.swaps:
        with suppress(Problem):  # somebody answered it meanwhile, or the item is gone
            _swap(session, toolbox, caller, meeting, found, index, key)
    return view_of(session, meeting.id or "")


def _swap(
    session: Session,
    toolbox: Toolbox,
    caller: Caller,
    posted: MeetingView,
    found: Draft,
    index: int,
    key: str,
) -> None:
    """Another question for an item of a draft, in the meeting it was posted as."""
    meeting = meetings.find(session, posted.id or "")
    ids = dict(zip(found.indexes, (it.id for it in posted.items if not it.removed), strict=True))
    if meeting is None or index not in ids:
        raise Problem("no_item")
    settings = set_up_channel.settings_of(session, toolbox, caller)
    today, now = toolbox.today(), toolbox.now()
    ask_questions.swap(
        session, meeting, toolbox.prompts, settings, today, now, ids[index] or "", key
    )


class _Undo(Exception):
    """Ends a transaction that was only tried."""


def _view(toolbox: Toolbox, caller: Caller, draft_id: str, one: Draft) -> DraftView:
    tried: list[MeetingView] = []
    with suppress(_Undo), toolbox.write(replace(caller, delivery=None)) as session:
        one, offer = _with_offer(session, toolbox, caller, one)
        tried.append(_post(session, toolbox, caller, one))
        raise _Undo
    on_agenda = [item for item in tried[0].items if not item.removed]
    items = [_unkept(item, index) for item, index in zip(on_agenda, one.indexes, strict=True)]
    groups = toolbox.prompts.vocabulary.group_titles
    other = [line for line in one.agenda.other if not is_one_of(line, groups)]
    shown = replace(tried[0], id=None, state=None, items=items, other=other)
    carried = [item.item.carried_from for item in on_agenda if item.item.carried_from]
    first = DraftView(draft_id, shown, base=_state(*carried), offer=offer, carries=one.carries)
    with toolbox.read(caller) as session:
        if not meetings.find(session, tried[0].id or ""):
            return first
        before = view_of(session, tried[0].id or "")
        stands = deliver.stands(session, caller.platform, MEETING, before.id or "")
    returns, updates = before.withdrawn, stands and not before.withdrawn
    stays = {item.id for item in on_agenda}
    told = (before.title, before.day, before.time, before.withdrawn, *_titles(before, ()))
    goes, base = _titles(before, stays), _state(*told, *carried)
    return replace(first, updates=updates, returns=returns, goes=goes, base=base)


def _titles(meeting: MeetingView, without: Collection[str | None]) -> list[str]:
    """Position and title of the items on the agenda, but for these."""
    return [
        f"{view.item.position}. {view.item.title}"
        for view in meeting.items
        if not view.removed and view.id not in without
    ]


def _state(*told: object) -> str:
    """A few characters that are others for anything else that is told."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


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


def _unkept(item: ItemView, index: int) -> ItemView:
    questions: Sequence[QuestionView] = [replace(each, id=None) for each in item.questions]
    return ItemView(item.item, questions, id=str(index), carried_on=item.carried_on)


def _change(
    toolbox: Toolbox, caller: Caller, draft_id: str, change: Callable[[Draft], Draft]
) -> DraftView:
    with toolbox.write(caller) as session:
        found, _ = _with_offer(session, toolbox, caller, _find(session, draft_id))
        changed = change(found)
        drafts.change(session, draft_id, changed)
    return _view(toolbox, caller, draft_id, changed)


def _with_offer(
    session: Session, toolbox: Toolbox, caller: Caller, one: Draft
) -> tuple[Draft, Offer | None]:
    """The draft with what may be taken along now; of an agenda that is changed, when asked for."""
    channel_id = channels.find(session, caller.platform, caller.channel) or ""
    offer = carry_over.offer(
        session, toolbox, channel_id, one.read, _becomes(session, toolbox, channel_id, one)
    )
    if offer and one.meeting_id:
        offer = replace(offer, chosen=False)
    return one.with_offer(offer), offer


def _becomes(session: Session, toolbox: Toolbox, channel_id: str, one: Draft) -> str | None:
    """The id of the meeting that the draft brings up to date; None for a new one."""
    if one.meeting_id:
        return one.meeting_id
    known = prepare_meeting.same(
        session, channel_id, one.read, closed=False, prepared_on=toolbox.today()
    )
    return known.id if known else None


def _find(session: Session, draft_id: str) -> Draft:
    found = drafts.find(session, draft_id)
    if found is None:
        raise Problem("no_draft")
    return found
