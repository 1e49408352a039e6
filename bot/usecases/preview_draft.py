"""Preview a draft: post it in a transaction that is undone. What people see is what they get."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.domain.draft import Draft
from bot.domain.meeting import State
from bot.domain.offer import Offer
from bot.domain.problem import Problem
from bot.domain.view import ItemView, MeetingView, QuestionView
from bot.readers.agenda_words import is_one_of
from bot.storage import channels, meetings
from bot.storage.database import Session
from bot.usecases import ask_questions, carry_over, deliver, prepare_meeting, set_up_channel
from bot.usecases.show_meeting import MEETING, view_of
from bot.usecases.toolbox import Caller, Toolbox


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


def preview(toolbox: Toolbox, caller: Caller, draft_id: str, one: Draft) -> DraftView:
    """The draft as it would be posted now."""
    tried: list[MeetingView] = []
    with suppress(_Undo), toolbox.write(replace(caller, delivery=None)) as session:
        one, offer = with_offer(session, toolbox, caller, one)
        tried.append(posted(session, toolbox, caller, one))
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


def try_swap(toolbox: Toolbox, caller: Caller, one: Draft, index: int, key: str) -> None:
    """Whether a question can be another one; keeps nothing. Raises as `ask_questions.swap`."""
    with suppress(_Undo), toolbox.write(replace(caller, delivery=None)) as session:
        one, _ = with_offer(session, toolbox, caller, one)
        _swap(session, toolbox, caller, posted(session, toolbox, caller, one), one, index, key)
        raise _Undo


def posted(session: Session, toolbox: Toolbox, caller: Caller, found: Draft) -> MeetingView:
    """The draft made a meeting, in this session. Raises Problem "meeting_closed"."""
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
    view: MeetingView,
    found: Draft,
    index: int,
    key: str,
) -> None:
    """Another question for an item of a draft, in the meeting it was posted as."""
    meeting = meetings.find(session, view.id or "")
    ids = dict(zip(found.indexes, (it.id for it in view.items if not it.removed), strict=True))
    if meeting is None or index not in ids:
        raise Problem("no_item")
    settings = set_up_channel.settings_of(session, toolbox, caller)
    today, now = toolbox.today(), toolbox.now()
    ask_questions.swap(
        session, meeting, toolbox.prompts, settings, today, now, ids[index] or "", key
    )


def with_offer(
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


def _unkept(item: ItemView, index: int) -> ItemView:
    questions: Sequence[QuestionView] = [replace(each, id=None) for each in item.questions]
    return ItemView(item.item, questions, id=str(index), carried_on=item.carried_on)


class _Undo(Exception):
    """Ends a transaction that was only tried."""
