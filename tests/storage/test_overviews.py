"""A look at several channels stays a look at these, however much is kept beside them."""

from __future__ import annotations

from datetime import date

from bot.storage import answers, overviews
from bot.storage.database import Database, Row, Session, Value
from tests.storage.conftest import Home

TODAY = date(2026, 11, 24)


class Explained(Session):
    """Tells how SQLite goes about each query."""

    def __init__(self, session: Session) -> None:
        super().__init__(session._connection, session.workspace_id)
        self.steps: list[str] = []

    def rows(self, sql: str, **values: Value) -> list[Row]:
        self.steps += [str(row[-1]) for row in super().rows(f"explain query plan {sql}", **values)]
        return super().rows(sql, **values)


def test_no_query_looks_through_a_whole_table(database: Database, home: Home) -> None:
    with database.read(home.workspace) as session:
        explained = Explained(session)
        where = (explained, "slack", ["C1"])
        overviews.open_meetings(*where, since=TODAY, today=TODAY, most=10)
        overviews.not_known(*where, since=TODAY, most=10)
        answers.of_meeting(explained, "m1")

    small = ("SEARCH channels USING", "SCAN json_each", "SCAN (subquery")
    rest = [step for step in explained.steps if not step.startswith(small)]
    assert [step for step in rest if step.endswith("(workspace_id=?)") or "SCAN" in step] == []
    assert any("meetings_by_day" in step for step in rest)
