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
from bot.domain.language import LANGUAGES
from bot.domain.meeting import AgendaItem, Kind
from bot.domain.topic import Topic, topics_of
from bot.domain.vocabulary import Vocabulary
from bot.readers.catalogue import Prompts, read_prompts
from bot.usecases.ask_questions import subject_of

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

    `title` alone on an agenda, or `agenda`: with others. `always` is the question that is good most
    often, and the share that always asking it would reach.
    """

    name: str
    titles: int
    title_good: float
    title_odd: float
    agenda_good: float
    agenda_odd: float
    always: tuple[str, float]
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
    ((always, times),) = Counter(key for e in judged for key in e["good"]).most_common(1)
    return Fit(language, len(judged), *shares, (always, times / len(judged)), tuple(wrong))


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


@dataclass(frozen=True)
class First:
    """Shares of titles in `first.json`, 0–1, whose first question is one a chair would pick first.

    `best` of all questions, `six` of the six of the article alone; `odd` would be strange. Each on
    an agenda of its own and on agendas of six. `always` names the question that is best most often,
    and with what share: what always asking it would reach.
    """

    name: str
    titles: int
    best: float
    six: float
    odd: float
    agenda_best: float
    agenda_odd: float
    always: tuple[str, float]
    wrong: tuple[str, ...]


def first_titles(half: str) -> list[dict[str, Any]]:
    """The titles with what a chair would ask first: the half to "learn" from, or to "keep"."""
    wanted = json.loads((TITLES / "first.json").read_text("utf8"))
    place = {"learn": 0, "keep": 1}[half]
    return [e for lang in LANGUAGES for e in [e for e in wanted if e["language"] == lang][place::2]]


def first(half: str, prompts: Prompts) -> First:
    """How often the first question is one of the best, and what a constant would reach."""
    wanted = first_titles(half)
    alone: list[tuple[dict[str, Any], str]] = []
    together: list[tuple[dict[str, Any], str]] = []
    for language in LANGUAGES:
        titles = [entry for entry in wanted if entry["language"] == language]
        rng = random.Random(1)
        alone += [pair for entry in titles for pair in _first_questions([entry], language, prompts)]
        for _ in range(AGENDAS):
            together += _first_questions(rng.sample(titles, ITEMS), language, prompts)
    ((always, times),) = Counter(key for e in wanted for key in e["best"]).most_common(1)
    wrong = tuple(f"{e['title']}: {key}" for e, key in alone if key not in e["best"])
    shares = (_share(alone, "best"), _share(alone, "six"), _share(alone, "odd"))
    agendas = (_share(together, "best"), _share(together, "odd"))
    return First(half, len(wanted), *shares, *agendas, (always, times / len(wanted)), wrong)


def _share(asked: Sequence[tuple[dict[str, Any], str]], listed: str) -> float:
    return sum(key in entry[listed] for entry, key in asked) / len(asked)


def report(
    scores: Sequence[Score], fits: Sequence[Fit] = (), firsts: Sequence[First] = ()
) -> Iterator[str]:
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
            f" odd {one.agenda_odd:.3f}  always {one.always[0]} {one.always[1]:.3f}"
        )
        yield from (f"      {line}" for line in one.wrong)
    for half in firsts:
        yield (
            f"{half.name:10} {half.titles:4} titles  first question best {half.best:.3f}"
            f" (of the six {half.six:.3f}) odd {half.odd:.3f}  on agendas of {ITEMS} best"
            f" {half.agenda_best:.3f} odd {half.agenda_odd:.3f}"
            f"  always {half.always[0]} {half.always[1]:.3f}"
        )


if __name__ == "__main__":
    ours = read_prompts()
    scores = [score(language, wanted, ours.vocabulary) for language, wanted in titles().items()]
    fits = [fit(language, wanted, ours) for language, wanted in titles().items()]
    firsts = [first(half, ours) for half in ("learn", "keep")]
    sys.stdout.write("\n".join(report(scores, fits, firsts)) + "\n")
