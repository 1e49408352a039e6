"""What prompts/questions says: the questions in their wordings, and which suit what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from bot.domain.choice import ALSO, BEST, WELL, Fits
from bot.domain.question import Question
from bot.readers.prompt_values import Name, Strict, Words, one_line


class _Question(Strict):
    wordings: Annotated[list[Words], Field(min_length=1)]
    words: list[Words] | None = None


class _Suiting(Strict):
    well: Annotated[list[Name], Field(min_length=1)]
    also: Annotated[list[Name], Field(default_factory=list)]


class _Fits(Strict):
    topics: dict[Name, _Suiting]
    themes: dict[Name, Annotated[list[Name], Field(min_length=1)]]


QUESTIONS = TypeAdapter(dict[Name, _Question])
FITS = TypeAdapter(_Fits)


def questions(data: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a language, from what QUESTIONS found right."""
    return tuple(
        Question(key, tuple(map(one_line, entry["wordings"]))) for key, entry in data.items()
    )


def fits(data: Mapping[str, Any], known: Mapping[str, Any]) -> Fits:
    """Fits by topic, from what FITS found right, for the `known` questions.

    An organisation's own question that no topic names suits them all.
    """
    named = {
        topic: {
            **dict.fromkeys(suiting["well"], WELL),
            suiting["well"][0]: BEST,
            **dict.fromkeys(suiting.get("also") or (), ALSO),
        }
        for topic, suiting in data["topics"].items()
    }
    listed = {key for suiting in named.values() for key in suiting}
    own = dict.fromkeys((key for key in known if key not in listed), ALSO)
    themes = {theme: frozenset(keys) for theme, keys in data["themes"].items()}
    return Fits({topic: {**suiting, **own} for topic, suiting in named.items()}, themes)
