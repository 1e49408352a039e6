"""What values in config.yaml are made of: words on a line, one customer, names of customers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.domain.customer import accounts
from bot.domain.problem import Problem
from bot.readers.customer_prompts import one_customer


def _printable(value: str) -> str:
    """On one line; a control character can't be typed, shown or stand in a file name."""
    line = " ".join(value.splitlines())
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in line):
        raise PydanticCustomError("string_type", "not words")
    return line


Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=150, strip_whitespace=True),
    AfterValidator(_printable),
]


class StrictOrEmpty(BaseModel):
    """Keys and values just as they are declared; what is left empty is not set."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_set(cls, data: Any) -> Any:
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            return data
        return {
            key: value
            for key, value in data.items()
            if key not in cls.model_fields or value not in (None, "")
        }


class InBoth(StrictOrEmpty):
    """Words in two languages."""

    nl: Words = Field(description="The words in Dutch.")
    en: Words = Field(description="The words in English.")


Customer = Annotated[Words, AfterValidator(one_customer)]


class CustomerInBoth(InBoth):
    """One customer in two languages, each with its article."""

    nl: Customer = Field(description="The customer in Dutch: de huurder.")
    en: Customer = Field(description="The customer in English: the tenant.")


_BY_SHAPE = Discriminator(lambda v: "[both]" if isinstance(v, dict | InBoth) else "[words]")
Said = Annotated[
    Annotated[Words, Tag("[words]")] | Annotated[InBoth, Tag("[both]")],
    _BY_SHAPE,
]
Served = Annotated[
    Annotated[Customer, Tag("[words]")] | Annotated[CustomerInBoth, Tag("[both]")],
    _BY_SHAPE,
]


def _distinct(names: list[str]) -> list[str]:
    try:
        return [*accounts(names)]
    except Problem as problem:
        raise PydanticCustomError(problem.code, "no account", dict(problem.values)) from None


Accounts = Annotated[list[Words], AfterValidator(_distinct)]
