"""Answers said in a thread below an agenda: new, changed, and taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from slack_bolt import App

from bot.domain.problem import Problem
from bot.surfaces.slack import journal, source_listeners, talk_listeners, views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import hearing
from bot.surfaces.slack.names import Event
from bot.surfaces.slack.received import Body, caller_of, words
from bot.surfaces.slack.refusals import code_of
from bot.usecases import hear_reply
from bot.usecases.hear_reply import Message

NOTED = "white_check_mark"
SAID, CHANGED, DELETED = {None, "thread_broadcast"}, "message_changed", "message_deleted"
# What else goes wrong is delivered again.
TOLD = {
    "not_on_agenda",
    "not_asked",
    "no_reply",
    "meeting_closed",
    "empty_answer",
    "meeting_withdrawn",
}


def register(app: App, desk: Desk) -> None:
    """Listen."""
    app.event(Event.MESSAGE)(hearing(_Thread(desk).hear))


class _Thread:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def hear(self, body: Body) -> None:
        """Whatever happens in a channel; what apps say, and what stands in no thread, passes by,
        but for a message that an agenda was read from, and where talk is counted."""
        talk_listeners.hear(self.desk, body)
        if source_listeners.hear(self.desk, body):
            return
        event = body["event"]
        subtype, before = event.get("subtype"), event.get("previous_message") or {}
        if subtype in SAID and _is_reply(event):
            self._told(body, self._keep, _message(body, event))
        elif subtype == CHANGED and _is_reply(event.get("message") or {}):
            now = event["message"]
            if now.get("text") != before.get("text"):
                # Without its words from before, its numbers are taken to mean what they did.
                said = before.get("text", now.get("text"))
                self._told(body, self._keep, _message(body, now, before=words(said or "")))
        elif subtype == DELETED and _is_reply(before):
            self._told(body, self._take_back, _message(body, before))

    def _keep(self, body: Body, message: Message) -> None:
        heard = hear_reply.hear(self.toolbox, caller_of(body), message)
        if heard.kept:
            self.desk.wake()
            self.desk.later(body, partial(self._acknowledge, body, message, heard.kept))
        if heard.already:
            say = partial(self._say, body, message, "slack.reply.noted_before", heard.already)
            self.desk.later(body, say)

    def _take_back(self, body: Body, message: Message) -> None:
        hear_reply.take_back(self.toolbox, caller_of(body), message)
        self.desk.wake()

    def _told(self, body: Body, work: Callable[[Body, Message], object], message: Message) -> None:
        """Whoever wrote is told once what hinders it."""
        try:
            work(body, message)
        except Problem as problem:
            if problem.code not in TOLD:
                raise
            self.toolbox.once(caller_of(body))
            self.desk.later(body, partial(self._refuse, body, message, problem))

    def _refuse(self, body: Body, message: Message, problem: Problem) -> None:
        meeting = hear_reply.meeting_above(self.toolbox, caller_of(body), message)
        self.desk.tell(body, problem, meeting)

    def _acknowledge(self, body: Body, message: Message, positions: Sequence[str]) -> None:
        """A reaction, else a sentence; whatever hinders both, the answer is kept."""
        caller = caller_of(body)
        try:
            self.desk.client_for(caller.tenant).reactions_add(
                channel=caller.channel, timestamp=message.reference.partition("/")[2], name=NOTED
            )
        except Exception as error:  # noqa: BLE001  it must not sound as if the answer failed
            match code_of(error):
                case "already_reacted":  # it was noted in another form before
                    return
                case "missing_scope":
                    pass
                case _:
                    journal.failure("not acknowledged", error, delivery=caller.delivery or "")
            self._say(body, message, "slack.reply.noted", positions)

    def _say(self, body: Body, message: Message, key: str, positions: Sequence[str]) -> None:
        caller = caller_of(body)
        try:
            meeting = hear_reply.meeting_above(self.toolbox, caller, message)
            said = self.desk.private(caller, meeting).say(key, position=", ".join(positions))
            self.desk.whisper(body, views.told(said))
        except Exception as error:  # noqa: BLE001
            journal.failure("not acknowledged", error, delivery=caller.delivery or "")


def _message(body: Body, message: Body, before: str | None = None) -> Message:
    channel = caller_of(body).channel
    return Message(
        reference=f"{channel}/{message['ts']}",
        thread=f"{channel}/{message['thread_ts']}",
        text=words(message.get("text") or ""),
        before=before,
    )


def _is_reply(message: Any) -> bool:
    """Said by a person, in a thread."""
    return bool(
        message.get("thread_ts")
        and message["thread_ts"] != message.get("ts")
        and message.get("user")
        and not message.get("bot_id")
    )
