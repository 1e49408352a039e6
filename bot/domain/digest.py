"""The figures of a period, counted per agenda item and never per person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.answer import Answer, Certainty, Standing, standing
from bot.domain.meeting import Kind
from bot.domain.observation import Observed, came_up
from bot.domain.proportion import Proportion


@dataclass(frozen=True)
class CountedItem:
    """What counting needs to know of one item of a meeting that took place.

    `observed` None: it was not. `heard`: the language of what people wrote at it, where the
    recogniser had its say in what was observed; None where not.
    """

    kind: Kind
    asked: Sequence[str]
    answers: Sequence[Answer]
    observed: Observed | None = None
    heard: str | None = None


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
    is answered, also when that is "we don't know yet", which `unknown` of them are. `know`,
    `assume` and `dont_know` count answers. `changed_decisions` counts items: one item, one
    decision.

    Of the substantive items `came_up` are those at which the customer came up by itself, of the
    `observed`; `not_discussed` are on the agenda and were not discussed; of the rest nobody said.
    `heard` counts, by language, the observed at which the recogniser had its say.
    `asked` counts questions; `asked_in_vain` of them stand at items they do not apply to, where
    they are no longer shown.
    `messages` were counted in the channel, on days that are over; `naming` of them name the
    customer.
    """

    meetings: int
    prepared: int
    items: int
    substantive: int
    came_up: int
    observed: int
    not_discussed: int
    asked: int
    asked_in_vain: int
    answered: int
    unknown: int
    not_applicable: int
    open: int
    know: int
    assume: int
    dont_know: int
    changed_decisions: int
    most_asked: AskedOften | None
    least_asked: AskedOften | None
    heard: Mapping[str, int] = field(default_factory=dict)
    messages: int = 0
    naming: int = 0

    @property
    def by_itself(self) -> Proportion:
        """At how many of the observed items the customer came up by itself."""
        return Proportion(self.came_up, self.observed)

    @property
    def talk(self) -> Proportion:
        """In how many of the messages that were counted the customer is named."""
        return Proportion(self.naming, self.messages)


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
    by_itself = unprompted(item.observed for item in substantive)
    answers = [answer for item in substantive for answer in item.answers]
    certainties = Counter(answer.certainty for answer in answers)
    asked = Counter(key for item in items for key in item.asked)
    seen = (item for item in substantive if came_up(item.observed) is not None)
    return Figures(
        meetings=meetings,
        prepared=prepared,
        items=len(items),
        substantive=len(substantive),
        came_up=by_itself.count,
        observed=by_itself.of,
        not_discussed=sum(item.observed is Observed.NOT_DISCUSSED for item in substantive),
        asked=asked.total(),
        asked_in_vain=sum(
            len(item.asked) for item in items if standing(item.answers) is Standing.NOT_APPLICABLE
        ),
        answered=standings[Standing.ANSWERED] + standings[Standing.DONT_KNOW],
        unknown=standings[Standing.DONT_KNOW],
        not_applicable=standings[Standing.NOT_APPLICABLE],
        open=standings[Standing.OPEN],
        know=certainties[Certainty.KNOW],
        assume=certainties[Certainty.ASSUME],
        dont_know=certainties[Certainty.DONT_KNOW],
        changed_decisions=sum(
            any(a.changed_decision and not a.not_applicable for a in item.answers)
            for item in substantive
        ),
        most_asked=_extreme(asked, catalogue, most=True),
        least_asked=_extreme(asked, catalogue, most=False),
        heard=dict(sorted(Counter(item.heard for item in seen if item.heard).items())),
    )


def unprompted(observed: Iterable[Observed | None]) -> Proportion:
    """How often the customer came up by itself; what was not observed does not count."""
    seen = [up for up in map(came_up, observed) if up is not None]
    return Proportion(sum(seen), len(seen))


def _extreme(
    asked: Mapping[str, int], catalogue: Sequence[str], *, most: bool
) -> AskedOften | None:
    if not any(asked.values()):
        return None
    times = {key: asked.get(key, 0) for key in dict.fromkeys([*catalogue, *asked])}
    bound = max(times.values()) if most else min(times.values())
    keys = [key for key, n in times.items() if n == bound]
    return AskedOften(keys[0], bound, len(keys) - 1)
