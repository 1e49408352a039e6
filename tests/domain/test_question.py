from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.customer import MOST_QUESTIONS, ChannelSettings, CustomerWords
from bot.domain.meeting import AgendaItem, Kind
from bot.domain.question import Asked, Choice, Question, Reason, choose, word
from bot.readers.catalogue import Prompts
from bot.wording import plain
from bot.wording.texts import Texts

TODAY = date(2026, 11, 24)
A, B, C, D = (Question(key, (f"{key}1 {{customer}}?", f"{key}2 {{customer}}?")) for key in "abcd")


def items(*kinds: Kind) -> list[AgendaItem]:
    return [AgendaItem(str(n), f"Item {n}", kind) for n, kind in enumerate(kinds, 1)]


def substantive(number: int) -> list[AgendaItem]:
    return items(*[Kind.SUBSTANTIVE] * number)


def channel(
    questions: int = 1,
    customer: str = "de huurder",
    promise: str | None = None,
    many: str | None = None,
) -> ChannelSettings:
    customers = {"nl": CustomerWords(customer, many), "en": CustomerWords("the tenant")}
    return ChannelSettings("nl", customers, {"nl": promise} if promise else {}, questions)


def asked(times: int, weeks_ago: int) -> Asked:
    return Asked(times, TODAY - timedelta(weeks=weeks_ago))


def chosen(
    number: int,
    catalogue: Sequence[Question],
    history: Mapping[str, Asked] | None = None,
    questions: int = 1,
) -> list[list[str]]:
    """The keys of the questions for each of `number` items."""
    choices = choose(substantive(number), catalogue, channel(questions), "nl", history or {}, TODAY)
    return [[choice.key for choice in given_] for given_ in choices]


def reasons(number: int, history: Mapping[str, Asked]) -> list[Reason]:
    choices = choose(substantive(number), [A], channel(), "nl", history, TODAY)
    return [choice.reason for (choice,) in choices]


def test_a_procedural_item_gets_no_question() -> None:
    agenda = items(Kind.PROCEDURAL, Kind.SUBSTANTIVE, Kind.PROCEDURAL)
    choices = choose(agenda, [A, B], channel(), "nl", {}, TODAY)
    assert [len(given_) for given_ in choices] == [0, 1, 0]


@pytest.mark.parametrize("questions", range(1, MOST_QUESTIONS + 1))
def test_an_item_gets_as_many_questions_as_the_channel_wants(questions: int) -> None:
    assert [len(keys) for keys in chosen(2, [A, B, C, D], questions=questions)] == [questions] * 2


def test_an_item_never_gets_the_same_question_twice() -> None:
    assert chosen(1, [A, B], questions=3) == [["a", "b"]]


def test_the_least_asked_come_first() -> None:
    history = {"a": asked(3, 9), "b": asked(1, 1), "c": asked(2, 5)}
    assert chosen(1, [A, B, C], history, questions=3) == [["b", "c", "a"]]


def test_a_question_that_was_never_asked_comes_before_all_others() -> None:
    assert chosen(1, [A, B, C], {"a": asked(1, 50), "b": asked(1, 60)}) == [["c"]]


def test_of_those_asked_as_often_the_one_longest_ago_comes_first() -> None:
    history = {"a": asked(2, 1), "b": asked(2, 3), "c": asked(2, 2)}
    assert chosen(1, [A, B, C], history, questions=3) == [["b", "c", "a"]]


def test_of_those_that_are_equal_the_catalogues_order_counts() -> None:
    history = {key: asked(2, 2) for key in "abc"}
    assert chosen(1, [C, A, B], history, questions=3) == [["c", "a", "b"]]
    assert chosen(1, [C, A, B], questions=3) == [["c", "a", "b"]]


def test_what_is_asked_of_one_item_counts_for_the_next() -> None:
    assert chosen(3, [A, B, C], questions=2) == [["a", "b"], ["c", "a"], ["b", "c"]]


def test_questions_of_the_series_that_left_the_catalogue_do_not_matter() -> None:
    assert chosen(1, [A], {"gone": asked(0, 3)}) == [["a"]]


def test_what_this_meeting_was_asked_before_waits_for_all_others() -> None:
    history = {"b": asked(9, 1)}
    choices = choose(substantive(2), [A, B], channel(), "nl", history, TODAY, ["a"])
    assert [choice.key for (choice,) in choices] == ["b", "a"]
    assert choices[1][0].reason == Reason("asked_here", {"times": 1})
    assert choices[1][0].text == "A2 de huurder?"


# --- wordings


def test_the_channels_own_word_stands_in_the_question() -> None:
    assert word(A, channel(customer="het lid"), "nl", 0) == "A1 het lid?"
    assert word(A, channel(), "en", 0) == "A1 the tenant?"


