"""A text with the places marked where the customer is named, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.mention import Mention
from bot.wording.plain import printable
from bot.wording.texts import Texts

MARKS = (("»", "«"), ("[[", "]]"), ("{{", "}}"))

_BREAK = re.compile(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # inside a line; words stay apart
_COLOUR = re.compile(r"\x1b\[[\d;]*[A-Za-z]")

Style = Callable[[str], str]


@dataclass
class Tally:
    """Counts lines: all, `read` ones with text, `unread` ones in another language, `named` ones
    in which the customer comes up, and the places where."""

    lines: int = 0
    read: int = 0
    unread: int = 0
    named: int = 0
    places: int = 0

    def add(self, line: str, mentions: Sequence[Mention] | None) -> None:
        """Count a line in; `mentions` is None where its language is not read."""
        self.lines += 1
        if mentions is None:
            self.unread += 1
            return
        self.read += bool(line.strip())
        self.named += bool(mentions)
        self.places += len(mentions)


def marked(text: str, mentions: Sequence[Mention], style: Style = str) -> str:
    """One line, with each mention between marks; `style` is what a terminal adds to them."""
    opens, closes = _marks(text)
    shown, end = [], 0
    for mention in mentions:
        shown.append(_shown(text[end : mention.start]))
        shown.append(style(f"{opens}{_shown(mention.text)}{closes}"))
        end = mention.end
    return "".join((*shown, _shown(text[end:])))


def reasons(mentions: Sequence[Mention], texts: Texts) -> list[str]:
    """Why each is taken for the customer; the same word for the same reason once."""
    told = (
        texts.say(f"mentions.rules.{mention.rule}", word=_shown(mention.text))
        for mention in mentions
    )
    return list(dict.fromkeys(told))


def summary(tally: Tally, texts: Texts) -> str:
    """In how many of the lines that were read the customer comes up."""
    if not tally.named:
        return texts.say("mentions.none", n=tally.read)
    where = texts.say("mentions.places", n=tally.places)
    return texts.say("mentions.some", n=tally.read, named=tally.named, places=where)


def _marks(text: str) -> tuple[str, str]:
    """Marks that the line itself does not have, so that nobody takes its own for ours."""
    free = (marks for marks in MARKS if not any(mark in text for mark in marks))
    return next(free, MARKS[0])


def _shown(words: str) -> str:
    return printable(_BREAK.sub(" ", _COLOUR.sub("", words)))
