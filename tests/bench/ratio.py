"""A ratio of two figures measured in one run, in turns, so that both meet the same machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

WIDTH = 74  # of a name


@dataclass(frozen=True)
class Ratio:
    """`ours` and `bare` in `unit`; the bar, if there is one, is `most` or `least`."""

    name: str
    ours: float
    bare: float
    unit: str = "ms"
    most: float | None = None
    least: float | None = None

    @property
    def value(self) -> float:
        return self.ours / self.bare

    @property
    def holds(self) -> bool:
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)

    @property
    def bar(self) -> str:
        """Empty where there is none."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""

    @property
    def row(self) -> str:
        """A row of the table, under `HEAD`."""
        held = "" if not self.bar else "yes" if self.holds else "NO"
        figures = f"{_figure(self.ours)} {_figure(self.bare)} {self.unit:8}"
        return f"{self.name:{WIDTH}} {self.value:8.2f}×  {self.bar:6} {held:4} {figures}".rstrip()

    @property
    def values(self) -> dict[str, object]:
        """For machines."""
        values = {"name": self.name, "ratio": round(self.value, 3), "bar": self.bar or None}
        held = self.holds if self.bar else None
        return values | {"holds": held, "ours": self.ours, "bare": self.bare, "unit": self.unit}


HEAD = f"{'':{WIDTH}} {'ratio':>9}  {'bar':6} {'':4} {'ours':>9} {'bare':>9}"


def measure(
    name: str,
    ours: Callable[[], object],
    bare: Callable[[], object],
    turns: int,
    most: float | None,
    pick: Callable[[list[float]], float] = statistics.median,
    clock: Callable[[], float] = time.perf_counter,
) -> Ratio:
    """Run both in turns, after one turn that does not count.

    Long runs of our own process are better measured by its own clock and the least disturbed turn:
    `pick` min, `clock` process_time.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns + 1):
        for run, kept in zip((ours, bare), times, strict=True):
            begin = clock()
            run()
            if turn:
                kept.append((clock() - begin) * 1000)
    return Ratio(name, pick(times[0]), pick(times[1]), most=most)


def _figure(value: float) -> str:
    return f"{value:9,.{0 if value >= 100 else 2}f}"
