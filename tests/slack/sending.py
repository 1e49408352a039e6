"""Sender processes for the kill harness: `python -m tests.slack.sending VALUES`.

One process loads everything and then forks a sender for each line it reads; so a sender that is
killed is followed by the next within milliseconds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slack_sdk import WebClient

from bot.config import read_config
from bot.domain.view import MeetingView
from bot.readers.catalogue import read_prompts
from bot.surfaces.clock import Clock
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.sender import Sender, client
from bot.usecases.delivery import Delivery
from bot.usecases.tell_digest import WeekView
from bot.usecases.toolbox import Toolbox
from tests.slack.conftest import TOKEN, render

SPEED = 8  # seconds of the bot in a second: a lease lasts seven and a half
NAP = 0.01


def main() -> None:
    values = json.loads(sys.argv[1])
    toolbox = toolbox_on(Path(values["database"]), values["began"])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are nobody's business any more
    say("ready")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            send(toolbox, values["url"])
        say(child)


def say(line: object) -> None:
    print(line, flush=True)  # noqa: T201


def toolbox_on(database: Path, began: float) -> Toolbox:
    """A toolbox whose clock runs fast, the same in every process."""
    return Toolbox(replace(read_config(), database=database), read_prompts(), fast(began))


def fast(began: float) -> Callable[[], datetime]:
    start = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    return lambda: start + timedelta(seconds=(time.time() - began) * SPEED)


def send(toolbox: Toolbox, url: str) -> None:
    """Deliver until killed."""
    sender = Sender(lambda _: telling(client(TOKEN, url)), toolbox, draw)
    Clock(toolbox, sender.post, "slack", lambda _: threading.Event().wait(NAP)).run()


def draw(due: Delivery) -> Sequence[Message]:
    """A meeting as in the other tests, or a week that says its channel and period."""
    if isinstance(due.view, MeetingView):
        return render(due)
    assert isinstance(due.view, WeekView)
    text = week(due.channel, due.view.figures.period.code)
    return [Message(text, [block_kit.section(block_kit.plain(text, 100))])]


def week(channel: str, period: str) -> str:
    return f"{channel} {period}"


def telling(made: WebClient) -> WebClient:
    """A client that tells its process, so that the stand-in can kill it in the middle."""
    made.headers["User-Agent"] += f" pid/{os.getpid()}"
    return made


if __name__ == "__main__":
    main()
