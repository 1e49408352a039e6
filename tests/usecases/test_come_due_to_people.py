"""What comes to people by itself: what they subscribed to, next week, and a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.schedule import Came, Every, Occasion, Weekly
from bot.storage import channels, jobs, occurrences, people, subscriptions
from bot.storage.jobs import JobState
from bot.storage.occurrences import Occurrence
from bot.storage.subscriptions import Subscription
from bot.usecases import prepare_meeting
from bot.usecases.toolbox import Toolbox
from tests.agendas import agenda
from tests.usecases.coming import CALLER, kept, told
from tests.usecases.organisation import Held, Item, Organisation


@pytest.mark.usefixtures("greeted")
def test_what_was_subscribed_to_comes_by_week_or_month_to_its_reader(toolbox, look) -> None:
    with toolbox.write(CALLER) as session:
        reader = people.ensure(session, "slack", "U1", toolbox.now())
        plain = Subscription(Every.MONTH, Weekly(3), recipient_id=reader, person_id=reader)
        monthly = subscriptions.add(session, plain, toolbox.now())
        channel = channels.find(session, "slack", "C1")
        weekly = replace(plain, every=Every.WEEK, channel_id=channel, recipient_id=None)
        every_week = subscriptions.add(session, weekly, toolbox.now())
    look("2026-11-25 08:00")
    look("2026-12-02 08:00")

    found = kept(toolbox, Occasion.MANAGERS_DIGEST, monthly)
    assert [(one.period, one.recipient_id) for one in found] == [("2026-11", reader)]
    found = kept(toolbox, Occasion.MANAGERS_DIGEST, every_week)
    assert [one.period for one in found] == ["2026-W47", "2026-W48"]
    with toolbox.read(CALLER) as session:
        due = [one for one in jobs.of_state(session, JobState.DUE) if one.record_id == found[1].id]
    assert [one.channel_id for one in due] == [channel]


def test_what_was_stopped_for_a_while_has_missed_nothing(toolbox, look) -> None:
    with toolbox.write(CALLER) as session:
        reader = people.ensure(session, "slack", "U1", toolbox.now())
        wanted = Subscription(Every.WEEK, Weekly(), recipient_id=reader, person_id=reader)
        subscription = subscriptions.add(session, wanted, toolbox.now())
    look("2026-11-30 08:00")
    with toolbox.write(CALLER) as session:
        subscriptions.stop(session, subscription, reader, toolbox.now())
    look("2026-12-22 12:00")
    with toolbox.write(CALLER) as session:
        subscriptions.change(session, subscription, wanted, toolbox.now())
    look("2026-12-22 12:01")
    look("2026-12-28 08:00")

    found = kept(toolbox, Occasion.MANAGERS_DIGEST, subscription)
    assert [(one.period, one.state) for one in found] == [
        ("2026-W48", Came.DUE),
        ("2026-W52", Came.DUE),
    ]


@pytest.fixture
def weekly_meetings(toolbox: Toolbox, settings: ChannelSettings) -> None:
    """U1 posted the agenda of a meeting on each of the last six Thursdays."""
    for week in range(6):
        day = date(2026, 10, 22) + timedelta(weeks=week)
        read = agenda("Lift", title="Teamoverleg", day=day)
        prepare_meeting.prepare(toolbox, CALLER, read, settings)


@pytest.mark.usefixtures("weekly_meetings")
def test_who_has_a_meeting_to_prepare_is_told_on_friday_of_next_week(toolbox, look) -> None:
    look("2026-11-25 08:00")
    look("2026-11-27 13:00")
    look("2026-11-27 13:01")

    with toolbox.read(CALLER) as session:
        person = people.find(session, "slack", "U1") or ""
        due = [one.kind for one in jobs.of_state(session, JobState.DUE)]
    (one,) = kept(toolbox, Occasion.NEXT_WEEK, person)
    assert (one.period, one.recipient_id, one.state) == ("2026-W49", person, Came.DUE)
    assert due == [Occasion.NEXT_WEEK]


@pytest.mark.usefixtures("weekly_meetings")
def test_a_friday_that_was_missed_is_skipped_as_a_whole(toolbox, look) -> None:
    look("2026-11-25 08:00")
    look("2026-11-28 13:01")

    with toolbox.read(CALLER) as session:
        found = session.rows(
            "select target, state, reason from occurrences where workspace_id = :workspace_id"
        )
        assert found == [(session.workspace_id, Came.SKIPPED, "late")]


def test_after_three_quiet_weeks_who_set_the_channel_up_is_asked_once(
    toolbox: Toolbox, look, choose
) -> None:
    met(toolbox)
    choose(Weekly(2))  # by U1, on Tuesday
    for day in ("2026-12-01", "2026-12-08"):
        look(f"{day} 08:00")
    assert asked(toolbox) == []

    for day in ("2026-12-15", "2026-12-22", "2026-12-29"):
        look(f"{day} 08:00")

    (one,) = asked(toolbox)
    assert told([one]) == [("2026-12-15T08:00", "2026-W50", Came.DUE, None)]
    with toolbox.read(CALLER) as session:
        assert one.recipient_id == people.find(session, "slack", "U1")
        assert jobs.find(session, Occasion.QUIET, one.id)


def test_who_was_away_for_three_quiet_weeks_asks_at_once(toolbox: Toolbox, look, choose) -> None:
    met(toolbox)
    choose(Weekly(2))
    look("2026-12-15 08:00")

    assert [one.period for one in asked(toolbox)] == ["2026-W50"]


def met(toolbox: Toolbox) -> None:
    """A meeting took place in C1, long ago."""
    organisation = Organisation(toolbox, CALLER)
    with toolbox.write(CALLER) as session:
        organisation.add_channel(session, "C1", None)
        organisation.hold(session, Held("C1", date(2026, 10, 7), (Item(),), (6,)))


def asked(toolbox: Toolbox) -> list[Occurrence]:
    with toolbox.read(CALLER) as session:
        channel_id = channels.find(session, "slack", "C1") or ""
        return occurrences.latest(session, Occasion.QUIET, channel_id, 9)
