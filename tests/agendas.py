"""Short ways for tests to make agendas."""

from __future__ import annotations

from datetime import date
from functools import cache

from bot.domain.meeting import Agenda, AgendaItem, Kind
from bot.domain.topic import topic_names
from bot.readers.catalogue import Prompts, read_prompts


def agenda(
    *titles: str, title: str | None = "Teamoverleg", day: date | None = date(2026, 11, 24)
) -> Agenda:
    """An agenda with these items; a title in capitals is procedural."""
    items = tuple(
        AgendaItem(
            str(number),
            name.capitalize() if name.isupper() else name,
            Kind.PROCEDURAL if name.isupper() else Kind.SUBSTANTIVE,
            topics=topic_names(name, _prompts().vocabulary),
        )
        for number, name in enumerate(titles, 1)
    )
    return Agenda(title=title, day=day, time=None, place=None, language="nl", items=items)


@cache
def _prompts() -> Prompts:
    return read_prompts()
