"""Digests made by hand: a year of months over several channels, and a channel's own weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.dates import Period, Span, before, parse_period, week_of
from bot.domain.digest import Figures
from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion
from bot.domain.release import Coverage, Released, everything
from bot.domain.view import DigestView, ManagersDigestView, Scope, Step

RATES = Rates(Proportion(93, 100), Proportion(78, 100))
# by period: came up, observed, answered, changed, substantive; None is too small to show
MONTHS = [
    (66, 186, 121, 9, 221),
    (71, 190, 140, 12, 232),
    None,
    (80, 201, 160, 14, 240),
    (60, 170, 131, 11, 204),
    None,
    (88, 199, 168, 19, 236),
    (95, 204, 171, 21, 240),
    (101, 210, 186, 26, 243),
]
LEVELS = {
    "strategic": None,
    "tactical": (24, 61, 50, 9, 70),
    "operational": (71, 141, 128, 16, 162),
}


def released(counts: tuple[int, int, int, int, int] | None) -> Released:
    if counts is None:
        return Released()
    up, observed, answered, changed, substantive = counts
    return Released(
        Proportion(up, observed),
        Coverage(substantive, answered, answered // 9, (substantive - answered) // 3),
        Proportion(changed, answered),
        Proportion(observed, substantive),
    )


def managers(scope: Scope | None = None, language: str = "nl") -> ManagersDigestView:
    """November 2026 over all channels."""
    november = parse_period(Span.MONTH, "2026-11")
    periods = [*before(november, 8), november]
    steps = [Step(at, released(counts)) for at, counts in zip(periods, MONTHS, strict=True)]
    return ManagersDigestView(
        scope=scope or Scope(),
        period=november,
        language=language,
        until=november.last,
        channels=7,
        released=steps[-1].released,
        before=Proportion(460, 1150),
        trend=steps,
        levels={} if scope else {level: released(counts) for level, counts in LEVELS.items()},
        most_asked=("Wat merkt de klant hiervan?", 61),
        rates=RATES,
    )


def own(words: str = "wonen", customer: str = "de huurder") -> DigestView:
    """Week 48 of a channel, with few items each week and one week without a meeting."""
    week = week_of(date(2026, 11, 24))
    periods, counts = [*before(week, 8), week], [3, 4, 2, 0, 5, 3, 6, 4, 7]
    steps = [Step(at, everything(_figures(n))) for at, n in zip(periods, counts, strict=True)]
    return DigestView(
        channel=words,
        period=week,
        language="nl",
        customer=customer,
        figures=_figures(7),
        wordings={},
        before=Proportion(16, 38),
        trend=steps,
        rates=RATES,
        so_far=True,
    )


def nothing(period: Period | None = None) -> ManagersDigestView:
    """A period of which nothing may be shown."""
    view = managers()
    empty = [replace(step, released=Released()) for step in view.trend]
    return replace(
        view,
        period=period or view.period,
        channels=None,
        released=Released(),
        before=None,
        trend=empty,
        levels=dict.fromkeys(LEVELS, Released()),
        most_asked=None,
        rates=None,
    )


def _figures(up: int) -> Figures:
    observed = 2 * up + 1 if up else 0
    return Figures(
        meetings=int(up > 0),
        prepared=0,
        items=observed + 4 if up else 0,
        substantive=observed + 1 if up else 0,
        came_up=up,
        observed=observed,
        not_discussed=0,
        asked=observed,
        asked_in_vain=0,
        answered=observed - 1 if up else 0,
        unknown=int(up > 0),
        not_applicable=int(up > 0),
        open=int(up > 0),
        know=up,
        assume=up,
        dont_know=int(up > 0),
        changed_decisions=up // 3,
        most_asked=None,
        least_asked=None,
    )
