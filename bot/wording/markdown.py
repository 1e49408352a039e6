"""Views as Markdown, to keep or paste elsewhere."""

from __future__ import annotations

import re

from bot.domain.view import DigestView
from bot.wording import digest_sentences, plain
from bot.wording.texts import Texts


def digest(view: DigestView, texts: Texts) -> str:
    """The figures of a period as a heading and a table."""
    lines = [f"# {escaped(plain.digest_heading(view, texts))}", ""]
    lines += [escaped(sentence) for sentence in plain.digest_base(view, texts)]
    if view.figures.meetings:
        lines += [
            "",
            f"| {texts.say('digest.measure')} | {texts.say('digest.amount')} |",
            "|---|---|",
        ]
        lines += [
            f"| {escaped(label)} | {escaped(amount)} |"
            for label, amount in plain.figure_rows(view, texts)
        ]
        lines += ["", f"_{escaped(digest_sentences.footnote(view, texts))}_"]
    return "\n".join(lines)


def escaped(words: str) -> str:
    """Words that Markdown shows as they are, on one line."""
    one_line = " ".join(plain.printable(words).split())
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", one_line)
