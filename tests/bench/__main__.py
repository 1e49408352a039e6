"""Run every bench and print its ratio, with the bar it has to stay under where there is one."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.bench import commit_answer, read_agenda, start_up
from tests.bench.ratio import Ratio


def ratios() -> Iterator[Ratio]:
    yield start_up.help_against_click()
    yield commit_answer.answer_against_bare_insert()
    yield from read_agenda.growth()
    yield from read_agenda.against_markdown()


def main() -> int:
    too_slow = 0
    for ratio in ratios():
        print(ratio, flush=True)
        too_slow += not ratio.holds
    return min(too_slow, 1)


sys.exit(main())
