"""A Slack with Slack's pace: so many messages a second in the workspace, and one in a channel.

`python -m tests.slack.limited VALUES` is one in a process of its own, so that who measures another
process is not in its way: it tells its address, and for each line it reads what it took.
"""

from __future__ import annotations

import json
import math
import sys
import threading
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field

from tests.slack.stand_in import values_of
from tests.slack.workspace import Workspace

POST = "chat.postMessage"
AT_ONCE = 3  # messages in a channel


@dataclass
class Bucket:
    """Fills with `rate` a second up to `room`; what is taken without being there has to wait."""

    rate: float
    room: float
    at: float = field(default_factory=time.monotonic)
    held: float = field(init=False)

    def __post_init__(self) -> None:
        self.held = self.room

    def lacks(self) -> float:
        """Seconds until there is one; 0 when there is."""
        now = time.monotonic()
        self.held = min(self.room, self.held + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.held) / self.rate)

    def take(self) -> None:
        self.held -= 1


class Limited(Workspace):
    """`rate` messages a second, `room` of them at once; each request takes `latency` seconds.

    `taken` are the times of messages, `refused` how many had to come again.
    """

    def __init__(self, rate: float, room: int, latency: float) -> None:
        super().__init__(time.time)
        self.taken: list[float] = []
        self.refused = 0
        self._latency = latency
        self._all = Bucket(rate, room)
        self._each: dict[str, Bucket] = defaultdict(lambda: Bucket(1.0, AT_ONCE))

    def limit(self, method: str, content_type: str, body: bytes) -> int:
        threading.Event().wait(self._latency)
        if method != POST:
            return 0
        channel = values_of(content_type, body)["channel"]
        with self._lock:
            buckets = self._all, self._each[channel]
            wait = max(bucket.lacks() for bucket in buckets)
            if wait:
                self.refused += 1
                return math.ceil(wait)
            for bucket in buckets:
                bucket.take()
            self.taken.append(time.time())
        return 0


def main() -> None:
    values = json.loads(sys.argv[1])
    with closing(Limited(**values["pace"])) as slack:
        for number in range(values["channels"]):
            name = f"C{number}"
            slack.invite(name)
            slack.people[name], slack.names[name] = ["UFATIMA"], name.lower()
        print(slack.url, flush=True)  # noqa: T201
        for _ in sys.stdin:
            told = {"taken": slack.taken, "refused": slack.refused}
            print(json.dumps(told), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
