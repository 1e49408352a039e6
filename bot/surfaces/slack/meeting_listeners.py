"""The menu of a meeting in its channel: opened again, noted at, changed, moved, withdrawn."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.domain.problem import Problem
from bot.surfaces.slack import change_listeners, membership, note_listeners
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.names import Action, Pick, pattern, picked, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import run_meeting
from bot.usecases.toolbox import Caller


def register(app: App, desk: Desk) -> None:
    """Listen."""
    running = _Running(desk)
    app.action(pattern(Action.MEETING_MENU))(acting(desk, running.choose))


class _Running:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def choose(self, body: Body) -> None:
        """Open it again, take a note, change its agenda, move or withdraw it."""
        action = body["actions"][0]
        meeting_id = record_of(action["action_id"])
        match picked(action):
            case Pick.REOPEN:
                self._reopen(caller_of(body), meeting_id)
            case Pick.NOTE:
                self.desk.later(body, partial(note_listeners.ask_new, self.desk, body, meeting_id))
            case Pick.BOTTOM:
                move = partial(change_listeners.put_at_bottom, self.desk, body, meeting_id)
                self.desk.later(body, move)
            case Pick.WITHDRAW:
                ask = partial(change_listeners.ask_withdrawal, self.desk, body, meeting_id)
                self.desk.later(body, ask)
            case _:
                show = partial(change_listeners.open_items, self.desk, body, meeting_id)
                self.desk.later(body, show)

    def _reopen(self, caller: Caller, meeting_id: str) -> None:
        membership.refuse_guests(self.desk, caller, Problem("only_members_reopen"))
        run_meeting.open_meeting(self.desk.toolbox, caller, meeting_id)
        self.desk.wake()
