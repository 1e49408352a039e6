"""How long choosing questions takes when an agenda has twice the items."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from functools import partial

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import Agenda, AgendaItem, Kind
from bot.readers.catalogue import read_prompts
from bot.usecases.prepare_meeting import preview
from tests import title_scores
from tests.bench.ratio import Ratio, measure

ITEMS = 200
TURNS = 5


def growth() -> Iterator[Ratio]:
    """Twice the items in at most 2.5 times the time."""
    prompts = read_prompts()
    settings = ChannelSettings("nl", prompts.customers["general"], questions=3)
    whole, half = (
        partial(preview, _agenda(items), settings, prompts, date(2026, 11, 24))
        for items in (ITEMS, ITEMS // 2)
    )
    name = f"questions chosen, {ITEMS} items / {ITEMS // 2}"
    yield measure(name, whole, half, TURNS, 2.5, pick=min, clock=time.process_time)


def _agenda(items: int) -> Agenda:
    titles = [entry["title"] for wanted in title_scores.titles().values() for entry in wanted]
    numbered = enumerate(titles[:items], 1)
    points = tuple(AgendaItem(str(n), title, Kind.SUBSTANTIVE) for n, title in numbered)
    return Agenda("Overleg", None, None, None, "nl", points)
