"""Meetings found again: a list for who asks, and a message that is gone posted once more."""

from __future__ import annotations

from functools import partial

from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.domain.problem import Problem
from bot.surfaces.slack import journal, membership, views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.names import Action, pattern, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.surfaces.slack.refusals import GONE, code_of
from bot.surfaces.slack.views import Listed
from bot.usecases import find_meetings, withdraw_meeting
from bot.usecases.find_meetings import Found


def register(app: App, desk: Desk) -> None:
    """Listen."""
    app.action(Action.MEETINGS)(acting(desk, partial(_ask, desk)))
    app.action(pattern(Action.PUT_IN_CHANNEL))(acting(desk, partial(_put, desk)))


def list_meetings(desk: Desk, body: Body, *, replace: bool = False) -> None:
    """Tell who asked what there is in this channel; after the ack, as Slack is asked for links."""
    caller = caller_of(body)
    found, more = find_meetings.find_meetings(desk.toolbox, caller)
    listed = [_listed(desk, body, each) for each in found]
    message = views.meetings(listed, more, desk.private(caller))
    desk.whisper(body, message, replace=replace)


def _ask(desk: Desk, body: Body) -> None:
    desk.toolbox.once(caller_of(body))
    desk.later(body, partial(list_meetings, desk, body))


def _put(desk: Desk, body: Body) -> None:
    desk.later(body, partial(_put_for_members, desk, body))


def _put_for_members(desk: Desk, body: Body) -> None:
    """After the ack, as Slack is asked who it is."""
    caller, meeting_id = caller_of(body), record_of(body["actions"][0]["action_id"])
    membership.refuse_guests(desk, caller, Problem("only_members_put"))
    withdraw_meeting.post_again(desk.toolbox, caller, meeting_id)
    desk.wake()
    list_meetings(desk, body, replace=True)


def _listed(desk: Desk, body: Body, found: Found) -> Listed:
    """With a link, if Slack knows the message; only Slack knows that somebody deleted it."""
    if found.reference is None or found.meeting.withdrawn:
        return Listed(found.meeting, coming=found.coming, absent=not found.coming)
    channel, _, ts = found.reference.partition("/")
    client = desk.client_for(caller_of(body).tenant)
    try:
        link = str(client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except SlackApiError as error:
        absent = code_of(error) in GONE and not found.coming
        return Listed(found.meeting, coming=found.coming, absent=absent)
    except OSError as error:
        journal.failure("no link", error)
        return Listed(found.meeting)
    return Listed(found.meeting, link)
