"""Figures are read from a period's meetings down, however much the workspace holds besides."""

from __future__ import annotations

from contextlib import closing

import pytest

from bot.storage import figures
from bot.storage.database import Database, connect
from tests.storage.conftest import DAY, Home


@pytest.mark.parametrize("read", [figures.meetings, figures.items, figures.observed])
def test_no_query_reads_a_table_of_the_whole_workspace(
    database: Database, home: Home, read
) -> None:
    asked: list[str] = []
    with database.read(home.workspace) as session:
        session._connection.set_trace_callback(asked.append)
        read(session, home.channel, DAY, DAY)
        session._connection.set_trace_callback(None)
    with closing(connect(database.path)) as connection:
        plans = [
            str(step[3])
            for sql in asked
            if sql.lstrip().startswith("select")
            for step in connection.execute(f"explain query plan {sql}")
        ]

    assert plans
    assert [step for step in plans if "SCAN" in step or "(workspace_id=?)" in step] == []
