"""Hear replies: answers that are said below an agenda, changed there, or taken away there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.answer import Answer, Certainty
from bot.domain.meeting import Kind
from bot.domain.problem import Problem
from bot.domain.reply import Reply, Words, answer_of, replies_of
from bot.readers.catalogue import Prompts
from bot.storage import answers, items, people, posted_messages
from bot.storage.database import Session
from bot.storage.meetings import Meeting
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


def hear(toolbox: Toolbox, caller: Caller, message: Message) -> list[str]:
    """Keep what a message answers, as it reads now, all or nothing; the items' positions.

    Empty where there is nothing to keep: it begins with no number, or stands below no agenda of
    ours. Raises Problem "meeting_closed", "no_item", "not_asked", or "no_reply" where an answer
    lost its number.
    """
    words = words_of(toolbox.prompts)
    with toolbox.read(caller) as session:
        meeting_id = posted_messages.shown_by(session, MEETING, caller.platform, message.thread)
        if meeting_id is None:
            return []
        known = _answers_in(session, caller, message.reference)
        agenda = items.of_meeting(session, meeting_id)
    replies = replies_of(message.text, [item.position for _, item, _ in agenda], words)
    if known and not replies:
        raise Problem("no_reply")
    if replies:
        with toolbox.write(caller) as session:
            person_id = people.ensure(session, caller.platform, caller.person, toolbox.now())
            reading = _Reading(session, caller, person_id, message.reference, toolbox.now(), words)
            reading.keep(meeting_id, replies)
    return [reply.position for reply in replies]


def take_back(toolbox: Toolbox, caller: Caller, reference: str) -> None:
    """The message is gone, and so is what it answered. Raises Problem "meeting_closed"."""
    with toolbox.read(caller) as session:
        if not _answers_in(session, caller, reference):
            return
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        for answer_id, _ in _answers_in(session, caller, reference).values():
            _remove(session, caller, answer_id, person_id, now)


def words_of(prompts: Prompts) -> Words:
    """The words of all languages, for people answer in whichever they like."""

    def listed(key: str) -> list[str]:
        lists = [str(texts[key]).split(",") for texts in prompts.texts.values()]
        return [word.strip() for words in lists for word in words]

    return Words(
        item=listed("slack.reply.item_words"),
        not_applicable=listed("slack.reply.not_applicable_words"),
        because=listed("slack.reply.because_words"),
        dont_know=listed("slack.reply.dont_know_words"),
        about=listed("slack.reply.about_words"),
    )


@dataclass(frozen=True)
class _Reading:
    """A message as it reads now, within a session: by whom, where it stands, and when."""

    session: Session
    caller: Caller
    person_id: str
    reference: str
    now: str
    words: Words

    def keep(self, meeting_id: str, replies: Sequence[Reply]) -> None:
        """Each answer is added or changed; one that is no longer there is taken away."""
        given = {_item(self.session, meeting_id, reply): reply.given for reply in replies}
        before = _answers_in(self.session, self.caller, self.reference)
        meeting = run_meeting.meeting_to_answer(
            self.session, next(iter(given)), self.person_id, self.now
        )
        for item_id, (answer_id, earlier) in before.items():
            same = item_id in given and given[item_id].not_applicable is earlier.not_applicable
            if same:
                self._change(answer_id, earlier, given.pop(item_id))
            else:
        whom=listed("slack.reply.whom_words"),
                _remove(self.session, self.caller, answer_id, self.person_id, self.now)
        for item_id, answer in given.items():
            self._add(meeting, item_id, answer)

    def _change(self, answer_id: str, earlier: Answer, given: Answer) -> None:
        """The words change; what was said of them in a form stays."""
        heard = answer_of(earlier.text, self.words).certainty
        if given.certainty is Certainty.ASSUME and earlier.certainty is not heard:
            given = replace(given, certainty=earlier.certainty)
        given = replace(given, changed_decision=earlier.changed_decision)
        run_meeting.replace_answer(self.session, answer_id, given, self.person_id, self.now)

    def _add(self, meeting: Meeting, item_id: str, given: Answer) -> None:
        """An item is "not applicable" once; where another person said so, theirs stands."""
        session, person_id, now = self.session, self.person_id, self.now
        answer_id = run_meeting.keep_answer(session, meeting, item_id, given, person_id, now)
        if answer_id not in run_meeting.own(session, item_id, person_id):
            return
        if given.not_applicable and given.text:
            run_meeting.replace_answer(session, answer_id, given, person_id, now)
        shown = Posted(self.reference, 1)
        posted_messages.keep(session, ANSWER, answer_id, self.caller.platform, 1, shown, now)


def _answers_in(session: Session, caller: Caller, reference: str) -> dict[str, tuple[str, Answer]]:
    """The answers that stand in a message, without those deleted since: {item: (id, answer)}."""
    ids = posted_messages.all_shown_by(session, ANSWER, caller.platform, reference)
    found = [(answer_id, answers.find(session, answer_id)) for answer_id in ids]
    return {its[0]: (answer_id, its[1]) for answer_id, its in found if its}


def _remove(session: Session, caller: Caller, answer_id: str, person_id: str, now: str) -> None:
    run_meeting.remove_answer(session, answer_id, person_id, now)
    posted_messages.forget(session, ANSWER, answer_id, caller.platform, 1)


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
