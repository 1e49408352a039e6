"""A question of the catalogue, and how it is worded for a channel."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.customer import ChannelSettings


@dataclass(frozen=True)
class Question:
    """An entry of the catalogue. Wordings hold {customer} or {customers} and, some, {promise}."""

    key: str
    wordings: tuple[str, ...]


def word(question: Question, settings: ChannelSettings, language: str, turn: int) -> str:
    """The question in the channel's own words; `turn` walks through its wordings.

    Where a promise is known the wordings that quote it are used and no others; without one they
    can't be, and without a plural those with {customers} can't.
    """
    customer, promise = settings.customer[language], settings.promise.get(language)
    fitting = [w for w in question.wordings if customer.many or "{customers}" not in w]
    quoting = [w for w in fitting if "{promise}" in w]
    usable = quoting if promise and quoting else [w for w in fitting if w not in quoting]
    text = usable[turn % len(usable)].format(
        customer=customer.one, customers=customer.many, promise=promise
    )
    return text[0].upper() + text[1:]
