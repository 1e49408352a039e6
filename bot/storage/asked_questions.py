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
        " and asked_questions.item_id = items.id"
        " where items.workspace_id = :workspace_id and items.meeting_id = :meeting_id"
        " order by items.rank, asked_questions.rank",
        meeting_id=meeting_id,
    )
    return [
        (item_id, asked_id, Choice(key, text, Reason(code, json.loads(values))))
        for item_id, asked_id, key, text, code, values in rows
    ]


def past_of(session: Session, meeting_id: str, since: date) -> list[Past]:
    """What the series' other meetings from `since` on were asked, the oldest first.

    And in another series, the items that this meeting's go on with.
    """
    rows = session.rows(
        "with recursive this(id, series_id) as (select id, series_id from meetings"
        " where workspace_id = :workspace_id and id = :meeting_id),"
        " before(id) as (select carried_from from items where workspace_id = :workspace_id"
        " and meeting_id = :meeting_id and carried_from is not null union"
        " select items.carried_from from before join items on items.workspace_id = :workspace_id"
        " and items.id = before.id and items.carried_from is not null),"
        " past(id) as (select items.id from this join meetings"
        " on meetings.workspace_id = :workspace_id and meetings.series_id = this.series_id"
        " and meetings.id <> this.id and meetings.counts_on >= :since join items"
        " on items.workspace_id = :workspace_id and items.meeting_id = meetings.id"
        " union select id from before)"
        " select question_key, items.title, items.topics, meetings.counts_on,"
        " exists (select 1 from answers where answers.workspace_id = items.workspace_id"
        " and answers.item_id = items.id and not_applicable and deleted_at is null"
        " and coalesce(asked_question_id, asked_questions.id) = asked_questions.id)"
        " from past join items on items.workspace_id = :workspace_id and items.id = past.id"
        " join meetings on meetings.workspace_id = items.workspace_id"
        " and meetings.id = items.meeting_id and meetings.counts_on >= :since"
        " join asked_questions on asked_questions.workspace_id = items.workspace_id"
        " and asked_questions.item_id = items.id"
        " order by meetings.counts_on, meetings.id, items.rank, asked_questions.rank",
        meeting_id=meeting_id,
        since=since.toordinal(),
    )
    return [
        Past(key, title, tuple(json.loads(topics)), date.fromordinal(day), bool(not_applicable))
        for key, title, topics, day, not_applicable in rows
    ]
