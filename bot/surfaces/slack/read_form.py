"""All answers and notes to an item, each to its end: what the agenda has no room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from bot.domain.view import ItemView
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.agenda_pieces import TITLE, by_question
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import mrkdwn, one_line, shortened
from bot.wording import plain
from bot.wording.texts import Texts

NAME = "read"  # no Form: it has nothing to send back
QUESTION = 2_000  # characters
PART = 3_000  # characters of a section
BLOCKS = limits.VIEW_BLOCKS - 2  # the item's title comes first, what is left out last
BYTES = limits.VIEW_BYTES - 10_000


def read_form(view: ItemView, texts: Texts) -> Block:
    """Nothing to fill in; where it is more than Slack shows, it says how many are left out."""
    rows = list(_rows(view, texts))
    sizes = accumulate(limits.size(block) + 2 for block, _ in rows)
    fitting = sum(1 for size in sizes if size <= BYTES)
    shown = rows[: min(fitting, BLOCKS)]
    blocks = [block_kit.section(block_kit.plain(view.item.title, TITLE))]
    blocks += [block for block, _ in shown]
    left = len(view.answers) - (shown[-1][1] if shown else 0)
    if left:
        blocks.append(block_kit.context(texts.say("slack.answer.not_shown", n=left)))
    return block_kit.modal(
        NAME,
        texts.say("slack.answer.all_title", position=shortened(view.item.position, 6)),
        blocks,
        about="",
        close=texts.say("slack.answer.done"),
    )


def _rows(view: ItemView, texts: Texts) -> Iterator[tuple[Block, int]]:
    """A block, and how many answers are complete with it."""
    complete = 0
    for asked, given in by_question(view):
        if asked.strip():
            words = block_kit.written(f"*{mrkdwn(asked, QUESTION)}*")
            yield block_kit.section(words), complete
        for one in given:
            safe = replace(one, text=_lines(one.text))
            parts = list(_parts(plain.answer(safe, texts).removeprefix("| ")))
            for part in parts:
                complete += part is parts[-1]
                text = {"type": "plain_text", "text": part, "emoji": False}
                yield block_kit.section(text), complete
    for note in view.notes:
        for part in _parts(texts.say("slack.agenda.noted", words=_lines(note))):
            text = {"type": "plain_text", "text": part, "emoji": False}
            yield block_kit.section(text), complete


def _parts(words: str) -> Iterator[str]:
    cut = (words[start : start + PART] for start in range(0, len(words), PART))
    yield from (part for part in cut if part.strip())


def _lines(words: str) -> str:
    """Line by line, without what can't be seen or turns text around."""
    return "\n".join(one_line(line) for line in words.splitlines())
