"""The word about next week: only of channels somebody is in; an agenda from there; never again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from slack_bolt import App

from bot.surfaces.slack import recipients, views, whereabouts
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.draft_listeners import ask_agenda
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.names import Action, pattern, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import remind_next_week
from bot.usecases.delivery import Delivery
from bot.usecases.remind_next_week import ReminderView
from bot.usecases.toolbox import Untold


def register(app: App, desk: Desk) -> None:
    """Listen."""
    app.action(pattern(Action.PASTE_IN))(acting(desk, partial(_paste, desk)))
    app.action(Action.NO_NEXT_WEEK)(acting(desk, partial(_stop, desk)))


def still_here(desk: Desk, delivery: Delivery, view: ReminderView) -> ReminderView:
    """The series of channels the person is in now, as Slack says. Raises Untold where none is.

    Raises what Slack's client raises: where it does not answer, nothing is told yet.
    """
    places = recipients.places(desk, delivery)
    series = [one for one in view.series if one.place in places]
    if not series:
        raise Untold(recipients.ABSENT, nothing=True)
    return replace(view, series=series)


def _paste(desk: Desk, body: Body) -> None:
    desk.later(body, partial(_ask_agenda, desk, body))


def _ask_agenda(desk: Desk, body: Body) -> None:
    """Show the form of a channel; after the ack, as Slack is asked whether they are in it."""
    place, _, _ = record_of(body["actions"][0]["action_id"]).partition(":")
    whereabouts.refuse_absent(desk, caller_of(body), place)
    ask_agenda(desk, body, place)


def _stop(desk: Desk, body: Body) -> None:
    caller = caller_of(body)
    remind_next_week.remind(desk.toolbox, caller, wanted=False)
    message = views.next_week_stopped(desk.private(caller))
    desk.later(body, partial(desk.rewrite, body, message))
