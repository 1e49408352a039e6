"""Twelve meetings with the same agenda: all that fits has its turn, in due proportion."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from bot.domain.choice import weight
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import Agenda
from bot.readers.catalogue import Prompts
from bot.usecases.ask_questions import subject_of
from bot.usecases.prepare_meeting import prepare, read
from bot.usecases.toolbox import Caller, Toolbox

ROOT = Path(__file__).parents[2]
AGENDAS = [
    "examples/teamoverleg-wonen.md",
    "examples/housing-team-meeting.md",
    *(f"tests/data/agendas/{name}" for name in ("nl-or.md", "nl-koor.txt", "nl-vve.txt")),
    *(f"tests/data/agendas/{name}" for name in ("en-council.txt", "en-k8s.md", "en-school.txt")),
]
FIRST = date(2026, 11, 24)


@pytest.mark.parametrize("questions", [1, 2, 3])
@pytest.mark.parametrize("file", AGENDAS)
def test_all_that_fits_has_its_turn_in_due_proportion(
    file: str, questions: int, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    settings = replace(settings, questions=questions)
    agenda, _ = read((ROOT / file).read_bytes(), file, toolbox.prompts.vocabulary, FIRST)
    asked = Counter[str]()
    for week in range(12):
        held = replace(agenda, title="Overleg", day=FIRST + timedelta(weeks=week))
        view = prepare(toolbox, caller, held, settings)
        asked.update(q.choice.key for item in view.items for q in item.questions)
    fitting = weights(agenda, toolbox.prompts)

    assert asked.keys() == fitting.keys()
    by_weight = sorted(fitting, key=lambda key: fitting[key])
    for _, alike in groupby(by_weight, key=lambda key: fitting[key]):
        times = [asked[key] for key in alike]
        assert max(times) <= 2 * min(times)


def weights(agenda: Agenda, prompts: Prompts) -> dict[str, list[int]]:
    """What each question that fits some item weighs on each of them."""
    found = [subject_of(item, prompts) for item in agenda.items]
    subjects = [subject for subject in found if subject]
    every = {
        question.key: [weight(question.key, subject, prompts.fits) for subject in subjects]
        for question in prompts.questions["nl"]
    }
    return {key: each for key, each in every.items() if any(each)}
