"""What values in config.yaml are made of: words on a line, one customer, names, a moment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
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
from bot.domain.schedule import Weekly
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


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise PydanticCustomError("timezone", "not a time zone")
    return value


def _clock(value: object) -> str:
    """Also of what YAML takes for a number: 8.30."""
    if not isinstance(value, str) or not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise PydanticCustomError("clock", "not a time")
    return value.rjust(5, "0")


Zone = Annotated[Words, AfterValidator(_known_zone)]
Clock = Annotated[Words, BeforeValidator(_clock)]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Moment(StrictOrEmpty):
    """A moment of each week."""

    day: Day = Field("monday", description="The day, in English. Default: monday.")
    time: Clock = Field("09:00", description="The time of day: 09:00 or 16:30. Default: 09:00.")
    timezone: Zone | None = Field(
        None, description="The time zone of that time; left out: that of days and weeks."
    )

    def weekly(self, zone: str) -> Weekly:
        """The moment itself; in `zone` where it names none."""
        day = get_args(Day).index(self.day) + 1
        return Weekly(day, time.fromisoformat(self.time), self.timezone or zone)


def _channel(value: str) -> str:
    if not re.fullmatch("[CG][A-Z0-9]+", value):
        raise PydanticCustomError("slack_channel", "not a channel")
    return value


def _place(value: str) -> str:
    if not re.fullmatch("[CGUW][A-Z0-9]+", value):
        raise PydanticCustomError("slack_place", "neither a channel nor a person")
    return value


class ManagersDigest(StrictOrEmpty):
    """Figures of several channels together that come by themselves."""

    to: Annotated[Words, AfterValidator(_place)] = Field(
        description="Who gets it: the id that Slack shows of a channel (C…) or of a person (U…)."
    )
    level: Literal["operational", "tactical", "strategic"] | None = Field(
        None, description="Over the channels of this level; left out: over all that take part."
    )
    channels: list[Annotated[Words, AfterValidator(_channel)]] | None = Field(
        None, min_length=1, description="Or over these channels, by the ids that Slack shows."
    )
    every: Literal["week", "month"] = Field(
        "week", description="Each week, or after each month. Default: week."
    )
    day: Day = Field("monday", description="The day, in English. Default: monday.")
    time: Clock = Field("09:00", description="The time of day: 09:00 or 16:30. Default: 09:00.")
    language: Literal["nl", "en"] | None = Field(None, description="Left out: that of who gets it.")

    @model_validator(mode="after")
    def _level_or_channels(self) -> Self:
        if self.level and self.channels:
            raise PydanticCustomError("level_or_channels", "both")
        return self

    def weekly(self, zone: str) -> Weekly:
        """When it comes, in the zone of days and weeks, as it is over weeks that are over there."""
        return Moment(day=self.day, time=self.time).weekly(zone)


class FridayMoment(Moment):
    """A moment of each week, when that is over."""

    day: Day = Field("friday", description="The day, in English. Default: friday.")
    time: Clock = Field("14:00", description="The time of day: 09:00 or 16:30. Default: 14:00.")


def _only_never(value: Any) -> Any:
    """Said of both that are possible: who wrote another word may have meant a moment."""
    if value != "never":
        raise PydanticCustomError("never_or_moment", "neither never nor a moment")
    return value


Never = Annotated[Literal["never"], BeforeValidator(_only_never), Tag("[never]")]
_NEVER_OR_NOT = Discriminator(lambda v: "[moment]" if isinstance(v, dict | Moment) else "[never]")
MomentOrNever = Annotated[
    Never | Annotated[Moment, Tag("[moment]")],
    _NEVER_OR_NOT,
]
FridayOrNever = Annotated[
    Never | Annotated[FridayMoment, Tag("[moment]")],
    _NEVER_OR_NOT,
]
