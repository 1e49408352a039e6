"""Whether the customer came up by itself at an item, who says so, and how a meeting was closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.customer import CustomerWords, has_article
from bot.domain.meeting import title_key
from bot.domain.word_forms import stem


class Observed(StrEnum):
    """What was observed at an item; an item of which nothing is kept was not observed."""

    CAME_UP = "came_up"
    DID_NOT = "did_not"
    NOT_DISCUSSED = "not_discussed"


class Source(StrEnum):
    """Who says so; whoever comes first here, is believed first."""

    CHAIR = "chair"
    TEXT = "text"


@dataclass(frozen=True)
class Closing:
    """How a meeting was closed, by a person or `by_clock`.

    `members` is the number of people in its channel then, None where it could not be counted.
    """

    take_away: str = ""
    members: int | None = None
    by_clock: bool = False


def believed(said: Mapping[Source, Observed]) -> Observed | None:
    """What counts of what was said of an item; None where nobody said anything."""
    return next((said[source] for source in Source if source in said), None)


def came_up(observed: Observed | None) -> bool | None:
    """Whether the customer came up by itself; None where that was not observed."""
    return {Observed.CAME_UP: True, Observed.DID_NOT: False}.get(observed) if observed else None


def names_customer(text: str, customer: CustomerWords) -> bool:
    """Whether one of the customer's words stands in a text, in singular or plural, by itself."""
    text_stems = _stems(text)
    return any(_stands_in(_stems(words), text_stems) for words in _words(customer))


def _words(customer: CustomerWords) -> tuple[str, ...]:
    noun = customer.one.split(maxsplit=1)[1] if has_article(customer.one) else customer.one
    return (noun, customer.many or noun, *customer.synonyms)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in title_key(text).split()]


def _stands_in(words: list[str], text: list[str]) -> bool:
    starts = range(len(text) - len(words) + 1)
    return bool(words) and any(text[start : start + len(words)] == words for start in starts)
