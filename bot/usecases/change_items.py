"""Change a meeting's items while it is on its way: add, rename, move, skip one, swap its question.

Each change is kept and shown at once. A rename is a person's word that it is the same item: its
answers stay with it, whatever the new title says. A question that nobody answered was chosen for
the old title, and goes where the new one is about something else.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.meeting import AgendaItem, Kind, resembles
from bot.domain.numbering import Placed, free_position, moved, renumbered
from bot.domain.observation import Observed, Source
from bot.domain.problem import Problem
from bot.readers.agenda import read_agenda
from bot.storage import asked_questions, items, jobs, meetings, observations, people
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases import ask_questions
from bot.usecases.run_meeting import changeable
from bot.usecases.set_up_channel import settings_of
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox


def add_item(
    toolbox: Toolbox, caller: Caller, meeting_id: str, line: str, after: str | None = None
) -> str:
    """Put an item on the agenda, at its end or `after` another one; returns its id.

    Raises Problem "no_meeting", "empty_title", "meeting_closed" or "meeting_withdrawn".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting = _changeable(session, meeting_id)
        placed = _on_agenda(session, meeting_id)
        ids = [item_id for item_id, _ in placed]
        place = ids.index(after) + 1 if after in ids else len(ids)
        above = [item for _, item in placed]
        session_name = above[place - 1].session if place else None
        read = _read(session, toolbox, caller, line)
        new = replace(read, position=free_position(above), session=session_name)
        item_id = items.add(session, meeting_id, place, new)
        _keep(session, [*placed[:place], (item_id, new), *placed[place:]])
        _ask(session, toolbox, caller, meeting, now)
        jobs.changed(session, MEETING, meeting_id, now)
        return item_id


def rename_item(toolbox: Toolbox, caller: Caller, item_id: str, line: str) -> None:
    """Give an item another title, word for word; its answers stay.

    Raises Problem "no_item", "empty_title", "meeting_closed" or "meeting_withdrawn".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting, placed = _with_item(session, item_id)
        rank, before = _find(placed, item_id)
        title, read = " ".join(line.split()), _read(session, toolbox, caller, line)
        after = replace(before, title=title, topics=read.topics)
        untouched = item_id not in items.talked_about(session, meeting.id)
        if untouched and not resembles(before.title, title):
            asked_questions.withdraw(session, item_id)
            after = replace(after, kind=read.kind)
        items.change(session, item_id, rank, after)
        _ask(session, toolbox, caller, meeting, now)
        jobs.changed(session, MEETING, meeting.id, now)


def move_item(toolbox: Toolbox, caller: Caller, item_id: str, *, up: bool) -> None:
    """Move an item one place up or down; the first stays the first, the last the last.

    Raises Problem "no_item", "meeting_closed" or "meeting_withdrawn".
    """
    with toolbox.write(caller) as session:
        meeting, placed = _with_item(session, item_id)
        rank, _ = _find(placed, item_id)
        _keep(session, moved(placed, rank, rank - 1 if up else rank + 1))
        jobs.changed(session, MEETING, meeting.id, toolbox.now())


def skip_item(toolbox: Toolbox, caller: Caller, item_id: str) -> None:
    """Say now that an item will not be discussed; it waits for no answer any more.

    Raises Problem "no_item", "meeting_closed" or "meeting_withdrawn".
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        meeting, _ = _with_item(session, item_id)
        person_id = people.ensure(session, caller.platform, caller.person, now)
        left_out = Source.CHAIR, Observed.NOT_DISCUSSED
        observations.observe(session, item_id, *left_out, person_id, now)
        jobs.changed(session, MEETING, meeting.id, now)


def discuss_item(toolbox: Toolbox, caller: Caller, item_id: str) -> None:
    """Take back that an item is skipped: nothing is observed of it then.

    Raises Problem "no_item", "meeting_closed" or "meeting_withdrawn".
    """
    with toolbox.write(caller) as session:
        meeting, _ = _with_item(session, item_id)
        observations.take_back(session, item_id, Source.CHAIR, Observed.NOT_DISCUSSED)
        jobs.changed(session, MEETING, meeting.id, toolbox.now())


def swap_question(toolbox: Toolbox, caller: Caller, item_id: str, key: str) -> None:
    """Put another question to an item instead of the one with this key; no other one moves.

    Raises Problem "no_item", "meeting_closed", "meeting_withdrawn" or as `ask_questions.swap`.
    """
    now, today = toolbox.now(), toolbox.today()
    with toolbox.write(caller) as session:
        meeting, _ = _with_item(session, item_id)
        settings = settings_of(session, toolbox, caller)
        ask_questions.swap(session, meeting, toolbox.prompts, settings, today, now, item_id, key)
        jobs.changed(session, MEETING, meeting.id, now)


def _read(session: Session, toolbox: Toolbox, caller: Caller, line: str) -> AgendaItem:
    """A line as an agenda's only item; whatever it says, it is one."""
    words = " ".join(line.split())
    if not any(map(str.isalnum, words)):
        raise Problem("empty_title")
    read = read_agenda(f"1. {words}", toolbox.prompts.vocabulary, toolbox.today())
    whole = AgendaItem("1", words, Kind.SUBSTANTIVE)
    item = read.items[0] if len(read.items) == 1 else whole
    asks_all = settings_of(session, toolbox, caller).procedural
    return replace(item, kind=Kind.SUBSTANTIVE) if asks_all else item


def _ask(session: Session, toolbox: Toolbox, caller: Caller, meeting: Meeting, now: str) -> None:
    settings = settings_of(session, toolbox, caller)
    ask_questions.ask(session, meeting, toolbox.prompts, settings, toolbox.today(), now)


def _with_item(session: Session, item_id: str) -> tuple[Meeting, Placed]:
    """The meeting of an item that is on the agenda, and that agenda."""
    meeting_id = items.meeting_of(session, item_id)
    placed = _on_agenda(session, meeting_id) if meeting_id else []
    if meeting_id is None or item_id not in dict(placed):
        raise Problem("no_item")
    return _changeable(session, meeting_id), placed


def _changeable(session: Session, meeting_id: str) -> Meeting:
    return changeable(meetings.find(session, meeting_id), "no_meeting")


def _on_agenda(session: Session, meeting_id: str) -> Placed:
    agenda = items.of_meeting(session, meeting_id)
    return [(item_id, item) for item_id, item, removed in agenda if not removed]


def _find(placed: Placed, item_id: str) -> tuple[int, AgendaItem]:
    return next((rank, item) for rank, (each, item) in enumerate(placed) if each == item_id)


def _keep(session: Session, placed: Placed) -> None:
    """Keep the agenda in this order, with the numbers that go with it."""
    numbered = renumbered([item for _, item in placed])
    for rank, ((item_id, _), item) in enumerate(zip(placed, numbered, strict=True)):
        items.change(session, item_id, rank, item)
