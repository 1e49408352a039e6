"""Whether a channel's figures count outside it: asked once, chosen by the channel, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.problem import Problem
from bot.domain.schedule import Every, Weekly
from bot.domain.setting import Change, Setting
from bot.domain.view import Scope
from bot.storage import (
    channel_choices,
    channels,
    jobs,
    people,
    posted_messages,
    settings_changes,
    subscriptions,
)
from bot.storage.channel_choices import Choices
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.storage.jobs import JobState
from bot.storage.posted_messages import Posted
from bot.storage.subscriptions import Subscription
from bot.usecases import ask_outside, set_up_channel
from bot.usecases.choose import OPT_IN
from bot.usecases.entrust_settings import Right
from bot.usecases.toolbox import Caller, Toolbox, Untold
from tests.conftest import Clock
from tests.usecases.organisation import Organisation

CALLER = Caller("slack", "T1", "A", "U1")
LATER = "2026-11-25T09:00:00.000+00:00"
ANYBODY = Right(None, None)


@pytest.fixture
def ids(toolbox: Toolbox) -> dict[str, str]:
    """Our ids of channels A and B, where nobody chose anything."""
    organisation = Organisation(toolbox, CALLER)
    with toolbox.write(CALLER) as session:
        for name, level in (("A", "tactical"), ("B", None)):
            organisation.add_channel(session, name, level)
            channel_choices.keep(session, organisation.channels[name], Choices())
    return organisation.channels


@pytest.fixture
def session(toolbox: Toolbox, ids: dict[str, str]) -> Iterator[Session]:
    with toolbox.write(CALLER) as session:
        yield session


def due(session: Session) -> list[str]:
    return [job.record_id for job in jobs.of_state(session, JobState.DUE) if job.kind == OPT_IN]


def question_to(channel_id: str) -> Job:
    key = jobs.key_of(OPT_IN, channel_id)
    whose = ("w", "T1", key, "slack", OPT_IN, channel_id)
    return Job(*whose, 1, 0, "lease", LATER, None, channel_id, None, None)


def outside(toolbox: Toolbox, caller: Caller = CALLER) -> bool:
    return set_up_channel.channel_settings(toolbox, caller).outside


def test_each_channel_is_asked_and_once(
    session: Session, ids: dict[str, str], toolbox: Toolbox
) -> None:
    both = list(ids.values())

    assert ask_outside.ask(session, "slack", both, toolbox.now()) == 2
    assert sorted(due(session)) == sorted(both)

    session.rows("update jobs set state = 'done' where workspace_id = :workspace_id")
    assert ask_outside.ask(session, "slack", both, LATER) == 0
    assert due(session) == []


@pytest.mark.parametrize(
    "choices",
    [
        Choices(private=True),
        Choices(outside=True),
        Choices(outside=False),
        Choices(asked_outside_at=LATER),
    ],
)
def test_who_is_private_or_chose_or_was_asked_is_not_asked(
    session: Session, ids: dict[str, str], toolbox: Toolbox, choices: Choices
) -> None:
    channel_choices.keep(session, ids["A"], choices)

    assert ask_outside.ask(session, "slack", ids.values(), toolbox.now()) == 1
    assert due(session) == [ids["B"]]
    assert channel_choices.of_channel(session, ids["A"]) == choices


def test_where_we_are_not_nobody_is_asked(
    session: Session, ids: dict[str, str], toolbox: Toolbox
) -> None:
    channels.keep_left(session, ids["A"], LATER)
    elsewhere = channels.ensure(
        session, "terminal", "T", ChannelSettings("nl", toolbox.prompts.customers["general"]), LATER
    )

    asked = ask_outside.ask(session, "slack", [ids["A"], elsewhere, "nobody"], toolbox.now())

    assert (asked, due(session)) == (0, [])


def test_a_channel_that_proves_private_is_not_asked_until_everybody_sees_it(
    toolbox: Toolbox, ids: dict[str, str]
) -> None:
    with toolbox.write(CALLER) as session:
        ask_outside.ask(session, "slack", [ids["A"]], toolbox.now())
    workspace = toolbox.database.workspace("slack", "T1", toolbox.now)

    with pytest.raises(Untold, match="private"):
        ask_outside.keep_private(toolbox, workspace, ids["A"], private=True)
    with toolbox.write(CALLER) as session:
        assert ask_outside.ask(session, "slack", [ids["A"]], toolbox.now()) == 0

    ask_outside.keep_private(toolbox, workspace, ids["A"], private=False)
    with toolbox.write(CALLER) as session:
        assert ask_outside.ask(session, "slack", [ids["A"]], toolbox.now()) == 1


def test_what_was_chosen_before_it_was_asked_is_not_asked(
    session: Session, ids: dict[str, str], toolbox: Toolbox
) -> None:
    channel_choices.keep(session, ids["A"], Choices(outside=False))
    job = question_to(ids["A"])

    with pytest.raises(Untold) as untold:
        ask_outside.view_of_question(session, toolbox, job)
    assert untold.value.nothing, "nobody misses it"
    in_doubt = replace(job, in_doubt_since=LATER)
    assert ask_outside.view_of_question(session, toolbox, in_doubt).outside is False

    shown = Posted("A/1.0", 7)
    posted_messages.keep(session, OPT_IN, ids["A"], "slack", 1, shown, toolbox.now())
    view = ask_outside.view_of_question(session, toolbox, question_to(ids["A"]))
    assert (view.outside, view.keeper, view.floors) == (False, None, toolbox.config.floors)


def test_the_question_says_who_alone_may_choose(
    session: Session, ids: dict[str, str], toolbox: Toolbox
) -> None:
    keeper = people.ensure(session, "slack", "U7", toolbox.now())
    channels.keep_keeper(session, ids["A"], keeper)

    view = ask_outside.view_of_question(session, toolbox, question_to(ids["A"]))

    assert (view.outside, view.keeper, view.language) == (None, "U7", "nl")


def test_the_question_says_how_many_asked_for_what_comes_how_often(
    session: Session, ids: dict[str, str], toolbox: Toolbox
) -> None:
    """Channel A is tactical, B has no level; what was stopped is asked for by nobody."""
    now = toolbox.now()
    fatima, ruud = (people.ensure(session, "slack", name, now) for name in ("U7", "U8"))
    week = Subscription(Every.WEEK, Weekly(), person_id=fatima, recipient_id=fatima)
    month = replace(week, every=Every.MONTH, person_id=ruud)
    for one in (week, replace(month, level="tactical"), replace(month, channels=(ids["A"],))):
        subscriptions.add(session, one, now)
    stopped = subscriptions.add(session, month, now)
    subscriptions.stop(session, stopped, ruud, now)

    a, b = (ask_outside.view_of_question(session, toolbox, question_to(ids[name])) for name in "AB")

    assert (a.askers, a.often) == (2, frozenset(Every))
    assert (b.askers, b.often) == (1, frozenset({Every.WEEK}))


def test_what_is_configured_nobody_asked_for(
    session: Session, ids: dict[str, str], toolbox: Toolbox
) -> None:
    board = Subscription(Every.MONTH, Weekly(), channel_id=ids["B"], configured_as="board")
    subscriptions.add(session, board, toolbox.now())

    view = ask_outside.view_of_question(session, toolbox, question_to(ids["A"]))

    assert (view.askers, view.often) == (0, frozenset({Every.MONTH}))


def test_a_channel_counts_when_it_chose_so_and_we_are_there(
    session: Session, ids: dict[str, str], toolbox: Toolbox
) -> None:
    def counting() -> set[str]:
        return {it.platform_id for it in ask_outside.in_scope(session, Scope()) if counts(it)}

    counts = ask_outside.counts
    assert counting() == set()
    customer = toolbox.prompts.customers["general"]
    channels.ensure(session, "terminal", "T", ChannelSettings("nl", customer), LATER)
    assert counting() == {"T"}, "nobody else is in a terminal"
    channel_choices.keep(session, ids["A"], Choices(outside=True))
    assert counting() == {"T", "A"}
    channels.keep_left(session, ids["A"], LATER)
    assert counting() == {"T"}


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (Scope(), {"A", "B"}),
        (Scope("tactical"), {"A"}),
        (Scope(channels=["B", "X"]), {"B"}),
        (Scope("strategic"), set()),
    ],
)
def test_a_scope_has_channels_that_do_not_count_too(
    session: Session, ids: dict[str, str], scope: Scope, found: set[str]
) -> None:
    assert {one.platform_id for one in ask_outside.in_scope(session, scope)} == found


def test_yes_and_no_are_kept_and_told(toolbox: Toolbox, ids: dict[str, str], clock: Clock) -> None:
    ask_outside.answer(toolbox, CALLER, ANYBODY, outside=True)
    assert outside(toolbox)
    assert not outside(toolbox, replace(CALLER, channel="B"))
    clock.later(minutes=1)
    ask_outside.answer(toolbox, CALLER, ANYBODY, outside=False)
    assert not outside(toolbox)

    assert told(toolbox) == [
        [Change(Setting.OUTSIDE, "", "yes")],
        [Change(Setting.OUTSIDE, "yes", "")],
    ]


def test_a_first_no_is_kept_and_nothing_changed(toolbox: Toolbox, ids: dict[str, str]) -> None:
    ask_outside.answer(toolbox, CALLER, ANYBODY, outside=False)

    assert told(toolbox) == []
    with toolbox.read(CALLER) as session:
        assert channel_choices.of_channel(session, ids["A"]).outside is False


def test_the_other_choices_stay(toolbox: Toolbox, ids: dict[str, str]) -> None:
    before = Choices("never", talk=True, asked_outside_at=LATER, private=False)
    with toolbox.write(CALLER) as session:
        channel_choices.keep(session, ids["A"], before)

    ask_outside.answer(toolbox, CALLER, ANYBODY, outside=True)

    with toolbox.read(CALLER) as session:
        after = channel_choices.of_channel(session, ids["A"])
    assert after == replace(before, outside=True)


def test_who_was_named_meanwhile_goes_first(toolbox: Toolbox, ids: dict[str, str]) -> None:
    with toolbox.write(CALLER) as session:
        keeper = people.ensure(session, "slack", "U7", toolbox.now())
        channels.keep_keeper(session, ids["A"], keeper)

    with pytest.raises(Problem, match="settings_changed"):
        ask_outside.answer(toolbox, CALLER, ANYBODY, outside=True)

    assert not outside(toolbox)
    assert told(toolbox) == []


def test_a_channel_never_seen_chooses_nothing(toolbox: Toolbox) -> None:
    with pytest.raises(Problem, match="not_in_channel"):
        ask_outside.answer(toolbox, CALLER, ANYBODY, outside=True)


def told(toolbox: Toolbox) -> list[list[Change]]:
    """What is said of settings, in the order it became due."""
    with toolbox.read(CALLER) as session:
        rows = session.rows(
            "select record_id from jobs where workspace_id = :workspace_id"
            " and kind = 'settings_change' order by due_at"
        )
        found = [settings_changes.find(session, record_id) for (record_id,) in rows]
    return [list(one.changes) for one in found if one]
