"""Hear talk: count how often messages in a channel name the customer, where the channel wants that.

Each message is looked at in memory, once. What stays of it is that there was one more on its day,
and whether it names the customer; what tells that it came before says no more than that either.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.customer import ChannelSettings
from bot.storage import deliveries, posted_messages, talk_days
from bot.storage.database import Session
from bot.usecases.find_mentions import Listener
from bot.usecases.set_up_channel import channel_settings
from bot.usecases.tell_changes import TALK_CHANGE
from bot.usecases.toolbox import Caller, Toolbox


@dataclass(frozen=True)
class Said:
    """What somebody said: its words, when (an aware instant), and in which delivery it came.

    `thread` is the message it stands below ("C123/1712.0001"), None for one by itself.
    """

    text: str
    at: datetime
    delivery: str
    thread: str | None = None


def hear(toolbox: Toolbox, caller: Caller, said: Said) -> None:
    """Count a message; once, however often it is delivered.

    What stands below a message of ours does not count, nor what is in a language we do not read,
    as nobody knows whom that names.
    """
    with toolbox.read(caller) as session:
        if not _counts(session, caller, said):
            return
    settings = channel_settings(toolbox, caller)
    mentions = Listener(toolbox, settings, None, said.text).hear(said.text).mentions
    if mentions is None:
        return
    zone = zone_of(toolbox, settings)
    day = said.at.astimezone(zone).date()
    with toolbox.write(caller) as session:
        channel_id = _counted_in(session, caller)
        if channel_id and deliveries.first(session, _trace(said.delivery), _end(day, zone)):
            talk_days.add(session, channel_id, day, naming=bool(mentions))


def over(toolbox: Toolbox, settings: ChannelSettings) -> date:
    """The last day that is over in a channel: of today nothing is told, or one could see what each
    message added."""
    return toolbox.clock().astimezone(zone_of(toolbox, settings)).date() - timedelta(days=1)


def zone_of(toolbox: Toolbox, settings: ChannelSettings) -> ZoneInfo:
    """Where a channel's days begin."""
    return ZoneInfo(settings.digest.zone) if settings.digest else toolbox.config.zone


def _counts(session: Session, caller: Caller, said: Said) -> bool:
    if _counted_in(session, caller) is None:
        return False
    return not (said.thread and posted_messages.is_ours(session, caller.platform, said.thread))


def _counted_in(session: Session, caller: Caller) -> str | None:
    return talk_days.counted_in(session, caller.platform, caller.channel, TALK_CHANGE)


def _trace(delivery: str) -> str:
    """Tells a delivery from others, and nothing about it."""
    return f"talk:{hashlib.sha256(delivery.encode()).hexdigest()[:32]}"


def _end(day: date, zone: ZoneInfo) -> str:
    """When a local day ends, as instants are stored."""
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    return end.astimezone(UTC).isoformat(timespec="milliseconds")
