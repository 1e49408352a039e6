"""The clock of a surface: delivers what is due, survives what goes wrong, stops when told."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.problem import Problem
from bot.domain.schedule import Occasion
from bot.domain.view import MeetingView
from bot.storage import deliveries, jobs, people
from bot.surfaces import clock as surfaces_clock
from bot.surfaces.clock import Clock
from bot.usecases import (
    check_messages,
    deliver,
    draft_agenda,
    listen,
    prepare_meeting,
    set_up_channel,
)
from bot.usecases.delivery import Busy, Delivery, Outcome
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock as Time

PATIENCE = 10.0
Post = Callable[..., None]


@pytest.fixture
def caller() -> Caller:
    return Caller(platform="slack", tenant="T1", channel="C1", person="U1")


@pytest.fixture
def post(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> Post:
    def post(title: str, of: Caller = caller) -> None:
        with toolbox.write(of) as session:
            read = agenda("Verhuisformulier", title=title)
            view = prepare_meeting.keep(session, toolbox, of, read, settings)
            deliver.show(session, "slack", MEETING, view.id or "", toolbox.now())

    return post


def title_of(delivery: Delivery) -> str | None:
    assert isinstance(delivery.view, MeetingView)
    return delivery.view.title


def test_it_delivers_all_that_is_due_and_then_waits(
    toolbox: Toolbox, post: Post, caller: Caller
) -> None:
    for title, channel in (("Wonen", "C1"), ("Directie", "C2")):
        post(title, of=replace(caller, channel=channel))
    seen: list[str | None] = []

    def take(delivery: Delivery) -> None:
        seen.append(title_of(delivery))
        deliver.up_to_date(toolbox, delivery)

    def wait(seconds: float) -> None:
        seen.append(f"waits {seconds:.0f}")
        if len(seen) < 4:
            post("Achteraf", of=replace(caller, channel="C3"))
        else:
            clock.stop(0)

    clock = Clock(toolbox, take, "slack", wait)
    clock.run()

    assert seen[:2] in (["Wonen", "Directie"], ["Directie", "Wonen"])
    assert seen[2:] == ["waits 1", "Achteraf", "waits 1"]


def test_it_leaves_other_workspaces_to_who_can_post_there(
    toolbox: Toolbox, post: Post, caller: Caller
) -> None:
    post("Hier")
    post("Elders", of=replace(caller, tenant="T2"))
    seen: list[str | None] = []

    def take(delivery: Delivery) -> None:
        seen.append(title_of(delivery))
        deliver.up_to_date(toolbox, delivery)

    clock = Clock(toolbox, take, "slack", lambda _: clock.stop(0), only_in="T1")
    clock.run()
    assert seen == ["Hier"]

    clock = Clock(toolbox, take, "slack", lambda _: clock.stop(0))
    clock.run()
    assert seen == ["Hier", "Elders"]


def test_what_goes_wrong_is_tried_again_and_keeps_nobody_else_waiting(
    toolbox: Toolbox, post: Post, clock: Time
) -> None:
    for title in ("Stuk", "Wonen"):
        post(title)
        clock.later(seconds=1)
    seen: list[tuple[str | None, bool]] = []

    def take(delivery: Delivery) -> None:
        seen.append((title_of(delivery), delivery.job.uncertain))
        if title_of(delivery) == "Stuk" and not delivery.job.uncertain:
            raise ZeroDivisionError
        deliver.up_to_date(toolbox, delivery)

    def wait(_: float) -> None:
        clock.later(seconds=1)
        if len(seen) == 3:
            ticking.stop(0)

    ticking = Clock(toolbox, take, "slack", wait)
    ticking.run()

    assert seen == [("Stuk", False), ("Wonen", False), ("Stuk", True)]


def test_what_goes_wrong_again_and_again_is_logged_once_until_something_is_delivered(
    toolbox: Toolbox, post: Post, clock: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    post("Stuk")
    waits: list[float] = []

    def take(delivery: Delivery) -> None:
        if len(waits) < 20 or 30 <= len(waits) < 35:
            raise ZeroDivisionError
        deliver.up_to_date(toolbox, delivery)

    def wait(seconds: float) -> None:
        clock.later(seconds=30)
        waits.append(seconds)
        if len(waits) == 30:
            post("Weer stuk")
        if len(waits) == 60:
            ticking.stop(0)

    ticking = Clock(toolbox, take, "slack", wait)
    ticking.run()

    said = [one.message for one in caplog.records if one.name == surfaces_clock.log.name]
    assert said == ["could not deliver", "delivers again"] * 2


def test_what_can_not_even_be_drawn_waits_longer_each_time_and_is_seen(
    toolbox: Toolbox, caller: Caller, clock: Time
) -> None:
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, "slack", "U1", toolbox.now())
        jobs.tell(session, "slack", Occasion.QUIET, "nergens", person_id, toolbox.now())
    tries = 0
    for _ in range(120):
        try:
            assert deliver.next_delivery(toolbox, "slack") is None
        except LookupError:
            tries += 1
        clock.later(seconds=1)

    assert tries == 7  # after 1, 2, 4 … seconds
    (one,) = check_messages.undelivered(toolbox.config.database)
    assert (one.kind, one.state) == (Occasion.QUIET, "waiting")


def test_it_wakes_when_something_became_due_and_ends_after_what_is_under_way(
    toolbox: Toolbox, post: Post
) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def take(delivery: Delivery) -> None:
        begun.set()
        assert go_on.wait(PATIENCE)
        deliver.up_to_date(toolbox, delivery)
        done.set()

    clock = Clock(toolbox, take, "slack")
    clock.start()
    post("Wonen")
    clock.wake()
    assert begun.wait(PATIENCE)
    assert not clock.stop(0)  # still at it
    go_on.set()

    assert clock.stop(PATIENCE)
    assert done.is_set()


def test_several_are_under_way_at_the_same_time(
    toolbox: Toolbox, post: Post, caller: Caller
) -> None:
    hands, all_done = surfaces_clock.HANDS, threading.Event()
    together, after = threading.Barrier(hands), threading.Barrier(hands, all_done.set)

    def take(delivery: Delivery) -> None:
        together.wait(PATIENCE)  # raises when one waits for another
        deliver.up_to_date(toolbox, delivery)
        after.wait(PATIENCE)

    for number in range(hands):
        post("Wonen", of=replace(caller, channel=f"C{number}"))
    clock = Clock(toolbox, take, "slack")
    clock.start()

    assert all_done.wait(PATIENCE)
    assert clock.stop(PATIENCE)


def test_what_was_seen_long_ago_is_forgotten(toolbox: Toolbox, caller: Caller, clock: Time) -> None:
    with toolbox.write(caller) as session:
        deliveries.first(session, "Ev1", toolbox.now())
    again = []

    def wait(_: float) -> None:
        clock.later(hours=13)
        with toolbox.write(caller) as session:
            again.append(deliveries.first(session, "Ev1", toolbox.now()))
        if len(again) == 3:
            ticking.stop(0)

    ticking = Clock(toolbox, lambda _: None, "slack", wait)
    ticking.run()

    assert again == [False, False, True]


def test_old_drafts_and_processes_that_are_gone_are_forgotten(
    toolbox: Toolbox, caller: Caller, clock: Time
) -> None:
    old = draft_agenda.draft(toolbox, caller, "1. Verhuisformulier").id
    listen.beat(toolbox, caller, "old:1", hearing=True)
    clock.later(days=20)
    new = draft_agenda.draft(toolbox, caller, "1. Begroting").id
    listen.beat(toolbox, caller, "new:2", hearing=False)
    clock.later(days=11)
    deliver.tidy(toolbox)

    assert draft_agenda.show_draft(toolbox, caller, new).meeting.items
    with pytest.raises(Problem, match="no_draft"):
        draft_agenda.show_draft(toolbox, caller, old)
    with toolbox.read(caller) as session:
        found = session.rows("select process from listeners where workspace_id = :workspace_id")
        assert found == [("new:2",)]


def test_it_runs_while_it_looks_for_what_is_due(
    toolbox: Toolbox, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def take(delivery: Delivery) -> None:
        begun.set()
        assert go_on.wait(PATIENCE)
        deliver.up_to_date(toolbox, delivery)

    clock = Clock(toolbox, take, "slack")
    assert not clock.runs
    clock.start()
    assert clock.runs
    post("Wonen")
    clock.wake()
    assert begun.wait(PATIENCE)
    with monkeypatch.context() as stuck:
        stuck.setattr(surfaces_clock, "STUCK", 0.0)
        assert not clock.runs
    go_on.set()

    assert clock.stop(PATIENCE)
    assert not clock.runs


def test_what_comes_by_itself_is_queued_each_minute_also_after_the_clock_was_put_back(
    toolbox: Toolbox, caller: Caller, clock: Time
) -> None:
    set_up_channel.greet(toolbox, caller)
    monday, seen = datetime(2026, 11, 30, 8, tzinfo=UTC), list[tuple[str, int]]()
    ahead, after = monday.replace(year=2040), timedelta(seconds=1)
    instants = iter([ahead, monday - after, monday, monday + after, monday + timedelta(days=7)])

    def wait(_: float) -> None:
        with toolbox.read(caller) as session:
            sql = "select count(*) from occurrences where workspace_id = :workspace_id"
            ((kept,),) = session.rows(f"{sql} and occasion = 'digest'")
        seen.append((f"{clock():%d %H:%M:%S}", kept))
        clock.instant = next(instants, clock.instant)
        if len(seen) == 6:
            ticking.stop(0)

    ticking = Clock(toolbox, lambda due: deliver.up_to_date(toolbox, due), "slack", wait)
    ticking.run()

    long_ago = 54  # a year of weeks that nobody saw
    assert seen == [
        ("24 09:00:00", 0),
        ("30 08:00:00", long_ago),
        ("30 07:59:59", long_ago),
        ("30 08:00:00", long_ago + 1),
        ("30 08:00:01", long_ago + 1),
        ("07 08:00:00", long_ago + 2),
    ]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("busy", [None, Busy(30, everywhere=True)])
def test_nobody_waits_for_a_clock_that_was_put_back(
    toolbox: Toolbox, post: Post, clock: Time, busy: Outcome | None, restarted: bool
) -> None:
    """It was a day ahead, and held the channel, or all of them, until a time of then."""
    seen: list[str | None] = []

    def take(delivery: Delivery) -> None:
        seen.append(title_of(delivery))
        if busy and len(seen) == 1:
            deliver.failed(toolbox, delivery, busy)
        else:
            deliver.up_to_date(toolbox, delivery)

    def put_back(_: float) -> None:
        clock.instant = today
        post("Wonen")
        ticking.stop(0) if restarted else setattr(ticking, "_wait", wait)

    def wait(_: float) -> None:
        clock.later(seconds=20)
        if clock() > today + timedelta(minutes=1):
            ticking.stop(0)

    today = clock()
    clock.later(hours=25)
    post("Vooruit")
    ticking = Clock(toolbox, take, "slack", put_back)
    ticking.run()
    if restarted:
        ticking = Clock(toolbox, take, "slack", wait)
        ticking.run()

    assert sorted(map(str, seen)) == ["Vooruit", *["Vooruit"] * bool(busy), "Wonen"]


def test_it_looks_for_forgotten_meetings_each_minute_also_after_the_clock_was_put_back(
    toolbox: Toolbox, clock: Time
) -> None:
    looks, steps = list[int](), iter([30, 40, -25 * 3600, 30, 40])

    def wait(_: float) -> None:
        seen.append(len(looks))
        try:
            clock.later(seconds=next(steps))
        except StopIteration:
            ticking.stop(0)

    seen = list[int]()
    ticking = Clock(toolbox, lambda _: None, "slack", wait, beside=lambda: looks.append(1))
    ticking.run()

    assert seen == [1, 1, 2, 3, 3, 4]
