"""An agenda as it was read, with what a person changed before it is posted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.meeting import Agenda, AgendaItem, Kind
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
    may be a new one. `swaps` are the questions that were turned down, by item index and key, in the
    order in which that was done: each other choice depends on those before it.
    """

    agenda: Agenda
    items: tuple[DraftItem, ...]
    meeting_id: str | None = None
    swaps: tuple[tuple[int, str], ...] = ()

    @property
    def kept(self) -> list[DraftItem]:
        """The items that will be on the agenda."""
        return [each for each in self.items if not each.dropped]

    @property
    def as_agenda(self) -> Agenda:
        """The agenda to post."""
        return replace(self.agenda, items=tuple(each.item for each in self.kept))

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

    def _with(self, index: int, **changed: object) -> Draft:
        item = replace(self.items[index], **changed)  # type: ignore[arg-type]
        return replace(self, items=(*self.items[:index], item, *self.items[index + 1 :]))


def draft_of(agenda: Agenda, *, procedural: bool = False) -> Draft:
    """A draft of what was read; with `procedural` every item gets questions."""
    items = agenda.items
    if procedural:
        items = tuple(replace(item, kind=Kind.SUBSTANTIVE) for item in items)
    return Draft(replace(agenda, items=()), tuple(DraftItem(item) for item in items))
