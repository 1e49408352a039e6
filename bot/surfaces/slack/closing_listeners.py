"""Closing a meeting in a form, and changing afterwards what was said in it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from slack_bolt import App

from bot.domain.problem import Problem
from bot.surfaces.slack import journal, members, membership, views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import Answer, acting, submitted
from bot.surfaces.slack.names import Action, Form, pattern, record_of
from bot.surfaces.slack.received import Body, about_form, caller_of, of_form
from bot.usecases import close_meeting


def register(app: App, desk: Desk) -> None:
    """Listen."""
    closing = _Closing(desk)
    app.action(pattern(Action.CLOSE))(acting(desk, closing.ask))
    app.view(Form.CLOSING)(submitted(desk, closing.keep))


class _Closing:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def ask(self, body: Body) -> None:
        """Show the form."""
        self.desk.later(body, partial(self._ask, body))

    def keep(self, body: Body) -> Answer:
        """Close the meeting, or keep what was changed; the people are counted afterwards."""
        view, meeting_id = body["view"], of_form(body)["meeting"]
        number = close_meeting.close(
            self.desk.toolbox,
            caller_of(body),
            meeting_id,
            views.observed_of(view),
            views.take_away_of(view),
        )
        self.desk.wake()
        self.desk.later(body, partial(self._count, body, meeting_id, number))
        return None

    def _ask(self, body: Body) -> None:
        caller = caller_of(body)
        membership.refuse_guests(self.desk, caller, Problem("only_members_close"))
        meeting_id = record_of(body["actions"][0]["action_id"])
        view = close_meeting.closing(self.desk.toolbox, caller, meeting_id)
        about = about_form(channel=caller.channel, meeting=meeting_id)
        texts = self.desk.private(caller, view.meeting)
        view = replace(view, meeting=self.desk.about(caller, view.meeting, texts))
        self.desk.open_form(body, views.closing_form(view, texts, about))

    def _count(self, body: Body, meeting_id: str, number: int) -> None:
        """Whatever hinders it, the meeting is closed; their number is then unknown."""
        caller = caller_of(body, once=False)
        try:
            people = members.people_in(self.desk, caller)
            close_meeting.count_members(self.desk.toolbox, caller, meeting_id, number, people)
        except Exception as error:  # noqa: BLE001  it must not sound as if closing failed
            journal.failure("not counted", error)
