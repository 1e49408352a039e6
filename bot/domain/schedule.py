"""What comes by itself, and when: every week or after every month, on a day at a time in a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.dates import Period, month_of, week_of

LATEST = timedelta(hours=24)  # what is later than that is news no more
ZONE = "Europe/Amsterdam"


class Occasion(StrEnum):
    """What may come by itself; also what its messages are called among records that are shown.

    DIGEST is a channel's week, in that channel; MANAGERS_DIGEST one that somebody asked for. QUIET
    asks who set a channel up, after weeks without meetings, whether to go on. NEXT_WEEK tells who
    posted a series' last agenda that none is prepared.
    """

    DIGEST = "digest"
    MANAGERS_DIGEST = "managers_digest"
    QUIET = "quiet"
    NEXT_WEEK = "next_week"


class Every(StrEnum):
    """How often: over each week that is over, or over each month."""

    WEEK = "week"
    MONTH = "month"


class Came(StrEnum):
    """What became of it: DUE has a job that brings it, TOLD was brought.

    Of NOTHING there was nothing to tell; SKIPPED was not told, and should have been.
    """

    DUE = "due"
    TOLD = "told"
    NOTHING = "nothing"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Weekly:
    """A moment of the week: `day` as ISO has it (1 is Monday), `time` and `zone` where it is so."""

    day: int = 1
    time: time = time(9)
    zone: str = ZONE

    @property
    def code(self) -> str:
        """As it is kept: "1 09:00 Europe/Amsterdam"."""
        return f"{self.day} {self.time:%H:%M} {self.zone}"

    @property
    def cron(self) -> str:
        """The same as cron has it, without the zone."""
        return f"{self.time.minute} {self.time.hour} * * {self.day % 7}"


EVERY_MONDAY = Weekly()


@dataclass(frozen=True)
class Scheduled:
    """What comes by itself time and again: what, of whom, when, and where it goes.

    `target`: our id of what it is of, `since` when that came into being (UTC, ISO 8601), or "" for
    when it was first looked for. Without a `moment` it does not come. It goes to a channel or a
    recipient, by our ids; to each of those whom it concerns without them.
    """

    occasion: Occasion
    target: str
    moment: Weekly | None
    since: str
    every: Every = Every.WEEK
    channel_id: str | None = None
    recipient_id: str | None = None

    @property
    def code(self) -> str:
        """When it comes, as it is kept; "" for never."""
        return coming(self.every, self.moment) if self.moment else ""


def coming(every: Every, moment: Weekly) -> str:
    """When something comes, as it is kept: "week 1 09:00 Europe/Amsterdam"."""
    return f"{every} {moment.code}"


def comes(code: str) -> tuple[Every, Weekly]:
    """The same, as it was kept. Raises ValueError."""
    every, _, moment = code.partition(" ")
    return Every(every), weekly(moment)


def weekly(code: str) -> Weekly:
    """A moment of the week as it was kept, in ZONE where its own is not known here.

    Raises ValueError.
    """
    day, clock, zone = code.split(" ", 2)
    return Weekly(int(day), time.fromisoformat(clock), zone if _is_known(zone) else ZONE)


def _is_known(zone: str) -> bool:
    try:
        return bool(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def period_of(one: Scheduled, day: date) -> Period:
    """What it is about when it comes on this local day: the week after it, or what is over."""
    if one.occasion is Occasion.NEXT_WEEK:
        return week_of(day + timedelta(days=7))
    return period_over(one.every, day)


def period_over(every: Every, day: date) -> Period:
    """The last week, or month (of ISO weeks), that is over on this local day."""
    last_sunday = week_of(day).first - timedelta(days=1)
    if every is Every.WEEK:
        return week_of(last_sunday)
    month = month_of(last_sunday)
    return month if month.last <= last_sunday else month_of(month.first - timedelta(days=1))
