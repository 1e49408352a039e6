"""Whether lines name people rather than points: attendees, apologies, members of a committee."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_details import is_name, plain_text
from bot.readers.agenda_times import alternatives
from bot.readers.agenda_words import is_one_of

MOST = 0.6  # share of the lines that have to name somebody
MAX_WORDS = 10  # of a line that names somebody: more is what they said

_BEHIND = re.compile(r"\s*[,(\[|;\t<]|\s+[-–—/&+]\s+|\s+@")
_HANDLE = re.compile(r"@\w[\w.-]+|\S+@\S+\.\S+")


def lists_people(named: Sequence[bool]) -> bool:
    """Whether most lines of a list name a person, given which do."""
    return bool(named) and sum(named) >= MOST * len(named)


@lru_cache(maxsize=8)
def _by(vocabulary: Vocabulary) -> re.Pattern[str]:
    """ "door" and "by" in front of a name."""
    return re.compile(rf"^(?:{alternatives(vocabulary.by_words)}):?\s+", re.IGNORECASE)


def names_person(body: str, vocabulary: Vocabulary) -> bool:
    """ "Jan de Wit", "Ann Lee, Acme", "@bo": a known first name, or a name with more behind it."""
    text = _by(vocabulary).sub("", plain_text(body[:200]), count=1)
    if len(text.split()) > MAX_WORDS:
        return False
    if _HANDLE.match(text):
        return True
    name, *behind = _BEHIND.split(text, maxsplit=1)
    words = name.split()
    if not words or not is_name(name, vocabulary):
        return False
    known = is_one_of(words[0], vocabulary.first_names)
    return known or (len(words) > 1 and bool(behind))
