"""A channel's figures, of this week or another period, and shared with everybody in it."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.domain.dates import Period, period_of_code, recent, week_of
from bot.domain.member import Member
from bot.domain.problem import Problem
from bot.domain.view import DigestView
from bot.surfaces.slack import views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import acting
from bot.surfaces.slack.membership import LookUp
from bot.surfaces.slack.names import Action, pattern, record_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import set_up_channel, share_figures
from bot.usecases.make_digest import make_digest
from bot.wording.texts import Texts


def register(app: App, desk: Desk) -> None:
    """Listen."""
    figures = _Figures(desk)
    app.action(pattern(Action.FIGURES))(acting(desk, figures.ask))
    app.action(pattern(Action.DETAILS))(acting(desk, figures.details))
    app.action(pattern(Action.SHARE))(acting(desk, figures.share))


class _Figures:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def ask(self, body: Body) -> None:
        """This week's, or those of the period on the button, in the place of what is shown."""
        self.desk.toolbox.once(caller_of(body))
        code = record_of(body["actions"][0]["action_id"])
        period = period_of_code(code) if code else None
        self.desk.later(body, partial(show, self.desk, body, period, replace=bool(code)))

    def details(self, body: Body) -> None:
        """Show what lies behind them."""
        period = period_of_code(record_of(body["actions"][0]["action_id"]))
        self.desk.later(body, partial(self._details, body, period))

    def _details(self, body: Body, period: Period) -> None:
        _, view, texts = _look(self.desk, body, period)
        self.desk.open_form(body, views.figures_details(view, texts))

    def share(self, body: Body) -> None:
        """Post them for everybody; where they changed meanwhile, show them first."""
        code, _, seen = record_of(body["actions"][0]["action_id"]).partition(":")
        period, caller = period_of_code(code), caller_of(body)
        member = LookUp(self.desk, caller)(caller.person)
        if not share_figures.share(self.desk.toolbox, caller, member, period, seen):
            self.desk.later(body, partial(show, self.desk, body, period, changed=True))
            return
        self.desk.wake()
        self.desk.later(body, partial(self._shared, body, period))

    def _shared(self, body: Body, period: Period) -> None:
        texts = self.desk.private(caller_of(body))
        self.desk.whisper(body, views.figures_are_shared(period, texts), replace=True)


def show(
    desk: Desk,
    body: Body,
    period: Period | None = None,
    *,
    replace: bool = False,
    changed: bool = False,
) -> None:
    """Whisper the figures of a period, this week's without one. Outsiders get none.

    `changed`: they are no longer what was shown, and take its place.
    """
    today = desk.toolbox.today()
    member, view, texts = _look(desk, body, period or week_of(today))
    seen = share_figures.seen(view) if member.full else ""
    message = views.figures(view, recent(today), texts, seen, changed=changed)
    desk.whisper(body, message, replace=replace or changed)


def _look(desk: Desk, body: Body, period: Period) -> tuple[Member, DigestView, Texts]:
    """The figures, as who asks may see them. Raises Problem "no_figures_outside"."""
    caller, toolbox = caller_of(body), desk.toolbox
    member = LookUp(desk, caller)(caller.person)
    if not member.reads:
        raise Problem("no_figures_outside")
    texts = desk.private(caller)
    settings = set_up_channel.channel_settings(toolbox, caller)
    return member, make_digest(toolbox, caller, period, settings, texts.language), texts
