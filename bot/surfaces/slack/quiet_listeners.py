"""Somebody says whether the digest of a quiet channel goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from slack_bolt import App

from bot.domain.problem import Problem
from bot.surfaces.slack import recipients, views
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.membership import LookUp
from bot.surfaces.slack.names import Action, pattern, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import entrust_settings, quiet_weeks, set_up_channel
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
        there = self._there(body)
        if there is None or self._ended(there):
            self._answer(body, there)
            return
        try:
            right = entrust_settings.right_of(self.desk.toolbox, there, LookUp(self.desk, there))
        except Problem as problem:
            if not views.refuses_stop(problem):
                raise
            message = views.stop_refused(problem, there.channel, self.desk.private(there))
            self.desk.later(body, partial(self.desk.whisper, body, message))
            return
        quiet_weeks.stop(self.desk.toolbox, there, right)
        self.desk.wake()
        self._answer(body, there)

    def keep(self, body: Body) -> None:
        """It goes on, as it does without an answer."""
        self.desk.toolbox.once(caller_of(body))
        self._answer(body, self._there(body))

    def _there(self, body: Body) -> Caller | None:
        """Who was asked, in the channel they were asked about; None where nobody knows it."""
        caller, occurrence_id = caller_of(body), record_of(body["actions"][0]["action_id"])
        try:
            channel = quiet_weeks.channel_asked_about(self.desk.toolbox, caller, occurrence_id)
        except LookupError:
            return None
        return replace(caller, channel=channel)

    def _ended(self, there: Caller) -> bool:
        """Whether no digest comes there any more, whoever saw to that."""
        channel = set_up_channel.show_channel(self.desk.toolbox, there)
        return not channel.present or channel.settings.digest is None

    def _answer(self, body: Body, there: Caller | None) -> None:
        """In the place of the question: how it stands now."""
        self.desk.later(
            body, lambda: self.desk.whisper(body, self._told(body, there), replace=True)
        )

    def _told(self, body: Body, there: Caller | None) -> Message:
        if there is None:
            return views.quiet_gone(self.desk.private(caller_of(body)))
        texts = self.desk.private(there)
        channel = set_up_channel.show_channel(self.desk.toolbox, there)
        if not channel.present:
            return views.digest_left(there.channel, texts)
        told = views.digest_goes_on if channel.settings.digest else views.digest_stopped
        return told(there.channel, texts)
