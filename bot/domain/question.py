"""A question of the catalogue, and how it is worded for a channel."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.customer import ChannelSettings


@dataclass(frozen=True)
class Question:
    """An entry of the catalogue. Wordings hold {customer} and, some, {promise}."""

    key: str
    wordings: tuple[str, ...]


def word(question: Question, settings: ChannelSettings, language: str, turn: int) -> str:
    """The question in the channel's own words; `turn` walks through its wordings.

    Where a promise is known the wordings that quote it lead; without one they can't be used.
    """
    promise = settings.promise.get(language)
    quoting = [w for w in question.wordings if "{promise}" in w]
    usable = quoting if promise and quoting else [w for w in question.wordings if w not in quoting]
    text = usable[turn % len(usable)].format(customer=settings.customer[language], promise=promise)
    return text[0].upper() + text[1:]
