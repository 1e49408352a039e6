from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.question import Question, word
from bot.readers.catalogue import Prompts

TODAY = date(2026, 11, 24)
A, B, C, D = (Question(key, (f"{key}1 {{customer}}?", f"{key}2 {{customer}}?")) for key in "abcd")


def channel(
    questions: int = 1,
    customer: str = "de huurder",
    promise: str | None = None,
    many: str | None = None,
) -> ChannelSettings:
    customers = {"nl": CustomerWords(customer, many), "en": CustomerWords("the tenant")}
    return ChannelSettings("nl", customers, {"nl": promise} if promise else {}, questions)


# --- wordings


def test_the_channels_own_word_stands_in_the_question() -> None:
    assert word(A, channel(customer="het lid"), "nl", 0) == "A1 het lid?"
    assert word(A, channel(), "en", 0) == "A1 the tenant?"


def test_a_question_begins_with_a_capital_also_when_the_customer_does() -> None:
    assert word(Question("x", ("{customer}?",)), channel(customer="de gast"), "nl", 0) == "De gast?"


def test_wordings_take_turns() -> None:
    assert [word(A, channel(), "nl", turn)[:2] for turn in range(3)] == ["A1", "A2", "A1"]


PROMISING = Question("p", ("Plain {customer}?", "Like ‘{promise}’?", "Other {customer}?"))


def test_a_wording_with_the_promise_comes_only_when_there_is_one() -> None:
    without = [word(PROMISING, channel(), "nl", turn) for turn in range(4)]
    assert set(without) == {"Plain de huurder?", "Other de huurder?"}


def test_the_promise_is_quoted_when_there_is_one() -> None:
    said = [word(PROMISING, channel(promise="snel"), "nl", turn) for turn in range(3)]
    assert set(said) == {"Like ‘snel’?"}


def test_a_promise_changes_nothing_in_questions_that_do_not_quote_it() -> None:
    assert word(A, channel(promise="snel"), "nl", 0) == "A1 de huurder?"


SEVERAL = Question("s", ("{customers}?", "Plain {customer}?", "We promise {customers} {promise}?"))


def test_a_wording_about_several_comes_only_when_the_plural_is_known() -> None:
    without = {word(SEVERAL, channel(), "nl", turn) for turn in range(4)}
    known = {word(SEVERAL, channel(many="gasten"), "nl", turn) for turn in range(4)}
    assert without == {"Plain de huurder?"}
    assert known == {"Gasten?", "Plain de huurder?"}


def test_a_promise_to_several_needs_both() -> None:
    without = word(SEVERAL, channel(promise="snel"), "nl", 0)
    known = word(SEVERAL, channel(promise="snel", many="gasten"), "nl", 0)
    assert without == "Plain de huurder?"
    assert known == "We promise gasten snel?"


@given(st.text(min_size=1), st.text(min_size=1), st.integers(0, 9))
def test_odd_characters_in_customer_or_promise_never_break_a_wording(
    customer: str, promise: str, turn: int
) -> None:
    assert customer in word(A, channel(customer=customer), "nl", turn)
    assert promise in word(PROMISING, channel(promise=promise), "nl", turn)


@pytest.mark.parametrize("odd", ["{x}", "{", "}}", "{0}", "%s %(x)d", "\"de\" 'huurder'", "<b>|*_"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_our_wordings_stand_any_word(prompts: Prompts, odd: str, language: str) -> None:
    settings = ChannelSettings(language, {language: CustomerWords(odd, odd)}, {language: odd})
    for question in prompts.questions[language]:
        for turn in range(len(question.wordings)):
            said = word(question, settings, language, turn)
            assert odd.lower() in said.lower()
