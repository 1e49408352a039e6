"""What only a channel itself sees below its figures: what led to something, what stands open."""

from __future__ import annotations

from datetime import date

from bot.domain.view import LedTo, Unknown
from bot.storage.database import Session
from bot.storage.figures import HELD

# From the meetings of the period down, by named indexes: as in `figures`.
_ITEMS = (
    " from meetings indexed by meetings_by_day cross join items indexed by items_by_meeting"
    " on items.workspace_id = meetings.workspace_id and items.meeting_id = meetings.id"
    " and items.removed_at is null"
)
_ANSWERS = (
    " cross join answers indexed by {index} on answers.workspace_id = items.workspace_id"
    " and answers.item_id = items.id and answers.deleted_at is null"
    " left join asked_questions as asked on asked.workspace_id = answers.workspace_id"
    " and asked.id = answers.asked_question_id"
)
_PERIOD = (
    " where meetings.workspace_id = :workspace_id and meetings.channel_id = :channel_id"
    " and counts_on between :first and :last and withdrawn_at is null"
)
# What the answer is to; an answer to the item as a whole is to its question where that has one.
_WORDING = (
    "coalesce(asked.text, (select case count(*) when 1 then max(only_one.text) end"
    " from asked_questions as only_one indexed by asked_questions_by_item"
    " where only_one.workspace_id = items.workspace_id and only_one.item_id = items.id"
    " and only_one.passed_at is null), '')"
)
# As figures count it: an answer in other words makes an item answered. The newest counts.
_STILL = (
    " and items.kind = 'substantive' and answers.certainty = 'dont_know'"
    " and not exists (select 1 from answers as other indexed by answers_by_item"
    " where other.workspace_id = items.workspace_id and other.item_id = items.id"
    " and other.deleted_at is null and (other.certainty in ('know', 'assume')"
    " or other.certainty = 'dont_know' and other.number > answers.number))"
)


def led_to(session: Session, channel_id: str, first: date, last: date) -> LedTo | None:
    """The question, of those asked last, whose answer changed a decision."""
    answers = _ANSWERS.format(index="answers_by_item")
    rows = session.rows(
        f"select {_WORDING} as wording, items.title{_ITEMS}{answers}{_PERIOD}"
        " and items.kind = 'substantive' and changed_decision = 1 and answers.certainty is not null"
        " and wording <> '' order by counts_on desc, answers.created_at desc,"
        " items.rank, answers.number limit 1",
        channel_id=channel_id,
        **_days(first, last),
    )
    return LedTo(*rows[0]) if rows else None


def unknowns(session: Session, channel_id: str, first: date, last: date) -> list[Unknown]:
    """What is not known yet, the newest first."""
    answers = _ANSWERS.format(index="answers_not_known")
    rows = session.rows(
        f"select {_WORDING}, items.title, counts_on{_ITEMS}{answers}{_PERIOD}{_STILL}"
        " order by counts_on desc, answers.created_at desc, items.rank",
        channel_id=channel_id,
        **_days(first, last),
    )
    return [Unknown(wording, item, date.fromordinal(day)) for wording, item, day in rows]


def carried(session: Session, channel_id: str, first: date, last: date) -> list[str]:
    """The titles of items that were taken along to a meeting that took place, in their order."""
    rows = session.rows(
        f"select items.title{_ITEMS} and carried_from is not null{_PERIOD} and {HELD}"
        " order by counts_on, meetings.id, rank",
        channel_id=channel_id,
        **_days(first, last),
    )
    return [str(title) for (title,) in rows]


def _days(first: date, last: date) -> dict[str, int]:
    return {"first": first.toordinal(), "last": last.toordinal()}
