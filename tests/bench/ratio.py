"""A ratio of two times measured in turns, so that both meet the same machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """`ours` and `bare` in milliseconds, as `measure` picked them; `most` is the bar, if any."""

    name: str
    ours: float
    bare: float
    most: float | None = None

    @property
    def holds(self) -> bool:
        return self.most is None or self.ours <= self.most * self.bare

    def __str__(self) -> str:
        bar = (
            "" if self.most is None else f", at most {self.most:g}: {'yes' if self.holds else 'NO'}"
        )
        times = f"{self.ours:.3f} ms against {self.bare:.3f} ms"
        return f"{self.name}: {self.ours / self.bare:.2f}× ({times}{bar})"


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
    return Ratio(name, pick(times[0]), pick(times[1]), most)
