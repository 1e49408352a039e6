"""The questions as people read them, with every customer word that comes with klantvraag."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.question import word
from bot.readers.catalogue import Prompts

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])
ARTICLES = {"nl": ("de ", "het "), "en": ("the ",)}


def questions(prompts: Prompts, language: str) -> Iterator[tuple[str, str]]:
    """(customer word, question) of each wording with each sector's word, with a promise too."""
    for customer in prompts.customers.values():
        for promise in ({}, {language: "binnen twee dagen antwoord"}):
            settings = ChannelSettings(language, customer, promise)
            for question in prompts.questions[language]:
                for turn in range(len(question.wordings)):
                    yield customer[language], word(question, settings, language, turn)


@LANGUAGES
def test_a_customer_word_is_one_person_with_an_article(prompts: Prompts, language: str) -> None:
    for sector, customer in prompts.customers.items():
        assert customer[language].startswith(ARTICLES[language]), sector
        assert not customer[language].endswith("s"), f"{sector}: one customer, not several"


@LANGUAGES
def test_every_question_is_a_short_sentence_that_asks(prompts: Prompts, language: str) -> None:
    for customer, question in questions(prompts, language):
        assert re.fullmatch(r"[A-Z].*\?", question), question
        assert "  " not in question
        assert len(question) <= 90, question
        assert customer in question or "‘" in question, question


def test_nobody_is_called_u(prompts: Prompts) -> None:
    formal = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
    assert [said for _, said in questions(prompts, "nl") if formal.search(said)] == []


@LANGUAGES
def test_no_question_has_the_same_wording_as_another(prompts: Prompts, language: str) -> None:
    wordings = [w for question in prompts.questions[language] for w in question.wordings]
    assert len(wordings) == len(set(wordings))


def test_both_languages_have_as_many_wordings_so_that_turns_agree(prompts: Prompts) -> None:
    nl, en = prompts.questions["nl"], prompts.questions["en"]
    assert [len(q.wordings) for q in nl] == [len(q.wordings) for q in en]
