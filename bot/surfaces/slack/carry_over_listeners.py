"""Taking along what the last meeting left open: ticked in a preview, or said at its summary."""

from __future__ import annotations

from slack_bolt import App

from bot.surfaces.slack import change_listeners
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.names import Action, pattern, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import carry_over


def register(app: App, desk: Desk) -> None:
    """Listen; the box itself is a change of the draft, and heard with those."""

    def choose(body: Body) -> None:
        caller, meeting_id = caller_of(body), record_of(body["actions"][0]["action_id"])
        change_listeners.refuse_guests(desk, caller)
        carry_over.choose(desk.toolbox, caller, meeting_id)
        desk.wake()

    app.action(pattern(Action.CARRY_OVER))(acting(desk, choose))
