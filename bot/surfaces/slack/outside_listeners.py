"""A channel chooses whether its figures count outside it."""

from __future__ import annotations

from slack_bolt import App

from bot.surfaces.slack import views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.membership import LookUp
from bot.surfaces.slack.names import Action, pattern, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import ask_outside, entrust_settings
from bot.usecases.delivery import Delivery


def register(app: App, desk: Desk) -> None:
    """Listen."""

    def answer(body: Body) -> None:
        caller, chosen = caller_of(body), record_of(body["actions"][0]["action_id"])
        right = entrust_settings.right_of(desk.toolbox, caller, LookUp(desk, caller))
        outside = views.outside_of(chosen)
        ask_outside.answer(desk.toolbox, caller, right, outside=outside)
        desk.wake()

    app.action(pattern(Action.OUTSIDE))(acting(desk, answer))


def refuse_private(desk: Desk, delivery: Delivery) -> None:
    """Raise Untold where the question is not posted yet and the channel is private.

    Raises what Slack raises: without its answer nobody is asked.
    """
    if delivery.parts:
        return
    job, client = delivery.job, desk.client_for(delivery.job.tenant)
    private = bool(client.conversations_info(channel=delivery.channel)["channel"]["is_private"])
    ask_outside.keep_private(desk.toolbox, job.workspace_id, job.record_id, private=private)
