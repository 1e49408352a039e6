"""What stands open in several channels together: one query each, however many channels."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from bot.storage.database import Row, Session

# Of the channels with these names on their platform, as far as we are in them. A cross join is done
# in the order it is written, and the indexes are named: left to itself SQLite looks through all
# answers there are.
_MINE = (
    " where channels.workspace_id = :workspace_id and platform = :platform and left_at is null"
    " and platform_id in (select value from json_each(:places))"
)
_MEETINGS = (
    " from channels cross join meetings indexed by meetings_by_day"
    " on meetings.workspace_id = channels.workspace_id"
    " and meetings.channel_id = channels.id and counts_on >= :since and withdrawn_at is null"
)
_NOT_KNOWN = (
    " cross join items indexed by items_by_meeting on items.workspace_id = meetings.workspace_id"
    " and items.meeting_id = meetings.id and removed_at is null"
    " cross join answers indexed by answers_not_known"
    " on answers.workspace_id = items.workspace_id and answers.item_id = items.id"
    " and deleted_at is null and certainty = 'dont_know'"
)
# One answer in other words makes an item answered; of several like this the newest counts.
_STILL = (
    " and not exists (select 1 from answers as other indexed by answers_by_item"
    " where other.workspace_id = items.workspace_id and other.item_id = items.id"
    " and other.deleted_at is null and (other.certainty in ('know', 'assume')"
    " or other.certainty = 'dont_know' and other.number > answers.number))"
)


def languages(session: Session, platform: str, places: Collection[str]) -> list[str | None]:
    """The language that each of these channels chose, None where it did not; ours only."""
    rows = session.rows(
        "select case when set_up_at is not null then language end"  # noqa: S608
        f" from channels{_MINE}",
        platform=platform,
        places=json.dumps(sorted(places)),
    )
    return [row[0] for row in rows]


def open_meetings(
    session: Session,
    platform: str,
    places: Collection[str],
    *,
    since: date,
    today: date,
    most: int,
) -> list[Row]:
    """(id, place, counts on today, how many there are in all) of meetings that are not closed.

    Today's first, then those to come, the next first, then those that were, the last first.
    """
    return session.rows(
        "select meetings.id, platform_id, counts_on = :today, count(*) over ()"
        f"{_MEETINGS}{_MINE} and state <> 'closed'"
        " order by counts_on <> :today, counts_on < :today, abs(counts_on - :today), time is null,"
        " time, prepared_at desc, meetings.id limit :most",
        platform=platform,
        places=json.dumps(sorted(places)),
        since=since.toordinal(),
        today=today.toordinal(),
        most=most,
    )


def not_known(
    session: Session, platform: str, places: Collection[str], *, since: date, most: int
) -> list[Row]:
    """(item id, title, words, meeting id, its state, place, how many there are in all).

    Of items whose answers all say that it is not known yet, or does not apply; the last meeting's
    first.
    """
    return session.rows(
        "select items.id, items.title, answers.text, meetings.id, state, platform_id,"
        f" count(*) over (){_MEETINGS}{_NOT_KNOWN}{_MINE}{_STILL}"
        " order by counts_on desc, prepared_at desc, meetings.id, rank limit :most",
        platform=platform,
        places=json.dumps(sorted(places)),
        since=since.toordinal(),
        most=most,
    )
