"""What comes by itself is queued once when its time has come; what was missed is skipped."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.schedule import Came, Occasion, Weekly
from bot.readers.catalogue import Prompts
from bot.readers.config_file import File
from bot.storage import channel_choices, channels, jobs, occurrences
from bot.storage.channel_choices import Choices
from bot.storage.jobs import JobState
from bot.storage.occurrences import Occurrence
from bot.usecases import set_up_channel
from bot.usecases.come_due import come_due
from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.usecases.coming import CALLER, kept, told

Digests = Callable[[], list[Occurrence]]


@pytest.fixture
def digests(toolbox: Toolbox) -> Digests:
    """The occurrences of C1's digest, oldest first."""

    def digests() -> list[Occurrence]:
        with toolbox.read(CALLER) as session:
            channel_id = channels.find(session, "slack", "C1") or ""
            return occurrences.latest(session, Occasion.DIGEST, channel_id, 99)[::-1]

    return digests


def queued(toolbox: Toolbox) -> list[str]:
    with toolbox.read(CALLER) as session:
        due = jobs.of_state(session, JobState.DUE)
    return [one.record_id for one in due if one.kind == Occasion.DIGEST]


@pytest.mark.usefixtures("greeted")
def test_a_channel_gets_its_week_on_monday_at_nine(toolbox, digests, look) -> None:
    look("2026-11-30 07:59:59")
    assert digests() == []
    look("2026-11-30 08:00:00")
    look("2026-11-30 08:00:01")

    (one,) = digests()
    assert told([one]) == [("2026-11-30T08:00", "2026-W48", Came.DUE, None)]
    assert queued(toolbox) == [one.id]


@pytest.mark.usefixtures("greeted")
def test_nothing_is_due_from_before_we_came(digests, look) -> None:
    look("2026-11-24 10:00")

    assert digests() == []


@pytest.mark.usefixtures("greeted")
def test_of_several_the_newest_is_told_and_those_before_it_are_skipped(
    toolbox, digests, look
) -> None:
    look("2026-12-14 20:00")

    assert told(digests()) == [
        ("2026-11-30T08:00", "2026-W48", Came.SKIPPED, "passed"),
        ("2026-12-07T08:00", "2026-W49", Came.SKIPPED, "passed"),
        ("2026-12-14T08:00", "2026-W50", Came.DUE, None),
    ]
    assert queued(toolbox) == [digests()[-1].id]


@pytest.mark.usefixtures("greeted")
def test_after_a_day_it_is_too_late(toolbox, digests, look) -> None:
    look("2026-12-01 08:00:01")

    assert told(digests()) == [("2026-11-30T08:00", "2026-W48", Came.SKIPPED, "late")]
    assert queued(toolbox) == []


@pytest.mark.usefixtures("greeted")
def test_of_long_ago_a_year_is_kept(digests, look) -> None:
    look("2029-06-01 08:00")

    assert len(digests()) == 54
    assert {one.reason for one in digests()} == {"passed", "late"}


@pytest.mark.usefixtures("greeted")
def test_a_clock_that_was_ahead_silences_nobody(digests, look) -> None:
    look("2040-06-01 08:00")
    look("2026-11-30 08:00")

    assert told(digests())[0] == ("2026-11-30T08:00", "2026-W48", Came.DUE, None)


@pytest.mark.usefixtures("greeted")
def test_an_hour_that_comes_twice_has_one_digest(toolbox, digests, look, choose, clock) -> None:
    clock.instant = datetime(2027, 10, 26, tzinfo=UTC)
    choose(None)
    choose(Weekly(7, time(2, 30)))
    for minute in range(0, 180, 5):
        look(f"2027-10-31 {minute // 60:02}:{minute % 60:02}")

    assert told(digests()) == [("2027-10-31T00:30", "2027-W42", Came.DUE, None)]


