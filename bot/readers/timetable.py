"""Timetable: a schedule read as cron has it becomes instants, right in both nights of the year in
which the clock is changed: what is due in the hour that is left out comes after it, what is due in
the hour that comes twice comes once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cronsim import CronSim

from bot.domain.dates import month_of, week_of
from bot.domain.schedule import Every, Weekly

_DAY = timedelta(days=1)
# The longest that one is apart from the next, and more than the clock is ever changed by.
_APART = {Every.WEEK: timedelta(days=8), Every.MONTH: timedelta(days=36)}


def newest(moment: Weekly, every: Every, at: datetime) -> datetime:
    """When it was due last, at or before an instant; UTC."""
    return _newest(moment, every, at.astimezone(UTC).replace(second=0, microsecond=0))


def between(moment: Weekly, every: Every, after: datetime, until: datetime) -> Iterator[datetime]:
    """When it is due after one instant and at or before another; UTC, the oldest first."""
    start = after.astimezone(ZoneInfo(moment.zone)) - _DAY
    for local in CronSim(moment.cron, start):
        due = local.astimezone(UTC)
        if due > until:
            return
        if due > after and (every is Every.WEEK or _is_month_over(local.date())):
            yield due


@lru_cache(1024)  # most schedules share their moment, and are looked at each minute
def _newest(moment: Weekly, every: Every, minute: datetime) -> datetime:
    *_, last = between(moment, every, minute - _APART[every], minute)
    return last


def _is_month_over(day: date) -> bool:
    """Whether the week before that of this day was the last of its month."""
    sunday = week_of(day).first - _DAY
    return month_of(sunday).last == sunday
