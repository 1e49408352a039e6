"""The clock of a surface: on threads of its own it delivers what is due, the longest due first."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.usecases import close_meeting, come_due, deliver
from bot.usecases.delivery import Delivery, Later
from bot.usecases.toolbox import Toolbox

AT_MOST = 1.0  # seconds asleep: jobs of other processes come without a sign
TIDY_EVERY = timedelta(hours=1)
CLOSE_EVERY = timedelta(minutes=1)
STUCK = 60.0  # seconds; no delivery takes that long
HANDS = 6  # deliveries at the same time: each waits for an answer, and a platform allows several

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
        self._tidied_at = self._closed_at = toolbox.clock() - TIDY_EVERY
        self._troubles = set[str]()  # what went wrong since something was delivered
        self._looked_for: datetime | None = None
        self._threads = [
            threading.Thread(target=work, name=f"clock of {surface} {hand}", daemon=True)
            for hand, work in enumerate([self.run, *[self._help] * (HANDS - 1)])
        ]
        self._looked_at = dict.fromkeys(self._threads, time.monotonic())

    @property
    def runs(self) -> bool:
        """Whether each hand looked lately for what is due."""
        stuck = time.monotonic() - STUCK
        return all(one.is_alive() and self._looked_at[one] > stuck for one in self._threads)

    def start(self) -> None:
        """Begin, on threads of its own."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Something became due."""
        self._due.set()

    def stop(self, patience: float) -> bool:
        """End after the deliveries under way; whether that took less than `patience` s."""
        self._stopping.set()
        end = time.monotonic() + patience
        for thread in self._threads:
            self._due.set()  # each clears it before it looks for the last time
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def run(self) -> None:
        """Deliver until stopped; whatever goes wrong is logged, and its job comes back later."""
        self._keep_trying(self._look)

    def _help(self) -> None:
        self._keep_trying(self._deliver_one)

    def _keep_trying(self, work: Callable[[], bool]) -> None:
        while not self._stopping.is_set():
            self._due.clear()
            self._looked_at[threading.current_thread()] = time.monotonic()
            if not self._tried(work) and not self._stopping.is_set():
                self._wait(AT_MOST)

    def _tried(self, work: Callable[[], bool]) -> bool:
        """Whether something was delivered. What goes wrong again and again is logged once.

        A full disk today must not silence us for ever, nor fill another with its log.
        """
        try:
            busy = work()
        except Exception as error:
            if repr(error) not in self._troubles:
                log.exception("could not deliver")
            self._troubles.add(repr(error))
            return False
        if busy and self._troubles:
            log.info("delivers again")
            self._troubles.clear()
        return busy

    def _look(self) -> bool:
        """Do what the time asks for, then deliver."""
        now = self._toolbox.clock()
        if _is_over(self._tidied_at, TIDY_EVERY, now):
            self._tidied_at = now
            deliver.tidy(self._toolbox)
        if _is_over(self._closed_at, CLOSE_EVERY, now):
            self._closed_at = now
            close_meeting.close_forgotten(self._toolbox, self._surface)
            self._beside()
        self._queue_due(now)
        return self._deliver_one()

    def _deliver_one(self) -> bool:
        """Deliver what has been due longest; False when nothing is."""
        delivery = deliver.next_delivery(self._toolbox, self._surface, only_in=self._only_in)
        if delivery is None:
            return False
        self._due.set()  # there may be more, for another hand
        try:
            self._post(delivery)
        except Exception:  # who knows how far it came
            deliver.failed(self._toolbox, delivery, Later(uncertain=True))
            raise
        return True

    def _queue_due(self, now: datetime) -> None:
        """Queue what comes by itself, once a minute, as no schedule is finer; also after the clock
        was put back. When that fails the next look delivers, and the next minute tries again."""
        minute = now.replace(second=0, microsecond=0)
        if self._looked_for is None or minute < self._looked_for:
            deliver.wait_no_longer(self._toolbox, self._surface)
        if minute != self._looked_for:
            self._looked_for = minute
            come_due.come_due(self._toolbox, self._surface, only_in=self._only_in)


def _is_over(since: datetime, every: timedelta, now: datetime) -> bool:
    """Whether so much time went by; or nobody knows, as the clock was put back."""
    return not timedelta() <= now - since < every
