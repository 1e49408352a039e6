"""Fits the weights by which customers are heard: `make weights`.

Reads labelled sentences, lets the recogniser name whom it sees, and fits a logistic regression on
the signs it gives; writes prompts/mentions/weights.yaml. Sentences are lines of four fields with
tabs between: label (1, 1i, 0, 0h), organisation, sector, text with {…} around what carries it.
Ours are in tests/data/mentions/training; other folders may be given, and count for more.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from bot.config import read_config
from bot.domain.language import LANGUAGES
from bot.domain.mention import Candidate
from bot.readers.catalogue import Prompts, ours, read_prompts
from bot.usecases.find_mentions import sector_called
from bot.usecases.recognise import Recognisers

TRAINING = Path(__file__).parent / "data" / "mentions" / "training"
WEIGHTS = ours() / "mentions" / "weights.yaml"
SCALE = 10  # a weight of 10 is one in the regression
GENERAL = "general"
UNMARKED = 0.15  # how much somebody counts who is not marked, in a sentence where others are
OURS = 0.6  # how much a sentence of ours counts beside a real one
HELD = 2.0  # how strongly weights are held to nothing
FOLDS = 5
KNOWN = 3  # organisations that a sign must be met in; names of people and places are in one
TELLING = 2  # the least a weight must be to be worth keeping
WIDTH = 100
HEADING = """\
# How much each sign tells that somebody is a customer; `limit` together is enough. Made by
# `make weights` from labelled sentences: change words in nl.yaml and en.yaml, not numbers here.
# A sign is a class, what stands around (near:care), or both (people&near:care).

