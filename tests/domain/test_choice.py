"""Choosing questions: what fits, whose turn it is, and the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choice import ALSO, CUE, WELL, Choice, Fits, Past, Reason, Subject, choose, weight
from bot.domain.customer import MOST_QUESTIONS, ChannelSettings, CustomerWords
from bot.domain.question import Question
from bot.wording import plain
from bot.wording.texts import Texts

TODAY = date(2026, 11, 24)
CATALOGUE = [Question(key, (f"{key}1 {{customer}}?", f"{key}2 {{customer}}?")) for key in "abcdef"]
FITS = Fits(
    {
        "price": {"b": WELL, "a": WELL, "c": ALSO},
        "people": {"d": WELL, "a": WELL, "e": ALSO},
        "other": {"f": WELL, "e": WELL, "d": WELL},
    },
    {"clarity": frozenset("cf")},
)


def about(*topics: str, title: str = "Item") -> Subject:
    return Subject(title, {topic: f"<{topic}>" for topic in topics})


def channel(questions: int = 1, theme: str | None = None) -> ChannelSettings:
    customer = {"nl": CustomerWords("de huurder"), "en": CustomerWords("the tenant")}
    return ChannelSettings("nl", customer, {}, questions, theme)


def asked(
    key: str, weeks_ago: float = 1, topics: Sequence[str] = ("price",), title: str = "Elders"
) -> Past:
    return Past(key, title, tuple(topics), TODAY - timedelta(weeks=weeks_ago))


def choices(
    *subjects: Subject | None,
    past: Sequence[Past] = (),
    settings: ChannelSettings | None = None,
    asked_here: Sequence[str] = (),
) -> list[tuple[Choice, ...]]:
    settings = settings or channel()
    return choose(subjects, CATALOGUE, FITS, settings, "nl", past, TODAY, asked_here)


def keys(*subjects: Subject | None, **given_) -> str:
    return "".join(choice.key for each in choices(*subjects, **given_) for choice in each)


def reason(*subjects: Subject, **given_) -> Reason:
    """That of the last question."""
    return choices(*subjects, **given_)[-1][-1].reason


# --- what fits


def test_a_procedural_item_gets_no_question() -> None:
    assert [len(each) for each in choices(None, about("price"), None)] == [0, 1, 0]


@pytest.mark.parametrize("questions", range(1, MOST_QUESTIONS + 1))
def test_an_item_gets_as_many_different_questions_as_the_channel_wants(questions: int) -> None:
    for each in choices(about("price"), about("people"), settings=channel(questions)):
        assert len({choice.key for choice in each}) == len(each) == questions


def test_the_first_question_is_the_one_that_suits_the_topic_best() -> None:
    assert [keys(about(topic)) for topic in FITS.topics] == ["b", "d", "f"]


def test_only_questions_that_fit_are_asked_however_often() -> None:
    assert set(keys(*[about("price")] * 20)) == set("abc")


def test_what_suits_well_comes_before_what_also_suits() -> None:
    assert keys(about("price"), settings=channel(3)) == "bac"


def test_a_question_that_suits_two_topics_of_an_item_comes_first() -> None:
    assert keys(about("price", "people")) == "a"


def test_what_the_title_asks_for_comes_before_what_suits_its_topic() -> None:
    asking = replace(about("price"), cues={"e": "<word>", "c": "<other>"})
    assert keys(asking, settings=channel(3)) == "ceb"
    assert keys(asking, past=[asked("c"), asked("e")]) == "b"
    assert keys(about("price"), asking, settings=channel(1)) == "bc"


def test_what_the_title_asks_for_is_told_with_its_word() -> None:
    asking = replace(about("price"), cues={"e": "<word>", "b": "<other>"})
    told = {c.key: c.reason.values["word"] for c in choices(asking, settings=channel(3))[0]}
    assert told == {"e": "<word>", "b": "<other>", "a": "<price>"}


def test_over_a_series_what_titles_ask_for_comes_most_often() -> None:
    past: list[Past] = []
    for week, letter in enumerate("abcdefghijkl"):
        asking = replace(about("price", title=f"Item {letter}"), cues={"e": "<word>"})
        past += season([asking], 1, channel(), past, TODAY + timedelta(weeks=week))
    times = Counter(one.key for one in past)
    assert CUE > WELL > ALSO
    assert times["e"] > times["a"] > times["c"] > 0
    assert times["a"] == times["b"]


def test_a_question_goes_to_the_item_it_suits_best() -> None:
    fits = Fits({"price": {"a": ALSO, "b": ALSO}, "people": {"a": WELL, "c": ALSO}}, {})
    subjects = [about("price"), about("people")]
    given_ = choose(subjects, CATALOGUE, fits, channel(), "nl", (), TODAY)
    assert [choice.key for (choice,) in given_] == ["b", "a"]


def test_the_first_question_of_every_item_goes_before_the_second_of_any() -> None:
    assert keys(*[about("price")] * 3, settings=channel(2))[::2] == keys(*[about("price")] * 3)


def test_questions_that_left_the_catalogue_are_passed_over() -> None:
    left = [question for question in CATALOGUE if question.key != "b"]
    (each,) = choose([about("price")], left, FITS, channel(3), "nl", [asked("gone")], TODAY)
    assert [choice.key for choice in each] == ["a", "c"]


# --- whose turn it is


def test_what_suits_well_may_come_again_in_a_meeting_before_what_also_suits() -> None:
    assert keys(*[about("price")] * 7) == "bababac"


def test_no_question_comes_again_in_a_meeting_while_one_that_suits_well_was_not_asked() -> None:
    often = [asked("a", week) for week in (1, 2, 3)]
    assert keys(*[about("price")] * 4, past=often) == "bcab"


def test_no_question_comes_again_in_a_meeting_before_what_suits_as_well() -> None:
    assert keys(*[about("other")] * 6) == "fedfed"


def test_what_this_meeting_was_asked_before_waits_for_the_others() -> None:
    assert keys(*[about("price")] * 3, asked_here=["b", "b"]) == "aab"


def test_what_the_series_was_asked_least_comes_first() -> None:
    assert keys(about("price"), past=[asked("b")]) == "a"
    assert keys(about("price"), past=[asked(key) for key in "bbac"]) == "a"


def test_what_also_suits_gets_a_turn_before_the_best_comes_a_third_time() -> None:
    twice = [asked("b", 4), asked("b", 3), asked("a", 2), asked("a", 1)]
    assert keys(about("price"), past=twice) == "c"


def test_of_those_asked_as_often_the_one_longest_ago_comes_first() -> None:
    assert keys(about("price"), past=[asked("b", 1), asked("a", 3), asked("c", 5)]) == "a"


def test_an_item_that_comes_back_gets_what_it_was_not_asked_before() -> None:
    past = [asked("a", 9, title="Tarieven"), asked("b", 1, title="Huur"), asked("c")]
    assert keys(about("price", title="Tarieven"), past=past) == "b"
    assert keys(about("price", title="Huur"), past=past) == "a"


def test_turns_are_counted_among_items_on_the_same_topic() -> None:
    elsewhere = [asked("a", weeks, ("people",)) for weeks in (1, 2, 3)]
    assert keys(about("price"), past=[*elsewhere, asked("b")]) == "a"


def test_not_applicable_lowers_a_question_for_that_topic_only() -> None:
    refused = replace(asked("b", 1), not_applicable=True)
    others = [asked(key, 2) for key in "aacc"]
    assert keys(about("price"), past=[asked("b", 1), *others]) == "b"
    assert keys(about("price"), past=[refused, *others]) == "a"
    elsewhere = replace(refused, topics=("people",))
    assert keys(about("price"), past=[asked("b", 1), elsewhere, *others]) == "b"


def test_what_was_turned_down_counts_as_not_fitting_and_not_as_asked() -> None:
    others = [asked(key, 2) for key in "aacc"]
    down = replace(asked("b"), turned_down=True)
    assert keys(about("price"), past=[asked("b"), *others]) == "b"
    assert keys(about("price"), past=[down, *others]) == "a"
    (all_three,) = choices(about("price"), settings=channel(3), past=[down, *others])
    assert {one.key: one.reason.code for one in all_three}["b"] == "never_asked"


def test_a_question_that_serves_the_theme_comes_more_often_where_it_fits() -> None:
    themed = channel(theme="clarity")
    assert keys(about("price"), settings=themed) == "c"
    assert keys(about("price"), past=[asked(key) for key in "cba"], settings=themed) == "c"
    assert keys(about("price"), past=[asked(key) for key in "ccba"], settings=themed) == "b"
    assert keys(about("people"), settings=themed) == "d"


def test_an_item_that_comes_back_meets_every_question_before_one_again() -> None:
    past = season([about("price")], 3, channel())
    assert sorted(one.key for one in past) == ["a", "b", "c"]
    refused = [replace(one, not_applicable=one.key == "b") for one in past]
    later = season([about("price")], 3, channel(), refused, TODAY + timedelta(weeks=3))
    assert "b" not in {one.key for one in later[:2]}


# --- over a series


def season(
    subjects: Sequence[Subject],
    weeks: int,
    settings: ChannelSettings,
    before: Sequence[Past] = (),
    first: date = TODAY,
) -> list[Past]:
    """Everything asked in so many weekly meetings with the same agenda, after those before."""
    past: list[Past] = []
    for week in range(weeks):
        day = first + timedelta(weeks=week)
        given_ = choose(subjects, CATALOGUE, FITS, settings, "nl", [*before, *past], day)
        past += [
            Past(choice.key, subject.title, tuple(subject.topics), day)
            for subject, each in zip(subjects, given_, strict=True)
            for choice in each
        ]
    return past


@pytest.mark.parametrize("questions", [1, 2])
@pytest.mark.parametrize("items", [1, 2, 3, 5])
@pytest.mark.parametrize("topics", [("price",), ("people",), ("price", "people")])
def test_over_twelve_meetings_all_that_fit_get_their_share(
    items: int, questions: int, topics: tuple[str, ...]
) -> None:
    subjects = [about(*topics, title=f"Item {n}") for n in range(items)]
    past = season(subjects, 12, channel(questions))
    weights = +Counter({key: weight(key, subjects[0], FITS) for key in "abcdef"})
    times = Counter(one.key for one in past)
    assert times.keys() == weights.keys()
    for well in (WELL, ALSO):
        alike = [times[key] for key in weights if weights[key] == well]
        assert max(alike) <= 2 * min(alike)


def test_every_item_meets_all_that_fit_also_when_the_numbers_do_not_mix() -> None:
    fits = Fits({"other": dict.fromkeys("abcdef", WELL)}, {})
    subjects = [about("other", title=f"Item {n}") for n in "xyz"]
    past: list[Past] = []
    for week in range(8):
        day = TODAY + timedelta(weeks=week)
        each = choose(subjects, CATALOGUE, fits, channel(), "nl", past, day)
        past += [
            Past(c[0].key, s.title, ("other",), day) for s, c in zip(subjects, each, strict=True)
        ]
    for subject in subjects:
        assert {one.key for one in past if one.title == subject.title} == set("abcdef")


# --- wordings and reasons


def test_wordings_take_turns_over_items_and_meetings() -> None:
    again = choices(about("price"), past=[asked(key) for key in "abc"])[0][0]
    assert (again.key, again.text) == ("b", "B2 de huurder?")
    here = choices(*[about("price")] * 4)[-1][0]
    assert (here.key, here.text) == ("a", "A2 de huurder?")


def test_a_question_that_was_never_asked_says_so_and_which_word_it_suits() -> None:
    assert reason(about("price")) == Reason("never_asked", {"word": "<price>"})


def test_the_word_is_that_of_the_topic_the_question_suits() -> None:
    given_ = choices(about("price", "people"), settings=channel(3))[0]
    told = {choice.key: choice.reason.values["word"] for choice in given_}
    assert told == {"a": "<price>", "b": "<price>", "d": "<people>"}


def test_without_a_telling_word_only_the_turn_is_told() -> None:
    assert reason(Subject("Iets", {"other": ""})) == Reason("never_asked")


def test_the_theme_is_told_where_it_made_the_difference() -> None:
    by_key = {c.key: c.reason for c in choices(about("price"), settings=channel(3, "clarity"))[0]}
    assert by_key["c"].values == {"theme": "clarity", "word": "<price>"}
    assert "theme" not in by_key["a"].values


def test_a_question_asked_before_on_this_agenda_says_how_often() -> None:
    assert reason(*[about("price")] * 4) == Reason("asked_here", {"word": "<price>", "times": 1})
    assert reason(*[about("price")] * 6).values["times"] == 2


@pytest.mark.parametrize(("days", "weeks"), [(7, 1), (13, 1), (14, 2), (365, 52)])
def test_a_question_asked_weeks_ago_says_how_many(days: int, weeks: int) -> None:
    past = [asked(key, days / 7) for key in "abc"]
    assert reason(about("price"), past=past).values["weeks"] == weeks


@pytest.mark.parametrize("days", [0, 1, 6, -30])
def test_a_question_asked_this_week_says_how_often_it_was_asked(days: int) -> None:
    past = [asked(key, days / 7) for key in "aabbcc"]
    why = reason(about("price"), past=past)
    assert (why.code, why.values["times"]) == ("least_asked", 2)


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


def test_a_reason_is_told_in_one_line(nl: Texts, en: Texts) -> None:
    why = Reason("weeks_ago", {"theme": "clarity", "word": "tariefswijziging", "weeks": 6})
    assert plain.reason(why, nl) == (
        "gekozen omdat: thema ‘duidelijk en op tijd’; tariefswijziging; 6 weken niet gesteld"
    )
    assert plain.reason(Reason("weeks_ago", {"word": "fees", "weeks": 1}), en) == (
        "chosen because: fees; not asked for 1 week"
    )


# --- whatever the agenda and the history

TOPICS = st.lists(st.sampled_from(list(FITS.topics)), min_size=1, max_size=3, unique=True)
SUBJECTS = st.one_of(st.none(), TOPICS.map(lambda topics: about(*topics)))
PAST = st.lists(
    st.builds(
        Past,
        st.sampled_from("abcdefgh"),
        st.text(max_size=3),
        TOPICS.map(tuple),
        st.dates(date(2025, 1, 1), date(2028, 1, 1)),
        st.booleans(),
    ),
    max_size=20,
)


@given(st.lists(SUBJECTS, max_size=12), PAST, st.integers(1, MOST_QUESTIONS))
def test_choosing_is_repeatable_and_keeps_its_limits(
    subjects: list[Subject | None], past: list[Past], questions: int
) -> None:
    first = choices(*subjects, past=past, settings=channel(questions))
    assert first == choices(*subjects, past=past, settings=channel(questions))
    for subject, each in zip(subjects, first, strict=True):
        chosen = {choice.key for choice in each}
        assert len(chosen) == len(each) == (questions if subject else 0)
        fitting = {key for topic in subject.topics for key in FITS.topics[topic]} if subject else ()
        assert chosen <= set(fitting)


@given(st.lists(SUBJECTS, max_size=12), st.lists(st.sampled_from("abcdef"), max_size=6), PAST)
def test_no_question_comes_again_before_every_one_that_suits_well_had_its_turn(
    subjects: list[Subject | None], before: list[str], past: list[Past]
) -> None:
    chosen = choices(*subjects, asked_here=before, past=past)
    here = Counter(before) + Counter(choice.key for each in chosen for choice in each)
    for key, times in here.items():
        turns = sorted(_least_used(subject, here) for subject in _asked(subjects, chosen, key))
        for number, least in enumerate(turns, times - len(turns)):
            assert least >= number


def _asked(
    subjects: list[Subject | None], chosen: list[tuple[Choice, ...]], key: str
) -> Iterator[Subject]:
    """The subjects that got this question."""
    for subject, each in zip(subjects, chosen, strict=True):
        if subject and key in {choice.key for choice in each}:
            yield subject


def _least_used(subject: Subject, here: Counter[str]) -> int:
    """How often that was asked here which suits the subject well."""
    return min(here[key] for key in "abcdef" if weight(key, subject, FITS) >= WELL)
