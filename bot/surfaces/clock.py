"""The clock of a surface: on a thread of its own it delivers what is due, one after another."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from bot.usecases import close_meeting, deliver
from bot.usecases.deliver import Delivery, Later
from bot.usecases.toolbox import Toolbox

AT_MOST = 1.0  # seconds asleep: jobs of other processes come without a sign
TIDY_EVERY = timedelta(hours=1)
CLOSE_EVERY = timedelta(minutes=1)
STUCK = 60.0  # seconds; no delivery takes that long

log = logging.getLogger(__name__)


class Clock:
    """Hands every delivery of `surface` to `post`, or those `only_in` one tenant's workspace.

    `wait` sleeps for so many seconds, or until something became due; given by tests. `beside` is
    done after each look for meetings that are over, and takes no time.
    """

    def __init__(
        self,
        toolbox: Toolbox,
        post: Callable[[Delivery], None],
        surface: str,
        wait: Callable[[float], object] | None = None,
        *,
        only_in: str | None = None,
        beside: Callable[[], object] = lambda: None,
    ) -> None:
        self._toolbox = toolbox
        self._post = post
        self._surface = surface
        self._only_in = only_in
        self._beside = beside
        self._due = threading.Event()
        self._wait = wait or self._due.wait
        self._stopping = threading.Event()
        self._tidy_at = self._close_at = toolbox.clock()
        self._looked_at = time.monotonic()
        self._thread = threading.Thread(target=self.run, name=f"clock of {surface}", daemon=True)

    @property
    def runs(self) -> bool:
        """Whether it looked lately for what is due."""
        return self._thread.is_alive() and time.monotonic() - self._looked_at < STUCK

    def start(self) -> None:
        """Begin, on a thread of its own."""
        self._thread.start()

    def wake(self) -> None:
        """Something became due."""
        self._due.set()

    def stop(self, patience: float) -> bool:
        """End after the delivery that is under way; whether that took less than `patience` s."""
        self._stopping.set()
        self._due.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        return not self._thread.is_alive()

    def run(self) -> None:
        """Deliver until stopped; whatever goes wrong is logged, and its job comes back later."""
        while not self._stopping.is_set():
            self._due.clear()
            self._looked_at = time.monotonic()
            try:
                busy = self._deliver_one()
            except Exception:  # a full disk today must not silence us for ever
                log.exception("could not deliver")
                busy = False
            if not busy and not self._stopping.is_set():
                self._wait(AT_MOST)

    def _deliver_one(self) -> bool:
        """Deliver what has been due longest; False when nothing is."""
        now = self._toolbox.clock()
        if now >= self._tidy_at:
            self._tidy_at = now + TIDY_EVERY
            deliver.tidy(self._toolbox)
        if now >= self._close_at:
            self._close_at = now + CLOSE_EVERY
            close_meeting.close_forgotten(self._toolbox, self._surface)
            self._beside()
        delivery = deliver.next_delivery(self._toolbox, self._surface, only_in=self._only_in)
        if delivery is None:
            return False
        try:
            self._post(delivery)
        except Exception:  # who knows how far it came
            deliver.failed(self._toolbox, delivery, Later(uncertain=True))
            raise
        return True
