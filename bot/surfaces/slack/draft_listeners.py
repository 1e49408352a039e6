"""From an agenda to a preview, and from there to a meeting."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from slack_bolt import App

from bot.domain.meeting import Kind
from bot.domain.problem import Problem
from bot.domain.view import ItemView
from bot.surfaces.slack import views
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.change_listeners import refuse_guests
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import Answer, acting, submitted
from bot.surfaces.slack.names import Action, Form, Pick, pattern, picked
from bot.surfaces.slack.names import record_of as of
from bot.surfaces.slack.received import Body, about_form, caller_of, of_form
from bot.usecases import draft_agenda
from bot.usecases.follow_source import Edited
from bot.usecases.preview_draft import DraftView
from bot.usecases.toolbox import Caller

ALL_CLOSED: Answer = {"response_action": "clear"}


def register(app: App, desk: Desk) -> None:
    """Listen."""
    drafting = _Drafting(desk)
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


def ask_agenda(desk: Desk, body: Body, channel: str | None = None) -> None:
    """Show the form to paste an agenda in; for a `channel` where that is another one."""
    caller = caller_of(body)
    caller = replace(caller, channel=channel or caller.channel)
    about = about_form(channel=caller.channel)
    desk.open_form(body, views.agenda_form(desk.private(caller), about))


def open_preview(desk: Desk, body: Body, text: str, message: Edited | None = None) -> None:
    """Read an agenda and show how; `message` is where it stands."""
    made = draft_agenda.draft(desk.toolbox, caller_of(body, once=False), text, message=message)
    desk.open_form(body, _form(desk, body, made, pushed=False))


class _Drafting:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def paste(self, body: Body) -> None:
        """Ask for an agenda."""
        self.desk.later(body, partial(ask_agenda, self.desk, body))

    def read(self, body: Body) -> Answer:
        """The agenda that was pasted becomes a preview, on top of its form."""
        caller = caller_of(body, once=False)
        text, meeting_id = views.agenda_of(body["view"]), of_form(body).get("meeting")
        made = draft_agenda.draft(self.toolbox, caller, text, meeting_id)
        return {"response_action": "push", "view": _form(self.desk, body, made, pushed=True)}

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
            form = _form(self.desk, body, changed, pushed=about.get("pushed") == "yes")
            texts = self.desk.private(caller, changed.meeting)
            said = texts.say("slack.preview.changed_meanwhile")
            return {"response_action": "update", "view": views.refused(form, said)}
        draft_agenda.post(self.toolbox, caller, about["draft"])
        self.desk.wake()
        return ALL_CLOSED

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
            form = _form(self.desk, body, draft, pushed=pushed)
            if form == drawn:
                return
            self.desk.update_form(body, view_id, form)
            drawn = form


def _form(desk: Desk, body: Body, draft: DraftView, *, pushed: bool) -> Block:
    """The preview; who may post an agenda may not therefore change one that is there.

    So it is looked up before each, as another title or day makes it one that is there.
    """
    caller = caller_of(body)
    if draft.updates or draft.returns:
        refuse_guests(desk, caller)
    remember = {
        "channel": caller.channel,
        "draft": draft.id,
        "base": draft.base,
        "pushed": "yes" if pushed else "",
    }
    texts = desk.private(caller, draft.meeting)
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
