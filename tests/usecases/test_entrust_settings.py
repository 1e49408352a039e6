"""Whose right it is to change settings, when two are at it at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.member import Member
from bot.domain.problem import Problem
from bot.usecases import entrust_settings, set_up_channel
from bot.usecases.toolbox import Caller, Toolbox

FATIMA = Caller("slack", "T1", "C1", "UFATIMA")
RUUD = replace(FATIMA, person="URUUD")


def everybody(_: str) -> Member:
    return Member("Fatima")


def questions_of(toolbox: Toolbox) -> int:
    return set_up_channel.channel_settings(toolbox, FATIMA).questions


def test_who_was_named_meanwhile_keeps_the_other_out(
    toolbox: Toolbox, settings: ChannelSettings
) -> None:
    set_up_channel.change_settings(toolbox, FATIMA, settings)
    ruuds = entrust_settings.right_of(toolbox, RUUD, everybody)
    fatimas = entrust_settings.right_of(toolbox, FATIMA, everybody)
    fatimas = entrust_settings.named(fatimas, "UFATIMA", everybody)
    set_up_channel.change_settings(toolbox, FATIMA, settings, fatimas)

    with pytest.raises(Problem, match="settings_changed"):
        set_up_channel.change_settings(toolbox, RUUD, replace(settings, questions=1), ruuds)

    assert questions_of(toolbox) == 2
    with pytest.raises(Problem, match="kept_by_another"):
        entrust_settings.right_of(toolbox, RUUD, everybody)


def test_who_chose_last_before_there_was_such_a_right_does_not_have_it(
    toolbox: Toolbox, settings: ChannelSettings
) -> None:
    set_up_channel.change_settings(toolbox, FATIMA, settings)

    assert entrust_settings.right_of(toolbox, RUUD, everybody).keeper is None


@pytest.mark.parametrize(
    ("member", "reads", "full"),
    [
        (Member(), True, True),
        (Member(guest=True), True, False),
        (Member(outsider=True), False, False),
        (Member(here=False), False, False),
        (Member(gone=True), False, False),
    ],
)
def test_guests_read_and_only_full_members_change(member: Member, reads: bool, full: bool) -> None:
    assert (member.reads, member.full) == (reads, full)
