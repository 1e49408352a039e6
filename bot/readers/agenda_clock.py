"""Lines that a time or a length in brackets or behind a dash shows to be items of a programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_times import DASHES, find_minutes, find_slots

MIN_TIMED = 2  # one such line alone is no programme

_BRACKETED = re.compile(r"^[(\[]([^()\[\]]{2,30})[)\]]\s*\S|[(\[]([^()\[\]]{2,30})[)\]]$")
_BEHIND = re.compile(rf"(?:\s[{DASHES}]+\s|\s[|]\s|,\s|\s{{3,}})([^{DASHES}|,]{{2,20}})$")


def with_times(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line]:
    """The lines, plain ones that give a time or a length marked as timed; each keeps its words."""
    timed = {place for place, line in enumerate(lines) if _is_timed(line, vocabulary)}
    if len(timed) < MIN_TIMED:
        return list(lines)
    return [
        replace(line, mark=Mark.TIMED) if place in timed else line
        for place, line in enumerate(lines)
    ]


def _is_timed(line: Line, vocabulary: Vocabulary) -> bool:
    if line.mark is not Mark.PLAIN:
        return False
    match = _BRACKETED.search(line.body) or _BEHIND.search(line.body)
    if match is None:
        return False
    told = next(group for group in match.groups() if group)
    sure = any(span.sure for span in find_slots(told, vocabulary))
    return sure or any(find_minutes(told, vocabulary))
