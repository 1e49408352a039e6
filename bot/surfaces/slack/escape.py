"""What somebody wrote, shown by Slack and nothing else done with it: no mention, link or bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from bot.wording.plain import printable

MORE = "…"
LINE = 900
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_APART = "\u200b"  # Slack has no escape for marks; beside a zero width space they format nothing
_PIECES = re.compile(r"\u200b(?:[*_~`]|&gt;)\u200b|&(?:amp|lt|gt);|.")


def one_line(words: str) -> str:
    """On one line, without what can't be seen or turns text around."""
    return " ".join(printable(" ".join(words.split())).split())


def shortened(words: str, most: int) -> str:
    """For plain_text: on one line of at most `most` characters."""
    return _cut(one_line(words), most)


def mrkdwn(words: str, most: int) -> str:
    """For mrkdwn with `verbatim`: on one line of at most `most` characters as Slack counts them."""
    apart = re.sub(r"[*_~`]|^>", lambda found: f"{_APART}{found[0]}{_APART}", one_line(words))
    return _cut(_PIECES.findall(re.sub("[&<>]", _entity, apart)), most)


def heard(lines: Iterable[str], most: int = LINE) -> str:
    """Plain lines as the `text` of a message, which Slack reads as mrkdwn; each at most `most`."""
    return "\n".join(mrkdwn(line, most) for line in lines)


def _entity(found: re.Match[str]) -> str:
    return _ENTITIES[found[0]]


def _cut(pieces: Sequence[str], most: int) -> str:
    """The pieces that fit, none of them broken."""
    ends = list(accumulate(map(len, pieces), initial=0))
    if ends[-1] <= most:
        return "".join(pieces)
    fitting = (piece for piece, end in zip(pieces, ends[1:], strict=True) if end < most)
    return "".join(fitting).rstrip() + MORE
