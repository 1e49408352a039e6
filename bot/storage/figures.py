"""What a digest counts, read in a few queries whatever the number of meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from bot.domain.answer import Answer, Certainty
from bot.domain.digest import CountedItem
from bot.domain.meeting import Kind
from bot.domain.observation import Observed, Source, believed
from bot.storage.database import Row, Session

# Opened once is held: it opens with its first answer, or when a person closes it. What the clock
# closed without anybody having opened it may never have been a meeting.
_HELD = (
    "exists (select 1 from meeting_states where meeting_states.workspace_id = meetings.workspace_id"
    " and meeting_states.meeting_id = meetings.id and meeting_states.state = 'open')"
)
_MEETINGS = (
    " meetings.workspace_id = :workspace_id and meetings.channel_id = :channel_id"
    " and counts_on between :first and :last and withdrawn_at is null"
)
# From the meetings of the period to what is about their items: SQLite would rather read all of a
# workspace for each meeting. A cross join keeps the order.
_ITEMS = (
    " from meetings cross join items indexed by items_by_meeting"
    " on items.workspace_id = meetings.workspace_id"
    " and items.meeting_id = meetings.id and items.removed_at is null {more}"
    f" where {_MEETINGS} and {_HELD}"
)
_JOIN = (
    " cross join {table} {indexed} on {table}.workspace_id = items.workspace_id"
    " and {table}.item_id = items.id"
)
_INDEXES = {
    "asked_questions": "indexed by asked_questions_by_item",
    "answers": "indexed by answers_by_item",
    "observations": "",  # its key begins with the item
}


def meetings(session: Session, channel_id: str, first: date, last: date) -> tuple[int, int]:
    """How many meetings took place, and how many are still only prepared."""
    row = session.row(
        f"select coalesce(sum({_HELD}), 0), coalesce(sum(state = 'prepared' and not {_HELD}), 0)"  # noqa: S608
        f" from meetings where {_MEETINGS}",
        channel_id=channel_id,
        first=first.toordinal(),
        last=last.toordinal(),
    )
    took_place, prepared = row or (0, 0)
    return took_place, prepared


def items(session: Session, channel_id: str, first: date, last: date) -> list[CountedItem]:
    """The items of the meetings that took place; what was removed from an agenda does not count."""
    period = (session, channel_id, first, last)
    asked: dict[str, list[str]] = defaultdict(list)
    for item_id, key in _rows(
        *period, "items.id, question_key", "asked_questions", "passed_at is null"
    ):
        asked[item_id].append(key)
    answers: dict[str, list[Answer]] = defaultdict(list)
    given = _rows(*period, "items.id, certainty, changed_decision", "answers", "deleted_at is null")
    for item_id, certainty, changed in given:
        level = Certainty(certainty) if certainty else None
        answers[item_id].append(Answer("", level, bool(changed)))
    seen, heard = observed(*period), _heard(*period)
    return [
        CountedItem(
            Kind(kind), asked[item_id], answers[item_id], seen.get(item_id), heard.get(item_id)
        )
        for item_id, kind in _rows(*period, "items.id, items.kind")
    ]


def observed(
    session: Session, channel_id: str, first: date, last: date
) -> Mapping[str, Observed | None]:
    """What counts of what was said of the substantive items, by their id."""
    said: dict[str, dict[Source, Observed]] = defaultdict(dict)
    rows = _rows(
        session,
        channel_id,
        first,
        last,
        "items.id, source, observed",
        "observations",
        "items.kind = 'substantive' order by observations.number",
    )
    for item_id, source, value in rows:  # what was said last takes the place of what was before
        said[item_id][Source(source)] = Observed(value)
    return {item_id: believed(each) for item_id, each in said.items()}


def _heard(session: Session, channel_id: str, first: date, last: date) -> Mapping[str, str]:
    """The language of the texts that the recogniser had its say about, by item id."""
    period, by_text = (session, channel_id, first, last), f"source = '{Source.TEXT.value}'"
    return dict(_rows(*period, "items.id, meetings.language", "observations", by_text))


def _rows(
    session: Session,
    channel_id: str,
    first: date,
    last: date,
    columns: str,
    table: str = "",
    also: str = "",
) -> list[Row]:
    """Columns of the items that count, with those of a table about items; `also` narrows it."""
    more = _JOIN.format(table=table, indexed=_INDEXES[table]) if table else ""
    return session.rows(
        f"select {columns}" + _ITEMS.format(more=more) + (f" and {also}" if also else ""),
        channel_id=channel_id,
        first=first.toordinal(),
        last=last.toordinal(),
    )
