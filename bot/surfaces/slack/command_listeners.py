"""What somebody types or points at: an agenda, or a word that asks for something else."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.domain.problem import Problem
from bot.surfaces.slack import figures_listeners, source_listeners, views
from bot.surfaces.slack.change_listeners import open_items
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.draft_listeners import ask_agenda, open_preview
from bot.surfaces.slack.find_listeners import list_meetings
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.message_text import text_of
from bot.surfaces.slack.names import Command, Shortcut
from bot.surfaces.slack.received import Body, caller_of, is_channel, words
from bot.surfaces.slack.refusals import code_of
from bot.surfaces.slack.setup_listeners import open_settings
from bot.surfaces.slack.subscription_listeners import open_subscriptions
from bot.usecases import draft_agenda, set_up_channel, show_meeting
from bot.usecases.toolbox import Caller

COMMANDS = ("paste", "agenda", "figures", "digest", "settings", "help")
PASTE, AGENDA, FIGURES, DIGEST, SETTINGS, HELP = COMMANDS
ALIKE = 0.8  # of 1; "aganda" is agenda


def register(app: App, desk: Desk) -> None:
    """Listen."""
    commanding = _Commanding(desk)
    app.command(Command.KLANTVRAAG)(acting(desk, commanding.called))
    app.shortcut(Shortcut.ADD_QUESTIONS)(acting(desk, commanding.pointed_at))


class _Commanding:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def called(self, body: Body) -> None:
        """/klantvraag: a form; with an agenda behind it, its preview; else what a word asks for."""
        self.desk.later(body, partial(self._called, body, words(body.get("text") or "").strip()))

    def pointed_at(self, body: Body) -> None:
        """A message with an agenda: its preview. It came with its text; nothing more is read."""
        self.desk.later(body, partial(self._pointed_at, body))

    def _called(self, body: Body, text: str) -> None:
        self._be_there(body)
        command = self._command(text) if text else PASTE
        if command == PASTE:
            ask_agenda(self.desk, body)
        elif command == AGENDA:
            list_meetings(self.desk, body)
        elif command == FIGURES:
            figures_listeners.show(self.desk, body)
        elif command == DIGEST:
            open_subscriptions(self.desk, body)
        elif command == SETTINGS:
            open_settings(self.desk, body)
        elif not command and draft_agenda.looks_like_agenda(text):
            open_preview(self.desk, body, text)
        else:
            unknown = "" if command else text
            self.desk.whisper(body, views.help_(unknown, self.desk.private(caller_of(body))))

    def _pointed_at(self, body: Body) -> None:
        self._be_there(body)
        message, caller = body["message"], caller_of(body)
        ours = f"{caller.channel}/{message.get('ts')}"
        if meeting_id := show_meeting.shown_at(self.toolbox, caller, ours):
            open_items(self.desk, body, meeting_id)
            return
        text = text_of(message)
        if message.get("files") and not draft_agenda.looks_like_agenda(text):
            raise Problem("only_file")
        if not text:
            raise Problem("no_agenda")
        open_preview(
            self.desk, body, text, source_listeners.source_of(self.desk, caller.channel, message)
        )

    def _command(self, text: str) -> str | None:
        """What a word means in any language, also when nearly spelled so; None for nothing."""
        known = {
            word: command
            for language in self.toolbox.prompts.texts
            for command in COMMANDS
            for word in self.desk.texts(language).say(f"slack.reply.{command}_words").split()
        }
        near = get_close_matches(text.casefold(), known, 1, ALIKE)
        return known[near[0]] if near else None

    def _be_there(self, body: Body) -> None:
        """Raise Problem "not_in_channel" where we aren't; introduce ourselves where we are new.

        Raises Repeated for what was delivered, and so answered, before.
        """
        self.toolbox.once(caller_of(body))
        caller = caller_of(body, once=False)
        if not is_channel(body):
            raise Problem("not_a_channel")
        channel = self._look_at_channel(caller)
        if not channel.get("is_member"):
            set_up_channel.left(self.toolbox, caller)
            raise Problem("not_in_channel")
        if not set_up_channel.is_introduced(self.toolbox, caller):
            set_up_channel.greet(self.toolbox, caller)
            self.desk.wake()
        if channel.get("id"):
            private = bool(channel.get("is_private"))
            set_up_channel.seen(self.toolbox, caller, channel.get("name"), private=private)

    def _look_at_channel(self, caller: Caller) -> Mapping[str, Any]:
        try:
            client = self.desk.client_for(caller.tenant)
            found: Mapping[str, Any] = client.conversations_info(channel=caller.channel)["channel"]
        except SlackApiError as error:
            if code_of(error) != "missing_scope":
                raise
            return {"is_member": True}  # posting will tell
        return found
