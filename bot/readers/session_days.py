"""Which day a session of a meeting of several days is on, from its heading as it is printed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import find_dates
from bot.readers.agenda_times import alternatives

LONGEST = timedelta(days=14)  # a day beyond that is no day of the meeting
WEEK = 7


@lru_cache(maxsize=2_048)  # the clock asks it of the same headings again and again
def session_day(heading: str | None, first: date, vocabulary: Vocabulary) -> date:
    """The day of a session in a meeting that begins on `first`; that day where it does not tell.

    "Dinsdag 2 maart", "Dag 2", "Woensdag" tell.
    """
    words = heading or ""
    days = [found.day for found in find_dates(words, vocabulary, first)]
    if not days and (counted := _counting(vocabulary).search(words)):
        days = [first + timedelta(days=int(counted[1]) - 1)]
    if not days and (named := _weekday(vocabulary).search(words)):
        number = _numbers(vocabulary)[named[0].lower()]
        days = [first + timedelta(days=(number - first.weekday()) % WEEK)]
    return max((day for day in days if first <= day <= first + LONGEST), default=first)


@lru_cache(maxsize=8)
def _counting(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = tuple(word for word in vocabulary.session_words if word in vocabulary.day_labels)
    return re.compile(rf"\b(?:{alternatives(words)}) (\d{{1,2}})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _weekday(vocabulary: Vocabulary) -> re.Pattern[str]:
    """A whole name begins a compound too; short ones ("ma") would be found in any word."""
    return re.compile(rf"\b(?:{alternatives(_numbers(vocabulary))})", re.IGNORECASE)


@lru_cache(maxsize=8)
def _numbers(vocabulary: Vocabulary) -> dict[str, int]:
    """Whole names of days, 0 for Monday; each language has its own in the week's order."""
    whole = [word for word in vocabulary.weekdays if word.endswith(("dag", "day"))]
    return {word: place % WEEK for place, word in enumerate(whole)}
