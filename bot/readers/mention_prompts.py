"""What prompts/mentions says: the words by which customers are heard, and what they weigh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from bot.domain.mention import Weights
from bot.domain.mention_rates import Rates
from bot.domain.mention_words import WORD, MentionWords, Words
from bot.domain.problem import Mistake
from bot.domain.proportion import Proportion
from bot.domain.spoken_language import SmallWords
from bot.readers.strict_yaml import Document, Path_

Data = Mapping[str, Mapping[str, Any]]

_WEIGHT = re.compile(r"-?\d{1,3}(?: \S+)+")

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Listed = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _weighed(lines: str) -> str:
    for line in filter(None, map(str.strip, lines.split("\n"))):
        if not _WEIGHT.fullmatch(line):
            raise PydanticCustomError("weight", "no weight")
    return lines


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Words(_Strict):
    people: Annotated[dict[Name, Listed], Field(min_length=1)]
    compounds: Listed | None = None
    heads: Listed | None = None
    not_heads: Listed | None = None
    look_alikes: Listed
    around: Annotated[dict[Name, Listed], Field(min_length=1)]


class _Weights(_Strict):
    limit: int
    weights: Annotated[Listed, AfterValidator(_weighed)]


class _Weighed(_Strict):
    nl: _Weights
    en: _Weights


class _Counted(_Strict):
    of: Annotated[int, Field(ge=1)]
    count: Annotated[int, Field(ge=0)]

    @field_validator("count")
    @classmethod
    def _no_more_than_all(cls, count: int, info: ValidationInfo) -> int:
        if count > (of := info.data.get("of", count)):
            raise PydanticCustomError("less_than_equal", "more than all", {"le": of})
        return count


class _Rates(_Strict):
    precision: _Counted
    recall: _Counted


class _Rated(_Strict):
    nl: _Rates
    en: _Rates


WORDS = TypeAdapter(_Words)
WEIGHTS = TypeAdapter(_Weighed)
RATES = TypeAdapter(_Rated)
LANGUAGES = TypeAdapter(dict[Name, Listed])


@dataclass(frozen=True)
class MentionPrompts:
    """By language: the words customers are heard by, what they weigh, and words that give it away.

    `small_words` also has languages that are only told apart, not read. `rates`: how often the
    recogniser is right with these.
    """

    words: Mapping[str, MentionWords]
    weights: Mapping[str, Weights]
    small_words: SmallWords
    rates: Mapping[str, Rates]


def read(words: Data, weights: Data, languages: Mapping[str, str], rates: Data) -> MentionPrompts:
    """The files, from what WORDS (for each language), WEIGHTS, LANGUAGES and RATES found right."""
    return MentionPrompts(
        {language: _words(data) for language, data in words.items()},
        {language: _weights(data) for language, data in weights.items()},
        {language: frozenset(_listed(text)) for language, text in languages.items()},
        {language: _rates(data) for language, data in rates.items()},
    )


def wrong_words(document: Document) -> Iterator[Mistake]:
    """Words that are never found where they stand: a class before, or a shorter opening, has them.

    A look-alike goes before the classes of people, and those before each other.
    """
    data = document.data
    people = data.get("people") or {}
    naming: list[tuple[Path_, str | None]] = [(("look_alikes",), data.get("look_alikes"))]
    naming += [(("people", kind), text) for kind, text in people.items()]
    named: dict[str, Path_] = {}
    for path, text in naming:
        for word in _split(text):
            if not all(map(WORD.fullmatch, word.split())):
                yield document.mistake(path, "unfindable", found=word)
            elif word in named:
                where = _in_own_file(document, path, named[word])
                yield document.mistake(where, "twice", found=word)
            named.setdefault(word, path)
    for told, text in (data.get("around") or {}).items():
        yield from _wrong_around(document, ("around", told), _split(text))
    for kind in set(_split(data.get("compounds"))).difference(people):
        yield document.mistake(("compounds",), "one_of", found=kind, expected=", ".join(people))


def _in_own_file(document: Document, path: Path_, other: Path_) -> Path_:
    """Of two places the one people can change: not in the file that came with us, if they can."""
    of = document.places
    return other if of[path].file == of[()].file != of[other].file else path


def _wrong_around(document: Document, path: Path_, words: list[str]) -> Iterator[Mistake]:
    openings = tuple(word[:-1] for word in words if word.endswith("*"))
    for word in words:
        bare = word.removesuffix("*")
        if not WORD.fullmatch(bare):
            yield document.mistake(path, "unfindable", found=word)
        elif words.count(word) > 1:
            yield document.mistake(path, "twice", found=word)
        elif opening := next(
            (it for it in openings if bare.startswith(it) and it + "*" != word), ""
        ):
            yield document.mistake(path, "covered", found=word, by=f"{opening}*")


def _words(data: Mapping[str, Any]) -> MentionWords:
    return MentionWords(
        people={kind: _listed(text) for kind, text in data["people"].items()},
        look_alikes=_listed(data["look_alikes"]),
        around={told: _listed(text) for told, text in data["around"].items()},
        compounds=_listed(data.get("compounds")),
        heads=_listed(data.get("heads")),
        not_heads=_listed(data.get("not_heads")),
    )


def _weights(data: Mapping[str, Any]) -> Weights:
    """From lines such as "12 people near:care": a weight, and the signs that have it."""
    of: dict[str, int] = {}
    for line in filter(None, data["weights"].split("\n")):
        weight, *signs = line.split()
        of |= dict.fromkeys(signs, int(weight))
    return Weights(of, data["limit"])


def _rates(data: Mapping[str, Any]) -> Rates:
    return Rates(**{name: Proportion(**counted) for name, counted in data.items()})


def _listed(text: str | None) -> Words:
    return tuple(dict.fromkeys(_split(text)))


def _split(text: str | None) -> list[str]:
    words = (" ".join(word.split()).lower() for word in (text or "").split(","))
    return [*filter(None, words)]
