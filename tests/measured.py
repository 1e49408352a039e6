"""The table of scores in the README, measured on our own agendas and titles.

`python -m tests.measured` prints it; `--write` puts it into the README.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from bot.readers.catalogue import read_prompts
from tests import agenda_scores, title_scores
from tests.transcript import README, ROOT

AGENDAS = ROOT / "tests" / "data" / "agendas"
TABLE = re.compile(
    r"(?<=^\| what \| measured on \| score \|\n\|---\|---\|---\|\n)(?:\|.*\n)+", re.MULTILINE
)


def table() -> str:
    """The rows, a line each."""
    return "".join(f"| {' | '.join(row)} |\n" for row in _rows())


def _rows() -> Iterator[tuple[str, str, str]]:
    prompts = read_prompts()
    read = agenda_scores.score_folder(AGENDAS, prompts.vocabulary)
    whole = agenda_scores.total(read)
    yield (
        "items of an agenda",
        f"{whole.files} agendas, {whole.hits + len(whole.missed)} items",
        f"precision {whole.precision:.3f}, recall {whole.recall:.3f}, F1 {whole.f1:.3f},"
        f" {whole.exact} exact",
    )
    for language, wanted in title_scores.titles().items():
        one = title_scores.score(language, wanted, prompts.vocabulary)
        yield (
            f"kind and first topic, {language}",
            f"{one.titles} titles",
            f"kind {one.kind:.1%}, topic {one.topic:.1%}",
        )
    agendas = f"{title_scores.AGENDAS} agendas of {title_scores.ITEMS} of them"
    for language, wanted in title_scores.titles().items():
        fit = title_scores.fit(language, wanted, prompts)
        yield (
            f"first question a good one, {language}",
            f"{fit.titles} titles; {agendas}",
            f"good {fit.title_good:.1%}, odd {fit.title_odd:.1%};"
            f" good {fit.agenda_good:.1%}, odd {fit.agenda_odd:.1%};"
            f" always “{fit.always[0]}” {fit.always[1]:.1%}",
        )
    for half, told in (("learn", "tuned on"), ("keep", "kept apart")):
        first = title_scores.first(half, prompts)
        yield (
            f"first question one of the best, {told}",
            f"{first.titles} titles; {agendas} in each language",
            f"best {first.best:.1%}, odd {first.odd:.1%};"
            f" best {first.agenda_best:.1%}, odd {first.agenda_odd:.1%};"
            f" always “{first.always[0]}” {first.always[1]:.1%}",
        )


if __name__ == "__main__":
    if "--write" in sys.argv:
        text = README.read_text("utf-8")
        README.write_text(TABLE.sub(lambda _: table(), text), "utf-8")
    else:
        sys.stdout.write(table())
