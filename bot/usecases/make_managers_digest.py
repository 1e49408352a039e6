"""Make the digest of channels taken together: sums of what may be told outside them, no names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from bot.config import GENERAL
from bot.domain.customer import LEVELS, ChannelSettings
from bot.domain.dates import Period, before, week_of, weeks_of
from bot.domain.problem import Problem
from bot.domain.proportion import Proportion, comparable, pooled
from bot.domain.question import word
from bot.domain.release import Measure, Released
from bot.domain.view import ManagersDigestView, Scope, Step
from bot.usecases.ask_outside import counts, in_scope
from bot.usecases.make_digest import STEPS, rates_of
from bot.usecases.release_figures import Shown, release, release_sum
from bot.usecases.toolbox import Caller, Toolbox

FEWEST = 2  # channels; that there is one says whose the figures are


def make_managers_digest(
    toolbox: Toolbox, caller: Caller, period: Period, scope: Scope, language: str
) -> ManagersDigestView:
    """The figures of the channels of `scope` in the weeks of `period` that are over.

    Of those only that count outside themselves now, by their own choice.

    Raises Problem "whole_weeks" for a period that is not made of ISO weeks.
    """
    _refuse_parts_of_weeks(period)
    last_over = week_of(toolbox.today()).first - timedelta(days=1)
    chosen = _chosen(toolbox, caller, scope)
    show = partial(release, toolbox, caller, last_over)
    now = show(list(chosen), period)
    trend = [Step(step, show(list(chosen), step).released) for step in before(period, STEPS)]
    return ManagersDigestView(
        scope=scope,
        period=period,
        language=language,
        until=min(period.last, last_over),
        channels=len(chosen) if len(chosen) >= FEWEST else None,
        released=now.released,
        before=_before(now.released, trend, partial(release_sum, toolbox, caller, list(chosen))),
        trend=[*trend, Step(period, now.released)],
        levels=_levels(show, period, _by_level(chosen)) if last_over >= period.first else {},
        most_asked=_most_asked(toolbox, now.asked, language),
        rates=rates_of(toolbox, now.heard),
    )


def _refuse_parts_of_weeks(period: Period) -> None:
    try:
        weeks_of(period)
    except ValueError:
        raise Problem("whole_weeks", found=period.code) from None


def _chosen(toolbox: Toolbox, caller: Caller, scope: Scope) -> dict[str, str | None]:
    """The channels of a scope that count outside themselves: their level by our id."""
    with toolbox.read(caller) as session:
        return {one.id: one.level for one in in_scope(session, scope) if counts(one)}


def _levels(
    show: Callable[..., Shown], period: Period, by_level: Mapping[str, Sequence[str]]
) -> dict[str, Released]:
    """What may be shown of each level beside the whole and the levels before it."""
    found: dict[str, Released] = {}
    beside: dict[Measure, list[str]] = {measure: [] for measure in Measure}
    for level, ids in by_level.items():
        found[level] = show(list(ids), period, beside).released
        for measure in beside:
            beside[measure] += ids if getattr(found[level], measure.value) else ()
    return found


def _by_level(chosen: Mapping[str, str | None]) -> dict[str, list[str]]:
    """The channels of each level, the top first, where there are several levels."""
    found = {
        level: [channel_id for channel_id, its in chosen.items() if its == level]
        for level in reversed(LEVELS)
    }
    several = {level: ids for level, ids in found.items() if ids}
    return several if len(several) > 1 else {}


def _before(
    now: Released, trend: Sequence[Step], may_be_shown: Callable[[Sequence[Period]], bool]
) -> Proportion | None:
    """Over the periods before that are shown; together they are one more figure that is."""
    shown = [step.period for step in trend if step.released.by_itself]
    then = pooled(step.released.by_itself for step in trend if step.released.by_itself)
    if not now.by_itself or not comparable(now.by_itself, then) or not may_be_shown(shown):
        return None
    return then


def _most_asked(
    toolbox: Toolbox, asked: Mapping[str, int], language: str
) -> tuple[str, int] | None:
    """Worded for any customer, as what a channel calls its own would tell whose it is."""
    catalogue = [it for it in toolbox.prompts.questions[language] if asked.get(it.key)]
    if not catalogue:
        return None
    most = max(catalogue, key=lambda question: asked[question.key])
    settings = ChannelSettings(language, toolbox.prompts.customers[GENERAL])
    return word(most, settings, language, 0), asked[most.key]
