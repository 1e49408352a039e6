"""Whether lines name people rather than points: attendees, apologies, members of a committee."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_details import is_name, plain_text

MOST = 0.6  # share of the lines that have to name somebody
MAX_WORDS = 10  # of a line that names somebody: more is what they said

_BEHIND = re.compile(r"\s*[,(\[|;\t<]|\s+[-–—/&+]\s+|\s+@")
_HANDLE = re.compile(r"@\w[\w.-]+|\S+@\S+\.\S+")


def lists_people(bodies: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether most lines open with a person."""
    found = sum(_opens_with_person(body, vocabulary) for body in bodies)
    return bool(bodies) and found >= MOST * len(bodies)


def _opens_with_person(body: str, vocabulary: Vocabulary) -> bool:
    """ "Jan de Wit", "Ann Lee, Acme", "@bo": a first name we know, or a name with more behind it."""
    text = plain_text(body[:200])
    if len(text.split()) > MAX_WORDS:
        return False
    if _HANDLE.match(text):
        return True
    name, *behind = _BEHIND.split(text, maxsplit=1)
    words = name.split()
    if not words or not is_name(name, vocabulary):
        return False
    known = words[0].lower() in vocabulary.first_names
    return known or (len(words) > 1 and bool(behind))