def test_a_question_begins_with_a_capital_also_when_the_customer_does() -> None:
    assert word(Question("x", ("{customer}?",)), channel(customer="de gast"), "nl", 0) == "De gast?"


def test_wordings_take_turns() -> None:
    assert [word(A, channel(), "nl", turn)[:2] for turn in range(3)] == ["A1", "A2", "A1"]


def test_wordings_take_turns_over_meetings_too() -> None:
    (choice,) = choose(substantive(1), [A], channel(), "nl", {"a": asked(1, 1)}, TODAY)[0]
    assert choice.text == "A2 de huurder?"


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


# --- reasons


def test_a_question_that_was_never_asked_says_so() -> None:
    assert reasons(1, {}) == [Reason("never_asked")]


def test_a_question_asked_before_on_this_agenda_says_how_often() -> None:
    assert reasons(3, {})[1:] == [Reason("asked_here", {"times": n}) for n in (1, 2)]
    assert reasons(2, {"a": asked(4, 3)})[1] == Reason("asked_here", {"times": 1})


@pytest.mark.parametrize(("days", "weeks"), [(7, 1), (13, 1), (14, 2), (365, 52)])
def test_a_question_asked_weeks_ago_says_how_many(days: int, weeks: int) -> None:
    history = {"a": Asked(3, TODAY - timedelta(days=days))}
    assert reasons(1, history) == [Reason("weeks_ago", {"weeks": weeks})]


@pytest.mark.parametrize("days", [0, 1, 6, -30])
def test_a_question_asked_this_week_says_how_often_it_was_asked(days: int) -> None:
    history = {"a": Asked(3, TODAY - timedelta(days=days))}
    assert reasons(1, history) == [Reason("least_asked", {"times": 3})]


@pytest.mark.parametrize("number", [1, 2, 52])
def test_every_reason_has_words_in_dutch_and_english(nl: Texts, en: Texts, number: int) -> None:
    for why in (
        Reason("never_asked"),
        Reason("asked_here", {"times": number}),
        Reason("weeks_ago", {"weeks": number}),
        Reason("least_asked", {"times": number}),
    ):
        said = [plain.reason(why, texts) for texts in (nl, en)]
        assert said[0] != said[1]
        assert not why.values or all(str(number) in words for words in said)


# --- whatever the catalogue and the history

KEYS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)
CATALOGUES = KEYS.map(lambda keys: [Question(key, (f"{key} {{customer}}?",)) for key in keys])
HISTORIES = st.dictionaries(
    st.sampled_from("abcdefgh"), st.builds(asked, st.integers(1, 9), st.integers(-2, 60))
)
AGENDAS = st.lists(st.sampled_from(Kind), max_size=12).map(lambda kinds: items(*kinds))
NUMBERS = st.integers(1, MOST_QUESTIONS)


@given(AGENDAS, CATALOGUES, HISTORIES, NUMBERS)
def test_choosing_is_repeatable_and_keeps_its_limits(
    agenda: list[AgendaItem],
    catalogue: list[Question],
    history: dict[str, Asked],
    questions: int,
) -> None:
    def again() -> list[tuple[Choice, ...]]:
        return choose(agenda, catalogue, channel(questions), "nl", history, TODAY)

    first = again()
    assert first == again()
    for item, choices in zip(agenda, first, strict=True):
        expected = min(questions, len(catalogue)) if item.kind is Kind.SUBSTANTIVE else 0
        assert len({choice.key for choice in choices}) == len(choices) == expected


@given(st.integers(1, 12), CATALOGUES, NUMBERS)
def test_no_question_comes_twice_before_all_had_a_turn(
    number: int, catalogue: list[Question], questions: int
) -> None:
    counts = Counter(key for keys in chosen(number, catalogue, questions=questions) for key in keys)
    assert max(counts.values()) - min(counts[q.key] for q in catalogue) <= 1


@given(st.integers(1, 12), CATALOGUES, HISTORIES, NUMBERS)
def test_no_question_comes_twice_in_a_meeting_before_all_had_a_turn_whatever_was_asked_before(
    number: int, catalogue: list[Question], history: dict[str, Asked], questions: int
) -> None:
    keys = [key for keys in chosen(number, catalogue, history, questions) for key in keys]
    counts = Counter(keys)
    assert max(counts.values()) - min(counts[q.key] for q in catalogue) <= 1


@given(CATALOGUES, HISTORIES)
def test_over_meetings_every_question_catches_up(
    catalogue: list[Question], history: dict[str, Asked]
) -> None:
    known = dict(history)
    for week in range(len(catalogue) * 9):
        ((key,),) = chosen(1, catalogue, known)
        times = known[key].times if key in known else 0
        known[key] = Asked(times + 1, TODAY + timedelta(weeks=week))
    counts = [known[question.key].times for question in catalogue]
    assert max(counts) - min(counts) <= 1