@pytest.mark.usefixtures("greeted")
def test_another_moment_counts_from_when_it_was_chosen(digests, look, choose, clock) -> None:
    look("2026-11-30 08:00")
    clock.later(hours=6)
    choose(Weekly(1, time(14)))  # an hour ago
    look("2026-11-30 14:01")
    assert [one.period for one in digests()] == ["2026-W48"]
    choose(Weekly(2))
    look("2026-12-01 08:00")  # the same week again
    look("2026-12-08 08:00")

    assert told(digests()) == [
        ("2026-11-30T08:00", "2026-W48", Came.DUE, None),
        ("2026-12-08T08:00", "2026-W49", Came.DUE, None),
    ]


@pytest.mark.usefixtures("greeted")
def test_a_moment_chosen_just_before_it_is_not_missed(digests, look, choose, clock) -> None:
    look("2026-11-26 08:00")
    clock.later(seconds=59)
    choose(Weekly(4, time(9, 1)))
    look("2026-11-26 08:01:00")

    assert told(digests()) == [("2026-11-26T08:01", "2026-W47", Came.DUE, None)]


@pytest.mark.parametrize("moment", [Weekly(1, time(8)), Weekly(1, time(9, 30))])
@pytest.mark.usefixtures("greeted")
def test_the_week_in_which_the_moment_is_changed_is_not_left_out(
    digests, look, choose, clock, moment: Weekly
) -> None:
    """To one that just went by; also where nobody looked when it should have come before."""
    look("2026-11-29 20:00")
    clock.instant = datetime(2026, 11, 30, 8, 45, tzinfo=UTC)
    choose(moment)
    look("2026-11-30 09:00")
    look("2026-12-07 09:00")

    assert [(one.period, one.state) for one in digests()] == [
        ("2026-W48", Came.DUE),
        ("2026-W49", Came.DUE),
    ]


@pytest.mark.usefixtures("greeted")
def test_at_another_moment_nothing_was_missed_before(digests, look, choose) -> None:
    look("2026-11-27 08:00")
    choose(Weekly(3))  # two days ago

    look("2026-11-27 08:01")
    assert digests() == []


@pytest.mark.usefixtures("greeted")
def test_a_week_whose_new_moment_is_more_than_a_day_ago_is_not_told(digests, look, choose) -> None:
    """From Friday to Monday, chosen on Wednesday: people wait for the Monday to come."""
    choose(Weekly(5))
    look("2026-11-27 08:00")
    look("2026-12-02 08:00")
    choose(Weekly(1))
    look("2026-12-02 08:01")
    look("2026-12-07 08:00")

    assert [one.period for one in digests()] == ["2026-W47", "2026-W49"]


@pytest.mark.usefixtures("greeted")
def test_what_nobody_saw_before_the_moment_changed_is_skipped(
    toolbox: Toolbox, prompts: Prompts, clock: Clock, digests, look
) -> None:
    """For weeks nothing ran, and it starts with another configuration."""
    look("2026-11-29 20:00")
    file = File.model_validate({"defaults": {"digest": {"day": "friday"}}})
    clock.instant = datetime(2026, 12, 16, 8, tzinfo=UTC)
    with closing(Toolbox(replace(toolbox.config, file=file), prompts, clock)) as other:
        come_due(other, "slack")
        clock.instant = datetime(2026, 12, 18, 8, tzinfo=UTC)
        come_due(other, "slack")

    assert told(digests()) == [
        ("2026-11-30T08:00", "2026-W48", Came.SKIPPED, "passed"),
        ("2026-12-07T08:00", "2026-W49", Came.SKIPPED, "passed"),
        ("2026-12-18T08:00", "2026-W50", Came.DUE, None),
    ]


@pytest.mark.usefixtures("greeted")
def test_processes_configured_otherwise_leave_nothing_out(
    toolbox: Toolbox, prompts: Prompts, clock: Clock, digests
) -> None:
    """Each finds the moment of the other, for as long as both run."""
    file = File.model_validate({"defaults": {"digest": {"time": "09:01"}}})
    with closing(Toolbox(replace(toolbox.config, file=file), prompts, clock)) as other:
        clock.instant = datetime(2026, 11, 30, 7, 55, tzinfo=UTC)
        for _ in range(10):
            come_due(toolbox, "slack")
            clock.later(seconds=30)
            come_due(other, "slack")
            clock.later(seconds=30)

    assert [(one.period, one.state) for one in digests()] == [("2026-W48", Came.DUE)]


