"""What a digest counts, read in a few queries whatever the number of meetings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.answer import Answer, Certainty
from bot.domain.digest import CountedItem
from bot.domain.meeting import Kind
from bot.domain.observation import Observed, Source, believed
from bot.storage.database import Row, Session

# Opened once is held: it opens with its first answer, or when a person closes it. What the clock
# closed without anybody having opened it may never have been a meeting.
HELD = (
    "exists (select 1 from meeting_states where meeting_states.workspace_id = meetings.workspace_id"
    " and meeting_states.meeting_id = meetings.id and meeting_states.state = 'open')"
)
_MEETINGS = (
    " meetings.workspace_id = :workspace_id"
    " and meetings.channel_id in (select value from json_each(:channel_ids))"
    " and counts_on between :first and :last and withdrawn_at is null"
)
# What is about items, by their ids: SQLite would rather read all of a workspace for each of them. A
# cross join keeps the order.
_ABOUT = (
    "select {columns} from json_each(:item_ids) cross join {table} {indexed}"
    " on {table}.workspace_id = :workspace_id and {table}.item_id = json_each.value"
)
_INDEXES = {
    "asked_questions": "indexed by asked_questions_by_item",
    "answers": "indexed by answers_by_item",
    "observations": "",  # its key begins with the item
}


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that took place.

    `people` is the fewest who were counted in the channel at any of its closings; none where nobody
    counted.
    """

    id: str
    channel_id: str
    language: str
    people: int


def meetings(session: Session, channel_id: str, first: date, last: date) -> tuple[int, int]:
    """How many meetings took place, and how many are still only prepared."""
    row = session.row(
        f"select coalesce(sum({HELD}), 0), coalesce(sum(state = 'prepared' and not {HELD}), 0)"  # noqa: S608
        f" from meetings indexed by meetings_by_day where {_MEETINGS}",
        **_within([channel_id], first, last),
    )
    took_place, prepared = row or (0, 0)
    return took_place, prepared


def any_of(session: Session, channel_ids: Collection[str], first: date, last: date) -> bool:
    """Whether there is a meeting to count in these channels, held or prepared."""
    rows = session.rows(
        f"select 1 from meetings indexed by meetings_by_day where {_MEETINGS}"  # noqa: S608
        f" and (state <> 'closed' or {HELD}) limit 1",
        **_within(channel_ids, first, last),
    )
    return bool(rows)


def held(
    session: Session, channel_ids: Collection[str], first: date, last: date
) -> list[HeldMeeting]:
    """The meetings that took place."""
    rows = session.rows(
        "select id, channel_id, language, (select coalesce(min(members), 0) from closings"  # noqa: S608
        " where closings.workspace_id = meetings.workspace_id and meeting_id = meetings.id)"
        f" from meetings indexed by meetings_by_day where {_MEETINGS} and {HELD}",
        **_within(channel_ids, first, last),
    )
    return [HeldMeeting(*row) for row in rows]


def items(session: Session, held: Collection[HeldMeeting]) -> dict[str, list[CountedItem]]:
    """The items of these meetings by meeting id; none where nothing is on the agenda any more."""
    languages = {meeting.id: meeting.language for meeting in held}
    on_agenda = session.rows(
        "select meeting_id, items.id, kind from json_each(:meeting_ids)"
        " cross join items indexed by items_by_meeting on items.workspace_id = :workspace_id"
        " and meeting_id = json_each.value and removed_at is null",
        meeting_ids=json.dumps(sorted(languages)),
    )
    item_ids = json.dumps(sorted(item_id for _, item_id, _ in on_agenda))
    asked, answers = _asked(session, item_ids), _answers(session, item_ids)
    said = _said(session, item_ids)
    found: dict[str, list[CountedItem]] = defaultdict(list)
    for meeting_id, item_id, kind in on_agenda:
        sources = said[item_id] if kind == Kind.SUBSTANTIVE else {}
        heard = languages[meeting_id] if Source.TEXT in sources else None
        there = (asked[item_id], answers[item_id], believed(sources), heard)
        found[meeting_id].append(CountedItem(Kind(kind), *there))
    return dict(found)


def _asked(session: Session, item_ids: str) -> Mapping[str, list[str]]:
    """The keys of the questions that were put to each item."""
    asked: dict[str, list[str]] = defaultdict(list)
    columns = "item_id, question_key"
    for item_id, key in _about(session, "asked_questions", columns, "passed_at is null", item_ids):
        asked[item_id].append(key)
    return asked


def _answers(session: Session, item_ids: str) -> Mapping[str, list[Answer]]:
    """The answers to each item, without their words."""
    answers: dict[str, list[Answer]] = defaultdict(list)
    columns = "item_id, certainty, changed_decision"
    rows = _about(session, "answers", columns, "deleted_at is null", item_ids)
    for item_id, certainty, changed in rows:
        level = Certainty(certainty) if certainty else None
        answers[item_id].append(Answer("", level, bool(changed)))
    return answers


def _said(session: Session, item_ids: str) -> Mapping[str, dict[Source, Observed]]:
    """What each source says of each item now: what was said last takes the place of the rest."""
    said: dict[str, dict[Source, Observed]] = defaultdict(dict)
    columns = "item_id, source, observed"
    rows = _about(session, "observations", columns, "1 order by observations.number", item_ids)
    for item_id, source, value in rows:
        said[item_id][Source(source)] = Observed(value)
    return said


def _about(session: Session, table: str, columns: str, where: str, item_ids: str) -> list[Row]:
    """Columns of what a table has about items."""
    sql = _ABOUT.format(table=table, columns=columns, indexed=_INDEXES[table])
    return session.rows(f"{sql} where {where}", item_ids=item_ids)


def _within(channel_ids: Collection[str], first: date, last: date) -> dict[str, str | int]:
    """What `_MEETINGS` asks for."""
    ids = json.dumps(list(channel_ids))
    return {"channel_ids": ids, "first": first.toordinal(), "last": last.toordinal()}
