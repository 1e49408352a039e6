"""Hear replies: answers that are said below an agenda, changed there, or taken away there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.answer import Answer, Certainty
from bot.domain.meeting import Kind
from bot.domain.problem import Problem
from bot.domain.reply import Reply, reply_of
from bot.storage import answers, items, people, posted_messages
from bot.storage.database import Session
from bot.storage.posted_messages import Posted
from bot.usecases import run_meeting
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox

ANSWER = "answer"  # the kind of record that a reply shows


@dataclass(frozen=True)
class Message:
    """What somebody said: where it stands ("C123/1712.0001"), below what, and its words."""

    reference: str
    thread: str
    text: str


def hear(toolbox: Toolbox, caller: Caller, message: Message) -> str | None:
    """Keep what a message answers, as it reads now; the item's position.

    None where there is nothing to keep: it begins with no number, or stands below no agenda of
    ours. Raises Problem "meeting_closed", "no_item", "not_asked", or "no_reply" where an answer
    lost its number.
    """
    with toolbox.read(caller) as session:
        meeting_id = posted_messages.shown_by(session, MEETING, caller.platform, message.thread)
        known = _answer_of(session, caller, message.reference)
    reply = reply_of(message.text)
    if meeting_id is None or (reply is None and known is None):
        return None
    if reply is None:
        raise Problem("no_reply")
    with toolbox.write(caller) as session:
        _keep(session, toolbox, caller, (meeting_id, message.reference), reply)
    return reply.position


def take_back(toolbox: Toolbox, caller: Caller, reference: str) -> None:
    """The message is gone, and so is what it answered. Raises Problem "meeting_closed"."""
    with toolbox.read(caller) as session:
        known = _answer_of(session, caller, reference)
    if known is None:
        return
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        run_meeting.remove_answer(session, known, person_id, now)
        posted_messages.forget(session, ANSWER, known, caller.platform, 1)


def _keep(
    session: Session, toolbox: Toolbox, caller: Caller, place: tuple[str, str], reply: Reply
) -> None:
    """Add the answer, or change it; one that moved to another item is taken away there."""
    (meeting_id, reference), now = place, toolbox.now()
    person_id = people.ensure(session, caller.platform, caller.person, now)
    item_id = _item(session, meeting_id, reply)
    known = _answer_of(session, caller, reference)
    earlier = answers.find(session, known) if known else None
    if known and earlier and earlier[0] == item_id:
        given = replace(earlier[1], text=reply.text)
        run_meeting.replace_answer(session, known, given, person_id, now)
        return
    meeting = run_meeting.meeting_to_answer(session, item_id, person_id, now)
    if known:
        run_meeting.remove_answer(session, known, person_id, now)
        posted_messages.forget(session, ANSWER, known, caller.platform, 1)
    given = Answer(reply.text, Certainty.ASSUME)
    answer_id = run_meeting.keep_answer(session, meeting, item_id, given, person_id, now)
    shown = Posted(reference, 1)
    posted_messages.keep(session, ANSWER, answer_id, caller.platform, 1, shown, now)


def _answer_of(session: Session, caller: Caller, reference: str) -> str | None:
    """The id of the answer that stands in a message, unless it was deleted since."""
    answer_id = posted_messages.shown_by(session, ANSWER, caller.platform, reference)
    return answer_id if answer_id and answers.find(session, answer_id) else None


def _item(session: Session, meeting_id: str, reply: Reply) -> str:
    """The item a reply is about."""
    numbered = [
        (item_id, item.kind)
        for item_id, item, removed in items.of_meeting(session, meeting_id)
        if item.position.casefold() == reply.position and not removed
    ]
    asked = [item_id for item_id, kind in numbered if kind is Kind.SUBSTANTIVE]
    if not asked:
        raise Problem("not_asked" if numbered else "no_item", position=reply.position)
    return asked[0]
