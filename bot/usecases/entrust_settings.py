"""Entrust settings: any full member may change a channel's, until the channel names someone.

Once named only that person may, for as long as they are a full member of the channel: who left,
or was deactivated, locks nobody out. Nobody else is above that, no administrator either: whoever
takes the named person out of the channel gives it back to everybody, in sight of everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.member import Member
from bot.domain.problem import Problem
from bot.domain.setting import Change, Setting
from bot.storage import channels, people
from bot.storage.database import Session
from bot.usecases.toolbox import Caller, Toolbox

LookUp = Callable[[str], Member]  # of an account by the platform's id


@dataclass(frozen=True)
class Right:
    """A person's right to change a channel's settings, as it was looked up just now.

    `keeper` is the account of who alone may change them from now on, None for any full member.
    `seen` is our id of who was kept as such when it was looked up, also of one who left.
    """

    keeper: str | None
    seen: str | None


def right_of(toolbox: Toolbox, caller: Caller, look_up: LookUp) -> Right:
    """The caller's right to change the settings.

    Raises Problem "not_a_member" for guests, outsiders and who is not in the channel, and
    "kept_by_another" where the channel named somebody else.
    """
    if not look_up(caller.person).full:
        raise Problem("not_a_member")
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel) or ""
        seen = channels.keeper(session, channel_id)
        account = people.account(session, seen) if seen else None
    if account is None or account[0] == caller.person:
        return Right(account[0] if account else None, seen)
    named = look_up(account[0])
    if named.full:
        raise Problem("kept_by_another", name=named.name)
    return Right(None, seen)


def named(right: Right, account: str | None, look_up: LookUp) -> Right:
    """The right with who is to have it from now on, None for any full member.

    Raises Problem "no_keeper" for somebody who could not change settings either.
    """
    if account and account != right.keeper and not look_up(account).full:
        raise Problem("no_keeper")
    return replace(right, keeper=account)


def keep(session: Session, caller: Caller, channel_id: str, right: Right, now: str) -> list[Change]:
    """Keep whose right it is from now on; what changed by that.

    Raises Problem "settings_changed" where somebody else was named since it was looked up.
    """
    before = channels.keeper(session, channel_id)
    if before != right.seen:
        raise Problem("settings_changed")
    after = people.ensure(session, caller.platform, right.keeper, now) if right.keeper else None
    channels.keep_keeper(session, channel_id, after)
    return [Change(Setting.KEEPER, before or "", after or "")] if before != after else []
