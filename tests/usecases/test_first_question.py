"""The first question of an item is one that a thoughtful chair would call a good fit."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.meeting import Agenda, AgendaItem, Kind
from bot.readers.catalogue import LANGUAGES, Prompts
from bot.usecases.prepare_meeting import preview
from tests import measured, title_scores
from tests.conftest import ShowScore

WANTED = title_scores.titles()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_question_fits(prompts: Prompts, language: str, show_score: ShowScore) -> None:
    fit = title_scores.fit(language, WANTED[language], prompts)
    told = "\n".join(title_scores.report([], [fit]))
    row = show_score(measured.questions(fit))

    assert fit.titles >= 80
    assert fit.title_good >= 0.95, told
    assert fit.agenda_good >= 0.90, told
    assert fit.title_odd <= 0.01, told
    assert fit.agenda_odd <= 0.02, told
    assert measured.is_in_the_readme(row), measured.RENEW


def test_what_fits_names_questions_there_are(prompts: Prompts) -> None:
    known = {question.key for question in prompts.questions["nl"]}
    judged = [entry for wanted in WANTED.values() for entry in wanted if "good" in entry]

    for entry in judged:
        assert known.issuperset([*entry["good"], *entry["odd"]]), entry["title"]
        assert set(entry["good"]).isdisjoint(entry["odd"]), entry["title"]
        assert len(entry["good"]) >= 3, entry["title"]
        assert entry["kind"] != Kind.PROCEDURAL, entry["title"]


def test_two_hundred_items_are_chosen_for_at_once(prompts: Prompts) -> None:
    titles = [entry["title"] for wanted in WANTED.values() for entry in wanted][:200]
    items = tuple(AgendaItem(str(n), each, Kind.SUBSTANTIVE) for n, each in enumerate(titles))
    agenda = Agenda("Overleg", None, None, None, "nl", items)
    settings = ChannelSettings("nl", prompts.customers["general"], questions=3)
    preview(agenda, settings, prompts, date(2026, 11, 24))

    before = process_time()
    preview(agenda, settings, prompts, date(2026, 11, 24))

    assert process_time() - before < 0.5
