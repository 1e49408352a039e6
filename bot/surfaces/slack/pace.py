"""Whose limit it is when Slack finds us too fast: a channel's, or the workspace's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.usecases.delivery import Busy, Delivery, Outcome


@dataclass(frozen=True)
class Pace:
    """Remembers of each workspace the channel that was too fast last, and until when it waits."""

    clock: Callable[[], datetime]
    _last: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def judged(self, delivery: Delivery, outcome: Outcome | None) -> Outcome | None:
        """What came of a delivery; two channels too fast at the same time are the whole workspace.

        Slack does not say so, and nobody has to find it out channel by channel.
        """
        if not isinstance(outcome, Busy):
            return outcome
        now, tenant = self.clock(), delivery.job.tenant
        before = self._last.get(tenant)
        self._last[tenant] = delivery.channel, now + timedelta(seconds=outcome.seconds)
        also = bool(before and before[0] != delivery.channel and now < before[1])
        return replace(outcome, everywhere=outcome.everywhere or also)
