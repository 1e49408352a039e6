"""What somebody wrote, shown by Slack and nothing else done with it: no mention, link or bold."""

from __future__ import annotations

import re

from bot.wording.plain import printable

MORE = "…"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_APART = "\u200b"  # Slack has no escape for marks; beside a zero width space they format nothing
_PIECES = re.compile(r"&(?:amp|lt|gt);|.")


def one_line(words: str) -> str:
    """On one line, without what can't be seen or turns text around."""
    return " ".join(printable(" ".join(words.split())).split())


def shortened(words: str, most: int) -> str:
    """For plain_text: on one line of at most `most` characters."""
    return _cut(list(one_line(words)), most)


def entities(words: str) -> str:
    """With & < > as entities: nothing in it is a mention, a link or a date any more."""
    return re.sub("[&<>]", lambda found: _ENTITIES[found[0]], words)


def mrkdwn(words: str, most: int) -> str:
    """For mrkdwn with `verbatim`: on one line of at most `most` characters as Slack counts them."""
    apart = re.sub(r"[*_~`]|^>", lambda found: f"{_APART}{found[0]}{_APART}", one_line(words))
    return _cut(_PIECES.findall(entities(apart)), most)


def _cut(pieces: list[str], most: int) -> str:
    """The pieces that fit, none of them broken."""
    whole = "".join(pieces)
    if len(whole) <= most:
        return whole
    while pieces and len(whole) >= most:
        pieces.pop()
        whole = "".join(pieces).rstrip()
    return whole + MORE
