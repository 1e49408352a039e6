"""The heart of a process: signs of life, by which others see that it works."""

from __future__ import annotations

from bot.surfaces.slack import journal
from bot.usecases import listen
from bot.usecases.toolbox import Caller, Toolbox


class Heart:
    """Keeps the signs of life of a process. What goes wrong again and again is logged once."""

    def __init__(self, toolbox: Toolbox, here: Caller, process: str) -> None:
        self._toolbox = toolbox
        self._here = here
        self._process = process
        self._trouble = ""

    def beat(self, hearing: bool) -> None:
        """Keep one, with whether Slack reaches us; a database in trouble may be over it soon."""
        try:
            listen.beat(self._toolbox, self._here, self._process, hearing=hearing)
        except Exception as error:  # noqa: BLE001
            if repr(error) != self._trouble:
                journal.failure("no sign of life kept", error)
            self._trouble = repr(error)
            return
        self._trouble = ""
