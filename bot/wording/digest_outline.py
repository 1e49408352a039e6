"""What a page and a table show of a digest, a channel's own or one over several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.dates import Period
from bot.domain.proportion import Proportion
from bot.domain.release import Coverage, Released, everything
from bot.domain.view import DigestView, ManagersDigestView, Scope, Step

MEASURES = ("by_itself", "coverage", "consequence", "observation")


@dataclass(frozen=True)
class Outline:
    """The figures of a period, those of the periods before and, over several channels, by level.

    `scope`: "all", the level, or the names of the channels. `inside`: it is the channel's own, so
    that nothing is too small to show.
    """

    scope: str
    level: str | None
    inside: bool
    period: Period
    released: Released
    before: Proportion | None
    trend: Sequence[Step]
    levels: Mapping[str, Released] = field(default_factory=dict)


def outline(view: DigestView | ManagersDigestView) -> Outline:
    """Of either kind of digest."""
    if isinstance(view, ManagersDigestView):
        scope, level = scope_code(view.scope), view.scope.level
        released, levels = view.released, view.levels
    else:
        scope, level = view.channel, None
        released, levels = everything(view.figures), {}
    inside = isinstance(view, DigestView)
    steps = view.trend or [Step(view.period, released)]
    return Outline(scope, level, inside, view.period, released, view.before, steps, levels)


def scope_code(scope: Scope) -> str:
    """Of all channels, a level, or chosen ones."""
    return scope.level or " + ".join(scope.channels) or "all"


def proportion(released: Released, measure: str) -> Proportion | None:
    """One of the MEASURES; None where it is too small to show."""
    value: Coverage | Proportion | None = getattr(released, measure)
    if isinstance(value, Coverage):
        return Proportion(value.answered, value.substantive)
    return value


def proportions(released: Released) -> Iterator[tuple[str, Proportion | None]]:
    """Every measure with its share, and those that stand beside the coverage."""
    for measure in MEASURES:
        yield measure, proportion(released, measure)
        if measure == "coverage":
            yield from _beside(released.coverage)


def _beside(items: Coverage | None) -> Iterator[tuple[str, Proportion | None]]:
    """What is shown apart: of the answered what is not known yet, and what does not apply."""
    yield "unknown", Proportion(items.unknown, items.answered) if items else None
    yield "not_applicable", Proportion(items.not_applicable, items.substantive) if items else None
