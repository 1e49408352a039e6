"""A meeting in its channel: opened again, its agenda changed."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

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
                self.desk.later(body, partial(self._ask_agenda, body))

    def _ask_agenda(self, body: Body) -> None:
        """The agenda as it stands, to be changed."""
        caller, meeting_id = caller_of(body), record_of(body["actions"][0]["action_id"])
        meeting = show_meeting.show(self.desk.toolbox, caller, meeting_id)
        text = agenda_retyped.retyped(meeting, self.desk.texts(meeting.language))
        about = about_form(channel=caller.channel, meeting=meeting_id)
        form = views.agenda_form(self.desk.private(caller, meeting), about, text)
        self.desk.open_form(body, form)
