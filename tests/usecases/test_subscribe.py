"""Digests that are configured: they come as they are configured, until somebody stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from bot.config import read_config
from bot.domain.member import Member
from bot.domain.problem import Problem
from bot.domain.schedule import EVERY_MONDAY, Every, Weekly
from bot.domain.view import Scope
from bot.storage import channel_choices, channels, people, subscriptions
from bot.storage.subscriptions import Subscription
from bot.usecases import set_up_channel, subscribe
from bot.usecases.subscribe import Wish
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock

HERE = Caller("slack", "T1", "", "")
IN_C1 = replace(HERE, channel="C1", person="U1")
MEMBER = Member()


def configured(toolbox: Toolbox, digests: str) -> list[Subscription]:
    """Follow this configuration; what comes then."""
    Path("config.yaml").write_text(f"timezone: Asia/Tokyo\ndigests: {{{digests}}}\n")
    config = replace(read_config(), database=toolbox.config.database)
    subscribe.follow_config(replace(toolbox, config=config), HERE)
    return sorted(active(toolbox), key=lambda one: one.configured_as or "")


def active(toolbox: Toolbox) -> list[Subscription]:
    with toolbox.read(HERE) as session:
        return subscriptions.active(session)


def looked_up(_: str) -> Member:
    return MEMBER


def test_it_comes_as_it_is_configured(toolbox: Toolbox) -> None:
    board, mine = configured(
        toolbox,
        "board: {to: C9, level: strategic, every: month, day: friday, time: 16:30, language: en},"
        " mine: {to: U1, channels: [C2, C1]}",
    )

    with toolbox.read(HERE) as session:
        ids = {name: channels.find(session, "slack", name) for name in ("C1", "C2", "C9")}
        assert mine.recipient_id == people.find(session, "slack", "U1")
    assert board.channel_id == ids["C9"]
    assert (board.every, board.level, board.language) == (Every.MONTH, "strategic", "en")
    assert board.moment == Weekly(5, time(16, 30), "Asia/Tokyo")
    assert set(mine.channels) == {ids["C1"], ids["C2"]}
    assert (mine.every, mine.moment) == (Every.WEEK, replace(EVERY_MONDAY, zone="Asia/Tokyo"))


def test_channels_nobody_saw_yet_are_not_ours_to_be_in(toolbox: Toolbox) -> None:
    configured(toolbox, "board: {to: C9}")
    caller = replace(HERE, channel="C9")

    assert not set_up_channel.show_channel(toolbox, caller).present
    set_up_channel.greet(toolbox, caller)
    configured(toolbox, "board: {to: C9}")
    assert set_up_channel.show_channel(toolbox, caller).present


def test_a_restart_changes_nothing(toolbox: Toolbox, clock: Clock) -> None:
    before = configured(toolbox, "board: {to: C1}")
    clock.later(days=1)

    assert configured(toolbox, "board: {to: C1}") == before


def test_what_is_configured_otherwise_goes_on_as_that(toolbox: Toolbox, clock: Clock) -> None:
    (before,) = configured(toolbox, "board: {to: C1, channels: [C2]}")
    clock.later(days=1)
    (after,) = configured(toolbox, "board: {to: C1, channels: [C3], day: tuesday}")

    assert after.id == before.id
    assert after.at == before.at  # else a restart would leave out what is due just then
    assert after.moment.day == 2
    assert len(after.channels) == 1
    assert set(after.channels).isdisjoint(before.channels)


def test_what_is_configured_no_more_stops_and_comes_back(toolbox: Toolbox) -> None:
    configured(toolbox, "board: {to: C1}")
    assert configured(toolbox, "") == []
    assert len(configured(toolbox, "board: {to: C1}")) == 1


def test_what_a_person_stopped_stays_so_until_it_is_configured_otherwise(toolbox: Toolbox) -> None:
    (board,) = configured(toolbox, "board: {to: C1}")
    subscribe.stop(toolbox, IN_C1, looked_up, board.id)

    assert active(toolbox) == []
    assert configured(toolbox, "board: {to: C1}") == []
    assert len(configured(toolbox, "board: {to: C1, every: month}")) == 1


@pytest.mark.parametrize("stopped", [False, True])
def test_under_another_name_it_is_the_same(toolbox: Toolbox, clock: Clock, stopped: bool) -> None:
    (board,) = configured(toolbox, "board: {to: C1}")
    if stopped:
        subscribe.stop(toolbox, IN_C1, looked_up, board.id)
    clock.later(days=1)

    again = configured(toolbox, "directie: {to: C1}")
    assert again == ([] if stopped else [replace(board, configured_as="directie")])


def test_names_may_change_places(toolbox: Toolbox) -> None:
    """Else one channel gets a week twice and the other not at all."""
    mine, yours = configured(toolbox, "a: {to: C1}, b: {to: C2, day: tuesday}")

    assert configured(toolbox, "b: {to: C1}, a: {to: C2, day: tuesday}") == [
        replace(yours, configured_as="a"),
        replace(mine, configured_as="b"),
    ]


def test_under_the_name_of_another_it_is_the_same_too(toolbox: Toolbox) -> None:
    mine, yours = configured(toolbox, "a: {to: C1}, b: {to: C2}")
    subscribe.stop(toolbox, IN_C1, looked_up, mine.id)

    assert configured(toolbox, "b: {to: C1}, c: {to: C2}") == [replace(yours, configured_as="c")]
    assert configured(toolbox, "b: {to: C2}") == [replace(yours, configured_as="b")]


def test_one_that_becomes_what_somebody_stopped_before_under_another_name_comes(
    toolbox: Toolbox,
) -> None:
    old, _ = configured(toolbox, "a: {to: C1}, b: {to: C2}")
    subscribe.stop(toolbox, IN_C1, looked_up, old.id)
    (kept,) = configured(toolbox, "b: {to: C2}")

    (now,) = configured(toolbox, "b: {to: C1}")
    assert now.id == kept.id


def test_what_people_asked_for_goes_on_whatever_is_configured(toolbox: Toolbox) -> None:
    wish = Wish(Scope(), here=False, every=Every.WEEK, moment=EVERY_MONDAY, language="nl")
    subscribe.make(toolbox, IN_C1, MEMBER, wish)

    (mine,) = configured(toolbox, "")
    assert mine.person_id


def test_configured_channels_are_asked_whether_they_take_part(toolbox: Toolbox) -> None:
    for name in ("C1", "C2"):
        set_up_channel.greet(toolbox, replace(HERE, channel=name))
    configured(toolbox, "board: {to: C1, channels: [C2]}")

    with toolbox.read(HERE) as session:
        ids = [channels.find(session, "slack", name) or "" for name in ("C1", "C2")]
        asked = [channel_choices.of_channel(session, each).asked_outside_at for each in ids]
    assert asked == [None, toolbox.now()]


def test_in_a_channel_never_seen_nothing_comes(toolbox: Toolbox) -> None:
    wish = Wish(Scope(), here=True, every=Every.WEEK, moment=EVERY_MONDAY, language="nl")
    with pytest.raises(Problem, match="not_in_channel"):
        subscribe.make(toolbox, IN_C1, MEMBER, wish)
    assert active(toolbox) == []
