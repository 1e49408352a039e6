"""What prompts/reading and prompts/topics say: the words by which an agenda is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, create_model

from bot.domain.language import LANGUAGES
from bot.domain.topic import Topic
from bot.domain.vocabulary import TellingWords, Vocabulary
from bot.readers.prompt_values import Strict, Words

Data = Mapping[str, Mapping[str, Any]]  # of a file, by language


class _TopicWords(Strict):
    words: Annotated[list[Words], Field(min_length=1)]
    general: list[Words]


# the fields of Vocabulary that map words to numbers, with the lowest and the highest
_NUMBERS = {"months": (1, 12), "durations": (1, 1440), "half_days": (0, 12)}


def _words_type(field: str) -> Any:
    if field not in _NUMBERS:
        return list[Words]
    lowest, highest = _NUMBERS[field]
    return dict[Words, Annotated[int, Field(ge=lowest, le=highest)]]


_READ = [field.name for field in fields(Vocabulary) if field.name not in ("topics", "cues")]
READING = TypeAdapter(
    create_model("_Reading", __base__=Strict, **{name: _words_type(name) for name in _READ})
)
_TOLD = [str(topic) for topic in Topic if topic is not Topic.OTHER]  # needs no words
_TOPIC_FIELDS: dict[str, Any] = dict.fromkeys(_TOLD, _TopicWords) | {"plain_words": list[Words]}
TOPICS = TypeAdapter(create_model("_Topics", __base__=Strict, **_TOPIC_FIELDS))


def vocabulary(reading: Data, topics: Data, questions: Data) -> Vocabulary:
    """The files, from what READING, TOPICS and QUESTIONS found right."""
    told = {language: _topic_words(data) for language, data in topics.items()}
    cues = {language: _cues(data, told[language].plain) for language, data in questions.items()}
    return _both_languages(reading, {"topics": told, "cues": cues})


def _topic_words(data: Mapping[str, Any]) -> TellingWords:
    return TellingWords(
        telling={topic: tuple(data[topic]["words"]) for topic in _TOLD},
        general={topic: tuple(data[topic]["general"]) for topic in _TOLD},
        plain=tuple(data["plain_words"]),
    )


def _cues(questions: Mapping[str, Any], plain: tuple[str, ...]) -> TellingWords:
    asking = {key: tuple(entry.get("words") or ()) for key, entry in questions.items()}
    return TellingWords(telling=asking, general={}, plain=plain)


def _both_languages(reading: Data, telling: Mapping[str, Mapping[str, TellingWords]]) -> Vocabulary:
    """One vocabulary: an agenda may mix languages; what tells them apart keeps them apart."""
    merged: dict[str, Any] = {**telling}
    for name in _READ:
        parts = [reading[language][name] for language in LANGUAGES]
        if name == "common_words":
            merged[name] = dict(zip(LANGUAGES, map(tuple, parts), strict=True))
        elif name in _NUMBERS:
            merged[name] = {word: number for part in parts for word, number in part.items()}
        else:
            merged[name] = tuple(dict.fromkeys(word for part in parts for word in part))
    return Vocabulary(**merged)
