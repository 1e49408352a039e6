"""Home: drawn when somebody opens it, from the channels they are in at that moment.

What is pressed there is about a channel that nothing but the record names. So who presses is looked
up in it again, and once more when they send an answer.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from http.client import HTTPException

from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.domain.language import LANGUAGES
from bot.domain.meeting import SUBJECT, State
from bot.domain.problem import Problem
from bot.surfaces.slack import journal, views, whereabouts
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.desk import HOME, Desk
from bot.surfaces.slack.listening import Answer, acting, hearing, submitted
from bot.surfaces.slack.names import Action, Event, Form, pattern, picked, record_of
from bot.surfaces.slack.received import Body, about_form, caller_of, of_form
from bot.surfaces.slack.refusals import code_of
from bot.usecases import remind_next_week, run_meeting, show_home, show_meeting
from bot.usecases.toolbox import Caller
from bot.wording.texts import Texts

# Problems that say that Home shows what is, or may be, no longer so.
OUTDATED = {"left_channel", "channels_unseen", "meeting_closed", "meeting_withdrawn", "no_item"}


def register(app: App, desk: Desk) -> None:
    """Listen."""
    home = _Home(desk)
    app.event(Event.HOME)(hearing(home.opened))
    app.action(pattern(Action.OPEN_AGENDA))(acting(desk, home.followed))
    app.action(pattern(Action.HOME_ANSWER))(acting(desk, home.ask))
    app.action(Action.LANGUAGE)(acting(desk, home.choose_language))
    app.action(Action.NEXT_WEEK)(acting(desk, home.choose_next_week))
    app.action(Action.STORED)(acting(desk, home.show_stored))
    app.action(Action.HELP)(acting(desk, home.help))
    app.view(Form.HOME_ANSWER)(submitted(desk, home.keep))


class _Home:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def opened(self, body: Body) -> None:
        """Somebody looks at the app: at its Home, or at what we told them alone."""
        if body["event"].get("tab") == HOME:
            self._redraw(body)

    def followed(self, body: Body) -> None:
        """Somebody went to an agenda; the button took them there."""

    def ask(self, body: Body) -> None:
        """Show the form of an item."""
        item_id = record_of(body["actions"][0]["action_id"])
        self.desk.later(body, partial(self._ask, body, item_id))

    def keep(self, body: Body) -> Answer:
        """Keep what was filled in."""
        given, asked = views.answers_of(body["view"]), of_form(body)
        if not given:
            raise Problem("empty_answer")
        caller = caller_of(body)
        place = show_home.place_of(self.toolbox, caller, asked["item"])
        whereabouts.refuse_absent(self.desk, caller, place)
        run_meeting.answer_questions(self.toolbox, caller, asked["item"], given, asked["title"])
        self.desk.wake()
        self._redraw(body)
        return None

    def choose_language(self, body: Body) -> None:
        """Have all that only this person reads in a language."""
        chosen = views.language_of(picked(body["actions"][0]))
        show_home.choose_language(self.toolbox, caller_of(body), chosen)
        self._redraw(body)

    def choose_next_week(self, body: Body) -> None:
        """Be told what is not prepared for next week, or never again."""
        wanted = bool(body["actions"][0].get("selected_options"))
        remind_next_week.remind(self.toolbox, caller_of(body), wanted=wanted)
        self._redraw(body)

    def show_stored(self, body: Body) -> None:
        """Show what is kept about who asks."""
        self.desk.later(body, partial(self._show_stored, body))

    def help(self, body: Body) -> None:
        """Show what to type in a channel."""
        self.desk.later(body, partial(self._help, body))

    def _ask(self, body: Body, item_id: str) -> None:
        try:
            form = self._answer_form(caller_of(body), item_id)
        except Problem as problem:
            if problem.code not in OUTDATED:
                raise
            self._draw(body, problem)
        else:
            self.desk.open_form(body, form)

    def _answer_form(self, caller: Caller, item_id: str) -> Block:
        place = show_home.place_of(self.toolbox, caller, item_id)
        whereabouts.refuse_absent(self.desk, caller, place)
        meeting, item = show_meeting.show_item(self.toolbox, caller, item_id)
        if meeting.state is State.CLOSED:
            raise Problem("meeting_closed")
        about = about_form(channel=place, item=item_id, title=item.item.title[:SUBJECT])
        texts = self.desk.private(replace(caller, channel=place), meeting)
        return views.answer_form(item, texts, about) | {"callback_id": Form.HOME_ANSWER.value}

    def _show_stored(self, body: Body) -> None:
        stored = show_home.show_stored(self.toolbox, caller_of(body))
        self.desk.open_form(body, views.stored_form(stored, self._texts(body)))

    def _help(self, body: Body) -> None:
        self.desk.open_form(body, views.help_form(self._texts(body)))

    def _texts(self, body: Body) -> Texts:
        """In the language of the Home on the screen."""
        return self.desk.texts(of_form(body)["language"])

    def _redraw(self, body: Body) -> None:
        self.desk.later(body, partial(self._draw, body))

    def _draw(self, body: Body, problem: Problem | None = None) -> None:
        """Show Home as it is now; where that fails, whoever looks opens it again."""
        try:
            self._publish(body, problem)
        except (SlackApiError, OSError, HTTPException) as error:
            journal.failure("home not drawn", error, code=code_of(error))

    def _publish(self, body: Body, problem: Problem | None) -> None:
        """Where Home changed since it was on the screen, a second look is newer than that."""
        seen = _seen(body)
        try:
            self.desk.publish_home(body, self._home(body, problem), seen)
        except SlackApiError as error:
            if seen is None or code_of(error) != "hash_conflict":
                raise
            self.desk.publish_home(body, self._home(body, problem))

    def _home(self, body: Body, problem: Problem | None) -> Block:
        """Home of who asks; when anything hinders looking, no record at all."""
        caller = caller_of(body)
        try:
            places = whereabouts.channels_of(self.desk, caller)
            if places is None:
                return views.home_of_outsider([self.desk.texts(name) for name in LANGUAGES])
            view = show_home.show_home(self.toolbox, caller, places)
        except Exception as error:  # noqa: BLE001  told and logged by the desk
            return views.home_unseen(self.desk.sentence(body, error))
        texts = self.desk.texts(view.language)
        said = views.error(problem, texts) if problem else ""
        return views.home(view, texts, self.desk.base, about_form(language=view.language), said)


def _seen(body: Body) -> str | None:
    """The hash of the Home that was on the screen; None where none was, or where it is not told."""
    view = body.get("view") or (body.get("event") or {}).get("view") or {}
    return view.get("hash") if view.get("type") == HOME else None
