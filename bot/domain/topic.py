"""What an agenda item is about, and the word in its title that tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.domain.signs import Signs, signs_of, told
from bot.domain.vocabulary import Vocabulary

MOST_TOPICS = 3


class Topic(StrEnum):
    """Where one word tells two topics, the one that stands first here leads."""

    PRICE = "price"
    COMPLAINT = "complaint"
    SUPPLIER = "supplier"
    PEOPLE = "people"
    SYSTEM = "system"
    COMMUNICATION = "communication"
    PREMISES = "premises"
    GOVERNANCE = "governance"
    EVENT = "event"
    PRODUCT = "product"
    FIGURES = "figures"
    POLICY = "policy"
    PROCESS = "process"
    PLANNING = "planning"
    OTHER = "other"


TOPICS = tuple(Topic)


@dataclass(frozen=True)
class Found:
    """A topic and the word or words that told it, as printed in the title; "" for `other`."""

    topic: Topic
    word: str


def topics_of(title: str, vocabulary: Vocabulary) -> tuple[Found, ...]:
    """The topics of a title, best first, at most three; `other` when no word tells one.

    A title that keeps the meeting running has none.
    """
    if kind_of(title, vocabulary) is Kind.PROCEDURAL:
        return ()
    found = [Found(Topic(name), word) for name, word in told(title, _signs(vocabulary)).items()]
    return tuple(found[:MOST_TOPICS]) or (Found(Topic.OTHER, ""),)


def topic_names(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The topics of a title as they are kept."""
    return tuple(str(found.topic) for found in topics_of(title, vocabulary))


@lru_cache(maxsize=8)
def _signs(vocabulary: Vocabulary) -> Signs:
    return signs_of(vocabulary.topics, TOPICS, vocabulary.stop_words)
