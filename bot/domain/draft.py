"""An agenda as it was read, with what a person changed before it is posted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.agenda_source import AgendaSource
from bot.domain.meeting import Agenda, AgendaItem, Kind
from bot.domain.offer import Offer, in_order, numbered
from bot.domain.problem import Problem


@dataclass(frozen=True)
class DraftItem:
    """An item of a draft."""

    item: AgendaItem
    dropped: bool = False


@dataclass(frozen=True)
class Draft:
    """What was read, and the items as they stand; an item's index never changes.

    `agenda` gives everything but its items. `meeting_id` is the meeting it changes, None where it
    may be a new one; `source` the message it was read from, where it was. `offered` are the items
    of `offered_by`, a meeting before it, that it takes along if it `carries` them. `swaps` are the
    questions that were turned down, by item index and key, in the order in which that was done:
    each other choice depends on those before it.
    """

    agenda: Agenda
    items: tuple[DraftItem, ...]
    meeting_id: str | None = None
    source: AgendaSource | None = None
    offered_by: str | None = None
    offered: tuple[str, ...] = ()
    carries: bool = False
    swaps: tuple[tuple[int, str], ...] = ()

    @property
    def indexes(self) -> list[int]:
        """Which items will be on the agenda, in its order."""
        there = [n for n, each in enumerate(self.items) if not each.dropped and self._has(each)]
        return [there[place] for place in in_order([self.items[n].item for n in there])]

    @property
    def kept(self) -> list[DraftItem]:
        """The items that will be on the agenda."""
        return [self.items[index] for index in self.indexes]

    @property
    def read(self) -> Agenda:
        """The agenda as its text has it, with nothing taken along and nothing left out."""
        own = (each.item for each in self.items if not each.item.carried_from)
        return replace(self.agenda, items=tuple(own))

    @property
    def as_agenda(self) -> Agenda:
        """The agenda to post."""
        return replace(self.agenda, items=numbered([each.item for each in self.kept]))

    def with_offer(self, offer: Offer | None) -> Draft:
        """With what may be taken along now; a choice stays while the same meeting offers it."""
        if offer is None:
            return replace(self, offered=())
        known = {each.item.carried_from for each in self.items}
        new = [DraftItem(item) for item in offer.items if item.carried_from not in known]
        same = offer.meeting_id == self.offered_by
        return replace(
            self,
            items=(*self.items, *new),
            offered_by=offer.meeting_id,
            offered=tuple(item.carried_from or "" for item in offer.items),
            carries=self.carries if same else offer.chosen,
        )

    def offers_as(self, other: Draft) -> bool:
        """Whether what it was chosen to carry is chosen for the other too."""
        return (self.meeting_id, self.offered_by) == (other.meeting_id, other.offered_by)

    def carrying(self, *, along: bool) -> Draft:
        """With all that is offered, or without."""
        items = (
            replace(each, dropped=False) if each.item.carried_from else each for each in self.items
        )
        return replace(self, items=tuple(items), carries=along)

    def dropped(self, index: int) -> Draft:
        """Without an item. Raises Problem "last_item" when it is the only one left."""
        if self.kept == [self.items[index]]:
            raise Problem("last_item")
        return self._with(index, dropped=True)

    def renamed(self, index: int, title: str) -> Draft:
        """With another title for an item; an empty one leaves it as it is."""
        item = self.items[index].item
        return self._with(index, item=replace(item, title=title.strip() or item.title))

    def of_kind(self, index: int, kind: Kind) -> Draft:
        """With an item that gets questions, or gets none."""
        return self._with(index, item=replace(self.items[index].item, kind=kind))

    def swapped(self, index: int, key: str) -> Draft:
        """With another question for an item instead of the one with this key."""
        return replace(self, swaps=(*self.swaps, (index, key)))

    def retitled(self, title: str, day: date | None) -> Draft:
        """With another title and day for the meeting."""
        return replace(self, agenda=replace(self.agenda, title=title.strip() or None, day=day))

    def _has(self, each: DraftItem) -> bool:
        """Whether it is the text's own, or offered and taken along."""
        source = each.item.carried_from
        return source is None or (self.carries and source in self.offered)

    def _with(self, index: int, **changed: object) -> Draft:
        item = replace(self.items[index], **changed)  # type: ignore[arg-type]
        return replace(self, items=(*self.items[:index], item, *self.items[index + 1 :]))


def draft_of(agenda: Agenda, *, procedural: bool = False) -> Draft:
    """A draft of what was read; with `procedural` every item gets questions."""
    items = agenda.items
    if procedural:
        items = tuple(replace(item, kind=Kind.SUBSTANTIVE) for item in items)
    return Draft(replace(agenda, items=()), tuple(DraftItem(item) for item in items))
