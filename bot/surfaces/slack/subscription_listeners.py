"""`/klantvraag weekoverzicht`: somebody subscribes to the figures of several channels, or stops."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.domain.problem import Problem
from bot.surfaces.slack import views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import Answer, acting, submitted
from bot.surfaces.slack.membership import LookUp
from bot.surfaces.slack.names import Action, Form, pattern, record_of
from bot.surfaces.slack.received import Body, about_form, caller_of
from bot.usecases import subscribe


def register(app: App, desk: Desk) -> None:
    """Listen."""
    listening = _Subscribing(desk)
    app.view(Form.SUBSCRIPTION)(submitted(desk, listening.keep))
    app.action(pattern(Action.STOP_SUBSCRIPTION))(acting(desk, listening.stop))


def open_subscriptions(desk: Desk, body: Body) -> None:
    """Show what comes already, and ask for a new one. Raises Problem "only_members_subscribe"."""
    caller = caller_of(body)
    if not LookUp(desk, caller)(caller.person).full:
        raise Problem("only_members_subscribe")
    desk.open_form(body, _form(desk, body))


class _Subscribing:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.zone = desk.toolbox.config.zone.key

    def keep(self, body: Body) -> Answer:
        """Have it come from now on."""
        caller, wish = caller_of(body), views.wish_of(body["view"], self.zone)
        look_up = LookUp(self.desk, caller)
        member = look_up(caller.person)
        if wish.here and look_up.is_shared():
            raise Problem("channel_shared")
        asked = subscribe.make(self.desk.toolbox, caller, member, wish)
        self.desk.wake()
        self.desk.later(body, partial(self._made, body, wish, asked))
        return None

    def _made(self, body: Body, wish: subscribe.Wish, asked: int) -> None:
        texts = self.desk.private(caller_of(body))
        self.desk.whisper(body, views.subscription_made(wish, asked, texts))

    def stop(self, body: Body) -> None:
        """Have it come no more; in the form it leaves the list, the digest it was pressed at then
        says so."""
        caller, subscription_id = caller_of(body), record_of(body["actions"][0]["action_id"])
        look_up = LookUp(self.desk, caller)
        language = subscribe.stop(self.desk.toolbox, caller, look_up, subscription_id)
        self.desk.wake()
        self.desk.later(body, partial(self._stopped, body, language))

    def _stopped(self, body: Body, language: str) -> None:
        view, shown = body.get("view"), body.get("message")
        if view:
            self.desk.update_form(body, view["id"], _form(self.desk, body), view.get("hash"))
        elif shown:
            self.desk.rewrite(body, views.subscription_ended(shown, self.desk.texts(language)))
        else:
            texts = self.desk.private(caller_of(body))
            self.desk.whisper(body, views.told(texts.say("slack.subscription.stopped")))


def _form(desk: Desk, body: Body) -> dict[str, object]:
    caller = caller_of(body)
    there, texts = subscribe.listed(desk.toolbox, caller), desk.private(caller)
    about = about_form(channel=caller.channel)
    return views.subscription_form(there, desk.toolbox.config.zone.key, texts, about)
