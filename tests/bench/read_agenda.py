"""How long reading an agenda takes: when it doubles in length, and against a Markdown parser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

from markdown_it import MarkdownIt

from bot.readers.agenda import read_agenda
from bot.readers.catalogue import read_prompts
from tests.bench.ratio import Ratio, measure

LINES = 10_000
TURNS = 3
ORDINARY = 200  # lines of a long agenda as people have them


def _numbered(n: int) -> str:
    return f"{n}. Tarieven wijk {n} – Jan – 10 min\n"


def _nested(n: int) -> str:
    return f"- Planning blok {n}\n  - brief {n}\n    Besluit: akkoord\n  - [ ] bezwaren\n"


def _minutes(n: int) -> str:
    return f"## {n}. Onderhoud complex {n}\nEls vertelt hoe het gaat, en wat er nog komt.\n\n"


def _table(n: int) -> str:
    return f"| {n % 24}:00 | Onderwerp {n} | Jan de Wit |\n"


def _plain(n: int) -> str:
    return f"Wachttijden balie {n}\n"


SHAPES: dict[str, tuple[Callable[[int], str], int]] = {  # a piece of text, and its lines
    "numbers": (_numbered, 1),
    "nested bullets": (_nested, 4),
    "minutes": (_minutes, 3),
    "table": (_table, 1),
    "plain lines": (_plain, 1),
}


def _text(shape: str, lines: int) -> str:
    piece, size = SHAPES[shape]
    return "# Agenda\n\n" + "".join(map(piece, range(1, lines // size + 1)))


def growth() -> Iterator[Ratio]:
    """Twice the lines in at most 2.3 times the time, for every shape, up to 10,000 lines."""
    vocabulary = read_prompts().vocabulary
    for shape in SHAPES:
        half, whole = _text(shape, LINES // 2), _text(shape, LINES)
        yield measure(
            f"agenda read, {LINES:,} lines / {LINES // 2:,}: {shape}",
            partial(read_agenda, whole, vocabulary),
            partial(read_agenda, half, vocabulary),
            turns=TURNS,
            most=2.3,
            pick=min,
            clock=time.process_time,
        )


def against_markdown() -> Iterator[Ratio]:
    """The same text through the reader and through markdown-it-py."""
    vocabulary, parser = read_prompts().vocabulary, MarkdownIt().enable("table")
    for shape in SHAPES:
        text = _text(shape, ORDINARY)
        yield measure(
            f"agenda read / markdown-it-py, {ORDINARY} lines: {shape}",
            partial(read_agenda, text, vocabulary),
            partial(parser.parse, text),
            turns=TURNS * 4,
            most=None,
        )
