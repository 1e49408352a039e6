"""Questions as they were put to items: wording and reason of that moment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from bot.domain.choice import Choice, Past, Reason
from bot.domain.ids import new_id
from bot.storage.database import Session


def add(session: Session, item_id: str, choices: Sequence[Choice], now: str) -> None:
    """Put questions to an item, in this order."""
    for rank, choice in enumerate(choices):
        _add(session, item_id, rank, choice, now)


def _add(session: Session, item_id: str, rank: int, choice: Choice, now: str) -> None:
    session.insert(
        "asked_questions",
        {
            "id": new_id(),
            "item_id": item_id,
            "rank": rank,
            "question_key": choice.key,
            "text": choice.text,
            "reason_code": choice.reason.code,
            "reason_values": json.dumps(dict(choice.reason.values)),
            "origin": "bot",
            "asked_at": now,
        },
    )


def swap(session: Session, asked_id: str, choice: Choice, now: str) -> None:
    """Put another question in the place of one; that one is remembered as turned down."""
    for item_id, rank in session.rows(
        "update asked_questions set passed_at = :now where workspace_id = :workspace_id"
        " and id = :id returning item_id, rank",
        id=asked_id,
        now=now,
    ):
        _add(session, item_id, rank, choice, now)


def find(session: Session, asked_id: str) -> tuple[str, str] | None:
    """(item id, key) of a question that is asked."""
    row = session.row(
        "select item_id, question_key from asked_questions where workspace_id = :workspace_id"
        " and id = :id and passed_at is null",
        id=asked_id,
    )
    return (str(row[0]), str(row[1])) if row else None


def passed(session: Session, item_id: str) -> list[str]:
    """The keys of the questions that were turned down for an item."""
    rows = session.rows(
        "select question_key from asked_questions where workspace_id = :workspace_id"
        " and item_id = :item_id and passed_at is not null order by passed_at, question_key",
        item_id=item_id,
    )
    return [str(row[0]) for row in rows]


def withdraw(session: Session, item_id: str) -> None:
    """Take the questions of an item back; to be asked of one that nobody answered."""
    session.rows(
        "delete from asked_questions where workspace_id = :workspace_id and item_id = :item_id",
        item_id=item_id,
    )


def of_meeting(session: Session, meeting_id: str) -> list[tuple[str, str, Choice]]:
    """All questions of a meeting in order: (item id, question id, question)."""
    rows = session.rows(
        "select item_id, asked_questions.id, question_key, text, reason_code, reason_values"
        " from items join asked_questions on asked_questions.workspace_id = items.workspace_id"
        " and asked_questions.item_id = items.id and passed_at is null"
        " where items.workspace_id = :workspace_id and items.meeting_id = :meeting_id"
        " order by items.rank, asked_questions.rank",
        meeting_id=meeting_id,
    )
    return [
        (item_id, asked_id, Choice(key, text, Reason(code, json.loads(values))))
        for item_id, asked_id, key, text, code, values in rows
    ]


def is_asked(session: Session, item_id: str, asked_id: str) -> bool:
    """Whether this question was put to this item."""
    found = session.row(
        "select 1 from asked_questions where workspace_id = :workspace_id and id = :id"
        " and item_id = :item_id",
        id=asked_id,
        item_id=item_id,
    )
    return found is not None


def past_of(session: Session, meeting_id: str, since: date) -> list[Past]:
    """What the series' other meetings from `since` on were asked, the oldest first.

    And in another series, the items that this meeting's go on with. What was turned down is among
    it.
    """
    rows = session.rows(
        "with recursive before(id) as (select carried_from from items indexed by items_by_meeting"
        " where workspace_id = :workspace_id and meeting_id = :meeting_id"
        " and carried_from is not null union"
        " select items.carried_from from before cross join items"
        " on items.workspace_id = :workspace_id and items.id = before.id"
        " and items.carried_from is not null),"
        " past(id) as (select items.id from meetings as this cross join meetings"
        " indexed by meetings_by_series on meetings.workspace_id = this.workspace_id"
        " and meetings.series_id = this.series_id and meetings.id <> this.id"
        " and meetings.counts_on >= :since and meetings.withdrawn_at is null"
        " cross join items indexed by items_by_meeting"
        " on items.workspace_id = meetings.workspace_id and items.meeting_id = meetings.id"
        " where this.workspace_id = :workspace_id and this.id = :meeting_id"
        " union select id from before)"
        " select question_key, items.title, items.topics, meetings.counts_on,"
        " exists (select 1 from answers indexed by answers_by_item"
        " where answers.workspace_id = items.workspace_id"
        " and answers.item_id = items.id and not_applicable and deleted_at is null"
        " and coalesce(asked_question_id, asked_questions.id) = asked_questions.id),"
        " passed_at is not null"
        " from past cross join items on items.workspace_id = :workspace_id and items.id = past.id"
        " cross join meetings on meetings.workspace_id = items.workspace_id"
        " and meetings.id = items.meeting_id and meetings.counts_on >= :since"
        " cross join asked_questions indexed by asked_questions_by_item"
        " on asked_questions.workspace_id = items.workspace_id"
        " and asked_questions.item_id = items.id"
        " order by meetings.counts_on, meetings.id, items.rank, asked_questions.rank",
        meeting_id=meeting_id,
        since=since.toordinal(),
    )
    return [
        Past(key, title, tuple(json.loads(topics)), date.fromordinal(day), bool(unfit), bool(down))
        for key, title, topics, day, unfit, down in rows
    ]
