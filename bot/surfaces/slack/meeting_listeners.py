"""A meeting in its channel: opened again, its agenda changed."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.surfaces.slack import note_listeners, views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.names import Action, Pick, pattern, picked, record_of
from bot.surfaces.slack.received import Body, about_form, caller_of
from bot.usecases import run_meeting, show_meeting
from bot.wording import agenda_retyped


def register(app: App, desk: Desk) -> None:
    """Listen."""
    running = _Running(desk)
    app.action(pattern(Action.MEETING_MENU))(acting(desk, running.choose))


class _Running:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def choose(self, body: Body) -> None:
        """Open it again, take a note, or paste its agenda anew."""
        action = body["actions"][0]
        meeting_id = record_of(action["action_id"])
        match picked(action):
            case Pick.REOPEN:
                run_meeting.open_meeting(self.desk.toolbox, caller_of(body), meeting_id)
                self.desk.wake()
            case Pick.NOTE:
                self.desk.later(body, partial(note_listeners.ask_new, self.desk, body, meeting_id))
            case _:
                self.desk.later(body, partial(open_agenda, self.desk, body, meeting_id))


def open_agenda(desk: Desk, body: Body, meeting_id: str) -> None:
    """Show the agenda of a meeting as it stands, to be changed."""
    caller = caller_of(body)
    meeting = show_meeting.show(desk.toolbox, caller, meeting_id)
    if meeting.state is State.CLOSED:
        raise Problem("meeting_closed")
    text = agenda_retyped.retyped(meeting, desk.texts(meeting.language))
    about = about_form(channel=caller.channel, meeting=meeting_id)
    desk.open_form(body, views.agenda_form(desk.private(caller, meeting), about, text))
