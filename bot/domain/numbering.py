"""The order and the numbers of an agenda's items, when one is added or moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.meeting import AgendaItem, SubItem

Placed = list[tuple[str, AgendaItem]]  # (id, item) in the order of the agenda


def renumbered(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Counted anew where the numbers are simply 1, 2, 3 …; else each keeps its own.

    Numbers like "4a" were given by people, who use them elsewhere too.
    """
    simple = {str(number) for number in range(1, len(items) + 1)}
    if {item.position for item in items} != simple:
        return list(items)
    return [_numbered(item, str(number)) for number, item in enumerate(items, 1)]


def free_position(items: Sequence[AgendaItem]) -> str:
    """The first whole number after all that are there."""
    numbers = (re.match(r"\d+", item.position) for item in items)
    return str(max((int(found[0]) for found in numbers if found), default=len(items)) + 1)


def moved(placed: Placed, rank: int, to: int) -> Placed:
    """With an item one place further, `to`; beyond the ends nothing moves.

    Where that is in another session, it comes into that session first, and stays beside the item
    it was beside. Times belong to the places, not to the items.
    """
    if not 0 <= to < len(placed):
        return placed
    after = placed.copy()
    (item_id, item), (other_id, other) = placed[rank], placed[to]
    if item.session != other.session:
        after[rank] = item_id, replace(item, session=other.session)
    else:
        after[to] = item_id, replace(item, starts_at=other.starts_at)
        after[rank] = other_id, replace(other, starts_at=item.starts_at)
    return after


def _numbered(item: AgendaItem, position: str) -> AgendaItem:
    subs = tuple(_below(sub, item.position, position) for sub in item.sub_items)
    return replace(item, position=position, sub_items=subs)


def _below(sub: SubItem, before: str, after: str) -> SubItem:
    """A point below an item has that item's number in front."""
    subs = tuple(_below(each, before, after) for each in sub.sub_items)
    rest = sub.position.removeprefix(before)
    position = after + rest if sub.position.startswith(before) else sub.position
    return replace(sub, position=position, sub_items=subs)
