"""Hear replies: answers that are said below an agenda, changed there, or taken away there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.answer import Answer, Certainty
from bot.domain.meant import items_meant
from bot.domain.problem import Problem
from bot.domain.reply import Reply, Words, answer_of, replies_of
from bot.domain.view import MeetingView
from bot.readers.catalogue import Prompts
from bot.storage import answers, deliveries, items, people, posted_messages
from bot.storage.database import Session
from bot.storage.posted_messages import Posted
from bot.usecases import run_meeting, show_meeting
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox

ANSWER = "answer"  # the kind of record that a reply shows
Standing = Mapping[str, tuple[str, Answer]]  # the answers in a message: {item: (id, answer)}


@dataclass(frozen=True)
class Message:
    """What somebody said: where it stands ("C123/1712.0001"), below what, and its words.

    `before` are its words before it was changed, None for a message that is new.
    """

    reference: str
    thread: str
    text: str = ""
    before: str | None = None


@dataclass(frozen=True)
class Heard:
    """The positions of the items whose answers are kept, and of those that were "not applicable"
    already, where nothing changed."""

    kept: Sequence[str] = ()
    already: Sequence[str] = ()


def hear(toolbox: Toolbox, caller: Caller, message: Message) -> Heard:
    """Keep what a message answers, as it reads now, all or nothing.

    Nothing is heard in what begins with no number, stands below no agenda of ours, or is new but
    comes after its own change. Raises Problem "meeting_closed", "not_on_agenda", "not_asked", or
    "no_reply" where an answer lost its number.
    """
    words = words_of(toolbox.prompts)
    with toolbox.read(caller) as session:
        meeting_id = _meeting_above(session, caller, message)
        if meeting_id is None:
            return Heard()
        known = _answers_in(session, caller, message.reference)
        positions = [item.position for _, item, _ in items.of_meeting(session, meeting_id)]
    replies = replies_of(message.text, positions, words)
    is_new = message.before is None
    if known and not replies and not is_new:
        raise Problem("no_reply")
    if is_new and not replies:
        return Heard()
    with toolbox.write(caller) as session:
        is_first = _is_first(session, message, toolbox.now())
        if not replies or (is_new and not is_first):
            return Heard()
        person_id = people.ensure(session, caller.platform, caller.person, toolbox.now())
        reading = _Reading(session, caller, person_id, message.reference, toolbox.now(), words)
        return reading.keep(meeting_id, replies, replies_of(message.before or "", positions, words))


def take_back(toolbox: Toolbox, caller: Caller, message: Message) -> None:
    """The message is gone, and so is what it answered. Raises Problem "meeting_closed"."""
    with toolbox.read(caller) as session:
        known = _answers_in(session, caller, message.reference)
        if not known and _meeting_above(session, caller, message) is None:
            return
    now = toolbox.now()
    with toolbox.write(caller) as session:
        _is_first(session, message, now)
        for answer_id, _ in _answers_in(session, caller, message.reference).values():
            person_id = people.ensure(session, caller.platform, caller.person, now)
            _remove(session, caller, answer_id, person_id, now)


def meeting_above(toolbox: Toolbox, caller: Caller, message: Message) -> MeetingView | None:
    """The meeting whose agenda a message stands below."""
    with toolbox.read(caller) as session:
        meeting_id = _meeting_above(session, caller, message)
        return show_meeting.view_of(session, meeting_id) if meeting_id else None


def words_of(prompts: Prompts) -> Words:
    """The words of all languages, for people answer in whichever they like."""

    def listed(key: str) -> list[str]:
        lists = [str(texts[key]).split(",") for texts in prompts.texts.values()]
        return [word.strip() for words in lists for word in words]

    return Words(
        item=listed("slack.reply.item_words"),
        not_applicable=listed("slack.reply.not_applicable_words"),
        because=listed("slack.reply.because_words"),
        whom=listed("slack.reply.whom_words"),
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

    def keep(self, meeting_id: str, replies: Sequence[Reply], earlier: Sequence[Reply]) -> Heard:
        """Each answer is added or changed; one that is no longer there is taken away.

        `earlier`: how the message read before it was changed.
        """
        before = _answers_in(self.session, self.caller, self.reference)
        standing = {item_id: answer for item_id, (_, answer) in before.items()}
        agenda = items.of_meeting(self.session, meeting_id)
        meant = items_meant(replies, earlier, standing, agenda)
        given: dict[str, Answer] = {}
        for reply in replies:
            item_id = meant[reply.position]
            given[item_id] = _together(given.get(item_id), reply.given)
        reasons = {reply.given.text for reply in earlier if reply.given.not_applicable}
        kept = self._keep(given, before, reasons)
        return Heard(
            kept=[position for position, item_id in meant.items() if item_id in kept],
            already=[position for position, item_id in meant.items() if item_id not in kept],
        )

    def _keep(
        self, given: Mapping[str, Answer], before: Standing, reasons: Collection[str]
    ) -> set[str]:
        """The items whose answers are kept."""
        run_meeting.meeting_to_answer(self.session, next(iter(given)), self.person_id, self.now)
        changed = set()
        for item_id, (answer_id, earlier) in before.items():
            same = item_id in given and given[item_id].not_applicable is earlier.not_applicable
            if same:
                self._change(answer_id, earlier, given[item_id])
                changed.add(item_id)
            else:
                _remove(self.session, self.caller, answer_id, self.person_id, self.now)
        return changed | {
            item_id
            for item_id in given
            if item_id not in changed and self._add(item_id, given[item_id], reasons)
        }

    def _change(self, answer_id: str, earlier: Answer, given: Answer) -> None:
        """The words change; what was said of them in a form stays."""
        heard = answer_of(earlier.text, self.words).certainty
        if given.certainty is Certainty.ASSUME and earlier.certainty is not heard:
            given = replace(given, certainty=earlier.certainty)
        given = replace(given, changed_decision=earlier.changed_decision)
        run_meeting.replace_answer(self.session, answer_id, given, self.person_id, self.now)

    def _add(self, item_id: str, given: Answer, reasons: Collection[str]) -> bool:
        """Whether it is kept: an item is "not applicable" once, and the first who says so counts.

        A reason completes one without, and replaces one of these, which came from this message.
        """
        session, person_id, now = self.session, self.person_id, self.now
        answer_id = run_meeting.keep_answer(session, item_id, given, person_id, now)
        standing = run_meeting.own(session, item_id, person_id).get(answer_id)
        if standing:
            shown = Posted(self.reference, 1)
            posted_messages.keep(session, ANSWER, answer_id, self.caller.platform, 1, shown, now)
        adopts = standing or _text(session, answer_id) in {"", *reasons}
        if given.not_applicable and given.text and adopts:
            run_meeting.replace_answer(session, answer_id, given, person_id, now)
        return bool(standing or (given.text and adopts))


def _answers_in(session: Session, caller: Caller, reference: str) -> Standing:
    """The answers that stand in a message, without those deleted since."""
    ids = posted_messages.all_shown_by(session, ANSWER, caller.platform, reference)
    found = [(answer_id, answers.find(session, answer_id)) for answer_id in ids]
    return {its[0]: (answer_id, its[1]) for answer_id, its in found if its}


def _remove(session: Session, caller: Caller, answer_id: str, person_id: str, now: str) -> None:
    run_meeting.remove_answer(session, answer_id, person_id, now)
    posted_messages.forget(session, ANSWER, answer_id, caller.platform, 1)


def _together(first: Answer | None, second: Answer) -> Answer:
    """Two numbers may mean one item, an old and a new one; nothing that was said gets lost."""
    return replace(second, text=f"{first.text}\n{second.text}") if first else second


def _text(session: Session, answer_id: str) -> str:
    found = answers.find(session, answer_id)
    return found[1].text if found else ""


def _meeting_above(session: Session, caller: Caller, message: Message) -> str | None:
    return posted_messages.shown_by(session, MEETING, caller.platform, message.thread)


def _is_first(session: Session, message: Message, now: str) -> bool:
    """Whether nothing was heard of this message yet; from now on it is remembered."""
    return deliveries.first(session, f"said:{message.reference}", now)
