"""Moments that come again, as people say them."""

from __future__ import annotations

from bot.domain.schedule import Every, Weekly
from bot.wording.texts import Texts


def weekly(moment: Weekly, texts: Texts, *, zone: bool = False) -> str:
    """Every Monday at 9:00; with its time `zone` where that tells it from another."""
    said = texts.say("moment.weekly", day=texts.weekday(moment.day), time=texts.clock(moment.time))
    return texts.say("moment.in_zone", moment=said, zone=moment.zone) if zone else said


def comes(every: Every, moment: Weekly, texts: Texts) -> str:
    """Every Monday at 9:00; after every month, on Monday at 9:00."""
    if every is Every.WEEK:
        return weekly(moment, texts)
    day, clock = texts.weekday(moment.day), texts.clock(moment.time)
    return texts.say("moment.monthly", day=day, time=clock)
