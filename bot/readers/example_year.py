"""The example of a year: what `examples/year.yaml` says of made-up channels and their talk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.domain.answer import Certainty
from bot.domain.dates import Span, parse_period
from bot.domain.language import LANGUAGES
from bot.domain.made_up_year import MadeUpChannel, MadeUpYear, weeks
from bot.readers import strict_yaml

Week = Annotated[str, Field(pattern=r"^\d{4}-W\d{2}$")]
InBoth = Annotated[list[str], Field(min_length=len(LANGUAGES), max_length=len(LANGUAGES))]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Channel(_Strict):
    name: InBoth
    level: str | None = None
    people: int
    about: str
    day: int
    every: int = 1
    first: Week | None = None


class _Year(_Strict):
    sector: str
    quiet: dict[Week, int]
    channels: list[_Channel]
    meeting: InBoth
    opening: InBoth
    about: dict[str, list[InBoth]]
    answers: dict[str, list[InBoth]]


YEAR = TypeAdapter(_Year)
NOT_APPLICABLE = "not_applicable"


def read(file: Path, language: str) -> MadeUpYear:
    """The year in a file, in one of its languages. Raises Mistakes where it can't be right."""
    year, said = strict_yaml.load(file).validated(YEAR), LANGUAGES.index(language)
    every = [*Certainty, None]
    return MadeUpYear(
        sector=year.sector,
        meeting=year.meeting[said],
        opening=year.opening[said],
        channels=[_channel(channel, year, said) for channel in year.channels],
        answers={sure: _said(year.answers[sure or NOT_APPLICABLE], said) for sure in every},
        quiet={_monday(week): share for week, share in year.quiet.items()},
    )


def _channel(channel: _Channel, year: _Year, said: int) -> MadeUpChannel:
    return MadeUpChannel(
        dice=channel.name[0],
        name=channel.name[said],
        level=channel.level,
        people=channel.people,
        about=_said(year.about[channel.about], said),
        day=channel.day,
        every=channel.every,
        first=_monday(channel.first) if channel.first else weeks()[0].first,
    )


def _said(each: Sequence[Sequence[str]], said: int) -> list[str]:
    return [words[said] for words in each]


def _monday(week: str) -> date:
    return parse_period(Span.WEEK, week).first
