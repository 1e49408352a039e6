"""Subscribe: figures of several channels come by themselves, until somebody stops them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.member import Member
from bot.domain.problem import Problem
from bot.domain.schedule import Every, Weekly, coming
from bot.domain.setting import ALL, CHOSEN, Change, Setting
from bot.domain.view import Scope
from bot.readers.config_values import ManagersDigest
from bot.storage import channels, people, subscriptions
from bot.storage.database import Session
from bot.storage.subscriptions import Subscription
from bot.usecases import ask_outside, tell_changes
from bot.usecases.entrust_settings import LookUp
from bot.usecases.set_up_channel import ensure_absent
from bot.usecases.toolbox import Caller, Toolbox


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: over a scope in the platform's ids, to the channel it is asked `here`
    or else to themselves, in a language."""

    scope: Scope
    here: bool
    every: Every
    moment: Weekly
    language: str


@dataclass(frozen=True)
class Subscribed:
    """What comes already. `here`: to the channel it is seen in; else to who sees it."""

    id: str
    scope: Scope
    here: bool
    every: Every
    moment: Weekly


def make(toolbox: Toolbox, caller: Caller, member: Member, wish: Wish) -> int:
    """Have it come from now on; the same twice comes once. Channels it is over are asked whether
    their figures may be; returns how many are asked now.

    Raises Problem "only_members_subscribe", "not_in_channel", or "channels_without_us" where one
    that was chosen does not have us in it.
    """
    if not member.full:
        raise Problem("only_members_subscribe")
    now = toolbox.now()
    with toolbox.write(caller) as session:
        wanted = _wanted(session, caller, wish, now)
        if not any(_same(wanted, one) for one in subscriptions.active(session)):
            subscriptions.add(session, wanted, now)
            _tell(session, caller.platform, wanted, wanted.person_id or "", now, comes=True)
        return ask(session, caller.platform, wanted, now)


def ask(session: Session, surface: str, one: Subscription, now: str) -> int:
    """Ask the channels of a subscription that were not asked yet whether they count in it.

    How many are asked now.
    """
    there = ask_outside.in_scope(session, scope_of(session, one))
    return ask_outside.ask(session, surface, [each.id for each in there], now)


def scope_of(session: Session, one: Subscription) -> Scope:
    """What a subscription is over, for people who may not know these channels."""
    found = (channels.by_id(session, channel_id) for channel_id in one.channels)
    return Scope(one.level, [each.platform_id for each in found if each], named=False)


def language_of(session: Session, one: Subscription) -> str:
    """What was chosen; else that of the channel or the person it goes to."""
    channel = channels.by_id(session, one.channel_id or "")
    account = people.account(session, one.recipient_id or "")
    theirs = channel.language if channel else account[1] if account else None
    return one.language or theirs or FALLBACK_LANGUAGE


def stop(toolbox: Toolbox, caller: Caller, look_up: LookUp, subscription_id: str) -> str:
    """Have it come no more: one for a channel by any full member of it, who is looked up; one for
    a person by that person. Returns the language it came in. Of what was stopped before anybody it
    came to may know that.

    Raises Problem "no_digest" for one that is not kept any more, "not_your_digest", or
    "only_members_subscribe".
    """
    with toolbox.read(caller) as session:
        found = subscriptions.find(session, subscription_id)
        person_id = people.find(session, caller.platform, caller.person)
        channel_id = channels.find(session, caller.platform, caller.channel)
    if found is None:
        raise Problem("no_digest")
    if not _goes_to(found, channel_id, person_id):
        raise Problem("not_your_digest")
    if found.channel_id and not found.stopped_at and not look_up(caller.person).full:
        raise Problem("only_members_subscribe")
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        subscriptions.stop(session, subscription_id, person_id, now)
        if found.stopped_at is None:
            _tell(session, caller.platform, found, person_id, now, comes=False)
        return language_of(session, found)


def listed(toolbox: Toolbox, caller: Caller) -> list[Subscribed]:
    """What comes to the caller's channel or to the caller."""
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel)
        person_id = people.find(session, caller.platform, caller.person)
        return [
            Subscribed(one.id, scope_of(session, one), bool(one.channel_id), one.every, one.moment)
            for one in subscriptions.active(session)
            if _goes_to(one, channel_id, person_id)
        ]


