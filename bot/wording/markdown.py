"""Views as Markdown, to keep or paste elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.proportion import Proportion
from bot.domain.view import DigestView, Step
from bot.wording import digest_rows, digest_sentences, plain
from bot.wording.texts import Texts

Part = list[str]  # the lines of a paragraph, a list or a table


def digest(view: DigestView, texts: Texts) -> str:
    """A period's figures of a channel: in a few sentences, and what lies behind them in tables."""
    headline, *lines = list(digest_sentences.sentences(view, texts)) or [""]
    parts = [
        [f"# {escaped(plain.digest_heading(view, texts))}"],
        [escaped(headline)] if headline else [],
        bullets(lines),
        [escaped(sentence) for sentence in plain.digest_base(view, texts)],
    ]
    if view.figures.meetings:
        parts += _behind(view, texts)
    return joined(parts)


def _behind(view: DigestView, texts: Texts) -> Iterator[Part]:
    if digest_sentences.has_trend(view.trend):
        yield trend(view.trend, texts.say("digest.not_observed"), texts)
    rows = digest_rows.detail_rows(view, texts)
    head = (texts.say("digest.details"), "")
    yield table(head, rows) if rows else []
    yield [note(digest_sentences.footnote(view, texts))]


def trend(steps: Sequence[Step], none: str, texts: Texts) -> Part:
    """How often the customer came up by itself, a row for each period; `none` where that is not
    to be shown.
    """
    head = (texts.say("digest.period"), texts.say("digest.by_itself"))
    names = (texts.short_period(step.period) for step in steps)
    shares = (counted(step.released.by_itself, none, texts) for step in steps)
    return table(head, zip(names, shares, strict=True))


def counted(seen: Proportion | None, none: str, texts: Texts) -> str:
    """14 of 31 (45%, margin 29–62%)"""
    return digest_sentences.counted(seen, texts) if seen and seen.of else none


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Part:
    """A table of words."""
    return [_row(head), "|" + "---|" * len(head), *map(_row, rows)]


def bullets(lines: Iterable[str]) -> Part:
    """A list of sentences."""
    return [f"- {escaped(line)}" for line in lines]


def note(words: str) -> str:
    """Words that matter less, in italics."""
    return f"_{escaped(words)}_"


def joined(parts: Iterable[Part]) -> str:
    """The parts that there are, with a blank line between them."""
    return "\n\n".join("\n".join(part) for part in parts if part)


def escaped(words: str) -> str:
    """Words that Markdown shows as they are, on one line."""
    one_line = " ".join(plain.printable(words).split())
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", one_line)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"
