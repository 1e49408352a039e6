"""An answer given as a message: the number of an item, then what the meeting says."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REPLY = re.compile(r"\s*(\d{1,3}[a-z]?)\s*[:.)]\s*(\S.*)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Reply:
    """`position` is the item's as printed, `text` what was answered."""

    position: str
    text: str


def reply_of(message: str) -> Reply | None:
    """What a message answers; nothing when it is no answer."""
    found = _REPLY.fullmatch(message)
    return Reply(found[1].casefold(), found[2].strip()) if found else None
