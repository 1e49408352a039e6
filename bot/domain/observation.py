"""Whether the customer came up by itself at an item, who says so, and how a meeting was closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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
