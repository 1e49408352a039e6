"""The kinds of agendas that are read, each with an example, as docs/agendas.md shows them.

`python -m tests.agenda_kinds` prints the page; `--write` renews it.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.domain.view import ItemView
from bot.readers.agenda import read_agenda
from bot.readers.catalogue import read_prompts
from bot.wording import plain
from bot.wording.texts import Texts

DATA = Path(__file__).parent / "data"
PAGE = Path(__file__).parents[1] / "docs" / "agendas.md"

KINDS = yaml.safe_load((DATA / "agenda_kinds.yaml").read_text("utf-8"))


def page() -> str:
    """The whole page: a row for each kind, with what was pasted and what was read."""
    return "\n".join([*_INTRODUCTION, *rows(), ""])


_INTRODUCTION = (
    "# The agendas klantvraag reads",
    "",
    "Paste an agenda the way you have it. This page is made by a test: on the left what somebody",
    "pastes, on the right what klantvraag lists. What is no item – attendees, links, buttons – is",
    "kept as `other` in `klantvraag agenda --json`, so that no word gets lost.",
    "",
    "| kind | pasted | read |",
    "|---|---|---|",
)


def rows() -> Iterator[str]:
    prompts = read_prompts()
    texts = Texts("en", prompts.texts["en"])
    for kind, text in KINDS.items():
        views = [ItemView(item) for item in read_agenda(text, prompts.vocabulary).items]
        pairs = zip([None, *views], views, strict=False)
        read = [row for pair in pairs for row in _rows(*pair, texts)] or ["(no agenda)"]
        yield f"| {kind} | {_cell(text.splitlines())} | {_cell(read)} |"


def _rows(before: ItemView | None, view: ItemView, texts: Texts) -> Iterator[str]:
    for line in (*plain.session(before, view), *plain.item_head(view, texts)):
        yield from line.rows()


def _cell(lines: list[str]) -> str:
    """Lines as they are; what Markdown would read as its own is written as its number."""
    escaped = (html.escape(line, quote=False).replace("\t", "→") for line in lines)
    kept = (re.sub(r"[|*_`\[\]~\\]|:(?=//)", lambda m: f"&#{ord(m[0])};", line) for line in escaped)
    return f"<pre>{'<br>'.join(kept)}</pre>"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())