"""


@dataclass(frozen=True)
class Example:
    """A labelled sentence; `marks` are the places that make it so, `counts` how much it does."""

    organisation: str
    sector: str
    label: bool
    text: str
    marks: Sequence[tuple[int, int]]
    counts: float

    def marked(self, candidate: Candidate) -> bool:
        """Whether a candidate stands in one of the marked places."""
        return any(candidate.start < end and candidate.end > start for start, end in self.marks)


@dataclass(frozen=True)
class Seen:
    """A sentence and whom the recogniser sees in it, for one sector."""

    example: Example
    found: Sequence[Candidate]

    def rows(self) -> Iterator[tuple[frozenset[str], bool, float]]:
        """For each candidate what tells, whether it is a customer, and how much it counts."""
        example = self.example
        some_marked = example.label and any(map(example.marked, self.found))
        for each in self.found:
            customer = example.marked(each) if some_marked else example.label
            unsure = example.label and not (some_marked and customer)
            share = UNMARKED if some_marked else 2 * UNMARKED / len(self.found)
            yield each.signs, customer, example.counts * (share if unsure else 1)

    def weighed(self, weights: Mapping[str, int]) -> int:
        """The weight of who is most likely a customer."""
        sums = (sum(weights.get(sign, 0) for sign in each.signs) for each in self.found)
        return max(sums, default=-999)


def read(folder: Path, language: str, counts: float) -> Iterator[Example]:
    """The sentences of one language in a folder."""
    for path in sorted(folder.glob(f"{language}-*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            label, organisation, sector, marked = line.split("\t")
            text, marks = _unmarked(marked)
            yield Example(organisation, sector, label.startswith("1"), text, marks, counts)


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, marks = "", []
    for number, piece in enumerate(re.split(r"[{}]", marked)):
        if number % 2:
            marks.append((len(text), len(text) + len(piece)))
        text += piece
    return text, marks


def see(examples: Iterable[Example], language: str, prompts: Prompts) -> Iterator[Seen]:
    """Whom the recogniser sees in each sentence, once for its own sector and once for any."""
    recognisers, config = Recognisers(prompts), read_config()
    for example in examples:
        for sector in (sector_called(example.sector, prompts) or GENERAL, GENERAL):
            settings = config.settings("", prompts.customers, None, sector)
            recogniser = recognisers.of(settings, language)
            yield Seen(example, list(recogniser.candidates(example.text)))


def fit(seen: Iterable[Seen]) -> dict[str, int]:
    """The weight of each sign, as small whole numbers, of what is met widely and tells enough."""
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    seen = list(seen)
    known = _known(seen)
    told, customers, counts = zip(*(row for each in seen for row in each.rows()), strict=True)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{it: _freedom(it) for it in signs & known} for signs in told]
    )
    model = LogisticRegression(C=1 / HELD, max_iter=1_000)
    model.fit(matrix, customers, counts)
    fitted = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {sign: round(SCALE * weight * _freedom(sign)) for sign, weight in fitted}
    weights["always"] += round(SCALE * model.intercept_[0])
    return {sign: weight for sign, weight in weights.items() if abs(weight) >= TELLING}


def _known(seen: Iterable[Seen]) -> set[str]:
    """The signs that are met in several organisations."""
    met: dict[str, set[str]] = defaultdict(set)
    for each in seen:
        for sign in frozenset().union(*(candidate.signs for candidate in each.found)):
            met[sign].add(each.example.organisation)
    return {sign for sign, organisations in met.items() if len(organisations) >= KNOWN}


def _freedom(sign: str) -> float:
    """How freely a sign may weigh: one of a whole class has much behind it, one word little."""
    if sign.startswith("word:"):
        return 0.6
    return 1.8 if sign.isalpha() else 1.0


def apart(seen: Sequence[Seen]) -> list[tuple[Seen, int]]:
    """Each sentence with its weight, as fitted on other organisations."""
    names = sorted({each.example.organisation for each in seen})
    random.Random(1).shuffle(names)
    fold_of = {name: number % FOLDS for number, name in enumerate(names)}
    weighed = []
    for fold in range(FOLDS):
        here = [each for each in seen if fold_of[each.example.organisation] == fold]
        weights = fit(each for each in seen if fold_of[each.example.organisation] != fold)
        weighed += [(each, each.weighed(weights)) for each in here]
    return weighed


def even_limit(weighed: Sequence[tuple[Seen, int]]) -> tuple[float, int]:
    """The F1 of the limit at which as many are heard wrongly as are missed, and that limit.

    So how often customers come up is on average told neither too high nor too low.
    """
    there = sum(it.example.counts for it, _ in weighed if it.example.label)

    def too_many(limit: int) -> float:
        return abs(sum(it.example.counts for it, weight in weighed if weight >= limit) - there)

    limit = min(range(-2 * SCALE, 2 * SCALE), key=too_many)
    return _f1(weighed, limit), limit


def _f1(weighed: Sequence[tuple[Seen, int]], limit: int) -> float:
    hits = sum(it.example.counts for it, weight in weighed if it.example.label and weight >= limit)
    found = sum(it.example.counts for it, weight in weighed if weight >= limit)
    there = sum(it.example.counts for it, _ in weighed if it.example.label)
    return 2 * hits / (found + there)


def main(folders: Sequence[Path]) -> None:
    """Fit both languages and write what came of it."""
    prompts, written = read_prompts(), []
    for language in LANGUAGES:
        examples = [*read(TRAINING, language, OURS)]
        examples += [each for folder in folders for each in read(folder, language, 1.0)]
        seen = list(see(examples, language, prompts))
        counted_most = max(each.counts for each in examples)  # real ones, where there are
        f1, limit = even_limit([it for it in apart(seen) if it[0].example.counts == counted_most])
        weights = fit(seen)
        print(f"{language}: {len(examples)} sentences, F1 {f1:.3f} by leaving out organisations,")
        print(f"    {len(weights)} weights, limit {limit}")
        written.append(_as_yaml(language, limit, weights))
    WEIGHTS.write_text(HEADING + "".join(written), "utf-8")


def _as_yaml(language: str, limit: int, weights: Mapping[str, int]) -> str:
    by_weight: dict[int, list[str]] = {}
    for sign, weight in weights.items():
        by_weight.setdefault(weight, []).append(sign)
    lines = [
        fill(
            " ".join(sorted(signs)),
            WIDTH,
            initial_indent=f"    {weight} ",
            subsequent_indent=f"    {weight} ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for weight, signs in sorted(by_weight.items(), reverse=True)
    ]
    return f"{language}:\n  limit: {limit}\n  weights: |\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