@pytest.mark.usefixtures("greeted")
def test_a_zone_that_is_not_on_this_machine_silences_nobody(toolbox, digests, look) -> None:
    """The file came from one that knows more."""
    elsewhere = replace(CALLER, channel="C2")
    set_up_channel.greet(toolbox, elsewhere)
    with toolbox.write(elsewhere) as session:
        channel_id = channels.find(session, "slack", "C2") or ""
        channel_choices.keep(session, channel_id, Choices(digest="1 09:00 Europe/Nergenshuizen"))
    look("2026-11-30 08:00")

    assert [one.period for one in digests()] == ["2026-W48"]
    found = kept(toolbox, Occasion.DIGEST, channel_id)
    assert [one.due_at[:16] for one in found] == ["2026-11-30T08:00"]


@pytest.mark.usefixtures("greeted")
def test_what_a_clock_that_was_ahead_began_begins_now(digests, look, choose) -> None:
    look("2026-11-25 08:00")
    choose(None)
    look("2036-11-25 08:00")
    choose(Weekly())
    look("2026-11-25 09:00")
    look("2026-11-30 08:00")

    assert told(digests()) == [("2026-11-30T08:00", "2026-W48", Came.DUE, None)]


@pytest.mark.usefixtures("greeted")
def test_never_is_never_and_what_was_due_meanwhile_does_not_count(
    digests, look, choose, clock
) -> None:
    choose(None)
    look("2026-11-30 08:00")
    look("2026-12-14 08:00")
    clock.later(days=1)
    choose(Weekly())
    look("2026-12-15 09:00")
    assert digests() == []
    look("2026-12-21 08:00")

    assert [one.period for one in digests()] == ["2026-W51"]


@pytest.mark.usefixtures("greeted")
def test_where_we_left_nothing_comes_until_we_are_back(toolbox, digests, look) -> None:
    set_up_channel.left(toolbox, CALLER)
    look("2026-11-30 08:00")
    look("2026-12-15 08:00")
    set_up_channel.greet(toolbox, CALLER)
    look("2026-12-15 08:01")
    look("2026-12-21 08:00")

    assert [one.period for one in digests()] == ["2026-W51"]


def test_another_workspace_and_another_surface_wait(toolbox, look, clock, settings) -> None:
    for platform, tenant in (("slack", "T1"), ("slack", "T2"), ("terminal", "local")):
        set_up_channel.greet(toolbox, replace(CALLER, platform=platform, tenant=tenant))
    clock.instant = datetime(2026, 11, 30, 8, tzinfo=UTC)
    come_due(toolbox, "slack", only_in="T2")

    assert [count(toolbox, "slack", tenant) for tenant in ("T1", "T2")] == [0, 1]
    come_due(toolbox, "slack")
    assert [count(toolbox, "slack", tenant) for tenant in ("T1", "T2")] == [1, 1]
    assert count(toolbox, "terminal", "local") == 0


def count(toolbox: Toolbox, platform: str, tenant: str) -> int:
    with toolbox.read(replace(CALLER, platform=platform, tenant=tenant)) as session:
        ((found,),) = session.rows(
            "select count(*) from occurrences where workspace_id = :workspace_id"
            " and occasion = 'digest'"
        )
    return int(found)


def test_writers_get_their_turn(
    toolbox: Toolbox, settings: ChannelSettings, look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """120 channels are kept in three transactions."""
    with toolbox.write(CALLER) as session:
        for number in range(120):
            channels.ensure(session, "slack", f"C{number}", settings, toolbox.now())
    begun = []
    write = toolbox.database.write

    def counted(workspace_id: str):
        begun.append(workspace_id)
        return write(workspace_id)

    monkeypatch.setattr(toolbox.database, "write", counted)
    look("2026-11-30 08:00")

    assert len(begun) == 3
    assert len(queued(toolbox)) == 120
