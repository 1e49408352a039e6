"""How often kind, topics and first question of a title are right, over tests/data/titles."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.choice import choose
from bot.domain.customer import ChannelSettings
from bot.domain.kind import kind_of
from bot.domain.meeting import AgendaItem, Kind
from bot.domain.topic import Topic, topics_of
from bot.domain.vocabulary import Vocabulary
from bot.readers.catalogue import LANGUAGES, Prompts, read_prompts
from bot.usecases.prepare_meeting import subject_of

TITLES = Path(__file__).parent / "data" / "titles"
AGENDAS, ITEMS = 200, 6  # made of the titles with `good`, always the same
DAY = date(2026, 11, 24)


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


@dataclass(frozen=True)
class Fit:
    """Of the titles with `good` and `odd`, the share whose first question is that, 0–1.

    `title` alone on an agenda, or `agenda`: with others, where no question comes twice.
    """

    name: str
    titles: int
    title_good: float
    title_odd: float
    agenda_good: float
    agenda_odd: float
    wrong: tuple[str, ...]


def fit(language: str, wanted: Sequence[dict[str, Any]], prompts: Prompts) -> Fit:
    """How well the first question fits, as a chair judged it before."""
    judged = [entry for entry in wanted if "good" in entry]
    alone = [pair for entry in judged for pair in _first_questions([entry], language, prompts)]
    rng = random.Random(1)
    agendas = [rng.sample(judged, ITEMS) for _ in range(AGENDAS)]
    together = [pair for each in agendas for pair in _first_questions(each, language, prompts)]
    wrong = Counter(f"{e['title']}: {key}" for e, key in alone if key not in e["good"])
    shares = *_shares(alone), *_shares(together)
    return Fit(language, len(judged), *shares, tuple(wrong))


def _shares(asked: Sequence[tuple[dict[str, Any], str]]) -> tuple[float, float]:
    good = sum(key in entry["good"] for entry, key in asked)
    odd = sum(key in entry["odd"] for entry, key in asked)
    return good / len(asked), odd / len(asked)


def _first_questions(
    entries: Sequence[dict[str, Any]], language: str, prompts: Prompts
) -> Iterable[tuple[dict[str, Any], str]]:
    settings = ChannelSettings(language, prompts.customers["general"], questions=1)
    items = [AgendaItem("1", entry["title"], Kind.SUBSTANTIVE) for entry in entries]
    subjects = [subject_of(item, prompts) for item in items]
    catalogue = prompts.questions[language]
    chosen = choose(subjects, catalogue, prompts.fits, settings, language, (), DAY)
    return [(entry, first.key) for entry, (first,) in zip(entries, chosen, strict=True)]


def report(scores: Sequence[Score], fits: Sequence[Fit] = ()) -> Iterator[str]:
    """A line for each score, with what went wrong below it."""
    for each in scores:
        yield (
            f"{each.name:10} {each.titles:4} titles  kind {each.kind:.3f}"
            f"  first topic {each.topic:.3f}  other wrongly {each.other:.3f}"
        )
        yield from (f"      {line}" for line in each.wrong)
    for one in fits:
        yield (
            f"{one.name:10} {one.titles:4} titles  first question good {one.title_good:.3f}"
            f" odd {one.title_odd:.3f}  on agendas of {ITEMS} good {one.agenda_good:.3f}"
            f" odd {one.agenda_odd:.3f}"
        )
        yield from (f"      {line}" for line in one.wrong)


if __name__ == "__main__":
    ours = read_prompts()
    scores = [score(language, wanted, ours.vocabulary) for language, wanted in titles().items()]
    fits = [fit(language, wanted, ours) for language, wanted in titles().items()]
    sys.stdout.write("\n".join(report(scores, fits)) + "\n")
