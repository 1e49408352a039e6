"""How often kind and topics of a title are right, over tests/data/titles."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.kind import kind_of
from bot.domain.topic import Topic, topics_of
from bot.domain.vocabulary import Vocabulary
from bot.readers.catalogue import LANGUAGES, read_prompts

TITLES = Path(__file__).parent / "data" / "titles"


@dataclass(frozen=True)
class Score:
    """Shares of titles, 0–1, and in words what went wrong.

    `kind`: of the titles with a kind (not "either"), those read as that. `topic`: of the
    substantive titles, those whose first topic is among `topics` or `also`. `other`: those that
    got "other" (or were taken for procedural) though neither list has it.
    """

    name: str
    titles: int
    kind: float
    topic: float
    other: float
    wrong: tuple[str, ...]


def titles() -> dict[str, list[dict[str, Any]]]:
    """What is wanted of each title, by language."""
    return {lang: json.loads((TITLES / f"{lang}.json").read_text("utf8")) for lang in LANGUAGES}


def score(name: str, wanted: Sequence[dict[str, Any]], vocabulary: Vocabulary) -> Score:
    """Compare what titles are read as with what is wanted."""
    wrong = []
    kinds = [entry for entry in wanted if entry["kind"] != "either"]
    about = [entry for entry in wanted if entry["topics"]]
    kinds_right = topics_right = others = 0
    for entry in kinds:
        right = kind_of(entry["title"], vocabulary) == entry["kind"]
        kinds_right += right
        wrong += [] if right else [f"{entry['title']}: not {entry['kind']}"]
    for entry in about:
        found = [*topics_of(entry["title"], vocabulary), None][0]
        first = found.topic if found else Topic.OTHER
        right = first in entry["topics"] + entry["also"]
        topics_right += right
        others += first is Topic.OTHER and not right
        wrong += [] if right else [f"{entry['title']}: {first}, not {'/'.join(entry['topics'])}"]
    share = kinds_right / len(kinds), topics_right / len(about), others / len(about)
    return Score(name, len(wanted), *share, tuple(wrong))


def report(scores: Sequence[Score]) -> Iterator[str]:
    """A line for each score, with what went wrong below it."""
    for each in scores:
        yield (
            f"{each.name:10} {each.titles:4} titles  kind {each.kind:.3f}"
            f"  first topic {each.topic:.3f}  other wrongly {each.other:.3f}"
        )
        yield from (f"      {line}" for line in each.wrong)


if __name__ == "__main__":
    words = read_prompts().vocabulary
    every = [score(language, wanted, words) for language, wanted in titles().items()]
    sys.stdout.write("\n".join(report(every)) + "\n")
