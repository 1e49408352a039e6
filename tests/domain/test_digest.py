"""Counting: per item, standings that add up, nothing procedural, nothing per person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import Answer, Certainty, Standing, standing
from bot.domain.digest import AskedOften, CountedItem, count
from bot.domain.meeting import Kind
from bot.domain.observation import Observed

KNOW = Answer("ja", Certainty.KNOW)
ASSUME = Answer("denk het", Certainty.ASSUME, changed_decision=True)
DONT_KNOW = Answer("wie belt er?", Certainty.DONT_KNOW)
NOT_APPLICABLE = Answer("", None)

CATALOGUE = ["experience", "ease", "notice"]


def substantive(asked: list[str], *answers: Answer) -> CountedItem:
    return CountedItem(Kind.SUBSTANTIVE, asked, answers)


def test_each_figure_counts_what_it_says() -> None:
    items = [
        CountedItem(Kind.PROCEDURAL, [], []),
        substantive(["experience", "ease"], KNOW, ASSUME, ASSUME),
        substantive(["experience"], DONT_KNOW),
        substantive(["experience"], NOT_APPLICABLE),
        substantive(["ease"]),
    ]

    figures = count(2, 1, items, CATALOGUE)

    assert (figures.meetings, figures.prepared) == (2, 1)
    assert (figures.items, figures.substantive, figures.asked) == (5, 4, 5)
    assert (figures.answered, figures.not_applicable, figures.open) == (2, 1, 1)
    assert (figures.know, figures.assume, figures.dont_know) == (1, 2, 1)
    assert figures.changed_decisions == 1
    assert figures.most_asked == AskedOften("experience", 3, 0)
    assert figures.least_asked == AskedOften("notice", 0, 0)


def test_nothing_asked_has_no_most_or_least_asked_question() -> None:
    figures = count(1, 0, [CountedItem(Kind.PROCEDURAL, [], [])], CATALOGUE)

    assert figures.most_asked is None
    assert figures.least_asked is None


def test_a_question_no_longer_in_the_catalogue_still_counts() -> None:
    figures = count(1, 0, [substantive(["old", "old"])], ["experience"])

    assert figures.most_asked == AskedOften("old", 2, 0)


def test_questions_asked_as_often_are_told_of() -> None:
    figures = count(1, 0, [substantive(["ease", "notice"])], CATALOGUE)

    assert figures.most_asked == AskedOften("ease", 1, 1)


def test_words_go_before_dont_know_before_not_applicable() -> None:
    assert standing([NOT_APPLICABLE, DONT_KNOW, KNOW]) is Standing.ANSWERED
    assert standing([NOT_APPLICABLE, DONT_KNOW]) is Standing.DONT_KNOW
    assert standing([NOT_APPLICABLE]) is Standing.NOT_APPLICABLE
    assert standing([]) is Standing.OPEN


def test_texts_count_where_something_was_observed_by_their_language() -> None:
    items = [
        CountedItem(kind, [], [], seen, heard)
        for kind, seen, heard in (
            (Kind.SUBSTANTIVE, Observed.CAME_UP, "nl"),
            (Kind.SUBSTANTIVE, Observed.DID_NOT, "nl"),  # the chair knows better than the text
            (Kind.SUBSTANTIVE, Observed.CAME_UP, "en"),
            (Kind.SUBSTANTIVE, Observed.CAME_UP, None),
            (Kind.SUBSTANTIVE, Observed.NOT_DISCUSSED, "nl"),
            (Kind.SUBSTANTIVE, None, "nl"),
            (Kind.PROCEDURAL, Observed.CAME_UP, "nl"),
        )
    ]

    assert count(1, 0, items, CATALOGUE).heard == {"en": 1, "nl": 2}


answers = st.lists(st.sampled_from([KNOW, ASSUME, DONT_KNOW, NOT_APPLICABLE]), max_size=4)
items = st.builds(
    CountedItem,
    st.sampled_from(Kind),
    st.lists(st.sampled_from(CATALOGUE), max_size=3),
    answers,
)


@given(st.lists(items, max_size=12))
def test_standings_add_up_to_the_substantive_items(items: list[CountedItem]) -> None:
    figures = count(1, 0, items, CATALOGUE)

    assert figures.answered + figures.not_applicable + figures.open == figures.substantive
    assert figures.substantive <= figures.items == len(items)
    assert figures.asked == sum(len(item.asked) for item in items)