def follow_config(toolbox: Toolbox, here: Caller) -> None:
    """Have what is configured come, as it is configured; and what is configured no more, stop.

    What a person stopped stays so until it is configured otherwise; another name is the same.
    """
    now, digests = toolbox.now(), toolbox.config.file.digests
    with toolbox.write(here) as session:
        wanted = {
            name: _configured(session, toolbox, here, name, digest)
            for name, digest in digests.items()
        }
        kept = subscriptions.configured(session)
        before = _found_again(wanted, kept)
        _rename(session, before, kept)
        for name, one in wanted.items():
            its = before.get(name)
            if its is None:
                subscriptions.add(session, one, now)
            elif not _same(one, its) or (its.stopped_at and not its.stopped_by):
                subscriptions.change(session, its.id, one, now)
            ask(session, here.platform, one, now)
        for gone in kept:
            if gone not in before.values():
                subscriptions.stop(session, gone.id, None, now)


def _found_again(
    wanted: Mapping[str, Subscription], kept: Sequence[Subscription]
) -> dict[str, Subscription]:
    """Which of those kept each of those wanted is, by name: what is just so, under its own name or
    another one, before what was otherwise under its name.

    What was stopped under another name counts only where nothing else had this one.
    """
    named = {one.configured_as: one for one in kept}
    found = {it: named[it] for it, one in wanted.items() if it in named and _same(one, named[it])}
    for name, one in wanted.items():
        free = name not in named or any(_same(named[name], it) for it in wanted.values())
        same = (it for it in kept if _same(it, one) and it not in found.values())
        its = next((it for it in same if free or not it.stopped_at), None)
        if name not in found and its:
            found[name] = its
    for name in wanted:
        if name not in found and named.get(name) not in (None, *found.values()):
            found[name] = named[name]
    return found


def _rename(
    session: Session, found: Mapping[str, Subscription], kept: Sequence[Subscription]
) -> None:
    """From now on they have these names; who had one of those has none that can be configured."""
    moved = {name: one for name, one in found.items() if one.configured_as != name}
    for one in kept:
        if one.configured_as in moved or one in moved.values():
            subscriptions.rename(session, one.id, one.id)
    for name, one in moved.items():
        subscriptions.rename(session, one.id, name)


def _wanted(session: Session, caller: Caller, wish: Wish, now: str) -> Subscription:
    channel_id = channels.find(session, caller.platform, caller.channel)
    if wish.here and channel_id is None:
        raise Problem("not_in_channel")
    chosen = [channels.get(session, caller.platform, name) for name in wish.scope.channels]
    if any(one is None or not one.present for one in chosen):
        raise Problem("channels_without_us")
    person_id = people.ensure(session, caller.platform, caller.person, now)
    return Subscription(
        every=wish.every,
        moment=wish.moment,
        channel_id=channel_id if wish.here else None,
        recipient_id=None if wish.here else person_id,
        level=wish.scope.level,
        channels=tuple(sorted(one.id for one in chosen if one)),
        language=wish.language,
        person_id=person_id,
    )


def _configured(
    session: Session, toolbox: Toolbox, here: Caller, name: str, digest: ManagersDigest
) -> Subscription:
    """One that is configured. Channels nobody saw yet are kept as such, without us in them."""

    def channel(platform_id: str) -> str:
        return ensure_absent(session, toolbox, replace(here, channel=platform_id))

    to_person = digest.to.startswith(("U", "W"))
    recipient = (session, here.platform, digest.to, toolbox.now())
    return Subscription(
        every=Every(digest.every),
        moment=digest.weekly(toolbox.config.zone.key),
        channel_id=None if to_person else channel(digest.to),
        recipient_id=people.ensure(*recipient) if to_person else None,
        level=digest.level,
        channels=tuple(sorted(map(channel, digest.channels or ()))),
        language=digest.language,
        configured_as=name,
    )


def _same(one: Subscription, other: Subscription) -> bool:
    """Whether they tell the same at the same time in the same place, whoever asked for it."""
    return _told(one) == _told(other)


def _told(one: Subscription) -> Subscription:
    """What, when and where; without who, since when, and until when."""
    return Subscription(
        one.every,
        one.moment,
        one.channel_id,
        one.recipient_id,
        one.level,
        one.channels,
        one.language,
    )


def _goes_to(one: Subscription, channel_id: str | None, person_id: str | None) -> bool:
    return one.recipient_id == person_id if one.recipient_id else one.channel_id == channel_id


def _tell(
    session: Session, surface: str, one: Subscription, person_id: str, now: str, *, comes: bool
) -> None:
    """Have it said in the channel it goes to that it comes from now on, or no more."""
    if one.channel_id:
        over = one.level or (CHOSEN if one.channels else ALL)
        code = f"{coming(one.every, one.moment)} {over}"
        change = Change(Setting.SUBSCRIPTION, "" if comes else code, code if comes else "")
        tell_changes.tell(session, surface, one.channel_id, [change], person_id, now, first=False)
