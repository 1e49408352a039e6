"""A process that works in one Slack workspace: connected, heard, and stopped without a loss."""

from __future__ import annotations

import logging
import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from bot.readers.slack_access import SlackAccess
from bot.surfaces.slack import bolt_app, journal
from bot.surfaces.slack.access import demand, tell_missing
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.head_count import HeadCount
from bot.surfaces.slack.heart import Heart
from bot.surfaces.slack.http import HttpServer
from bot.surfaces.slack.received import PLATFORM
from bot.surfaces.slack.sender import Sender, client
from bot.surfaces.slack.signed import Signatures
from bot.surfaces.slack.socket import Socket
from bot.surfaces.slack.web import Web
from bot.usecases import listen, subscribe
from bot.usecases.delivery import Delivery
from bot.usecases.toolbox import Caller, Toolbox

LOOK = 1.0  # seconds between two looks at whether we hear
HEART_BEAT = 10.0
WORKERS = 20  # forms opened and short messages sent at the same time
TURN = 0.0005  # seconds until who waits has its turn, also while a digest is counted
PATIENCE = 8.0  # seconds to finish in, so that we are gone within ten

log = logging.getLogger(__name__)


class Line(Protocol):
    """How Slack and we reach each other."""

    @property
    def hears(self) -> bool:
        """Whether Slack reaches us."""

    def connect(self) -> None:
        """Begin to listen. Raises Problem."""

    def drain(self, patience: float) -> bool:
        """Take nothing new, finish what is under way, let go; whether that was in time."""


class Clock(Protocol):
    """What delivers what is due."""

    @property
    def runs(self) -> bool:
        """Whether it does."""

    def start(self) -> None:
        """Begin."""

    def wake(self) -> None:
        """Something became due."""

    def stop(self, patience: float) -> bool:
        """End after the delivery under way; whether that was in time."""


class MakeClock(Protocol):
    """What makes one."""

    def __call__(
        self,
        toolbox: Toolbox,
        post: Callable[[Delivery], None],
        surface: str,
        *,
        only_in: str | None,
        beside: Callable[[], object],
    ) -> Clock:
        """A clock of a surface, in the workspace of a tenant, or in all; `beside` each minute."""


def work(
    toolbox: Toolbox,
    access: SlackAccess,
    make_clock: MakeClock,
    stop: threading.Event,
    started: Callable[[str], None],
    address: str | None = None,
) -> bool:
    """Work until `stop`; `started` is told the workspace's name. Whether all was finished in time.

    With an `address` Slack comes to us there, without it we go to Slack. Raises Problem
    "bot_scopes" or "no_address", or as `access.refusal` makes it.
    """
    sys.setswitchinterval(TURN)
    web = client(access.bot_token, access.api_url)
    identity = bolt_app.introduce(web)
    demand(identity.scopes)
    after = ThreadPoolExecutor(WORKERS, "after the ack")

    def render(delivery: Delivery) -> Sequence[Message]:
        return bolt_app.render(desk, delivery)

    def count() -> None:
        if not stop.is_set():  # else nothing is taken on any more
            after.submit(heads.look)

    sender, only_in = Sender(lambda _: web, toolbox, render), identity.only_in
    clock = make_clock(toolbox, sender.post, PLATFORM, only_in=only_in, beside=count)
    history = identity.history
    desk = Desk(toolbox, lambda _: web, identity.bot_user, after, clock.wake, history, identity.url)
    heads = HeadCount(desk, only_in)
    here, process = Caller(PLATFORM, identity.tenant, "", ""), f"{platform.node()}:{os.getpid()}"

    def health() -> Mapping[str, bool | int]:
        late = listen.late(toolbox, here)
        return {"database": late is not None, "clock": clock.runs, "late": late or 0}

    app = bolt_app.build(desk, identity, access.signing_secret)
    line: Line = (
        HttpServer(Web(app, Signatures(access.signing_secret), health), address)
        if address
        else Socket(app, access.app_token, web)
    )
    listen.beat(toolbox, here, process, hearing=False)  # who can keep nothing does not start
    with _logged("configured digests not followed"):
        subscribe.follow_config(toolbox, here)
    line.connect()
    clock.start()
    started(identity.workspace)
    tell_missing(identity.scopes)
    _stay(line, stop, Heart(toolbox, here, process).beat)
    in_time = _stop(line, after, clock)
    with _logged("its sign of life stays"):
        listen.leave(toolbox, here, process)
    return in_time


def _stay(line: Line, stop: threading.Event, beat: Callable[[bool], None]) -> None:
    """Stay until `stop`; tell whether we hear every ten seconds, and when that changes."""
    heard, told_at = None, 0.0
    while True:
        hears = line.hears
        if hears != heard:
            log.log(*((logging.INFO, "hears") if hears else (logging.WARNING, "deaf")))
        if hears != heard or time.monotonic() - told_at >= HEART_BEAT:
            heard, told_at = hears, time.monotonic()
            beat(hears)
        if stop.wait(LOOK):
            return


@contextmanager
def _logged(event: str) -> Iterator[None]:
    """A database that can't be written is no reason to stop: it may be over in a moment."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        journal.failure(event, error)


def _stop(line: Line, after: Executor, clock: Clock) -> bool:
    """Take nothing new; finish what was taken, what came after it, and the message under way."""
    end = time.monotonic() + PATIENCE
    finishing = threading.Thread(target=after.shutdown, daemon=True)
    in_time = [line.drain(_left(end))]
    finishing.start()
    finishing.join(_left(end))
    in_time += [not finishing.is_alive(), clock.stop(_left(end))]
    return all(in_time)


def _left(end: float) -> float:
    return max(0.0, end - time.monotonic())
