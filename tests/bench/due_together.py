"""A thousand digests due the same minute, to a Slack with a limit, while people call /klantvraag.

The bot, one beside it that has nothing due, and Slack are processes of their own; here both bots
are called in turns. Slack allows `RATE`, which is what its several hundred messages a minute may
come to, and answers each request after `LATENCY`, as over a network.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.storage.connections import connect, open_untouched
from tests.bench import acknowledge, history
from tests.bench.ratio import Ratio
from tests.slack.over_http import answers, deliver, free_port
from tests.slack.processes import ROOT
from tests.slack.test_socket import until

DUE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # Monday, 9:00 in Amsterdam
SINCE = "2026-11-17T09:00:00.000+00:00"  # so that nothing was due before
RATE, ROOM = 10.0, 20  # messages a second, and at once
LATENCY = 0.2  # seconds
STARTING, A_DAY = 15.0, 86_400.0  # seconds
APART, LOOK = 0.02, 0.05  # seconds between two calls, and between two looks
QUEUED = 5.0  # seconds, at most


@dataclass(frozen=True)
class Slack:
    """The one in a process of its own."""

    url: str
    process: subprocess.Popen[str]

    def told(self) -> Mapping[str, Any]:
        """When it took each message, and how many requests it refused."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print("?", file=self.process.stdin, flush=True)
        found: Mapping[str, Any] = json.loads(self.process.stdout.readline())
        return found


def digests() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder, _slack() as slack, ThreadPoolExecutor() as pool:
        busy, idle = (Path(folder) / f"{name}.db" for name in ("busy", "idle"))
        _fill(busy)
        shutil.copy(busy, idle)
        due = time.time() + STARTING
        with _bot(busy, slack.url, due) as one, _bot(idle, slack.url, due + A_DAY) as other:
            queued = pool.submit(_queued, busy)
            threading.Event().wait(due - time.time())
            times = _calls([one, other], lambda: len(slack.told()["taken"]) >= history.CHANNELS)
        told = slack.told()
    taken, name = sorted(told["taken"]), f"{history.CHANNELS:,} digests due at once"
    took, allowed = taken[history.CHANNELS - 1] - due, (history.CHANNELS - ROOM) / RATE
    yield Ratio(f"{name}: queued / {QUEUED:.0f} s", queued.result() - due, QUEUED, "s", most=1)
    yield Ratio(f"{name}: delivered / as fast as Slack allows", took, allowed, "s", most=1.1)
    yield Ratio(f"{name}: requests Slack refused / messages", told["refused"], len(taken), "times")
    meanwhile, beside = times
    name = "/klantvraag acked meanwhile / with nothing due"
    yield Ratio(f"{name}, p99", _p99(meanwhile), _p99(beside), most=2)
    middle = statistics.median(meanwhile), statistics.median(beside)
    yield Ratio(f"{name}, half of them", *middle)


def _fill(path: Path) -> None:
    """A year behind them, and a meeting last week in each channel."""
    history.build(path, 1)
    with closing(connect(path)) as connection:
        connection.execute("update channels set created_at = ?", (SINCE,))


def _queued(path: Path) -> float:
    """When all of them were queued."""
    with closing(open_untouched(path)) as connection:
        while _count(connection) < history.CHANNELS:
            threading.Event().wait(LOOK)
    return time.time()


def _count(connection: Any) -> int:
    found: int = connection.execute("select count(*) from occurrences").fetchone()[0]
    return found


def _calls(ports: Sequence[int], over: Callable[[], bool]) -> list[list[float]]:
    """Call each in turn until it is over; how many milliseconds each call took."""
    times: list[list[float]] = [[] for _ in ports]
    while len(times[0]) % 50 or not over():
        for port, kept in zip(ports, times, strict=True):
            begin = time.perf_counter()
            said = deliver(port, "commands", acknowledge.command())
            kept.append((time.perf_counter() - begin) * 1000)
            assert said.status == 200, said
            threading.Event().wait(APART)
    return times


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[-1]


@contextmanager
def _slack() -> Iterator[Slack]:
    pace = {"rate": RATE, "room": ROOM, "latency": LATENCY}
    with _started("tests.slack.limited", pace=pace, channels=history.CHANNELS) as process:
        assert process.stdout is not None
        yield Slack(process.stdout.readline().strip(), process)


@contextmanager
def _bot(path: Path, slack: str, due: float) -> Iterator[int]:
    """The port of one whose clock shows that they are due when ours shows `due`."""
    port = free_port()
    clock = {"moment": DUE.isoformat(), "at": due}
    address = f"127.0.0.1:{port}"
    with _started("tests.bench.monday", database=str(path), slack=slack, address=address, **clock):
        until(lambda: answers(port), "it is well")
        yield port


@contextmanager
def _started(module: str, **values: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, json.dumps(values)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
