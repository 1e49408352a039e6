"""Days as people write them, with and without a year; the words come from the vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_times import Span, alternatives

MAX_OFF = 1  # years around today in which a printed weekday is looked for
LEAP = 4  # years within which every day of the year comes by

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMERIC = (
    r"(?P<iso>(?:19|20)\d\d)-(?P<iso_month>\d\d?)-(?P<iso_day>\d\d?)\b",
    r"(?P<first>\d\d?)(?P<sign>[-/])(?P<second>\d\d?)(?P=sign)(?P<short>(?:19|20)\d\d|\d\d)\b",
    r"(?P<dotted>\d\d?)\.(?P<dotted_month>\d\d?)\.(?P<dotted_year>(?:19|20)\d\d)\b",
)
# Two figures alone are a day only where nothing else can be meant.
_FIGURES = rf"(?P<bare>{_DAY})[-/](?P<bare_month>{_DAY})(?![-/.:\w])"
_SET_OFF = rf"(?:^|(?<=[(\[])|(?<=[:,] ))(?P<off>{_DAY})/(?P<off_month>{_DAY})(?=$|[)\],;])"
_WHOLE = rf"^(?P<whole>{_DAY})-(?P<whole_month>{_DAY})$"
_ENDING = r"(?<= )(?P<end>\d\d?)/(?P<end_month>[01]\d)(?=$|[)\],;])"
_YEAR = r"(?:[ -]|, ?| ?(?=['’]))(?P<{}>(?:19|20)\d\d\b|['’]\d\d\b)"
_DAYS = ("day", "later_day", "iso_day", "first", "dotted", "bare", "off", "whole", "end")
_MONTHS = (
    "month", "later_month", "iso_month", "second", "dotted_month", "bare_month", "off_month",
    "whole_month", "end_month",
)  # fmt: skip
_YEARS = ("year", "later_year", "iso", "short", "dotted_year")


@dataclass(frozen=True)
class DateSpan(Span):
    """A day and its place; `full` when its year is printed too."""

    day: date
    full: bool


@lru_cache(maxsize=8)
def date_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Dates with or without a year, weekday in front, as they stand in a title."""
    months, days = alternatives(vocabulary.months), alternatives(vocabulary.weekdays)
    nth = rf"(?:{alternatives(vocabulary.ordinal_endings)})?"
    of = rf"(?:(?:{alternatives(vocabulary.date_joiners)}) )?"
    day_first = rf"(?P<day>\d\d?){nth}[ -]{of}(?P<month>{months})\b\.?(?:{_YEAR.format('year')})?"
    month_first = (
        rf"(?P<later_month>{months})\b\.? (?P<later_day>\d\d?){nth}\b(?![:.]\d)"
        rf"(?:{_YEAR.format('later_year')})?"
    )
    return re.compile(
        rf"\b(?:(?P<weekday>{days})\b[.,]* )?(?:{'|'.join((day_first, month_first, *_NUMERIC))})"
        rf"|\b(?P<named>{days})\b[.,]* {_FIGURES}|{_SET_OFF}|{_WHOLE}|{_ENDING}"
        rf"|\b(?:{months})\b\.? (?:19|20)\d\d\b",
        re.IGNORECASE,
    )


def find_dates(text: str, vocabulary: Vocabulary, today: date | None) -> list[DateSpan]:
    """Every day in the text, from left to right; without `today` only those with a year."""
    found = (
        (match, _day(match, vocabulary, today)) for match in date_pattern(vocabulary).finditer(text)
    )
    return [
        DateSpan(match.start(), match.end(), day, _year(match) is not None)
        for match, day in found
        if day
    ]


def blank_dates(text: str, vocabulary: Vocabulary) -> str:
    """The text with every date, full or not, overwritten by spaces; places stay the same."""
    return date_pattern(vocabulary).sub(lambda match: " " * len(match[0]), text)


def _day(match: re.Match[str], vocabulary: Vocabulary, today: date | None) -> date | None:
    printed, name = _group(match, _DAYS), _group(match, _MONTHS)
    if not printed or not name:
        return None
    day, month = int(printed), vocabulary.months.get(name.lower(), 0) or int(name)
    if month > 12:  # month first, as Americans do
        day, month = month, day
    year = _year(match)
    if year is not None:
        return _date(year, month, day)
    weekday = _group(match, ("weekday", "named"))
    return _nearest(month, day, weekday, today, vocabulary) if today else None


def _group(match: re.Match[str], names: tuple[str, ...]) -> str:
    return next((match[name] for name in names if match[name]), "")


def _year(match: re.Match[str]) -> int | None:
    printed = _group(match, _YEARS).lstrip("'’")
    if not printed:
        return None
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 February and the like: no date
        return None


def _nearest(
    month: int, day: int, weekday: str, today: date, vocabulary: Vocabulary
) -> date | None:
    """The day in the year nearest to today; near today, the weekday printed decides first."""
    years = range(today.year - LEAP, today.year + LEAP + 1)
    days = [found for year in years if (found := _date(year, month, day))]
    number = _weekdays(vocabulary).get(weekday.lower())
    right = [
        found
        for found in days
        if found.weekday() == number and abs(found.year - today.year) <= MAX_OFF
    ]
    return min(right or days, key=lambda found: abs(found - today), default=None)


@lru_cache(maxsize=8)
def _weekdays(vocabulary: Vocabulary) -> dict[str, int]:
    """0 for Monday … 6; full names stand in the week's order, short ones begin a full one."""
    words = vocabulary.weekdays
    full = [word for word in words if sum(other.startswith(word) for other in words) == 1]
    return {
        word: place % 7
        for place, name in reversed(list(enumerate(full)))
        for word in words
        if name.startswith(word)
    }
