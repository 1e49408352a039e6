"""What digests cost: a week with one and with ten years behind it, a year against a week, memory.

Over a thousand channels with 2.6 million items, in the time of this process itself.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.config import read_config
from bot.domain.customer import ChannelSettings
from bot.domain.dates import Period, Span, parse_period
from bot.domain.view import Scope
from bot.readers.catalogue import read_prompts
from bot.usecases.make_digest import make_digest
from bot.usecases.make_managers_digest import make_managers_digest
from bot.usecases.toolbox import Caller, Toolbox
from tests.bench import history
from tests.bench.ratio import Ratio
from tests.conftest import Clock

ROOT = Path(__file__).parents[2]
CALLER = Caller(*history.WORKSPACE, "C7", "U1")
WEEK, YEAR = history.LAST, parse_period(Span.YEAR, "2026")
ALL, SOME = Scope(), Scope(channels=[f"C{number}" for number in range(50)])
TURNS = 5
RELEASED = ("releases", "released_cells", "channels_in_sets", "channel_sets")


def over_history() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        short, long = (Path(folder) / f"{years}.db" for years in (1, 10))
        history.build(short, 1)
        history.build(long, 10)
        yield from _weeks(long, short)
        yield from _years(long)
        yield from _memory(long)


def _weeks(long: Path, short: Path) -> Iterator[Ratio]:
    """The same week with ten years behind it and with one."""
    ten, one = _toolbox(long), _toolbox(short)
    name = f"digest of a week, {history.CHANNELS:,} channels, 10 years behind it / 1"
    shown = make_managers_digest(ten, CALLER, WEEK, ALL, "nl")
    assert shown.released.by_itself, "there must be something to show"
    yield _against(f"{name}, first look", partial(_first, ten), partial(_first, one), 1.3)
    yield _against(f"{name}, again", partial(_again, ten), partial(_again, one), 1.3)
    name = "digest of a week in its own channel, 10 years behind it / 1"
    yield _against(name, partial(_inside, ten), partial(_inside, one), 1.3, turns=50)
    for toolbox in (ten, one):
        toolbox.close()


def _years(long: Path) -> Iterator[Ratio]:
    """A year with eight before it against a week with eight before it."""
    toolbox = _toolbox(long)
    for name, look in (("first look", _first), ("again", _again)):
        year, week = (partial(look, toolbox, period, SOME) for period in (YEAR, WEEK))
        whole = f"digest of a year / a week, {len(SOME.channels)} channels, {name}"
        yield _against(whole, year, week, 60, turns=3)
    toolbox.close()


def _memory(long: Path) -> Iterator[Ratio]:
    """Peak of a process of its own, for the largest page there is against a small one."""
    year, week = (_peak(long, period) for period in (YEAR, WEEK))
    yield Ratio("digest of a year / a week, memory", year, week, "MB", most=1.2)


def _peak(path: Path, period: Period) -> float:
    script = "from tests.bench import make_digests as it; print(it.peak())"
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), period.code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def peak() -> float:
    """Megabytes that this process took at most, when it had made the digest its arguments name."""
    path, code = sys.argv[1:]
    _first(_toolbox(Path(path)), {it.code: it for it in (YEAR, WEEK)}[code], SOME)
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def _toolbox(path: Path) -> Toolbox:
    return Toolbox(replace(read_config(), database=path), read_prompts(), Clock())


def _first(toolbox: Toolbox, period: Period = WEEK, scope: Scope = ALL) -> float:
    """Milliseconds for a digest when no figures were shown before."""
    with toolbox.write(CALLER) as session:
        for table in RELEASED:
            session.rows(f"delete from {table} where workspace_id = :workspace_id")
    return _again(toolbox, period, scope)


def _again(toolbox: Toolbox, period: Period = WEEK, scope: Scope = ALL) -> float:
    """Milliseconds for a digest of which as much was shown before as there was."""
    begin = time.process_time()
    make_managers_digest(toolbox, CALLER, period, scope, "nl")
    return (time.process_time() - begin) * 1000


def _inside(toolbox: Toolbox) -> float:
    """Milliseconds for what a channel sees of itself."""
    settings = ChannelSettings("nl", history.CUSTOMER)
    begin = time.process_time()
    make_digest(toolbox, CALLER, WEEK, settings, "nl")
    return (time.process_time() - begin) * 1000


def _against(
    name: str, ours: Callable[[], float], bare: Callable[[], float], most: float, turns: int = TURNS
) -> Ratio:
    """The least disturbed of as many turns of each, after one of each that does not count."""
    for run in (ours, bare):
        run()
    times = [(ours(), bare()) for _ in range(turns)]
    return Ratio(name, min(it[0] for it in times), min(it[1] for it in times), most=most)
