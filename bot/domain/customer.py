"""The customer a channel serves, in its own word, and what it promises them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_QUESTIONS = 3
QUESTIONS = 2
THEMES = ("knowledge", "wishes", "full_answer", "complaints", "satisfaction", "clarity")


@dataclass(frozen=True)
class ChannelSettings:
    """How a channel wants its questions.

    `customer` is one of them with its article, for each language ("de huurder"); `promise` what
    they are promised, in the languages it is known in. `language` None follows the agenda's own.
    `questions` is the number per substantive item. `theme` is the trait of the
    period, one of THEMES.
    """

    language: str | None
    customer: Mapping[str, str]
    promise: Mapping[str, str] = field(default_factory=dict)
    questions: int = QUESTIONS
    theme: str | None = None
