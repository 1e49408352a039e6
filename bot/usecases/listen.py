"""Listen: a process tells that it hears a platform, and anybody can see whether one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.storage import listeners
from bot.storage.database import look_into
from bot.usecases.toolbox import Caller, Toolbox

FRESH = timedelta(seconds=35)  # three heart-beats, and a little


@dataclass(frozen=True)
class Listening:
    """The last sign of life of a process; `seconds` ago, and whether the platform reached it."""

    process: str
    seconds: int
    hearing: bool

    @property
    def alive(self) -> bool:
        """Whether the sign came lately."""
        return self.seconds <= FRESH.total_seconds()


def beat(toolbox: Toolbox, caller: Caller, process: str, *, hearing: bool) -> None:
    """Note that a process lives, and whether the caller's platform reaches it."""
    with toolbox.write(caller) as session:
        listeners.hears(session, caller.platform, process, toolbox.now(), hearing=hearing)


def who_listens(database: Path, surface: str, now: datetime) -> list[Listening]:
    """The last sign of life in each workspace of a database, which stays as it is."""
    signs = [listeners.last(session, surface) for session in look_into(database)]
    return [
        Listening(process, int((now - datetime.fromisoformat(at)).total_seconds()), hearing)
        for process, hearing, at in filter(None, signs)
    ]
