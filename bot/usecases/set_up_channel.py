"""Set up a channel: the bot comes and goes, people say who their customer is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.config import GENERAL
from bot.domain.customer import (
    ChannelSettings,
    CustomerWords,
    accounts_in,
    in_own_words,
    names_one,
    spoken_in,
)
from bot.domain.grammatical_number import is_many
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.problem import Problem
from bot.domain.setting import changes
from bot.storage import channels, customer_accounts, jobs, people
from bot.storage.channels import Channel
from bot.storage.database import Session
from bot.usecases import choose, entrust_settings, tell_changes
from bot.usecases.entrust_settings import Right
from bot.usecases.toolbox import Caller, Toolbox

INTRODUCTION = "introduction"  # the kind of record; its id is the channel's
LEFT = "left"  # why a job ended: people sent us away
ABSENT = (LEFT, "not_in_channel", "channel_not_found")  # or we found that we are not there


@dataclass(frozen=True)
class ChannelView:
    """A channel's settings; `set_up`: people chose them. `present`: the bot is known to be in it.

    `id` is None for a channel never seen. `accounts` are the customers that people listed by name;
    in the settings these come after the configured ones.
    """

    id: str | None
    settings: ChannelSettings
    set_up: bool
    present: bool
    accounts: Sequence[str] = ()

    @property
    def language(self) -> str:
        """The language of what everybody in the channel reads."""
        return self.settings.language or FALLBACK_LANGUAGE


def show_channel(toolbox: Toolbox, caller: Caller) -> ChannelView:
    """The caller's channel as it stands."""
    with toolbox.read(caller) as session:
        kept = channels.get(session, caller.platform, caller.channel)
    return _view(toolbox, caller.channel, kept)


def is_introduced(toolbox: Toolbox, caller: Caller) -> bool:
    """Whether the bot is known to be in the channel, and its introduction was asked for there."""
    with toolbox.read(caller) as session:
        kept = channels.get(session, caller.platform, caller.channel)
        return bool(kept and kept.present and jobs.find(session, INTRODUCTION, kept.id))


def view_of_channel(session: Session, toolbox: Toolbox, channel_id: str) -> ChannelView:
    """A channel by our id, as it stands in this session."""
    kept = channels.by_id(session, channel_id)
    return _view(toolbox, kept.platform_id if kept else "", kept)


def language_of(toolbox: Toolbox, caller: Caller, otherwise: str | None = None) -> str:
    """The language of what only the caller reads: their own, else the channel's.

    `otherwise` is that of what it is about, where the channel chose none.
    """
    with toolbox.read(caller) as session:
        own = people.language(session, caller.platform, caller.person)
    settings = show_channel(toolbox, caller).settings
    return own or settings.language or otherwise or FALLBACK_LANGUAGE


def settings_of(session: Session, toolbox: Toolbox, caller: Caller) -> ChannelSettings:
    """What people chose for the channel, over what is configured for it."""
    kept = channels.get(session, caller.platform, caller.channel)
    return _view(toolbox, caller.channel, kept).settings


def last_sector(toolbox: Toolbox, caller: Caller) -> str | None:
    """Whose customers the channel's last agenda was for; None where we don't know such a sector."""
    with toolbox.read(caller) as session:
        kept = channels.get(session, caller.platform, caller.channel)
    return kept.sector if kept and kept.sector in toolbox.prompts.customers else None


def channel_settings(toolbox: Toolbox, caller: Caller) -> ChannelSettings:
    """What people chose for the channel, over what is configured for it."""
    return show_channel(toolbox, caller).settings


def greet(toolbox: Toolbox, caller: Caller, inviter: str | None = None) -> None:
    """The bot is in the channel: its introduction becomes due, the first time; and whatever waited
    for us to come back. Who invited it, by the platform's id, is its host until it is set up."""
    now = toolbox.now()
    with toolbox.write(caller) as session:
        kept = channels.get(session, caller.platform, caller.channel)
        channel_id = kept.id if kept else _add(session, toolbox, caller)
        channels.keep_left(session, channel_id, None)
        if inviter and not (kept and kept.set_up):
            host_id = people.ensure(session, caller.platform, inviter, now)
            choose.keep(session, channel_id, (), now, host_id)
        jobs.refresh(session, caller.platform, INTRODUCTION, channel_id, now)
        jobs.revive(session, channel_id, ABSENT, now)


def ensure_absent(session: Session, toolbox: Toolbox, caller: Caller) -> str:
    """Our id of the caller's channel; one never seen is kept as one that we are not in."""
    kept = channels.find(session, caller.platform, caller.channel)
    if kept:
        return kept
    channel_id = _add(session, toolbox, caller)
    channels.keep_left(session, channel_id, toolbox.now())
    return channel_id


def seen(toolbox: Toolbox, caller: Caller, called: str | None, *, private: bool) -> None:
    """What people call the caller's channel, and whether only its members see it.

    Changes nothing for one never seen.
    """
    with toolbox.write(caller) as session:
        if called:
            channels.keep_name(session, caller.platform, caller.channel, called)
        channel_id = channels.find(session, caller.platform, caller.channel)
        if channel_id:
            choose.keep_private(session, channel_id, private=private)


