"""The questions as people read them, with every customer word that comes with klantvraag."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.question import Question, word
from bot.readers.catalogue import Prompts

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])
PROMISE = {"nl": "binnen twee dagen antwoord", "en": "an answer within two days"}
OF_ARTICLE_A = ["experience", "ease", "notice", "contact", "loyalty", "promise"]
ALL = [
    *OF_ARTICLE_A,
    *("lead_time", "interim_word", "quality"),
    *("knowledge", "wishes", "full_answer", "complaints", "satisfaction", "clarity"),
    *("promoter", "colleagues", "sketch"),
]
WRONG = {
    "nl": (
        r"\b(de|het|een|onze|ons|elke?|deze) (de|het|onze)\b"  # two articles
        r"|\b(deze|welke|elke|onze|de) lid\b|\b(dit|welk|ons|het) leden\b"
        r"|\b(hij|zij|hem|haar|zijn of haar|diens)\b"
        r"|\b(u|uw|uzelf)\b"
    ),
    "en": (
        r"\b(an?|the|our|your|every|each) (an?|the|our)\b"
        r"|\ban? (tenant|patient|resident|pupil|policyholder|passenger|shopper|user|guest|visitor"
        r"|member|colleague|customer)s\b"
        r"|\b(he|she|his|hers?|him)\b"
    ),
}


def settings(prompts: Prompts, language: str) -> Iterator[ChannelSettings]:
    """A channel of each sector, first without a promise and then with one."""
    for customer in prompts.customers.values():
        for promise in ({}, PROMISE):
            yield ChannelSettings(language, customer, promise)


def usable(question: Question, channel: ChannelSettings) -> list[str]:
    """The wordings that a channel whose plural is known gets."""
    quoting = [wording for wording in question.wordings if "{promise}" in wording]
    if channel.promise and quoting:
        return quoting
    return [wording for wording in question.wordings if wording not in quoting]


def questions(prompts: Prompts, language: str) -> Iterator[tuple[ChannelSettings, str]]:
    """Each wording with each sector's words, with and without a promise."""
    for channel in settings(prompts, language):
        for question in prompts.questions[language]:
            for turn in range(len(usable(question, channel))):
                yield channel, word(question, channel, language, turn)


@LANGUAGES
def test_the_questions_are_these_in_this_order(prompts: Prompts, language: str) -> None:
    assert [question.key for question in prompts.questions[language]] == ALL


@LANGUAGES
def test_there_are_enough_wordings_not_to_wear_out(prompts: Prompts, language: str) -> None:
    for question in prompts.questions[language]:
        always = [w for w in question.wordings if "{customers}" not in w and "{promise}" not in w]
        assert len(always) >= 3, question.key
        assert len(question.wordings) >= (5 if question.key in OF_ARTICLE_A else 4), question.key
        assert "{customers}" not in question.wordings[0], "the first one stands in the figures"


@LANGUAGES
def test_all_wordings_have_their_turn_before_one_comes_back(
    prompts: Prompts, language: str
) -> None:
    for channel in settings(prompts, language):
        for question in prompts.questions[language]:
            number = len(usable(question, channel))
            said = [word(question, channel, language, turn) for turn in range(2 * number)]
            assert len(set(said)) == number, question.key
            assert said[:number] == said[number:]


@LANGUAGES
def test_every_question_is_a_short_sentence_that_asks(prompts: Prompts, language: str) -> None:
    for channel, said in questions(prompts, language):
        assert re.fullmatch(r"[A-Z].*[^ ]\?", said), said
        assert said.count("?") == 1
        assert not re.search(r"  | [?.,:]|[{}!;]", said)
        assert len(said) <= 110, said
        assert "‘" in said or len(said.split()) <= 12, said
        words = channel.customer[language]
        assert f" {words.one}" in said or f" {words.many}" in said or "‘" in said, said


@LANGUAGES
def test_every_question_is_right_in_grammar_with_every_word(
    prompts: Prompts, language: str
) -> None:
    wrong = re.compile(WRONG[language], re.IGNORECASE)
    assert sorted({said for _, said in questions(prompts, language) if wrong.search(said)}) == []


@LANGUAGES
def test_no_article_stands_before_a_placeholder(prompts: Prompts, language: str) -> None:
    """{customer} brings its own; {customers} has none, only "our"."""
    article = re.compile(r"\b(de|het|een|deze|elke?|the|an?|every) \{", re.IGNORECASE)
    for question in prompts.questions[language]:
        assert [wording for wording in question.wordings if article.search(wording)] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Wat vindt de het lid?"),
        ("nl", "Wat merkt deze lid hiervan?"),
        ("nl", "Welke lid is dit?"),
        ("nl", "Wat merkt ons leden?"),
        ("nl", "Wat vindt hij hiervan?"),
        ("nl", "Wat merkt u hiervan?"),
        ("en", "What does a the member see?"),
        ("en", "Is this for a members?"),
        ("en", "Does our the tenant know?"),
        ("en", "Does he see this?"),
    ],
)
def test_the_check_on_grammar_sees_what_is_wrong(language: str, said: str) -> None:
    assert re.search(WRONG[language], said, re.IGNORECASE)


@LANGUAGES
def test_no_question_has_the_same_wording_as_another(prompts: Prompts, language: str) -> None:
    wordings = [w.casefold() for question in prompts.questions[language] for w in question.wordings]
    assert len(wordings) == len(set(wordings))


def test_a_turn_says_the_same_in_both_languages(prompts: Prompts) -> None:
    """The same number of wordings, and the same one about several or with the promise."""

    def rare(question: Question) -> list[tuple[bool, bool]]:
        return [("{customers}" in w, "{promise}" in w) for w in question.wordings]

    nl, en = prompts.questions["nl"], prompts.questions["en"]
    assert [rare(question) for question in nl] == [rare(question) for question in en]
