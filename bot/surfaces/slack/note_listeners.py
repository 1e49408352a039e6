"""Notes at items: from the menu of an item, or of the meeting."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.domain.meeting import SUBJECT
from bot.domain.problem import Problem
from bot.surfaces.slack import views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import Answer, submitted
from bot.surfaces.slack.names import Form
from bot.surfaces.slack.received import Body, about_form, caller_of, of_form
from bot.usecases import show_meeting, take_notes


def register(app: App, desk: Desk) -> None:
    """Listen; the menus have other listeners, which ask here."""
    app.view(Form.NOTE)(submitted(desk, partial(_keep, desk)))


def ask_own(desk: Desk, body: Body, item_id: str) -> None:
    """Show one's own note at an item."""
    caller = caller_of(body)
    meeting, item = show_meeting.show_item(desk.toolbox, caller, item_id)
    own = take_notes.own_note(desk.toolbox, caller, item_id)
    about = about_form(channel=caller.channel, item=item_id, title=item.item.title[:SUBJECT])
    desk.open_form(body, views.note_form(item, own, desk.private(caller, meeting), about))


def ask_new(desk: Desk, body: Body, meeting_id: str) -> None:
    """Ask for a note at one of the items of a meeting."""
    caller = caller_of(body)
    meeting = show_meeting.show(desk.toolbox, caller, meeting_id)
    if not meeting.substantive:
        raise Problem("no_item")
    about = about_form(channel=caller.channel)
    desk.open_form(body, views.new_note_form(meeting, desk.private(caller, meeting), about))


def _keep(desk: Desk, body: Body) -> Answer:
    chosen, words = views.note_of(body["view"])
    caller, asked = caller_of(body), of_form(body)
    if chosen:
        take_notes.add_to_note(desk.toolbox, caller, chosen, words)
    else:
        take_notes.note(desk.toolbox, caller, asked["item"], words, asked["title"])
    desk.wake()
    return None
