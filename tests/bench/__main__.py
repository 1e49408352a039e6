"""Run every bench and print its ratio, with the bar it has to stay under where there is one."""

from __future__ import annotations

import sys

from tests.bench import commit_answer, start_up

BENCHES = (start_up.help_against_click, commit_answer.answer_against_bare_insert)


def main() -> int:
    too_slow = 0
    for bench in BENCHES:
        result = bench()
        print(result)
        too_slow += not result.holds
    return min(too_slow, 1)


sys.exit(main())
