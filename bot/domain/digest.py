"""The figures of a period, counted per agenda item and never per person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answer import Answer, Certainty, Standing, standing
from bot.domain.meeting import Kind


@dataclass(frozen=True)
class CountedItem:
    """What counting needs to know of one item of a meeting that took place."""

    kind: Kind
    asked: Sequence[str]
    answers: Sequence[Answer]


@dataclass(frozen=True)
class AskedOften:
    """A question, how many times it was asked, and how many others were asked as often."""

    key: str
    times: int
    others: int


@dataclass(frozen=True)
class Figures:
    """The figures of one period in one channel.

    Items: `answered` + `not_applicable` + `open` = `substantive`; an item with an answer in words
    is answered, also when that is "we don't know yet". `know`, `assume` and `dont_know` count
    answers. `changed_decisions` counts items: one item, one decision.
    """

    meetings: int
    prepared: int
    items: int
    substantive: int
    asked: int
    answered: int
    not_applicable: int
    open: int
    know: int
    assume: int
    dont_know: int
    changed_decisions: int
    most_asked: AskedOften | None
    least_asked: AskedOften | None


def count(
    meetings: int, prepared: int, items: Iterable[CountedItem], catalogue: Sequence[str]
) -> Figures:
    """Count the items of `meetings` that took place.

    `prepared` is the number of those that did not yet, `catalogue` the keys that can be asked: one
    that was never asked is the least asked.
    """
    items = list(items)
    substantive = [item for item in items if item.kind is Kind.SUBSTANTIVE]
    standings = Counter(standing(item.answers) for item in substantive)
    answers = [answer for item in substantive for answer in item.answers]
    certainties = Counter(answer.certainty for answer in answers)
    asked = Counter(key for item in items for key in item.asked)
    return Figures(
        meetings=meetings,
        prepared=prepared,
        items=len(items),
        substantive=len(substantive),
        asked=asked.total(),
        answered=standings[Standing.ANSWERED] + standings[Standing.DONT_KNOW],
        not_applicable=standings[Standing.NOT_APPLICABLE],
        open=standings[Standing.OPEN],
        know=certainties[Certainty.KNOW],
        assume=certainties[Certainty.ASSUME],
        dont_know=certainties[Certainty.DONT_KNOW],
        changed_decisions=sum(
            any(a.changed_decision for a in item.answers) for item in substantive
        ),
        most_asked=_extreme(asked, catalogue, most=True),
        least_asked=_extreme(asked, catalogue, most=False),
    )


def _extreme(
    asked: Mapping[str, int], catalogue: Sequence[str], *, most: bool
) -> AskedOften | None:
    if not any(asked.values()):
        return None
    times = {key: asked.get(key, 0) for key in dict.fromkeys([*catalogue, *asked])}
    bound = max(times.values()) if most else min(times.values())
    keys = [key for key, n in times.items() if n == bound]
    return AskedOften(keys[0], bound, len(keys) - 1)