def left(toolbox: Toolbox, caller: Caller) -> None:
    """The bot was taken out of the channel; what is kept stays."""
    with toolbox.write(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel)
        if channel_id:
            channels.keep_left(session, channel_id, toolbox.now())


def set_up(
    toolbox: Toolbox,
    caller: Caller,
    *,
    sector: str | None,
    own_word: str,
    right: Right | None = None,
) -> None:
    """Say who the customer is: a sector's, or in one's own word, which goes first.

    Raises the problems of `called`.
    """
    before = channel_settings(toolbox, caller)
    change_settings(toolbox, caller, called(toolbox, before, sector, own_word), right)


def called(
    toolbox: Toolbox, settings: ChannelSettings, sector: str | None, own_word: str
) -> ChannelSettings:
    """Settings with another customer.

    Raises Problem "no_customer", "many_customers", "other_language" or "unknown_sector".
    """
    sectors = toolbox.prompts.customers
    chosen = sector or settings.sector or GENERAL
    if chosen not in sectors:
        raise Problem("unknown_sector", found=chosen, known=", ".join(sorted(sectors)))
    word = " ".join(own_word.split())
    language = _language_for(word, settings, sectors[chosen])
    languages = [language] if language else list(sectors[chosen])
    own = dict.fromkeys(languages, word) if word else {}
    customer = in_own_words(sectors[chosen], own, sectors.values())
    return replace(settings, customer=customer, sector=chosen)


def _language_for(
    word: str, settings: ChannelSettings, sector: Mapping[str, CustomerWords]
) -> str | None:
    """The language to use an own word in, None for all; "the" amid Dutch would be odd."""
    if is_many(word):
        raise Problem("many_customers", found=word)
    if word and not names_one(word):
        raise Problem("no_customer", found=word)
    spoken = spoken_in(word)
    if spoken and settings.language not in {None, spoken}:
        raise Problem("other_language", found=word, example=sector[settings.language].one)
    return settings.language or spoken


def listing(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, typed: str
) -> ChannelSettings:
    """Settings with other customers by name, typed each on a line, beside the configured ones.

    Raises the problems of `accounts_in`.
    """
    configured = _configured(toolbox, caller.channel).accounts
    return replace(settings, accounts=_once(*configured, *accounts_in(typed)))


def change_settings(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, right: Right | None = None
) -> None:
    """Keep the settings people chose; the introduction shows them, and its thread what changed.

    `right` is that of who changes them, and says who may from now on; without one, on a surface
    where nobody has to ask, that stays. Raises Problem "settings_changed" as `entrust_settings`.
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        before = channels.get(session, caller.platform, caller.channel)
        changed = changes(_view(toolbox, caller.channel, before).settings, settings)
        channel_id = channels.ensure(session, caller.platform, caller.channel, settings, now)
        configured = _configured(toolbox, caller.channel).accounts
        listed = [name for name in settings.accounts if name not in configured]
        customer_accounts.keep(session, channel_id, listed)
        person_id = people.ensure(session, caller.platform, caller.person, now)
        first = not (before and before.set_up)
        choose.keep(session, channel_id, changed, now, host_id=person_id if first else None)
        if right:
            changed += entrust_settings.keep(session, caller, channel_id, right, now)
        channels.keep_set_up(session, channel_id, now)
        channels.keep_left(session, channel_id, None)
        jobs.refresh(session, caller.platform, INTRODUCTION, channel_id, now)
        jobs.changed(session, choose.OPT_IN, channel_id, now)
        tell_changes.tell(
            session, caller.platform, channel_id, changed, person_id, now, first=first
        )


def _add(session: Session, toolbox: Toolbox, caller: Caller) -> str:
    settings = _configured(toolbox, caller.channel)
    return channels.ensure(session, caller.platform, caller.channel, settings, toolbox.now())


def _view(toolbox: Toolbox, name: str, kept: Channel | None) -> ChannelView:
    if kept is None:
        return ChannelView(None, _configured(toolbox, name), set_up=False, present=False)
    return ChannelView(
        kept.id,
        _settings(toolbox, kept),
        set_up=kept.set_up,
        present=kept.present,
        accounts=kept.accounts,
    )


def _settings(toolbox: Toolbox, kept: Channel) -> ChannelSettings:
    """What people chose, over what is configured."""
    general = choose.chosen(_configured(toolbox, kept.platform_id), kept.choices)
    if not kept.set_up:
        return general
    sectors = toolbox.prompts.customers
    sector = kept.sector if kept.sector in sectors else general.sector
    words = sectors[sector or GENERAL]
    return replace(
        general,
        language=kept.language,
        customer=in_own_words(words, kept.customer, sectors.values()),
        promise=kept.promise,
        questions=kept.questions,
        sector=sector,
        level=kept.level,
        procedural=kept.procedural,
        accounts=_once(*general.accounts, *kept.accounts),
    )


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _configured(toolbox: Toolbox, name: str) -> ChannelSettings:
    """What is configured for a channel, under the platform's own name for it."""
    return toolbox.config.settings(name, toolbox.prompts.customers)
