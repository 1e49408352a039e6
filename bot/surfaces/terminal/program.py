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
Work = Callable[["Toolbox", Event, Callable[[str], None], str | None], bool]
Draw = Callable[["Texts", str | None], Mapping[str, Any]]


@dataclass(frozen=True)
class Program:
    """`slack` works in Slack until the event is set, tells the workspace when it began, and whether
    it could finish in time; over HTTP at an address, or without one by Socket Mode. `manifest` is
    that of the Slack app, for HTTP at a URL, or without one for Socket Mode."""

    open_toolbox: OpenToolbox
    clock: Clock
    slack: Work
    manifest: Draw
