"""How often customers are heard rightly in labelled sentences: `python -m tests.mention_scores`.

Given files in place of our own sentences it measures on those. A file has a sentence on each line,
as JSON: `text`, `label` (1: the customer comes up) and `sector`, in people's own words; where they
are known `implicit` (without a plain word for the customer), `hard` (a look-alike), `organisation`
(whose text it is) and `lang` (otherwise the file's name begins with it).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from bot.config import GENERAL, read_config
from bot.domain.language import LANGUAGES
from bot.domain.proportion import Proportion
from bot.readers.catalogue import Prompts, read_prompts
from bot.usecases.find_mentions import sector_called
from bot.usecases.recognise import Recognisers

SENTENCES = Path(__file__).parent / "data" / "mentions"
HALVES = ("development", "test")
OWN, NONE = "own sector", "no sector"
RESAMPLES = 4_000  # for the interval of F1, always the same
ENOUGH = 8  # organisations to draw from; of fewer F1 gets no interval
_READ = ("text", "label", "sector", "implicit", "hard", "organisation")


@dataclass(frozen=True)
class Labelled:
    """A sentence with who says it, and whether the customer comes up in it."""

    text: str
    label: int
    language: str
    sector: str = ""
    implicit: bool = False
    hard: bool = False
    organisation: str = ""


@dataclass(frozen=True)
class Score:
    """How the sentences of a set were heard, for whom.

    `f1_interval` holds 95 % of resamplings by organisation; None where those are few.
    `implicit` is the recall there, `alarms` how many of the look-alikes were taken for customers.
    """

    name: str
    heard_for: str
    sentences: int
    organisations: int
    precision: Proportion
    recall: Proportion
    f1_interval: tuple[float, float] | None
    implicit: Proportion
    alarms: Proportion
    wrong: Sequence[str]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _f1(self.precision.count, self.precision.of, self.recall.of)


T = TypeVar("T")
Pairs = Sequence[tuple[Labelled, bool]]  # a sentence, and whether the customer was heard in it


def half(language: str, name: str) -> Path:
    """Where our own sentences of one language are; both halves are of other organisations."""
    return SENTENCES / f"{language}-{name}.jsonl"


def sentences(path: Path) -> list[Labelled]:
    """The labelled sentences in a file."""
    lines = map(json.loads, filter(None, path.read_text("utf-8").splitlines()))
    return [
        Labelled(
            language=line.get("lang", path.name[:2]),
            **{name: line[name] for name in _READ if name in line},
        )
        for line in lines
    ]


class Listening:
    """Hears the customer in each sentence by itself."""

    def __init__(self, prompts: Prompts) -> None:
        self.prompts, self._recognisers, self._config = prompts, Recognisers(prompts), read_config()

    def own_sector(self, labelled: Labelled) -> str:
        """The sector a sentence is of, as one would choose it."""
        return sector_called(labelled.sector, self.prompts) or GENERAL

    def heard(
        self, labelled: Iterable[Labelled], sector: Callable[[Labelled], str]
    ) -> list[tuple[Labelled, bool]]:
        """The sentences, and whether the customer is heard in them by people of `sector`."""
        return [(each, self._hears(each, sector(each))) for each in labelled]

    def _hears(self, labelled: Labelled, sector: str) -> bool:
        settings = self._config.settings("", self.prompts.customers, None, sector)
        return bool(self._recognisers.of(settings, labelled.language).mentions(labelled.text))


def scores(path: Path, listening: Listening, *, sectors: bool = False) -> Iterator[Score]:
    """Of each language in a file: for everybody's own sector, and for no sector at all.

    With `sectors` for each of them by itself.
    """
    for language, mine in _grouped(sentences(path), lambda it: it.language):
        name = path.stem if path.stem.startswith(language) else f"{path.stem}, {language}"
        pairs = listening.heard(mine, listening.own_sector)
        if sectors:
            for sector, own in _grouped(pairs, lambda pair: listening.own_sector(pair[0])):
                yield score(name, sector, own)
        else:
            yield score(name, OWN, pairs)
            yield score(name, NONE, listening.heard(mine, lambda _: GENERAL))


def _grouped(each: Iterable[T], key: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = {}
    for it in each:
        groups.setdefault(key(it), []).append(it)
    return sorted(groups.items(), key=lambda group: group[0])


def score(name: str, heard_for: str, pairs: Pairs) -> Score:
    """Compare what was heard with what is so."""
    hits, found, there = _counts(pairs)
    return Score(
        name,
        heard_for,
        len(pairs),
        len({it.organisation for it, _ in pairs}),
        Proportion(hits, found),
        Proportion(hits, there),
        _f1_interval(pairs),
        _heard((it, said) for it, said in pairs if it.label and it.implicit),
        _heard((it, said) for it, said in pairs if it.hard and not it.label),
        [
            f"{'missed' if it.label else 'alarm '} {it.text}"
            for it, said in pairs
            if it.label != said
        ],
    )


def _heard(pairs: Iterable[tuple[Labelled, bool]]) -> Proportion:
    heard = [said for _, said in pairs]
    return Proportion(sum(heard), len(heard))


def _counts(pairs: Pairs) -> tuple[int, int, int]:
    """Hits, how many were heard, and in how many the customer does come up."""
    hits = sum(1 for it, said in pairs if it.label and said)
    return hits, sum(said for _, said in pairs), sum(it.label for it, _ in pairs)


def _f1(hits: int, found: int, there: int) -> float:
    return 2 * hits / (found + there) if found + there else 0.0


def _f1_interval(pairs: Pairs) -> tuple[float, float] | None:
    """By drawing organisations again and again: sentences of one are more alike than others."""
    whose = _grouped(pairs, lambda pair: pair[0].organisation)
    if len(whose) < ENOUGH:
        return None
    counts = [_counts(said) for _, said in whose]
    draw = random.Random(1).choices
    drawn = sorted(
        _f1(*map(sum, zip(*draw(counts, k=len(counts)), strict=True))) for _ in range(RESAMPLES)
    )
    tail = RESAMPLES // 40
    return drawn[tail], drawn[-1 - tail]


def told(of: Proportion) -> str:
    """A share with its 95 % interval, 0.87 (0.81–0.91); – where there is nothing to share."""
    return "–" if of.share is None else _told(of.share, of.interval)


def told_f1(of: Score) -> str:
    """The same of F1, without an interval where there is none."""
    return _told(of.f1, of.f1_interval)


def _told(share: float, interval: tuple[float, float] | None) -> str:
    return f"{share:.2f}" + (f" ({interval[0]:.2f}–{interval[1]:.2f})" if interval else "")


COLUMNS = ("sentences", "F1", "precision", "recall", "implicit", "false alarms")


def table(found: Iterable[Score]) -> Iterator[str]:
    """A line for each score below a heading; false alarms are those among the look-alikes."""
    yield f"{'':42}{COLUMNS[0]:>9}  " + "".join(f"{name:19}" for name in COLUMNS[1:]).rstrip()
    for it in found:
        shares = map(told, (it.precision, it.recall, it.implicit, it.alarms))
        row = "".join(f"{share:19}" for share in (told_f1(it), *shares))
        yield f"{f'{it.name}, {it.heard_for}':42}{it.sentences:9}  {row}".rstrip()
        yield from (f"    {line}" for line in it.wrong)


def as_json(of: Score) -> dict[str, Any]:
    """A score for machines; shares and their 95 % intervals are between 0 and 1."""
    low, high = of.f1_interval or (None, None)
    return {
        "set": of.name,
        "heard_for": of.heard_for,
        "sentences": of.sentences,
        "organisations": of.organisations,
        "f1": {"share": of.f1, "low": low, "high": high},
        "precision": _json(of.precision),
        "recall": _json(of.recall),
        "implicit": _json(of.implicit),
        "false_alarms": _json(of.alarms),
        "wrong": of.wrong,
    }


def _json(of: Proportion) -> dict[str, Any]:
    low, high = of.interval or (None, None)
    return {"count": of.count, "of": of.of, "share": of.share, "low": low, "high": high}


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.mention_scores", description=__doc__)
    ours = [half(language, name) for language in LANGUAGES for name in HALVES]
    parser.add_argument("files", nargs="*", type=Path, default=ours, metavar="FILE.jsonl")
    parser.add_argument("--wrong", action="store_true", help="each sentence heard wrongly too")
    parser.add_argument("--sectors", action="store_true", help="each sector by itself")
    parser.add_argument("--json", action="store_true", help="for machines")
    return parser.parse_args(words)


def main(words: Sequence[str]) -> str:
    """What the command prints."""
    asked, listening = _asked(words), Listening(read_prompts())
    found = [
        each for path in asked.files for each in scores(path, listening, sectors=asked.sectors)
    ]
    if not asked.wrong:
        found = [replace(each, wrong=()) for each in found]
    if asked.json:
        return json.dumps([as_json(each) for each in found], ensure_ascii=False, indent=2)
    return "\n".join(table(found))


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]) + "\n")
