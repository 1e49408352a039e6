"""What a digest counts, read in three queries whatever the number of meetings."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from bot.domain.answer import Answer, Certainty
from bot.domain.digest import CountedItem
from bot.domain.meeting import Kind
from bot.storage.database import Row, Session

_PERIOD = (
    " from meetings join items on items.workspace_id = meetings.workspace_id"
    " and items.meeting_id = meetings.id and items.removed_at is null {more}"
    " where meetings.workspace_id = :workspace_id and meetings.channel_id = :channel_id"
    " and counts_on between :first and :last and state <> 'prepared' and withdrawn_at is null"
)
_JOIN = " join {table} on {table}.workspace_id = items.workspace_id and {table}.item_id = items.id"


def meetings(session: Session, channel_id: str, first: date, last: date) -> tuple[int, int]:
    """How many meetings took place, and how many are still only prepared."""
    row = session.row(
        "select coalesce(sum(state <> 'prepared'), 0), coalesce(sum(state = 'prepared'), 0)"
        " from meetings where workspace_id = :workspace_id and channel_id = :channel_id"
        " and counts_on between :first and :last and withdrawn_at is null",
        channel_id=channel_id,
        first=first.toordinal(),
        last=last.toordinal(),
    )
    took_place, prepared = row or (0, 0)
    return took_place, prepared


def items(session: Session, channel_id: str, first: date, last: date) -> list[CountedItem]:
    """The items of the meetings that took place; what was removed from an agenda does not count."""

    def rows(columns: str, table: str = "", extra: str = "") -> list[Row]:
        more = _JOIN.format(table=table) if table else ""
        return session.rows(
            f"select {columns}" + _PERIOD.format(more=more) + extra,
            channel_id=channel_id,
            first=first.toordinal(),
            last=last.toordinal(),
        )

    asked: dict[str, list[str]] = defaultdict(list)
    for item_id, key in rows("items.id, question_key", "asked_questions", " and passed_at is null"):
        asked[item_id].append(key)
    answers: dict[str, list[Answer]] = defaultdict(list)
    given = rows("items.id, certainty, changed_decision", "answers", " and deleted_at is null")
    for item_id, certainty, changed in given:
        level = Certainty(certainty) if certainty else None
        answers[item_id].append(Answer("", level, bool(changed)))
    return [
        CountedItem(Kind(kind), asked[item_id], answers[item_id])
        for item_id, kind in rows("items.id, items.kind")
    ]
