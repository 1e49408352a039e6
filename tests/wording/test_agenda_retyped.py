"""An agenda that is written out to be changed reads as it did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.config import read_config
from bot.domain.meeting import Agenda
from bot.readers.agenda import read_agenda
from bot.readers.catalogue import Prompts
from bot.usecases import prepare_meeting
from bot.wording.agenda_retyped import retyped
from bot.wording.texts import Texts

AGENDAS = Path(__file__).parents[1] / "data" / "agendas"
TODAY = date(2026, 11, 24)
# its last item is called D, which says nothing by itself
CHANGED = {"nl-raad.txt"}


def facts(agenda: Agenda) -> list[object]:
    items = [(it.position, it.title, it.minutes, it.starts_at, it.kind) for it in agenda.items]
    return [agenda.title, agenda.day, agenda.time, *items]


@pytest.mark.parametrize("file", sorted(AGENDAS.glob("*.txt")), ids=lambda file: file.name)
def test_our_own_agendas_stay_as_they_are(file: Path, prompts: Prompts) -> None:
    agenda = read_agenda(file.read_text("utf8"), prompts.vocabulary, TODAY)
    if not agenda.items:  # a mail that has none
        return
    settings = read_config().settings("wonen", prompts.customers)
    view = prepare_meeting.preview(agenda, settings, prompts, TODAY)
    text = retyped(view, Texts(view.language, prompts.texts[view.language]))

    again = read_agenda(text, prompts.vocabulary, TODAY)

    assert (facts(again) == facts(agenda)) == (file.name not in CHANGED)
