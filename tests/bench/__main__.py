"""Run every bench, or those named, and print its ratios, with the bar where there is one.

`python -m tests.bench [--json] [NAME …]`; a name is that of a module here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator

from tests.bench import (
    acknowledge,
    burst,
    choose_questions,
    commit_answer,
    due_together,
    full_file,
    hear_mentions,
    hear_talk,
    make_digests,
    memory,
    over_http,
    read_agenda,
    start_up,
)
from tests.bench.ratio import HEAD, Ratio

BENCHES: dict[str, tuple[Callable[[], Iterator[Ratio]], ...]] = {
    "start_up": (start_up.help_against_click,),
    "commit_answer": (commit_answer.answer_against_bare_insert,),
    "read_agenda": (read_agenda.growth, read_agenda.against_markdown),
    "choose_questions": (choose_questions.growth,),
    "acknowledge": (acknowledge.against_bare_bolt,),
    "over_http": (over_http.against_bare_bolt,),
    "memory": (memory.against_bare_bolt,),
    "burst": (burst.messages_of_a_burst,),
    "full_file": (full_file.against_an_empty_one,),
    "hear_mentions": (
        hear_mentions.in_long_texts,
        hear_mentions.in_a_long_line,
        hear_mentions.in_slow_texts,
        hear_mentions.loading,
        hear_mentions.memory,
    ),
    "hear_talk": (hear_talk.of_a_minute,),
    "make_digests": (make_digests.over_history,),
    "due_together": (due_together.digests,),
}
RED, PLAIN = "\033[1;31m", "\033[0m"


def ratios(names: list[str]) -> Iterator[Ratio]:
    for name in names:
        for bench in BENCHES[name]:
            yield from bench()


def show(ratio: Ratio) -> None:
    """A row as soon as it is known; one that misses its bar in red, on a terminal."""
    marked = sys.stdout.isatty() and not ratio.holds
    print(f"{RED}{ratio.row}{PLAIN}" if marked else ratio.row, flush=True)


def main(words: list[str]) -> int:
    names = [word for word in words if word != "--json"] or list(BENCHES)
    measured = []
    if "--json" not in words:
        print(HEAD)
    for ratio in ratios(names):
        measured.append(ratio)
        if "--json" not in words:
            show(ratio)
    if "--json" in words:
        print(json.dumps([ratio.values for ratio in measured], ensure_ascii=False, indent=2))
    return int(not all(ratio.holds for ratio in measured))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
