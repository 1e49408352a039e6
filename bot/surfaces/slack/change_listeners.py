"""An agenda changed in its channel: item by item, pasted again, withdrawn, put at the bottom.

Any full member of the channel may: who opens the form is looked up, and only who opened it can use
it. Guests and people of other organisations answer, but what is on the agenda is not theirs.
"""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.surfaces.slack import membership, views
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import Answer, acting, submitted
from bot.surfaces.slack.names import Action, Form, Pick, pattern, picked, record_of
from bot.surfaces.slack.received import Body, about_form, caller_of, of_form
from bot.usecases import change_items, show_meeting, withdraw_meeting
from bot.usecases.toolbox import Caller
from bot.wording import agenda_retyped


def register(app: App, desk: Desk) -> None:
    """Listen; the menu of the meeting has another listener, which asks here."""
    changing = _Changing(desk)
    app.action(pattern(Action.CHANGE_ITEM))(acting(desk, changing.change))
    app.action(pattern(Action.ADD_ITEM))(acting(desk, changing.add))
    app.action(pattern(Action.PASTE_AGAIN))(acting(desk, changing.paste))
    app.view(Form.NEW_ITEM)(submitted(desk, changing.keep_new))
    app.view(Form.ITEM_TITLE)(submitted(desk, changing.keep_title))
    app.view(Form.OTHER_QUESTION)(submitted(desk, changing.swap))
    app.view(Form.WITHDRAW)(submitted(desk, partial(_withdraw, desk)))


def open_items(desk: Desk, body: Body, meeting_id: str) -> None:
    """Show the items of a meeting, to be changed."""
    refuse_guests(desk, caller_of(body))
    desk.open_form(body, _items(desk, body, meeting_id))


def ask_withdrawal(desk: Desk, body: Body, meeting_id: str) -> None:
    """Say what withdrawing does, and ask whether that is meant."""
    caller = caller_of(body)
    refuse_guests(desk, caller)
    meeting = show_meeting.show(desk.toolbox, caller, meeting_id)
    about = about_form(channel=caller.channel, meeting=meeting_id)
    desk.open_form(body, views.withdraw_form(desk.private(caller, meeting), about))


def put_at_bottom(desk: Desk, body: Body, meeting_id: str) -> None:
    """Have the agenda posted anew; after the ack, as it is looked up first who asks."""
    caller = caller_of(body)
    refuse_guests(desk, caller)
    withdraw_meeting.put_at_bottom(desk.toolbox, caller, meeting_id)
    desk.wake()


def refuse_guests(desk: Desk, caller: Caller) -> None:
    """Raise Problem "only_members_change" for who may not change an agenda."""
    membership.refuse_guests(desk, caller, Problem("only_members_change"))


def _withdraw(desk: Desk, body: Body) -> Answer:
    withdraw_meeting.withdraw(desk.toolbox, caller_of(body), of_form(body)["meeting"])
    desk.wake()
    return None


def _items(desk: Desk, body: Body, meeting_id: str) -> Block:
    caller = caller_of(body)
    meeting = show_meeting.show(desk.toolbox, caller, meeting_id)
    if meeting.state is State.CLOSED:
        raise Problem("meeting_closed")
    about = about_form(channel=caller.channel, meeting=meeting_id)
    return views.items_form(meeting, desk.private(caller, meeting), about)


class _Changing:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def change(self, body: Body) -> None:
        """Move an item, skip it or not, ask it something else; another title is asked for."""
        action, caller = body["actions"][0], caller_of(body)
        pick, _, key = picked(action).partition(":")
        item_id = record_of(action["action_id"])
        match pick:
            case Pick.UP | Pick.DOWN:
                change_items.move_item(self.toolbox, caller, item_id, up=pick == Pick.UP)
            case Pick.SKIP:
                change_items.skip_item(self.toolbox, caller, item_id)
            case Pick.DISCUSS:
                change_items.discuss_item(self.toolbox, caller, item_id)
            case Pick.OTHER_QUESTION if key:
                change_items.swap_question(self.toolbox, caller, item_id, key)
            case _:
                self.desk.later(body, partial(self._ask, body, pick, item_id))
                return
        self._changed(body, body["view"]["id"])

    def add(self, body: Body) -> None:
        """Ask for a new item."""
        self.desk.later(body, partial(self._ask_new, body))

    def paste(self, body: Body) -> None:
        """The form becomes the one with the agenda as text.

        Pushed on top it would leave no room: a preview and the title of an item come on top of it,
        and Slack shows three forms at most.
        """
        self.desk.later(body, partial(self._paste, body))

    def keep_new(self, body: Body) -> Answer:
        """One more item."""
        line, after = views.new_item_of(body["view"])
        about = of_form(body)
        change_items.add_item(self.toolbox, caller_of(body), about["meeting"], line, after)
        return self._changed(body, about["below"])

    def keep_title(self, body: Body) -> Answer:
        """Another title for an item."""
        about, title = of_form(body), views.title_of(body["view"])
        change_items.rename_item(self.toolbox, caller_of(body), about["item"], title)
        return self._changed(body, about["below"])

    def swap(self, body: Body) -> Answer:
        """Another question instead of the chosen one."""
        about, key = of_form(body), views.question_of(body["view"])
        change_items.swap_question(self.toolbox, caller_of(body), about["item"], key)
        return self._changed(body, about["below"])

    def _ask(self, body: Body, pick: str, item_id: str) -> None:
        caller = caller_of(body)
        meeting, item = show_meeting.show_item(self.toolbox, caller, item_id)
        about = about_form(**of_form(body), item=item_id, below=body["view"]["id"])
        texts = self.desk.private(caller, meeting)
        if pick == Pick.RENAME:
            form = views.rename_form(item, texts, about)
        elif item.unanswered:
            form = views.question_form(Form.OTHER_QUESTION, item, texts, about)
        else:
            raise Problem("question_answered")
        self.desk.open_form(body, form)

    def _ask_new(self, body: Body) -> None:
        caller, about = caller_of(body), of_form(body)
        meeting = show_meeting.show(self.toolbox, caller, about["meeting"])
        remember = about_form(**about, below=body["view"]["id"])
        texts = self.desk.private(caller, meeting)
        self.desk.open_form(body, views.new_item_form(meeting, texts, remember))

    def _paste(self, body: Body) -> None:
        caller, about = caller_of(body), of_form(body)
        meeting = show_meeting.show(self.toolbox, caller, about["meeting"])
        text = agenda_retyped.retyped(meeting, self.desk.texts(meeting.language))
        form = views.agenda_form(self.desk.private(caller, meeting), about_form(**about), text)
        self.desk.update_form(body, body["view"]["id"], form)

    def _changed(self, body: Body, view_id: str) -> Answer:
        self.desk.wake()
        self.desk.later(body, partial(self._show_as_it_is, body, view_id))
        return None

    def _show_as_it_is(self, body: Body, view_id: str) -> None:
        """Draw until what was drawn is what is kept: taps in a row are drawn in any order."""
        meeting_id, drawn = of_form(body)["meeting"], None
        while (form := _items(self.desk, body, meeting_id)) != drawn:
            self.desk.update_form(body, view_id, form)
            drawn = form
