"""What is different on an agenda that was read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.view import ItemView, MeetingView


@dataclass(frozen=True)
class AgendaChange:
    """`renamed` are items as they are now with their title before; `moved`: in another order."""

    new: Sequence[ItemView] = ()
    gone: Sequence[ItemView] = ()
    renamed: Sequence[tuple[ItemView, str]] = ()
    moved: bool = False


def change_between(before: MeetingView, after: MeetingView) -> AgendaChange:
    """What of a meeting's agenda is different from before, by the ids of its items."""
    old, new = _on_agenda(before), _on_agenda(after)
    stay = [item_id for item_id in old if item_id in new]
    titles = {item_id: old[item_id].item.title for item_id in stay}
    return AgendaChange(
        [it for item_id, it in new.items() if item_id not in old],
        [it for item_id, it in old.items() if item_id not in new],
        [
            (new[item_id], title)
            for item_id, title in titles.items()
            if new[item_id].item.title != title
        ],
        stay != [item_id for item_id in new if item_id in old],
    )


def _on_agenda(view: MeetingView) -> dict[str, ItemView]:
    return {it.id or "": it for it in view.items if not it.removed}
