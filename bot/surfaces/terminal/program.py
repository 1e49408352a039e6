"""What the commands are given by app: how to begin, and what other surfaces do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.usecases.toolbox import Toolbox
    from bot.wording.texts import Texts

OpenToolbox = Callable[[Path | None, Path | None], "Toolbox"]  # from a config and a database file


Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Program:
    """`slack` works in Slack until the event is set, and tells by the last argument that it began;
    whether it could finish in time. `manifest` is that of the Slack app."""

    open_toolbox: OpenToolbox
    clock: Clock
    slack: Callable[[Toolbox, Event, Callable[[str], None]], bool]
    manifest: Callable[[Texts], Mapping[str, Any]]
