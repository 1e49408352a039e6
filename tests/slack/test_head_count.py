"""How many people there were: counted after the clock closes too, exactly, and again if need be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.surfaces.clock import Clock
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.head_count import HeadCount
from bot.surfaces.slack.sender import client
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import Office, Person
from tests.slack.stand_in import Refused
from tests.slack.workspace import ALL, BOT, TEAM

AGENDA = "Teamoverleg 24 november 2026\n1. Opening\n2. Lift\n3. Rondvraag"
HERE = Caller("slack", TEAM, "C1", "UFATIMA")


@pytest.fixture
def heads(office: Office, toolbox: Toolbox) -> HeadCount:
    web = client("xoxb-test", office.slack.url)
    return HeadCount(Desk(toolbox, lambda _: web, BOT, office.after, lambda: None), TEAM)


@pytest.fixture
def closes(
    office: Office, fatima: Person, toolbox: Toolbox, heads: HeadCount
) -> Callable[[], None]:
    """An agenda that the clock closes, with a look after it."""
    fatima.types(AGENDA)
    fatima.fills_in()
    office.clock.later(days=1)

    def closes() -> None:
        clock = Clock(
            toolbox, office.sender.post, "slack", lambda _: clock.stop(0), beside=heads.look
        )
        clock.run()

    return closes


def members(toolbox: Toolbox) -> list[tuple[int, int | None]]:
    with toolbox.read(HERE) as session:
        sql = "select number, members from closings where workspace_id = :workspace_id"
        return [(number, members) for number, members in session.rows(sql)]


def test_people_are_counted_when_the_clock_closes(
    closes: Callable[[], None], toolbox: Toolbox
) -> None:
    closes()
    assert members(toolbox) == [(1, 3)]


def test_when_slack_does_not_answer_they_are_counted_later(
    closes: Callable[[], None], office: Office, heads: HeadCount, toolbox: Toolbox
) -> None:
    def away() -> None:
        raise Refused("internal_error")

    office.slack.meanwhile["conversations.members"] = away
    closes()
    assert members(toolbox) == [(1, None)]
    office.slack.meanwhile["users.info"] = away
    heads.look()
    assert members(toolbox) == [(1, None)]
    heads.look()
    assert members(toolbox) == [(1, 3)]


def test_what_slack_refuses_is_not_asked_again(
    closes: Callable[[], None], office: Office, heads: HeadCount, toolbox: Toolbox
) -> None:
    office.slack.scopes["xoxb-test"] = ALL - {"channels:read"}
    closes()
    heads.look()

    assert members(toolbox) == [(1, None)]
    assert len(office.slack.called("conversations.members")) == 1


@pytest.mark.parametrize(("hours", "counted"), [(23.9, 3), (24.1, None)])
def test_after_a_day_it_stays_unknown(
    closes: Callable[[], None],
    office: Office,
    heads: HeadCount,
    toolbox: Toolbox,
    hours: float,
    counted: int | None,
) -> None:
    def away() -> None:
        raise Refused("service_unavailable")

    office.slack.meanwhile["conversations.members"] = away
    closes()
    office.clock.instant += timedelta(hours=hours)
    heads.look()

    assert members(toolbox) == [(1, counted)]


@pytest.mark.parametrize("many", [100, 101, 450])
def test_bots_are_left_out_however_many_members_there_are(
    closes: Callable[[], None], office: Office, toolbox: Toolbox, many: int
) -> None:
    people = [f"UP{n:03}" for n in range(many - 9)]
    bots = [f"UZ{n}" for n in range(9)]
    office.slack.people["C1"] = [*people, BOT, *bots]
    office.slack.bots = {*bots, BOT}
    closes()

    assert members(toolbox) == [(1, many - 9)]
    assert len(office.slack.called("users.info")) <= 100
    assert len(office.slack.called("users.list")) == (many > 100) * -(-(many + 1) // 50)


def test_who_is_on_no_page_is_taken_for_a_person_and_slack_is_asked_ten_times_at_most(
    closes: Callable[[], None], office: Office, toolbox: Toolbox
) -> None:
    office.slack.people["C1"] = [f"UP{n:03}" for n in range(150)]
    office.slack.homes["UP007"] = "T9"
    office.slack.people["C9"] = [f"UA{n:03}" for n in range(500)]
    closes()

    assert members(toolbox) == [(1, 150)]
    assert len(office.slack.called("users.list")) == 10
