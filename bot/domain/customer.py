"""The customer a channel serves, in its own word, and what it promises them."""

from __future__ import annotations

from dataclasses import dataclass

MOST_QUESTIONS = 3
QUESTIONS = 2


@dataclass(frozen=True)
class ChannelSettings:
    """How a channel wants its questions. `customer` is one of them with its article ("de huurder").

    `language` None follows the agenda's own. `questions` is the number per substantive item.
    """

    language: str | None
    customer: dict[str, str]
    promise: str | None = None
    questions: int = QUESTIONS
