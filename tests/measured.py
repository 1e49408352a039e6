"""The tables of scores in the documents, measured on our own agendas, titles and sentences.

`python -m tests.measured` prints them; `--write` puts them into README.md and docs/mentions.md, and
how often customers are heard rightly into prompts/mentions/rates.yaml, where the digest reads it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from bot.domain.language import LANGUAGES
from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion
from bot.readers.catalogue import ours, read_prompts
from tests import agenda_scores, mention_scores, title_scores
from tests.transcript import ABOUT_MENTIONS, README, ROOT, renew

RATES = ours() / "mentions" / "rates.yaml"
AGENDAS = ROOT / "tests" / "data" / "agendas"
TABLE = re.compile(
    r"(?<=^\| what \| measured on \| score \|\n\|---\|---\|---\|\n)(?:\|.*\n)+", re.MULTILINE
)

OF_THEM = f"{title_scores.AGENDAS} agendas of {title_scores.ITEMS} of them"
HALVES = {"learn": "tuned on", "keep": "kept apart"}
RENEW = "renew it: .venv/bin/python -m tests.measured --write"
HEADING = """\
# How often the recogniser is right, which the digest says: `count` of `of` sentences. Made by
# `python -m tests.measured --write` from the test half of tests/data/mentions.

"""
Row = tuple[str, str, str]  # what, measured on, score


def agendas(whole: agenda_scores.Score) -> Row:
    """How well the items of agendas are found."""
    return (
        "items of an agenda",
        f"{whole.files} agendas, {whole.hits + len(whole.missed)} items",
        f"precision {whole.precision:.3f}, recall {whole.recall:.3f}, F1 {whole.f1:.3f},"
        f" {whole.exact} exact",
    )


def titles(score: title_scores.Score) -> Row:
    """How well titles of one language are understood."""
    return (
        f"kind and first topic, {score.name}",
        f"{score.titles} titles",
        f"kind {score.kind:.1%}, topic {score.topic:.1%}",
    )


def questions(fit: title_scores.Fit) -> Row:
    """How well the first question of items of one language fits, and what one question reaches."""
    return (
        f"first question a good one, {fit.name}",
        f"{fit.titles} titles; {OF_THEM}",
        f"good {fit.title_good:.1%}, odd {fit.title_odd:.1%};"
        f" good {fit.agenda_good:.1%}, odd {fit.agenda_odd:.1%};"
        f" always “{fit.always[0]}” {fit.always[1]:.1%}",
    )


def firsts(half: str, first: title_scores.First) -> Row:
    """The same by the stricter gold; `half` of it is learn or keep."""
    return (
        f"first question one of the best, {HALVES[half]}",
        f"{first.titles} titles; {OF_THEM} in each language",
        f"best {first.best:.1%}, odd {first.odd:.1%};"
        f" best {first.agenda_best:.1%}, odd {first.agenda_odd:.1%};"
        f" always “{first.always[0]}” {first.always[1]:.1%}",
    )


def mentions(own: mention_scores.Score, general: mention_scores.Score) -> Row:
    """How well customers are heard, in a half of the sentences of one language."""
    told = mention_scores.told
    return (
        f"customers heard, {own.name.replace('-', ', ')} half",
        f"{own.sentences} sentences of {own.organisations} organisations",
        f"precision {told(own.precision)}, recall {told(own.recall)},"
        f" F1 {mention_scores.told_f1(own)}; implicit ones heard {told(own.implicit)},"
        f" look-alikes taken for them {told(own.alarms)};"
        f" without a sector F1 {mention_scores.told_f1(general)}",
    )


def rates(test_half: mention_scores.Score) -> Rates:
    """What the digest says of them."""
    return Rates(test_half.precision, test_half.recall)


def is_told(row: Row, page: Path = README) -> bool:
    """Whether the table of a document has this row."""
    shown = TABLE.search(page.read_text("utf-8"))
    return shown is not None and _line(row) in shown[0].splitlines()


def tables() -> dict[Path, str]:
    """All rows, a line each, by the document whose table has them."""
    rows = {README: _of_agendas(), ABOUT_MENTIONS: _of_mentions()}
    return {page: "".join(f"{_line(row)}\n" for row in told) for page, told in rows.items()}


def rates_file() -> str:
    """What rates.yaml says by now."""
    listening = mention_scores.Listening(read_prompts())
    found = {
        language: rates(
            next(mention_scores.scores(mention_scores.half(language, "test"), listening))
        )
        for language in LANGUAGES
    }
    return HEADING + "".join(map(_yaml, found, found.values()))


def _yaml(language: str, found: Rates) -> str:
    return (
        f"{language}:\n  precision: {_counts(found.precision)}\n  recall: {_counts(found.recall)}\n"
    )


def _counts(of: Proportion) -> str:
    return f"{{count: {of.count}, of: {of.of}}}"


def _line(row: Row) -> str:
    return f"| {' | '.join(row)} |"


def _of_agendas() -> Iterator[Row]:
    prompts, wanted = read_prompts(), title_scores.titles()
    yield agendas(agenda_scores.total(agenda_scores.score_folder(AGENDAS, prompts.vocabulary)))
    for language, entries in wanted.items():
        yield titles(title_scores.score(language, entries, prompts.vocabulary))
    for language, entries in wanted.items():
        yield questions(title_scores.fit(language, entries, prompts))
    for half in HALVES:
        yield firsts(half, title_scores.first(half, prompts))


def _of_mentions() -> Iterator[Row]:
    listening = mention_scores.Listening(read_prompts())
    for language, half in product(LANGUAGES, mention_scores.HALVES):
        yield mentions(*mention_scores.scores(mention_scores.half(language, half), listening))


if __name__ == "__main__":
    if "--write" in sys.argv:
        for page, rows in tables().items():
            renew(page, TABLE, rows)
        RATES.write_text(rates_file(), "utf-8")
    else:
        sys.stdout.write("".join(tables().values()))
