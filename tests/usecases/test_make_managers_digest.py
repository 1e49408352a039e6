"""A managers' digest: sums that passed the floors; what was shown once stays as it was."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.answer import Certainty
from bot.domain.choice import Choice, Reason
from bot.domain.dates import Period, Span, parse_period
from bot.domain.observation import Observed
from bot.domain.problem import Problem
from bot.domain.proportion import Proportion
from bot.domain.release import Coverage, Released
from bot.domain.view import ManagersDigestView, Scope
from bot.readers.config_file import FileFloors
from bot.storage import asked_questions, channel_choices, channels
from bot.storage.channel_choices import Choices
from bot.usecases.make_managers_digest import make_managers_digest
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock
from tests.usecases.organisation import NOW, Held, Item, Organisation

CALLER = Caller("slack", "T1", "C1", "U1")
MONDAY = date(2026, 11, 16)  # of the last week that is over
WEEK = parse_period(Span.WEEK, "2026-W47")
UP, NOT = Item(Observed.CAME_UP, Certainty.KNOW), Item(Observed.DID_NOT)
NOTHING = Released()


@pytest.fixture
def organisation(toolbox: Toolbox) -> Organisation:
    """Channels A and B at the top, C below, D without a level; nobody met yet."""
    there = Organisation(toolbox, CALLER)
    levels = {"A": "strategic", "B": "strategic", "C": "operational", "D": None}
    with toolbox.write(CALLER) as session:
        for name, level in levels.items():
            there.add_channel(session, name, level)
    return there


@pytest.fixture
def hold(organisation: Organisation):
    """Hold so many meetings in a channel, with the same items."""

    def hold(
        name: str, times: int, *items: Item, day: date = MONDAY, people: int | None = 8
    ) -> list[Held]:
        held = Held(name, day, items or (UP, NOT), (people,))
        with organisation.toolbox.write(CALLER) as session:
            return [organisation.hold(session, held) for _ in range(times)]

    return hold


@pytest.fixture
def digest(toolbox: Toolbox):
    def digest(
        period: Period = WEEK, level: str | None = None, channels: Sequence[str] = ()
    ) -> ManagersDigestView:
        return make_managers_digest(toolbox, CALLER, period, Scope(level, channels), "nl")

    return digest


def test_channels_are_counted_together(hold, digest) -> None:
    hold("A", 3, UP, NOT, Item(None))
    hold("B", 2, Item(Observed.NOT_DISCUSSED), Item(None, Certainty.DONT_KNOW, changed=True))
    hold("B", 3, UP)

    view = digest()

    assert view.released == Released(
        by_itself=Proportion(6, 9),
        coverage=Coverage(substantive=16, answered=8, unknown=2, not_applicable=0),
        consequence=Proportion(2, 8),
        observation=Proportion(9, 16),
    )
    assert (view.channels, view.until) == (4, date(2026, 11, 22))


def test_a_channel_that_did_not_choose_so_is_in_no_sum(
    organisation: Organisation, hold, digest, toolbox: Toolbox
) -> None:
    hold("A", 5, UP)
    hold("B", 6, NOT)
    with toolbox.write(CALLER) as session:
        channel_choices.keep(session, organisation.channels["B"], Choices())

    assert digest().released.by_itself == Proportion(5, 5)
    assert digest().channels == 3
    assert digest(channels=["A", "B"]).channels is None
    assert digest(channels=["B"]).released == NOTHING
    assert digest(channels=["B"]).trend[-1].released == NOTHING


def test_a_channel_that_takes_it_back_is_in_no_sum_from_then_on(
    organisation: Organisation, hold, digest, toolbox: Toolbox
) -> None:
    """Not even of the weeks in which it still counted; what was told before stays told."""
    hold("A", 6, UP)
    hold("B", 6, NOT)
    hold("C", 6, UP)
    assert digest().released.by_itself == Proportion(12, 18)

    with toolbox.write(CALLER) as session:
        organisation.choose(session, "B", outside=False)
    assert digest().released.by_itself == Proportion(12, 12)
    assert digest(level="strategic").released.by_itself == Proportion(6, 6)

    with toolbox.write(CALLER) as session:
        organisation.choose(session, "B", outside=True)
    assert digest().released.by_itself == Proportion(12, 18)


def test_a_small_channel_that_takes_it_back_takes_the_sum_of_these_weeks_along(
    organisation: Organisation, hold, digest, toolbox: Toolbox
) -> None:
    """Who subtracts what is left from what was shown before would be left with it."""
    hold("A", 6)
    hold("B", 4)
    assert digest().released.by_itself == Proportion(10, 20)

    with toolbox.write(CALLER) as session:
        organisation.choose(session, "B", outside=False)

    assert digest().released == NOTHING


def test_where_we_were_taken_out_a_channel_counts_no_longer(
    organisation: Organisation, hold, digest, toolbox: Toolbox
) -> None:
    hold("A", 6, UP)
    hold("B", 6, NOT)
    with toolbox.write(CALLER) as session:
        channels.keep_left(session, organisation.channels["B"], NOW)

    assert digest().released.by_itself == Proportion(6, 6)


@pytest.mark.parametrize(
    ("meetings", "people", "shown"), [(5, 5, True), (4, 9, False), (9, 4, False)]
)
def test_a_figure_of_few_people_or_meetings_is_too_small(
    hold, digest, meetings: int, people: int, shown: bool
) -> None:
    hold("A", meetings, UP, people=people)

    assert (digest().released != NOTHING) is shown


def test_people_nobody_counted_are_none(hold, digest) -> None:
    hold("A", 9, UP, people=None)

    assert digest().released == NOTHING


def test_the_people_of_a_meeting_are_the_fewest_that_were_counted(
    organisation: Organisation, hold, digest, toolbox: Toolbox
) -> None:
    for held in hold("A", 5, UP, people=4):
        with toolbox.write(CALLER) as session:
            organisation.close(session, held.id, [Observed.CAME_UP], 9)

    assert digest().released == NOTHING


def test_each_measure_rests_on_meetings_of_its_own(hold, digest) -> None:
    """In two of six meetings something was observed, in five something answered."""
    hold("A", 2, UP)
    hold("A", 3, Item(None, Certainty.ASSUME))
    hold("A", 1, Item(None))

    shown = digest().released

    assert (shown.by_itself, shown.consequence) == (None, Proportion(0, 5))
    assert shown.coverage
    assert shown.observation == Proportion(2, 6)


def test_nothing_observed_is_too_small_and_no_nought(hold, digest) -> None:
    hold("A", 6, Item(None))

    assert digest().released.by_itself is None
    assert digest().released.observation == Proportion(0, 6)


def test_what_differs_from_an_earlier_figure_by_few_is_not_shown(hold, digest) -> None:
    hold("A", 6)
    hold("B", 4)

    assert digest(channels=["A"]).released.by_itself == Proportion(6, 12)
    assert digest().released == NOTHING
    assert digest(channels=["A", "C"]).released.by_itself == Proportion(6, 12)


def test_the_other_way_round_it_is_not_shown_either(hold, digest) -> None:
    hold("A", 6)
    hold("B", 4)

    assert digest().released.by_itself == Proportion(10, 20)
    assert digest(channels=["A"]).released == NOTHING


def test_what_is_not_shown_is_not_recorded(hold, digest) -> None:
    """Else four meetings would keep all that come after them from being counted."""
    hold("A", 4)
    assert digest().released == NOTHING

    hold("A", 1)
    assert digest().released.by_itself == Proportion(5, 10)


def test_once_shown_a_week_stays_as_it_was(
    organisation: Organisation, hold, digest, toolbox: Toolbox
) -> None:
    first, *_ = hold("A", 6)
    shown = digest()

    with toolbox.write(CALLER) as session:
        organisation.close(session, first.id, [Observed.DID_NOT, Observed.DID_NOT], 8)
    hold("A", 7)
    hold("B", 7)

    assert digest().released == shown.released
    assert digest(channels=["B"]).released == NOTHING


def test_a_month_holds_the_weeks_of_it_that_are_over(hold, digest, clock: Clock) -> None:
    hold("A", 6)
    hold("A", 5, UP, day=MONDAY + timedelta(weeks=1))
    november = parse_period(Span.MONTH, "2026-11")

    view = digest(november)
    assert (view.until, view.released.by_itself) == (date(2026, 11, 22), Proportion(6, 12))

    clock.later(days=6)
    view = digest(november)
    assert (view.until, view.released.by_itself) == (date(2026, 11, 29), Proportion(11, 17))


@pytest.mark.parametrize("code", ["2026-W48", "2026-W52", "2031-W01"])
def test_of_a_week_that_is_not_over_nothing_is_shown(hold, digest, code: str) -> None:
    week = parse_period(Span.WEEK, code)
    hold("A", 6, day=week.first)

    view = digest(week)

    assert view.released == NOTHING
    assert view.until < week.first
    assert view.levels == {}, "not too small: not over"
    assert digest(parse_period(Span.YEAR, "2999")).trend[-1].released == NOTHING


def test_a_clock_that_was_ahead_has_told_no_more_than_it_could(hold, digest, clock: Clock) -> None:
    hold("A", 6)
    assert digest().released != NOTHING

    clock.later(days=-7)
    assert digest().released == NOTHING


@pytest.mark.parametrize(
    ("span", "typed"), [(Span.DAY, "2026-11-16"), (Span.RANGE, "2026-11-16..2026-11-21")]
)
def test_parts_of_weeks_are_refused(digest, span: Span, typed: str) -> None:
    with pytest.raises(Problem) as caught:
        digest(parse_period(span, typed))

    assert (caught.value.code, caught.value.values) == ("whole_weeks", {"found": typed})


def test_a_range_of_whole_weeks_will_do(hold, digest) -> None:
    hold("A", 6)

    view = digest(parse_period(Span.RANGE, "2026-11-09..2026-11-22"))

    assert view.released.by_itself == Proportion(6, 12)
    assert [step.period.code for step in view.trend][-2:] == ["2026-W45", view.period.code]


def test_channels_of_another_workspace_give_nothing(hold, toolbox: Toolbox, clock: Clock) -> None:
    hold("A", 6)
    stranger = replace(CALLER, tenant="T2")

    view = make_managers_digest(toolbox, stranger, WEEK, Scope(channels=["A"]), "nl")

    assert (view.released, view.channels, view.before, view.levels) == (NOTHING, None, None, {})


def test_levels_stand_beside_each_other_the_top_first(hold, digest) -> None:
    hold("A", 6)
    hold("C", 5, UP)
    hold("D", 5, NOT)

    view = digest()

    assert list(view.levels) == ["strategic", "operational"]
    assert view.levels["operational"].by_itself == Proportion(5, 5)
    assert digest(level="strategic").levels == {}
    assert digest(level="strategic").released.by_itself == Proportion(6, 12)
    assert digest(level="tactical").channels is None


def test_of_one_channel_it_is_not_told_how_many_there_are(
    organisation: Organisation, digest
) -> None:
    assert digest(channels=["A"]).channels is None
    assert digest(channels=["A", "B", "elsewhere"]).channels == 2


def test_it_is_compared_with_those_weeks_before_that_are_shown(hold, digest) -> None:
    hold("A", 10)
    hold("A", 9, UP, day=MONDAY - timedelta(weeks=1))
    hold("A", 4, UP, day=MONDAY - timedelta(weeks=2))
    hold("A", 6, day=MONDAY - timedelta(weeks=8))
    hold("A", 6, day=MONDAY - timedelta(weeks=9))

    view = digest()

    shown = {step.period.code: step.released.by_itself for step in view.trend}
    assert len(shown) == 9
    assert {code: one for code, one in shown.items() if one} == {
        "2026-W39": Proportion(6, 12),
        "2026-W46": Proportion(9, 9),
        "2026-W47": Proportion(10, 20),
    }
    assert view.before == Proportion(15, 21)


def test_below_twenty_it_is_not_compared(hold, digest) -> None:
    hold("A", 10)
    hold("A", 9, day=MONDAY - timedelta(weeks=1))

    assert digest().before is None


EIGHT_BEFORE = Period(Span.RANGE, MONDAY - timedelta(weeks=8), MONDAY - timedelta(days=1))


@pytest.fixture
def one_small_week(hold) -> None:
    """Nine weeks with enough to show, but for one in the middle of the eight before."""
    for back in range(9):
        hold("A", 1 if back == 4 else 5, *[UP] * 5, day=MONDAY - timedelta(weeks=back))


@pytest.mark.usefixtures("one_small_week")
def test_the_weeks_before_are_one_figure_that_may_not_leave_a_small_week_to_be_told(digest) -> None:
    assert digest(EIGHT_BEFORE).released.by_itself

    assert digest().released.by_itself
    assert digest().before is None


@pytest.mark.usefixtures("one_small_week")
def test_after_the_weeks_before_no_figure_may_leave_the_small_week_between_them(digest) -> None:
    assert digest().before

    assert digest(EIGHT_BEFORE).released.by_itself is None


def test_the_most_asked_question_speaks_of_the_customer(hold, digest, toolbox: Toolbox) -> None:
    """The channels say "de huurder", which would tell whose figures they are."""
    asked = [Choice("ease", "Wat vindt de huurder?", Reason("never_asked"))]
    for held in hold("A", 5, UP):
        with toolbox.write(CALLER) as session:
            asked_questions.add(session, held.items[0].id, asked, NOW)

    question, times = digest().most_asked or ("", 0)

    assert times == 5
    assert "klant" in question
    assert "huurder" not in question


def test_floors_can_be_raised(hold, toolbox: Toolbox) -> None:
    hold("A", 6)
    file = toolbox.config.file.model_copy(update={"floors": FileFloors(meetings=7)})
    strict = replace(toolbox, config=replace(toolbox.config, file=file))

    assert make_managers_digest(strict, CALLER, WEEK, Scope(), "nl").released == NOTHING
    strict.close()


def test_a_digest_that_is_asked_for_twice_is_made_twice(hold, toolbox: Toolbox) -> None:
    """What Slack delivers again has to be answered again: nothing but figures is written."""
    hold("A", 6)
    caller = replace(CALLER, delivery="Ev1")

    once, again = (make_managers_digest(toolbox, caller, WEEK, Scope(), "nl") for _ in range(2))

    assert once == again


def test_two_who_ask_at_once_do_not_get_what_neither_may_have(hold, toolbox: Toolbox) -> None:
    """All, and all but a channel of four meetings: one of them goes first."""
    weeks = [MONDAY - timedelta(weeks=number) for number in range(9)]
    for monday in weeks:
        hold("A", 6, day=monday)
        hold("B", 4, day=monday)
    barrier = threading.Barrier(2)

    def ask(names: list[str]) -> ManagersDigestView:
        barrier.wait()
        return make_managers_digest(toolbox, CALLER, WEEK, Scope(channels=names), "nl")

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(ask, (["A"], ["A", "B"]))

    for step, its in zip(one.trend, other.trend, strict=True):
        assert (step.released == NOTHING) != (its.released == NOTHING)


def test_a_channel_that_changes_level_takes_its_weeks_along(
    hold, digest, toolbox: Toolbox, organisation: Organisation
) -> None:
    hold("A", 6)
    hold("B", 6)
    assert digest(level="strategic").released.by_itself == Proportion(12, 24)

    with toolbox.write(CALLER) as session:
        organisation.add_channel(session, "A", "operational")
        assert channels.find(session, "slack", "A") == organisation.channels["A"]

    assert digest(level="strategic").released.by_itself == Proportion(6, 12)
    assert digest(level="operational").released.by_itself == Proportion(6, 12)
