"""Histories of a clock: two processes that look at it, sleep, jump and crash, and what comes of it.

Slack's own clock goes on as clocks do; ours may be a day ahead of it, or behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from bot.domain.schedule import LATEST, Occasion, Weekly
from bot.storage import channels, occurrences
from bot.storage.occurrences import Occurrence
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.sender import Sender
from bot.usecases.come_due import come_due
from bot.usecases.deliver import next_delivery
from bot.usecases.delivery import Delivery
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.stand_in import StandIn

TOKEN = "xoxb-test"
CHANNELS = ("C1", "C2")  # in the second no meeting takes place
HERE = Caller("slack", "T1", "C1", "U1")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Crash(BaseException):
    """The process is gone."""


@dataclass
class Time:
    """`real` is Slack's; ours is `wrong` by some hours."""

    real: datetime
    wrong: timedelta = timedelta()

    def slacks(self) -> float:
        return self.real.timestamp()

    def ours(self) -> datetime:
        return self.real + self.wrong


@dataclass
class Fuse:
    """Burns down with each write and each post; at its end the process crashes, or somebody else
    is faster: `at_last` is done right before, `after` it or in the middle."""

    left: int
    at_last: Callable[[], object]
    after: bool = False

    def burn(self, *, done: bool) -> None:
        if done is self.after and self.left >= 0:
            self.left -= 1
            if self.left < 0:
                self.at_last()


def crash() -> None:
    raise Crash


class Frail(WebClient):
    """A client whose process may crash before it posts, or before it hears that it did."""

    def __init__(self, url: str, fuse: Fuse | None, posting: Callable[[str], None]) -> None:
        super().__init__(TOKEN, url, retry_handlers=[])
        self._fuse = fuse
        self._posting = posting

    def chat_postMessage(self, **values: Any) -> Any:  # noqa: N802
        with burning(self._fuse):
            self._posting(values["text"])
            return super().chat_postMessage(**values)


@contextmanager
def burning(fuse: Fuse | None) -> Iterator[None]:
    if fuse:
        fuse.burn(done=False)
    yield
    if fuse:
        fuse.burn(done=True)


def render(due: Delivery) -> list[Message]:
    """It says its occurrence's id."""
    said = due.job.record_id
    return [Message(said, [block_kit.section(block_kit.plain(said, 100))])]


@dataclass
class Process:
    """One that runs klantvraag; after a crash it is a new one."""

    make: Callable[[], Toolbox]
    url: str
    posts: dict[str, datetime]
    toolbox: Toolbox = field(init=False)
    claimed: Delivery | None = None

    def __post_init__(self) -> None:
        self.toolbox = self.make()

    def does(self, what: str, fuse: Fuse | None = None) -> None:
        try:
            with self._watched(fuse):
                getattr(self, what)(fuse)
        except Crash:
            self.toolbox.close()
            self.toolbox, self.claimed = self.make(), None

    def queues(self, _: Fuse | None = None) -> None:
        come_due(self.toolbox, "slack")

    def claims(self, _: Fuse | None = None) -> None:
        self.claimed = self.claimed or next_delivery(self.toolbox, "slack")

    def sends(self, fuse: Fuse | None = None) -> None:
        self.claims()
        due, self.claimed = self.claimed, None
        if due:
            made = Frail(self.url, fuse, self._posting)
            Sender(lambda _: made, self.toolbox, render).post(due)

    def _posting(self, text: str) -> None:
        self.posts[text] = self.toolbox.clock()

    @contextmanager
    def _watched(self, fuse: Fuse | None) -> Iterator[None]:
        database = self.toolbox.database
        write = database.write

        @contextmanager
        def watched(workspace_id: str) -> Iterator[Any]:
            with burning(fuse), write(workspace_id) as session:
                yield session

        database.write = watched  # type: ignore[method-assign]
        try:
            yield
        finally:
            database.write = write  # type: ignore[method-assign]


@dataclass
class History:
    """Two processes on one database, in one workspace."""

    time: Time
    slack: StandIn
    processes: list[Process]
    began: datetime
    posts: dict[str, datetime]

    def happens(self, what: str, *values: Any) -> None:
        match what, values:
            case "passes", (span,):
                self.time.real += span
            case "is wrong by", (hours,):
                self.time.wrong = timedelta(hours=hours)
            case _, (number, None):
                self.processes[number].does(what)
            case _, (number, (left, after, "crashes")):
                self.processes[number].does(what, Fuse(left, crash, after))
            case _, (number, (left, _, "is overtaken")):
                other = self.processes[1 - number]
                self.processes[number].does(what, Fuse(left, lambda: other.does(what)))

    def comes_to_rest(self) -> None:
        """The clock is right again, and for three days nothing happens but that it is looked at."""
        self.time.wrong = timedelta()
        for _ in range(12):
            self.time.real += timedelta(hours=6)
            self.processes[0].does("queues")
            for _ in range(6):
                self.processes[0].does("sends")
                self.time.real += timedelta(seconds=2)

    def digests(self, name: str) -> list[Occurrence]:
        with self.processes[0].toolbox.read(HERE) as session:
            channel_id = channels.find(session, "slack", name) or ""
            return occurrences.latest(session, Occasion.DIGEST, channel_id, 999)[::-1]

    def standing(self, name: str) -> list[str]:
        """The occurrences whose messages stand in a channel."""
        return [message["text"] for message in self.slack.messages(name)]


def wrong_with(history: History, moment: Weekly) -> Iterator[str]:
    """What is not as it should be, at rest."""
    times = Counter(text for name in CHANNELS for text in history.standing(name))
    yield from (f"doubled: {text}" for text, count in times.items() if count > 1)
    for name in CHANNELS:
        found = history.digests(name)
        kept = {one.due_at: one for one in found}
        yield from (f"unsettled: {one}" for one in found if one.state == "due")
        told = [one for one in found if one.state == "told"]
        yield from (f"not there: {one}" for one in told if not times[one.id])
        yield from (f"unasked: {one}" for one in found if one not in told and times[one.id])
        for due in due_times(moment, history.began, history.time.ours()):
            if due.isoformat(timespec="milliseconds") not in kept:
                yield f"missed: {name} {due}"
        for period, count in Counter(one.period for one in told).items():
            if count > 1:
                yield f"told twice: {period}"
        for one in told:
            late = history.posts[one.id] - datetime.fromisoformat(one.due_at)
            early = timedelta(hours=25)  # queued when our clock was ahead, sent when it was right
            if not -early <= late <= LATEST + timedelta(minutes=2):
                yield f"at the wrong time: {one}"


def due_times(moment: Weekly, began: datetime, until: datetime) -> Iterator[datetime]:
    """Counted day by day, without the code under test. A time that is left out comes after that."""
    day = began.astimezone(AMSTERDAM).date()
    while day <= until.date() + timedelta(days=1):
        if day.isoweekday() == moment.day:
            local = datetime.combine(day, moment.time, AMSTERDAM)
            due = local.astimezone(UTC)
            if due.astimezone(AMSTERDAM).time() != moment.time:
                due = datetime.combine(day, time(3), AMSTERDAM).astimezone(UTC)
            if began < due <= until:
                yield due
        day += timedelta(days=1)
