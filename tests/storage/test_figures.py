"""Figures are read from a period's meetings down, however much the workspace holds besides."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from bot.domain.release import Cells, Measure
from bot.storage import digest_details, figures, released_cells, releases
from bot.storage.connections import connect
from bot.storage.database import Database, Session
from bot.storage.figures import HeldMeeting
from tests.storage.conftest import DAY, MONDAY, Home

READS = {
    "meetings": lambda session, home: figures.meetings(session, home.channel, DAY, DAY),
    "any_of": lambda session, home: figures.any_of(session, [home.channel], DAY, DAY),
    "held": lambda session, home: figures.held(session, [home.channel], DAY, DAY),
    "items": lambda session, home: figures.items(session, [held(home)]),
    "led_to": lambda session, home: digest_details.led_to(session, home.channel, DAY, DAY),
    "unknowns": lambda session, home: digest_details.unknowns(session, home.channel, DAY, DAY),
    "carried": lambda session, home: digest_details.carried(session, home.channel, DAY, DAY),
    "any kept": lambda session, home: released_cells.any_of(session, [home.channel], DAY, DAY),
    "missing": lambda session, home: released_cells.missing(session, home.set, MONDAY),
    "behind": lambda session, home: released_cells.behind(session, home.set, MONDAY, "others"),
    "counted": lambda session, home: released_cells.counted(session, cells(home)),
    "asked": lambda session, home: released_cells.asked(session, cells(home)),
    "heard": lambda session, home: released_cells.heard(session, cells(home)),
    "holds_others": lambda session, home: releases.holds_others(session, home.set, "others"),
    "overlapping": lambda session, home: releases.overlapping(
        session, Measure.COVERAGE, MONDAY, MONDAY
    ),
}


def held(home: Home) -> HeldMeeting:
    return HeldMeeting(home.meeting, home.channel, "nl", 8)


def cells(home: Home) -> Cells:
    return Cells(home.set, MONDAY, MONDAY)


@pytest.mark.parametrize("read", READS)
def test_no_query_reads_a_table_of_the_whole_workspace(
    database: Database, home: Home, read: str
) -> None:
    plans = plans_of(database, home, READS[read])

    assert plans
    assert [step for step in plans if "(workspace_id=?)" in step] == []
    assert [step for step in plans if "SCAN" in step and "json_each" not in step] == []


def test_figures_shown_before_are_looked_up_by_their_last_week(
    database: Database, home: Home
) -> None:
    """What ended before the weeks that are asked for is not read, however much there is."""
    (plan,) = plans_of(database, home, READS["overlapping"])

    assert plan == (
        "SEARCH releases USING PRIMARY KEY (workspace_id=? AND measure=? AND last_week>?)"
    )


def test_a_week_of_a_channel_is_looked_up_by_its_key(database: Database, home: Home) -> None:
    plans = plans_of(database, home, READS["counted"])

    assert plans == [
        "SEARCH mine USING PRIMARY KEY (workspace_id=? AND set_id=?)",
        "SEARCH released_cells USING PRIMARY KEY"
        " (workspace_id=? AND channel_id=? AND week>? AND week<?)",
    ]


def test_meetings_are_looked_up_by_channel_and_day(database: Database, home: Home) -> None:
    plans = plans_of(database, home, READS["held"])

    by_day = "USING INDEX meetings_by_day (workspace_id=? AND channel_id=? AND counts_on>?"
    assert [by_day in step for step in plans if "SEARCH meetings" in step] == [True]


def test_what_is_about_items_is_looked_up_by_them(database: Database, home: Home) -> None:
    plans = plans_of(database, home, READS["items"])

    assert [step for step in plans if "SCAN" not in step and "ORDER BY" not in step] == [
        "SEARCH items USING INDEX items_by_meeting (workspace_id=? AND meeting_id=?)",
        "SEARCH asked_questions USING INDEX asked_questions_by_item (workspace_id=? AND item_id=?)",
        "SEARCH answers USING INDEX answers_by_item (workspace_id=? AND item_id=?)",
        "SEARCH observations USING PRIMARY KEY (workspace_id=? AND item_id=?)",
    ]


def plans_of(database: Database, home: Home, read: Callable[[Session, Home], object]) -> list[str]:
    asked: list[str] = []
    with database.read(home.workspace) as session:
        session._connection.set_trace_callback(asked.append)
        read(session, home)
        session._connection.set_trace_callback(None)
    with closing(connect(database.path)) as connection:
        return [
            str(step[3])
            for sql in asked
            if sql.lstrip().startswith("select")
            for step in connection.execute(f"explain query plan {sql}")
        ]
