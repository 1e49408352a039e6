"""Answers: in a form, or by one tap."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from slack_bolt import App

from bot.domain.answer import Answer, Change
from bot.domain.meeting import SUBJECT
from bot.domain.problem import Problem
from bot.surfaces.slack import journal, note_listeners, views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import Answer as FormAnswer
from bot.surfaces.slack.listening import acting, submitted
from bot.surfaces.slack.names import Action, Form, Pick, pattern, picked, record_of
from bot.surfaces.slack.received import Body, about_form, caller_of, of_form
from bot.usecases import run_meeting, show_meeting


def register(app: App, desk: Desk) -> None:
    """Listen."""
    answering = _Answering(desk)
    app.view(Form.ANSWER)(submitted(desk, answering.keep))
    app.action(pattern(Action.ANSWER))(acting(desk, answering.ask))
    app.action(pattern(Action.ITEM_MENU))(acting(desk, answering.choose))
    app.action(pattern(Action.NOT_APPLICABLE))(acting(desk, answering.not_applicable))
    app.action(pattern(Action.REASON))(acting(desk, answering.give_reason))
    app.action(pattern(Action.OTHER_REASON))(acting(desk, answering.ask_reason))
    app.action(pattern(Action.UNDO))(acting(desk, answering.undo))
    app.view(Form.CHANGE_ANSWERS)(submitted(desk, answering.change))
    app.view(Form.REASON)(submitted(desk, answering.keep_reason))


class _Answering:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def ask(self, body: Body) -> None:
        """Show the form of an item."""
        self.desk.later(body, partial(self._ask, body, _record(body)))

    def choose(self, body: Body) -> None:
        """Add to an item's answers, change one's own, take a note, or read them all."""
        show: Callable[[Body, str], None]
        match picked(body["actions"][0]):
            case Pick.CHANGE:
                show = self._ask_changes
            case Pick.READ:
                show = self._read
            case Pick.NOTE:
                show = partial(note_listeners.ask_own, self.desk)
            case _:
                show = self._ask
        self.desk.later(body, partial(show, body, _record(body)))

    def not_applicable(self, body: Body) -> None:
        """One tap; the reason is asked afterwards."""
        item_id = picked(body["actions"][0])
        answer_id = run_meeting.answer(self.toolbox, caller_of(body), item_id, Answer("", None))
        self.desk.wake()
        self.desk.later(body, partial(self._ask_why, body, item_id, answer_id))

    def give_reason(self, body: Body) -> None:
        """Why it does not apply, by a button."""
        answer_id, reason = _record(body).partition(":")[0], picked(body["actions"][0])
        self._keep_reason(body, answer_id, reason)
        self.desk.later(body, partial(self._thank, body, answer_id, reason))

    def ask_reason(self, body: Body) -> None:
        """Why it does not apply, in one's own words."""
        self.desk.later(body, partial(self._ask_reason, body, _record(body)))

    def undo(self, body: Body) -> None:
        """It does apply after all."""
        caller = caller_of(body)
        (item_id,) = run_meeting.change_own_answers(self.toolbox, caller, {_record(body): None})
        self.desk.wake()
        self.desk.later(body, partial(self._say_undone, body, item_id))

    def keep(self, body: Body) -> FormAnswer:
        """Keep what was filled in."""
        given, asked = views.answers_of(body["view"]), of_form(body)
        if not given:
            raise Problem("empty_answer")
        run_meeting.answer_questions(
            self.toolbox, caller_of(body), asked["item"], given, asked.get("title")
        )
        self.desk.wake()
        return None

    def change(self, body: Body) -> FormAnswer:
        """Change or delete answers of one's own."""
        changes = dict(views.changes_of(body["view"]))
        run_meeting.change_own_answers(self.toolbox, caller_of(body), changes)
        self.desk.wake()
        return None

    def keep_reason(self, body: Body) -> FormAnswer:
        """Keep why it does not apply."""
        answer_id, reason = of_form(body)["answer"], views.reason_of(body["view"])
        self._keep_reason(body, answer_id, reason)
        if url := of_form(body).get("whisper"):
            whispered = {**body, "response_url": url}
            self.desk.later(body, partial(self._replace_whisper, whispered, answer_id, reason))
        return None

    def _keep_reason(self, body: Body, answer_id: str, reason: str) -> None:
        change = {answer_id: Change(reason, None)}
        run_meeting.change_own_answers(self.toolbox, caller_of(body), change)
        self.desk.wake()

    def _ask(self, body: Body, item_id: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_item(self.toolbox, caller, item_id)
        title = item.item.title[:SUBJECT]
        about = about_form(channel=caller.channel, item=item_id, title=title)
        self.desk.open_form(
            body, views.answer_form(item, self.desk.private(caller, meeting), about)
        )

    def _read(self, body: Body, item_id: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_item(self.toolbox, caller, item_id)
        self.desk.open_form(body, views.read_form(item, self.desk.private(caller, meeting)))

    def _ask_changes(self, body: Body, item_id: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_item(self.toolbox, caller, item_id)
        mine = run_meeting.own_answers(self.toolbox, caller, item_id)
        if not mine:
            raise Problem("no_own_answer")
        about = about_form(channel=caller.channel, item=item_id)
        self.desk.open_form(
            body, views.change_form(item, mine, self.desk.private(caller, meeting), about)
        )

    def _ask_reason(self, body: Body, answer_id: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_answered(self.toolbox, caller, answer_id)
        whisper = str(body.get("response_url") or "")
        about = about_form(channel=caller.channel, answer=answer_id, whisper=whisper)
        self.desk.open_form(
            body, views.reason_form(item, self.desk.private(caller, meeting), about)
        )

    def _ask_why(self, body: Body, item_id: str, answer_id: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_item(self.toolbox, caller, item_id)
        texts = self.desk.private(caller, meeting)
        mine = {one.id for one in run_meeting.own_answers(self.toolbox, caller, item_id)}
        if answer_id in mine:
            customer = self.desk.about(caller, meeting, texts).customer
            kept = views.reasons(meeting.customer, self.desk.texts(meeting.language))
            message = views.not_applicable(item, answer_id, customer, texts, kept)
        else:
            message = views.noted_before(item, texts)
        self.desk.whisper(body, message)

    def _replace_whisper(self, body: Body, answer_id: str, reason: str) -> None:
        """Its url is good for half an hour; whatever hinders it, the reason is kept."""
        try:
            self._thank(body, answer_id, reason)
        except Exception as error:  # noqa: BLE001  it must not sound as if the reason was lost
            journal.failure("not acknowledged", error, delivery=caller_of(body).delivery or "")

    def _say_undone(self, body: Body, item_id: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_item(self.toolbox, caller, item_id)
        message = views.undone(item, self.desk.private(caller, meeting))
        self.desk.whisper(body, message, replace=True)

    def _thank(self, body: Body, answer_id: str, reason: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_answered(self.toolbox, caller, answer_id)
        message = views.reason_noted(item, answer_id, reason, self.desk.private(caller, meeting))
        self.desk.whisper(body, message, replace=True)


def _record(body: Body) -> str:
    return record_of(body["actions"][0]["action_id"])
