"""Somebody says whether the digest of a quiet channel goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from slack_bolt import App

from bot.surfaces.slack import recipients, views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.membership import LookUp
from bot.surfaces.slack.names import Action, pattern, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import entrust_settings, quiet_weeks
from bot.usecases.delivery import Delivery
from bot.usecases.quiet_weeks import QuietView
from bot.usecases.toolbox import Caller, Untold


def register(app: App, desk: Desk) -> None:
    """Listen."""
    quiet = _Quiet(desk)
    app.action(pattern(Action.STOP_DIGEST))(acting(desk, quiet.stop))
    app.action(pattern(Action.KEEP_DIGEST))(acting(desk, quiet.keep))


def refuse_absent(desk: Desk, delivery: Delivery, view: QuietView) -> None:
    """Raise Untold where who is asked is not in the channel any more: what goes on there is not
    theirs to know.

    Raises what Slack's client raises: where it does not answer, nobody is asked yet.
    """
    if view.channel not in recipients.places(desk, delivery):
        raise Untold(recipients.ABSENT, nothing=True)


class _Quiet:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def stop(self, body: Body) -> None:
        """No more digests, if who was asked still has the right to say so."""
        caller = self._there(body)
        right = entrust_settings.right_of(self.desk.toolbox, caller, LookUp(self.desk, caller))
        quiet_weeks.stop(self.desk.toolbox, caller, right)
        self.desk.wake()
        self.desk.later(body, partial(self._stopped, body, caller))

    def keep(self, body: Body) -> None:
        """It goes on, as it does without an answer."""
        caller = self._there(body)
        self.desk.toolbox.once(caller)
        self.desk.later(body, partial(self._kept, body, caller))

    def _there(self, body: Body) -> Caller:
        """Who was asked, in the channel they were asked about."""
        caller, occurrence_id = caller_of(body), record_of(body["actions"][0]["action_id"])
        channel = quiet_weeks.channel_asked_about(self.desk.toolbox, caller, occurrence_id)
        return replace(caller, channel=channel)

    def _stopped(self, body: Body, there: Caller) -> None:
        message = views.digest_stopped(there.channel, self.desk.private(there))
        self.desk.whisper(body, message, replace=True)

    def _kept(self, body: Body, there: Caller) -> None:
        message = views.digest_goes_on(there.channel, self.desk.private(there))
        self.desk.whisper(body, message, replace=True)
