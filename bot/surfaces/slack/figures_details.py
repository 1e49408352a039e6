"""What lies behind a channel's figures, in a form with nothing to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.view import DigestView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import mrkdwn
from bot.surfaces.slack.figures_message import heading, notes
from bot.wording import digest_rows
from bot.wording.texts import Texts

NAME = "details"  # no Form: it has nothing to send back
ROW = 400  # characters; there are six at most below a label, and what people wrote may grow


def figures_details(view: DigestView, texts: Texts) -> Block:
    """Each label with what belongs to it; then what the figures rest on."""
    rows = digest_rows.detail_rows(view, texts)
    blocks = [block_kit.header(heading(view, texts))]
    blocks += [block_kit.section(block_kit.written(words)) for words in _grouped(rows)]
    blocks += [block_kit.context(words) for words in notes(view, texts)]
    close = texts.say("slack.answer.done")
    return block_kit.modal(NAME, texts.say("digest.details"), blocks, about="", close=close)


def _grouped(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """*Taken along*, and a line for each; a row without a label goes on with the one above."""
    lines: list[str] = []
    for label, words in rows:
        if label and lines:
            yield "\n".join(lines)
        lines = [f"*{label}*"] if label else lines
        lines.append(mrkdwn(words, ROW))
    if lines:
        yield "\n".join(lines)
