"""The first question of an item is one that a thoughtful chair would call a good fit."""

from __future__ import annotations

import pytest

from bot.domain.language import LANGUAGES
from bot.domain.meeting import Kind
from bot.readers.catalogue import Prompts
from tests import measured, title_scores
from tests.conftest import ShowScore

WANTED = title_scores.titles()
SIX = {"experience", "ease", "notice", "contact", "loyalty", "promise"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_question_fits(prompts: Prompts, language: str, show_score: ShowScore) -> None:
    fit = title_scores.fit(language, WANTED[language], prompts)
    told = "\n".join(title_scores.report([], [fit]))
    row = show_score(measured.questions(fit))

    assert fit.titles >= 80
    assert fit.title_good >= 0.95, told
    assert fit.agenda_good >= 0.88, told
    assert fit.title_odd <= 0.01, told
    assert fit.agenda_odd <= 0.02, told
    assert measured.is_told(row), measured.RENEW


@pytest.mark.parametrize("half", ["learn", "keep"])
def test_the_first_question_is_one_a_chair_would_pick_first(
    prompts: Prompts, half: str, show_score: ShowScore
) -> None:
    first = title_scores.first(half, prompts)
    told = "\n".join([*title_scores.report([], [], [first]), *first.wrong])
    row = show_score(measured.firsts(half, first))

    assert first.titles >= 70
    assert first.best >= first.always[1] + 0.2, told
    assert first.best >= 0.80, told
    assert first.agenda_best >= 0.75, told
    assert max(first.odd, first.agenda_odd) <= 0.03, told
    assert measured.is_told(row), measured.RENEW


def test_what_is_best_names_one_to_three_questions_there_are(prompts: Prompts) -> None:
    known = {question.key for question in prompts.questions["nl"]}
    for entry in title_scores.first_titles("learn") + title_scores.first_titles("keep"):
        for listed in (entry["best"], entry["six"]):
            assert 1 <= len(listed) <= 3, entry["title"]
            assert set(listed) <= known - set(entry["odd"]), entry["title"]
        assert set(entry["six"]) <= SIX, entry["title"]


def test_what_fits_names_questions_there_are(prompts: Prompts) -> None:
    known = {question.key for question in prompts.questions["nl"]}
    judged = [entry for wanted in WANTED.values() for entry in wanted if "good" in entry]

    for entry in judged:
        assert known.issuperset([*entry["good"], *entry["odd"]]), entry["title"]
        assert set(entry["good"]).isdisjoint(entry["odd"]), entry["title"]
        assert len(entry["good"]) >= 3, entry["title"]
        assert entry["kind"] != Kind.PROCEDURAL, entry["title"]
