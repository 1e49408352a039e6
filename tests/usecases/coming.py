"""A channel to which things come by themselves."""

from __future__ import annotations

from bot.domain.schedule import Occasion
from bot.storage import occurrences
from bot.storage.occurrences import Occurrence
from bot.usecases.toolbox import Caller, Toolbox

CALLER = Caller("slack", "T1", "C1", "U1")


def told(found: list[Occurrence]) -> list[tuple[str, str, str, str | None]]:
    return [(one.due_at[:16], one.period, one.state, one.reason) for one in found]


def kept(toolbox: Toolbox, occasion: Occasion, target: str) -> list[Occurrence]:
    with toolbox.read(CALLER) as session:
        return occurrences.latest(session, occasion, target, 9)[::-1]
