"""From an agenda that was pasted, typed or pointed at to a preview, and from there to a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.domain.meeting import Kind
from bot.domain.problem import Problem
from bot.domain.view import ItemView
from bot.surfaces.slack import figures_listeners, source_listeners, views
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.change_listeners import open_items, refuse_guests
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.find_listeners import list_meetings
from bot.surfaces.slack.listening import Answer, acting, submitted
from bot.surfaces.slack.message_text import text_of
from bot.surfaces.slack.names import Action, Command, Form, Pick, Shortcut, pattern, picked
from bot.surfaces.slack.names import record_of as of
from bot.surfaces.slack.received import Body, about_form, caller_of, is_channel, of_form, words
from bot.surfaces.slack.refusals import code_of
from bot.surfaces.slack.setup_listeners import open_settings
from bot.usecases import draft_agenda, set_up_channel, show_meeting
from bot.usecases.follow_source import Edited
from bot.usecases.preview_draft import DraftView
from bot.usecases.toolbox import Caller

COMMANDS = ("paste", "agenda", "figures", "settings", "help")
PASTE, AGENDA, FIGURES, SETTINGS, HELP = COMMANDS
ALIKE = 0.8  # of 1; "aganda" is agenda
ALL_CLOSED: Answer = {"response_action": "clear"}


def register(app: App, desk: Desk) -> None:
    """Listen."""
    drafting = _Drafting(desk)
    app.command(Command.KLANTVRAAG)(acting(desk, drafting.called))
    app.shortcut(Shortcut.ADD_QUESTIONS)(acting(desk, drafting.pointed_at))
    app.action(Action.PASTE)(acting(desk, drafting.paste))
    app.view(Form.AGENDA)(submitted(desk, drafting.read))
    app.action(pattern(Action.DRAFT_MENU))(acting(desk, drafting.change_item))
    app.action(pattern(Action.ASK_ANYWAY))(acting(desk, drafting.ask_anyway))
    app.action(pattern(Action.CARRY))(acting(desk, drafting.carry))
    app.action(pattern(Action.RETITLE))(acting(desk, drafting.retitle))
    app.view(Form.PREVIEW_QUESTION)(submitted(desk, drafting.swap))
    app.view(Form.PREVIEW_ITEM)(submitted(desk, drafting.keep_item_title))
    app.view(Form.PREVIEW_TITLE)(submitted(desk, drafting.keep_title))
    app.view(Form.PREVIEW)(submitted(desk, drafting.post, repeated=ALL_CLOSED))


class _Drafting:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def called(self, body: Body) -> None:
        """/klantvraag: a form; with an agenda behind it, its preview; else what a word asks for."""
        self.desk.later(body, partial(self._called, body, words(body.get("text") or "").strip()))

    def pointed_at(self, body: Body) -> None:
        """A message with an agenda: its preview. It came with its text; nothing more is read."""
        self.desk.later(body, partial(self._pointed_at, body))

    def paste(self, body: Body) -> None:
        """Ask for an agenda."""
        self.desk.later(body, partial(self._ask, body))

    def read(self, body: Body) -> Answer:
        """The agenda that was pasted becomes a preview, on top of its form."""
        caller = caller_of(body, once=False)
        text, meeting_id = views.agenda_of(body["view"]), of_form(body).get("meeting")
        made = draft_agenda.draft(self.toolbox, caller, text, meeting_id)
        return {"response_action": "push", "view": self._form(body, made, pushed=True)}

    def change_item(self, body: Body) -> None:
        """Another question, no question, another title, or left out."""
        action, about = body["actions"][0], of_form(body)
        change, _, key = picked(action).partition(":")
        index = int(of(action["action_id"]))
        if change == Pick.RENAME:
            self.desk.later(body, partial(self._ask_title, body, index))
            return
        caller, draft_id = caller_of(body), about["draft"]
        if change == Pick.DROP:
            draft_agenda.drop(self.toolbox, caller, draft_id, index)
        elif change == Pick.NO_QUESTION:
            self._turn(body, index, Kind.PROCEDURAL)
        elif key:
            draft_agenda.other_question(self.toolbox, caller, draft_id, index, key)
        else:
            self.desk.later(body, partial(self._ask_question, body, index))
            return
        self._redraw(body, body["view"]["id"])

    def ask_anyway(self, body: Body) -> None:
        """A question for an item that got none."""
        self._turn(body, int(picked(body["actions"][0])), Kind.SUBSTANTIVE)
        self._redraw(body, body["view"]["id"])

    def carry(self, body: Body) -> None:
        """Take along what the last meeting left open, or leave it."""
        along, draft_id = bool(body["actions"][0].get("selected_options")), of_form(body)["draft"]
        draft_agenda.carry(self.toolbox, caller_of(body), draft_id, along=along)
        self._redraw(body, body["view"]["id"])

    def retitle(self, body: Body) -> None:
        """Ask for another title and day."""
        self.desk.later(body, partial(self._ask_title, body, None))

    def swap(self, body: Body) -> Answer:
        """Another question instead of the chosen one."""
        about, key = of_form(body), views.question_of(body["view"])
        index = int(about["item"])
        draft_agenda.other_question(self.toolbox, caller_of(body), about["draft"], index, key)
        self._redraw(body, about["below"])
        return None

    def keep_item_title(self, body: Body) -> Answer:
        """Another title for an item."""
        about, title = of_form(body), views.title_of(body["view"])
        index = int(about["item"])
        draft_agenda.rename(self.toolbox, caller_of(body), about["draft"], index, title)
        self._redraw(body, about["below"])
        return None

    def keep_title(self, body: Body) -> Answer:
        """Another title and day for the meeting."""
        about, view = of_form(body), body["view"]
        title, day = views.title_of(view), views.day_of(view)
        draft_agenda.retitle(self.toolbox, caller_of(body), about["draft"], title, day)
        self._redraw(body, about["below"])
        return None

    def post(self, body: Body) -> Answer:
        """The draft becomes a meeting; its message comes from the sender."""
        caller, about = caller_of(body), of_form(body)
        along = views.carries(body["view"])
        if along is not None:  # Slack may deliver the tick after the button that came after it
            draft_agenda.settle_carry(self.toolbox, caller, about["draft"], along=along)
        changed = draft_agenda.outdated(self.toolbox, caller, about["draft"], about.get("base", ""))
        if changed:
            form = self._form(body, changed, pushed=about.get("pushed") == "yes")
            texts = self.desk.private(caller, changed.meeting)
            said = texts.say("slack.preview.changed_meanwhile")
            return {"response_action": "update", "view": views.refused(form, said)}
        draft_agenda.post(self.toolbox, caller, about["draft"])
        self.desk.wake()
        return ALL_CLOSED

    def _called(self, body: Body, text: str) -> None:
        self._be_there(body)
        command = self._command(text) if text else PASTE
        if command == PASTE:
            self._ask(body)
        elif command == AGENDA:
            list_meetings(self.desk, body)
        elif command == FIGURES:
            figures_listeners.show(self.desk, body)
        elif command == SETTINGS:
            open_settings(self.desk, body)
        elif not command and draft_agenda.looks_like_agenda(text):
            self._preview(body, text)
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
        self._preview(body, text, source_listeners.source_of(self.desk, caller.channel, message))

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
        if channel.get("name"):
            set_up_channel.name(self.toolbox, caller, str(channel["name"]))

    def _look_at_channel(self, caller: Caller) -> Mapping[str, Any]:
        try:
            client = self.desk.client_for(caller.tenant)
            found: Mapping[str, Any] = client.conversations_info(channel=caller.channel)["channel"]
        except SlackApiError as error:
            if code_of(error) != "missing_scope":
                raise
            return {"is_member": True}  # posting will tell
        return found

    def _ask(self, body: Body) -> None:
        caller = caller_of(body)
        about = about_form(channel=caller.channel)
        self.desk.open_form(body, views.agenda_form(self.desk.private(caller), about))

    def _preview(self, body: Body, text: str, message: Edited | None = None) -> None:
        caller = caller_of(body, once=False)
        made = draft_agenda.draft(self.toolbox, caller, text, message=message)
        self.desk.open_form(body, self._form(body, made, pushed=False))

    def _ask_title(self, body: Body, index: int | None) -> None:
        caller, about = caller_of(body), of_form(body)
        shown = draft_agenda.show_draft(self.toolbox, caller, about["draft"]).meeting
        texts = self.desk.private(caller, shown)
        remember = {**about, "below": body["view"]["id"]}
        if index is None:
            form = views.title_form(shown, texts, about_form(**remember))
        else:
            item = self._item(caller, about["draft"], index)
            form = views.item_form(item, texts, about_form(**remember, item=str(index)))
        self.desk.open_form(body, form)

    def _ask_question(self, body: Body, index: int) -> None:
        caller, about = caller_of(body), of_form(body)
        item = self._item(caller, about["draft"], index)
        if not item.unanswered:
            raise Problem("no_question")
        remember = about_form(**about, below=body["view"]["id"], item=str(index))
        form = views.question_form(Form.PREVIEW_QUESTION, item, self.desk.private(caller), remember)
        self.desk.open_form(body, form)

    def _item(self, caller: Caller, draft_id: str, index: int) -> ItemView:
        shown = draft_agenda.show_draft(self.toolbox, caller, draft_id).meeting
        found = [it for it in shown.items if it.id == str(index)]
        if not found:
            raise Problem("no_item")
        return found[0]

    def _turn(self, body: Body, index: int, kind: Kind) -> None:
        draft_id = of_form(body)["draft"]
        draft_agenda.turn_kind(self.toolbox, caller_of(body), draft_id, index, kind)

    def _redraw(self, body: Body, view_id: str) -> None:
        """Show the draft in the preview with this id."""
        self.desk.later(body, partial(self._show_as_it_is, body, view_id))

    def _show_as_it_is(self, body: Body, view_id: str) -> None:
        """The draft as it is when it is drawn; until what was drawn is what it is.

        Taps in a row are drawn in any order. Whoever is last to draw looks last, so what stays on
        the screen is the draft; Slack's own `hash` would refuse the second of two taps.
        """
        about, caller, drawn = of_form(body), caller_of(body), None
        pushed = about.get("pushed") == "yes"
        while True:
            draft = draft_agenda.show_draft(self.toolbox, caller, about["draft"])
            form = self._form(body, draft, pushed=pushed)
            if form == drawn:
                return
            self.desk.update_form(body, view_id, form)
            drawn = form

    def _form(self, body: Body, draft: DraftView, *, pushed: bool) -> Block:
        """The preview; who may post an agenda may not therefore change one that is there.

        So it is looked up before each, as another title or day makes it one that is there.
        """
        caller = caller_of(body)
        if draft.updates or draft.returns:
            refuse_guests(self.desk, caller)
        remember = {
            "channel": caller.channel,
            "draft": draft.id,
            "base": draft.base,
            "pushed": "yes" if pushed else "",
        }
        texts = self.desk.private(caller, draft.meeting)
        about = about_form(**remember)
        return views.preview(
            draft.meeting,
            draft.id,
            texts,
            about,
            pushed=pushed,
            updates=draft.updates,
            returns=draft.returns,
            goes=draft.goes,
            offer=draft.offer,
            carries=draft.carries,
        )
