"""The bot comes and goes; people set up a channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from slack_bolt import App

from bot.config import GENERAL
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.language import LANGUAGES
from bot.domain.schedule import Weekly
from bot.surfaces.slack import views
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.listening import Answer, acting, hearing, submitted
from bot.surfaces.slack.membership import LookUp
from bot.surfaces.slack.names import Action, Event, Form
from bot.surfaces.slack.received import Body, about_form, caller_of
from bot.usecases import choose, entrust_settings, set_up_channel
from bot.usecases.set_up_channel import ChannelView


def register(app: App, desk: Desk) -> None:
    """Listen."""
    setup = _Setup(desk)
    app.event(Event.JOINED)(hearing(setup.joined))
    app.event(Event.LEFT)(hearing(setup.left))
    app.event(Event.LEFT_PRIVATE)(hearing(setup.left))
    app.action(Action.SET_UP)(acting(desk, setup.ask_customer))
    app.action(Action.SETTINGS)(acting(desk, setup.ask_settings))
    app.view(Form.SET_UP)(submitted(desk, setup.keep_customer))
    app.view(Form.SETTINGS)(submitted(desk, setup.keep_settings))


class _Setup:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.toolbox = desk.toolbox

    def joined(self, body: Body) -> None:
        """Somebody came into a channel: if it is us, we introduce ourselves."""
        if body["event"]["user"] == self.desk.bot_user:
            inviter = body["event"].get("inviter")
            set_up_channel.greet(self.toolbox, caller_of(body), inviter)
            self.desk.wake()

    def left(self, body: Body) -> None:
        """We were taken out of a channel."""
        set_up_channel.left(self.toolbox, caller_of(body))

    def ask_customer(self, body: Body) -> None:
        """Ask one thing: who is your customer?"""
        self.desk.later(body, lambda: _open(self.desk, body, views.set_up_form))

    def ask_settings(self, body: Body) -> None:
        """Show all that can be set."""
        self.desk.later(body, lambda: open_settings(self.desk, body))

    def keep_customer(self, body: Body) -> Answer:
        """Keep who the customer is."""
        sector, own = views.customer_of(body["view"])
        caller = caller_of(body)
        right = entrust_settings.right_of(self.toolbox, caller, LookUp(self.desk, caller))
        set_up_channel.set_up(
            self.toolbox, caller, sector=sector or None, own_word=own, right=right
        )
        self.desk.wake()
        return None

    def keep_settings(self, body: Body) -> Answer:
        """Keep all settings."""
        caller, said = caller_of(body), views.settings_of(body["view"])
        look_up = LookUp(self.desk, caller)
        right = entrust_settings.right_of(self.toolbox, caller, look_up)
        right = entrust_settings.named(right, said.keeper, look_up)
        before = set_up_channel.channel_settings(self.toolbox, caller)
        language = said.language
        changed = replace(
            set_up_channel.called(
                self.toolbox, replace(before, language=language), said.sector, said.customer
            ),
            promise=_promise(said.promise, language),
            questions=said.questions,
            level=said.level,
            procedural=said.procedural,
            digest=None if said.never else choose.at_moment(said.digest),
            outside=before.outside if said.outside is None else said.outside,
            talk=before.talk if said.talk is None else said.talk,
        )
        changed = set_up_channel.listing(self.toolbox, caller, changed, said.accounts)
        set_up_channel.change_settings(self.toolbox, caller, changed, right)
        self.desk.wake()
        return None


def open_settings(desk: Desk, body: Body) -> None:
    """Show all that can be set."""
    _open(desk, body, views.settings_form)


def _open(desk: Desk, body: Body, form: Callable[..., Block]) -> None:
    caller = caller_of(body)
    look_up = LookUp(desk, caller)
    right = entrust_settings.right_of(desk.toolbox, caller, look_up)
    texts = desk.private(caller)
    channel = set_up_channel.show_channel(desk.toolbox, caller)
    customers = desk.toolbox.prompts.customers
    sectors = {name: words[texts.language].one for name, words in customers.items()}
    shown = _as_shown(channel, customers, texts.language, right.keeper)
    usual = Weekly(zone=desk.toolbox.config.zone.key)
    shown = replace(shown, digest=channel.settings.digest or usual)
    if form is views.settings_form and look_up.is_heard():
        shown = replace(shown, talk=channel.settings.talk)
    desk.open_form(body, form(shown, sectors, texts, about_form(channel=caller.channel)))


def _as_shown(
    channel: ChannelView,
    sectors: Mapping[str, Mapping[str, CustomerWords]],
    language: str,
    keeper: str | None,
) -> views.Settings:
    """Settings as their form shows them to somebody who reads `language`."""
    settings = channel.settings
    sector = settings.sector or GENERAL
    return views.Settings(
        sector=sector,
        customer=_own_word(settings, sectors.get(sector, {}), language),
        promise=settings.promise.get(language) or next(iter(settings.promise.values()), ""),
        accounts="\n".join(channel.accounts),
        language=settings.language,
        level=settings.level,
        questions=settings.questions,
        procedural=settings.procedural,
        never=settings.digest is None,
        outside=settings.outside,
        keeper=keeper,
    )


def _own_word(settings: ChannelSettings, sector: Mapping[str, CustomerWords], language: str) -> str:
    """The channel's own word for its customer, in its language; without one, whichever it has."""
    languages = (settings.language,) if settings.language else (language, *LANGUAGES)
    mine = ((settings.customer[name].one, sector.get(name)) for name in languages)
    return next((one for one, of_sector in mine if of_sector is None or one != of_sector.one), "")


def _promise(words: str, language: str | None) -> dict[str, str]:
    """A promise in the language of the channel; without one, for both."""
    languages = (language,) if language else LANGUAGES
    return dict.fromkeys(languages, words) if words else {}
