"""How long it takes to keep one answer, against a bare insert in a file with the same pragmas."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.config import read_config
from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.meeting import Agenda, AgendaItem, Kind
from bot.readers.catalogue import read_prompts
from bot.storage.connections import connect
from bot.usecases import prepare_meeting, run_meeting
from bot.usecases.toolbox import Caller, Toolbox
from tests.bench.ratio import Ratio, measure

TURNS = 500
TEXT = "Minder gedoe: één formulier in plaats van drie."


def answer_against_bare_insert() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        config = replace(read_config(), database=Path(folder) / "klantvraag.db")
        toolbox = Toolbox(config, read_prompts(), lambda: datetime(2026, 11, 24, tzinfo=UTC))
        caller = Caller("terminal", "local", "bench", "typist")
        items = iter(_items(toolbox, caller))
        bare = connect(Path(folder) / "bare.db")
        bare.execute("create table answers (id integer primary key, text text not null) strict")
        ratio = measure(
            "answer kept / bare insert, same pragmas",
            lambda: run_meeting.answer(toolbox, caller, next(items), Answer(TEXT, Certainty.KNOW)),
            lambda: bare.execute("insert into answers (text) values (?)", [TEXT]),
            turns=TURNS,
            most=None,
        )
        bare.close()
        toolbox.database.close()
        yield ratio


def _items(toolbox: Toolbox, caller: Caller) -> list[str]:
    """The ids of a hundred items, each often enough for all answers."""
    read = tuple(AgendaItem(str(n), f"Onderwerp {n}", Kind.SUBSTANTIVE) for n in range(100))
    agenda = Agenda("Bench", date(2026, 11, 24), None, None, "nl", read)
    customer = {"nl": CustomerWords("de klant"), "en": CustomerWords("the customer")}
    settings = ChannelSettings("nl", customer)
    view = prepare_meeting.prepare(toolbox, caller, agenda, settings)
    return [item.id or "" for item in view.items] * (TURNS // 100 + 1)
