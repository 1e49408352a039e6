"""How long an answer takes beside 1,000 open agendas and 200,000 answers, against a new file."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

from bot.config import read_config
from bot.domain.answer import Answer, Certainty
from bot.readers.catalogue import read_prompts
from bot.storage import people
from bot.usecases import deliver, prepare_meeting, run_meeting
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.bench.burst import SETTINGS
from tests.bench.ratio import Ratio, measure
from tests.conftest import Clock

AGENDAS, ITEMS, ANSWERS = 1_000, 10, 20  # of an item
TURNS = 1_000
MANY_ANSWERS = """
with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < :given)
insert into answers (workspace_id, id, item_id, number, person_id, text, certainty, not_applicable,
  changed_decision, origin, version, created_at, updated_at)
select workspace_id, lower(hex(randomblob(16))), id, n, :person, 'Minder gedoe: ' || title, 'know',
  0, 0, 'people', 1, :now, :now
from items join numbers on n <= :given where workspace_id = :workspace_id
"""
THEIR_VERSIONS = """
insert into answer_versions
select workspace_id, id, 1, :person, text, certainty, 0, 0, :now from answers
where workspace_id = :workspace_id and :given > 0
"""
GIVEN = Answer("Minder gedoe: één formulier in plaats van drie.", Certainty.KNOW)


def against_an_empty_one() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        full, empty = (_toolbox(Path(folder) / f"{name}.db") for name in ("full", "empty"))
        many = cycle(_fill(full, AGENDAS, ANSWERS))
        few = cycle(_fill(empty, AGENDAS // 20, 0))
        yield measure(
            f"answer kept, p99: {AGENDAS * ITEMS * ANSWERS:,} answers in the file / none",
            lambda: _answer(full, *next(many)),
            lambda: _answer(empty, *next(few)),
            turns=TURNS,
            most=1.5,
            pick=partial(_percentile, 99),
        )
        for toolbox in (full, empty):
            toolbox.close()


def _toolbox(path: Path) -> Toolbox:
    return Toolbox(replace(read_config(), database=path), read_prompts(), Clock())


def _answer(toolbox: Toolbox, caller: Caller, item_id: str) -> None:
    run_meeting.answer(toolbox, caller, item_id, GIVEN)


def _fill(toolbox: Toolbox, agendas: int, given: int) -> list[tuple[Caller, str]]:
    """Open agendas that are shown, with so many answers to each item; who answers what next."""
    found = []
    titles = [f"Tarieven wijk {number}" for number in range(ITEMS)]
    for number in range(agendas):
        caller = Caller("slack", "T1", f"C{number % 200}", f"U{number % 300}")
        read = agenda(*titles, title=f"Overleg {number}")
        with toolbox.write(caller) as session:
            view = prepare_meeting.keep(session, toolbox, caller, read, SETTINGS)
            deliver.show(session, "slack", MEETING, view.id or "", toolbox.now())
        found += [(caller, item.id or "") for item in view.items]
    with toolbox.write(caller) as session:
        person = people.ensure(session, caller.platform, caller.person, toolbox.now())
        for sql in (MANY_ANSWERS, THEIR_VERSIONS):
            session.rows(sql, given=given, person=person, now=toolbox.now())
    # Not in the order they were made, as meetings come in no order either.
    return found[::7] + found[1::7] + found[2::7]


def _percentile(which: int, times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[which - 1]
