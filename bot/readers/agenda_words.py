"""Comparing what a line says with the vocabulary's lists, whatever its case and marks."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.domain.meeting import title_key
from bot.domain.vocabulary import Vocabulary, Words
from bot.readers.agenda_dates import date_pattern

MAX_SPOKEN = 400  # characters of a line looked through for words about meetings
_LABEL = re.compile(r"([^:|<>\[\]]{1,40}?)\s?:(?=\s|$)(.*)", re.DOTALL)
_PLURAL = re.compile(r"(?<=\w)\((?:en|s|n|'s)\)")  # "agendapunt(en)"
_PAREN = re.compile(r"\([^()]{0,200}\)")
_BOLD = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)")


@lru_cache(maxsize=128)
def _keys(words: Words) -> frozenset[str]:
    return frozenset(map(title_key, words))


def is_one_of(text: str, words: Words) -> bool:
    """Whether the whole text is one of the words, apart from case, accents and punctuation."""
    return title_key(text) in _keys(words)


def holds_any(text: str, words: Words) -> bool:
    """Whether one of the words stands in the text as a word of its own."""
    return not _keys(words).isdisjoint(title_key(text).split())


def starts_with_any(text: str, words: Words) -> bool:
    """Whether the text opens with one of the words or phrases."""
    tokens = title_key(text[:120]).split()
    keys = _keys(words)
    return any(" ".join(tokens[:n]) in keys for n in range(1, min(len(tokens), 6) + 1))


def label_of(text: str) -> tuple[str, str] | None:
    """("Locatie", "zaal 3") of "**Locatie:** zaal 3"; None where no short label leads."""
    match = _LABEL.match(_BOLD.sub("", text[:400]))
    return (match[1].strip(), _after_label(text)) if match else None


def _after_label(text: str) -> str:
    after = text.partition(":")[2].strip()
    return after.removeprefix("**").removeprefix("__").strip()


def names_section(text: str, words: Words, vocabulary: Vocabulary) -> bool:
    """Whether a heading says one of the words, give or take a date, brackets and small words."""
    text = _PAREN.sub(" ", _PLURAL.sub("", text))
    bare = title_key(date_pattern(vocabulary).sub(" ", text))
    rest = without(bare, vocabulary.stop_words).split()
    keys = _keys(words)
    return bare in keys or " ".join(rest) in keys or (bool(rest) and keys.issuperset(rest))


def without(text: str, words: Words) -> str:
    """The text's key without those words."""
    gone = _keys(words)
    return " ".join(word for word in title_key(text).split() if word not in gone)


def speaks_of_meeting(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a word about meetings stands in the text, also at the end of a compound."""
    words = title_key(text[:MAX_SPOKEN]).split()
    return any(word.endswith(vocabulary.meeting_words) for word in words)


def fact_labels(vocabulary: Vocabulary) -> Words:
    """Every label of a fact of the meeting."""
    return (
        *vocabulary.day_labels, *vocabulary.time_labels, *vocabulary.place_labels,
        *vocabulary.title_labels, *vocabulary.label_titles, *vocabulary.header_titles,
    )  # fmt: skip
