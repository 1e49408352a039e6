"""After three weeks without a meeting somebody is asked, once; and again only after a meeting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.dates import Period, week_of
from bot.domain.schedule import Came, Occasion
from bot.storage import channel_choices, occurrences, people
from bot.storage.channel_choices import Choices
from bot.storage.occurrences import Occurrence
from bot.usecases.quiet_weeks import quiet_host
from bot.usecases.toolbox import Caller, Toolbox
from tests.usecases.organisation import Held, Item, Organisation


class Weeks:
    """A channel, with a host, whose weeks pass one by one."""

    def __init__(self, toolbox: Toolbox, caller: Caller) -> None:
        self.toolbox, self.caller = toolbox, caller
        self.organisation = Organisation(toolbox, caller)
        with toolbox.write(caller) as session:
            self.organisation.add_channel(session, "wonen", None)
            self.host: str | None = people.ensure(session, "slack", "UFATIMA", "")
            channel_choices.keep(session, self.channel, Choices(host_id=self.host))
        self.met(30)

    @property
    def channel(self) -> str:
        return self.organisation.channels["wonen"]

    def week(self, number: int) -> Period:
        return week_of(date.fromisocalendar(2026, number, 1))

    def met(self, number: int) -> None:
        """A meeting took place in this week."""
        with self.toolbox.write(self.caller) as session:
            day = self.week(number).first + timedelta(days=2)
            self.organisation.hold(session, Held("wonen", day, (Item(),), (6,)))

    def asked(self, number: int, state: Came = Came.NOTHING, hour: str = "09") -> str | None:
        """Who is to be asked when the digest of this week had its turn."""
        due = self.week(number).last + timedelta(days=1)
        with self.toolbox.write(self.caller) as session:
            code, at = self.week(number).code, f"{due}T{hour}:00:00.000+00:00"
            one = Occurrence(Occasion.DIGEST, self.channel, at, code, state)
            assert occurrences.add(session, one, at)
            host = quiet_host(session, self.channel)
            if host:
                question = Occurrence(
                    Occasion.QUIET, self.channel, at, code, Came.TOLD, recipient_id=host
                )
                occurrences.add(session, question, at)
        return host


@pytest.fixture
def weeks(toolbox: Toolbox) -> Weeks:
    return Weeks(toolbox, Caller("slack", "T1", "wonen", "U1"))


def asked_after(weeks: Weeks, first: int, last: int) -> list[int]:
    """The weeks, of all these, after which somebody is asked."""
    return [n for n in range(first, last + 1) if weeks.asked(n)]


def test_after_three_quiet_weeks_the_host_is_asked_and_then_never(weeks: Weeks) -> None:
    assert [weeks.asked(n) for n in (41, 42)] == [None, None]
    assert weeks.asked(43) == weeks.host
    assert asked_after(weeks, 44, 53) == []


def test_also_while_the_last_week_is_still_on_its_way(weeks: Weeks) -> None:
    assert asked_after(weeks, 41, 42) == []
    assert weeks.asked(43, Came.DUE) == weeks.host


def test_where_nobody_ever_met_there_is_nothing_to_stop_yet(weeks: Weeks) -> None:
    with weeks.toolbox.write(weeks.caller) as session:
        session.rows(
            "update meetings set withdrawn_at = :at where workspace_id = :workspace_id", at="now"
        )
    assert asked_after(weeks, 41, 45) == []
    weeks.met(46)

    assert asked_after(weeks, 46, 53) == [49]


@pytest.mark.parametrize("met", [41, 42, 43])
def test_a_meeting_in_one_of_them_begins_the_count_anew(weeks: Weeks, met: int) -> None:
    weeks.met(met)

    assert asked_after(weeks, 41, 48) == [met + 3]


def test_after_a_meeting_it_is_asked_again_once(weeks: Weeks) -> None:
    assert asked_after(weeks, 41, 45) == [43]
    weeks.met(46)

    assert asked_after(weeks, 46, 53) == [49]


@pytest.mark.parametrize(("why", "again"), [("late", [44]), ("recipient_gone", [])])
def test_a_question_that_came_too_late_is_asked_a_week_later(
    weeks: Weeks, why: str, again: list[int]
) -> None:
    assert asked_after(weeks, 41, 43) == [43]
    with weeks.toolbox.write(weeks.caller) as session:
        session.rows(
            "update occurrences set state = 'skipped', reason = :why"
            " where workspace_id = :workspace_id and occasion = 'quiet'",
            why=why,
        )

    assert asked_after(weeks, 44, 48) == again


def test_a_meeting_that_was_closed_late_counts_in_its_own_week(weeks: Weeks) -> None:
    assert asked_after(weeks, 41, 43) == [43]
    weeks.met(42)

    assert asked_after(weeks, 44, 53) == []


def test_weeks_that_were_missed_are_quiet_too(weeks: Weeks) -> None:
    """We were not there to tell; but nobody met either."""
    assert weeks.asked(41, Came.SKIPPED) is None
    assert weeks.asked(42, Came.SKIPPED) is None
    assert weeks.asked(43) == weeks.host


def test_weeks_in_which_it_was_off_are_not(weeks: Weeks) -> None:
    weeks.asked(41)

    assert asked_after(weeks, 43, 46) == [45]


def test_a_week_that_came_twice_is_one_week(weeks: Weeks) -> None:
    """Its moment was changed."""
    weeks.asked(41)
    weeks.asked(42)

    assert weeks.asked(42, hour="16") is None
    assert weeks.asked(43) == weeks.host


def test_without_a_host_nobody_is_asked(weeks: Weeks) -> None:
    with weeks.toolbox.write(weeks.caller) as session:
        channel_choices.keep(session, weeks.channel, Choices())

    assert asked_after(weeks, 41, 45) == []


def test_whose_account_was_erased_is_not_asked(weeks: Weeks) -> None:
    with weeks.toolbox.write(weeks.caller) as session:
        sql = "update people set platform_id = null where workspace_id = :workspace_id"
        session.rows(f"{sql} and id = :id", id=weeks.host)

    assert asked_after(weeks, 41, 45) == []


def test_over_new_year(weeks: Weeks) -> None:
    assert asked_after(weeks, 52, 53) == []
    with weeks.toolbox.write(weeks.caller) as session:
        at = "2027-01-11T08:00:00.000+00:00"
        one = Occurrence(Occasion.DIGEST, weeks.channel, at, "2027-W01", Came.DUE)
        occurrences.add(session, one, at)
        assert quiet_host(session, weeks.channel) == weeks.host
