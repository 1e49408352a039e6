"""Choose what comes by itself in a channel, and what of it is counted elsewhere.

These choices stand by themselves: a channel can make one before it said who its customer is, and
what it did not choose is as configured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import available_timezones

from bot.domain.customer import ChannelSettings
from bot.domain.problem import Problem
from bot.domain.schedule import Occasion, Scheduled, Weekly, weekly
from bot.domain.setting import Change, Setting
from bot.storage import channel_choices, schedules
from bot.storage.channel_choices import NEVER, Choices
from bot.storage.database import Session

OPT_IN = "opt_in"  # the question about figures outside, among records that are shown: a channel's


def chosen(settings: ChannelSettings, choices: Choices) -> ChannelSettings:
    """Settings with what the channel chose."""
    digest = settings.digest
    if choices.digest:
        digest = None if choices.digest == NEVER else weekly(choices.digest)
    return replace(settings, digest=digest, talk=bool(choices.talk), outside=bool(choices.outside))


def at_moment(moment: Weekly) -> Weekly:
    """A moment that people typed, its zone as it is spelled. Raises Problem "unknown_zone"."""
    spelled = {name.casefold(): name for name in available_timezones()}
    zone = spelled.get(moment.zone.casefold().replace(" ", "_"))
    if zone is None:
        raise Problem("unknown_zone", found=moment.zone)
    return replace(moment, zone=zone)


def keep_private(session: Session, channel_id: str, *, private: bool) -> None:
    """Keep whether only its members see a channel. What can't be asked there may be later."""
    before = channel_choices.of_channel(session, channel_id)
    asked = None if private else before.asked_outside_at
    after = replace(before, private=private, asked_outside_at=asked)
    if after != before:
        channel_choices.keep(session, channel_id, after)


def keep(
    session: Session,
    channel_id: str,
    changes: Sequence[Change],
    now: str,
    host_id: str | None = None,
) -> None:
    """Keep what changed of these choices; `host_id` is our id of who set the channel up.

    A digest that was off comes from now on; at another moment it goes on.
    """
    before = after = channel_choices.of_channel(session, channel_id)
    for one in changes:
        match one.setting:
            case Setting.DIGEST:
                after = replace(after, digest=one.after or NEVER)
                if not (one.before and one.after):
                    _begin(session, channel_id, one.after, now)
            case Setting.TALK:
                after = replace(after, talk=bool(one.after))
            case Setting.OUTSIDE:
                after = replace(after, outside=bool(one.after))
    if host_id:
        after = replace(after, host_id=host_id)
    if after != before:
        channel_choices.keep(session, channel_id, after)


def _begin(session: Session, channel_id: str, digest: str, now: str) -> None:
    moment = weekly(digest) if digest else None
    code = Scheduled(Occasion.DIGEST, channel_id, moment, now).code
    schedules.begin(session, Occasion.DIGEST, channel_id, code, now)
