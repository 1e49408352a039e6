"""The texts of one language, filled in: plurals, dates and times as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from babel import Locale
from babel.dates import format_date, format_interval, format_time

from bot.domain.dates import Period, Span
from bot.domain.problem import Mistake, Problem

Text = str | Mapping[str, str]

_LOCALES = {"nl": Locale("nl", "NL"), "en": Locale("en", "GB")}
_NAMES = {Span.MONTH: "MMMM y", Span.QUARTER: "QQQQ y", Span.YEAR: "y"}
_SHORT_NAMES = {Span.MONTH: "MMM y", Span.QUARTER: "QQQ y", Span.YEAR: "y"}


class Texts:
    """Says what prompts/texts holds under a dotted key: "problems.empty_file"."""

    def __init__(self, language: str, templates: Mapping[str, Text]) -> None:
        self.language = language
        self._templates = templates
        self._locale = _LOCALES[language]

    def say(self, key: str, /, **values: str | int) -> str:
        """The text with its values; one with plurals needs the whole number `n`."""
        template = self._templates[key]
        if isinstance(template, Mapping):
            template = template[self._locale.plural_form(int(values["n"]))]
        return template.format(**values)

    def day(self, day: date) -> str:
        """Tuesday 24 November 2026, dinsdag 24 november 2026."""
        return format_date(day, "EEEE d MMMM y", self._locale)

    def short_day(self, day: date) -> str:
        """Tue 24 Nov, di 24 nov."""
        return format_date(day, "EEE d MMM", self._locale)

    def short_date(self, day: date) -> str:
        """24 Nov, 24 nov."""
        return format_date(day, "d MMM", self._locale)

    def weekday(self, number: int) -> str:
        """Monday, maandag for 1, as ISO 8601 numbers them."""
        return format_date(date.fromisocalendar(2026, 1, number), "EEEE", self._locale)

    def clock(self, clock: time) -> str:
        """10:00, 10.00 uur."""
        pattern = "H.mm" if self.language == "nl" else "H:mm"
        return self.say("clock", time=format_time(clock, pattern, locale=self._locale))

    def period(self, period: Period) -> str:
        """Week 48 (23–29 nov 2026), november 2026 (2–29 nov), dinsdag 24 november 2026."""
        if period.span is Span.DAY:
            return self.day(period.first)
        days = self.days(period.first, period.last)
        if period.span is Span.RANGE:
            return days
        if period.span is Span.WEEK:
            return self.say("digest.week", week=period.first.isocalendar().week, days=days)
        name = format_date(period.named, _NAMES[period.span], self._locale)
        if period.first.year == period.last.year == period.named.year:
            days = self.days(period.first, period.last, year=False)
        return self.say("digest.weeks", name=name, days=days)

    def days(self, first: date, last: date, *, year: bool = True) -> str:
        """23–29 nov 2026."""
        days = format_interval(first, last, "yMMMMd" if year else "MMMd", locale=self._locale)
        return days.replace("\u2009–\u2009", "–")

    def short_period(self, period: Period) -> str:
        """Week 48, nov 2026, K4 2026, 2026: a name for an axis, of at most twenty characters."""
        if period.span is Span.WEEK:
            return self.say("digest.short_week", week=period.first.isocalendar().week)
        if period.span in _SHORT_NAMES:
            return format_date(period.named, _SHORT_NAMES[period.span], self._locale)
        return self.days(period.first, period.last, year=False)

    def problem(self, problem: Problem) -> str:
        """One sentence that says what happened and what to do."""
        return self.say(f"problems.{problem.code}", **problem.values)

    def mistake(self, mistake: Mistake) -> str:
        """Where it stands and what is expected: config.yaml:12: defaults.language: …"""
        key = f"mistakes.{mistake.code}"
        if key not in self._templates:
            key = "mistakes.other"
        reason = self.say(key, **{"found": "", **mistake.values})
        place = f"{mistake.file}:{mistake.line}" if mistake.line else mistake.file
        whole_file = mistake.key.startswith("(")
        return f"{place}: {reason}" if whole_file else f"{place}: {mistake.key}: {reason}"
