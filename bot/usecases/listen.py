"""Listen: a process tells that it hears a platform, and anybody can see whether one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.problem import Problem
from bot.domain.schedule import Came
from bot.storage import listeners, occurrences
from bot.storage.database import look_into
from bot.usecases.toolbox import Caller, Toolbox

FRESH = timedelta(seconds=35)  # three heart-beats, and a little
LATE = 15 * 60.0  # seconds; a thousand at once take some minutes, as Slack takes ten a second
RECENT = timedelta(days=1)  # who was silent for longer is not expected any more


@dataclass(frozen=True)
class Listening:
    """The last sign of life of a process; `seconds` ago, and whether the platform reached it.

    `workspace` is our id of the one it works in.
    """

    workspace: str
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


def leave(toolbox: Toolbox, caller: Caller, process: str) -> None:
    """A process stops as it should: nobody has to look for it."""
    with toolbox.write(caller) as session:
        listeners.leaves(session, caller.platform, process)


def late(toolbox: Toolbox, caller: Caller) -> int | None:
    """How many digests and the like should have come a while ago; None where nobody can look."""
    try:
        with toolbox.read(caller) as session:
            waiting = occurrences.of_state(session, Came.DUE, since="")
    except Problem:
        return None
    return sum(one.due_at < toolbox.now(-LATE) for one in waiting)


def who_listens(database: Path, surface: str, now: datetime) -> list[Listening]:
    """The last sign of life of each process of the last day; the database stays as it is."""
    since = (now.astimezone(UTC) - RECENT).isoformat(timespec="milliseconds")
    return [
        Listening(
            session.workspace_id,
            process,
            int((now - datetime.fromisoformat(at)).total_seconds()),
            hearing,
        )
        for session in look_into(database)
        for process, hearing, at in listeners.since(session, surface, since)
    ]
