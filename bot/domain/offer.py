"""What a meeting left open and the next takes along: what is offered, and where it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.domain.meeting import AgendaItem, Kind


@dataclass(frozen=True)
class Offer:
    """Items that a meeting left open, as the next may take them along; never none.

    `day` is the meeting's. `chosen`: somebody wants it so already.
    """

    meeting_id: str
    day: date
    items: tuple[AgendaItem, ...]
    chosen: bool = False


def taken_along(item: AgendaItem, item_id: str) -> AgendaItem:
    """An item for a next agenda: what it is about stays, when it was does not."""
    return replace(item, carried_from=item_id, session=None, starts_at=None)


def in_order(items: Sequence[AgendaItem]) -> list[int]:
    """The items' indexes: what is taken along comes before what ends the meeting."""
    own = [index for index, item in enumerate(items) if not item.carried_from]
    carried = [index for index, item in enumerate(items) if item.carried_from]
    place = len(own) - closing([items[index] for index in own])
    return [*own[:place], *carried, *own[place:]]


def numbered(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Items in order, those taken along with a number and the session they stand in.

    Where all are counted the count goes on through them; else printed numbers stay, and theirs
    are beyond the highest.
    """
    own = [item.position for item in items if not item.carried_from]
    counted = all(map(str.isdecimal, own)) and all(int(a) < int(b) for a, b in pairwise(own))
    return tuple(_counted(items) if counted else _beyond(items, own))


def closing(own: Sequence[AgendaItem]) -> int:
    """How many items at the end only end the meeting; of an agenda of such items, the last."""
    substantive = [n for n, item in enumerate(own) if item.kind is Kind.SUBSTANTIVE]
    return len(own) - 1 - substantive[-1] if substantive else min(len(own), 1)


def _counted(items: Sequence[AgendaItem]) -> Iterator[AgendaItem]:
    number, session, shifted = 0, None, False
    for item in items:
        shifted = shifted or bool(item.carried_from)
        number = max(number + 1, 0 if item.carried_from else int(item.position))
        session = session if item.carried_from else item.session
        yield replace(item, position=str(number), session=session) if shifted else item


def _beyond(items: Sequence[AgendaItem], own: Sequence[str]) -> Iterator[AgendaItem]:
    number, session = max((int(n) for it in own for n in re.findall(r"\d+", it)), default=0), None
    for item in items:
        number += bool(item.carried_from)
        session = session if item.carried_from else item.session
        yield replace(item, position=str(number), session=session) if item.carried_from else item
