"""Meetings, found by channel, title and day, and the states they went through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.domain.meeting import State
from bot.storage.database import Row, Session

_COLUMNS = (
    "id, channel_id, title, day, time, place, language, customer, state, counts_on,"
    " withdrawn_at is not null"
)


@dataclass(frozen=True)
class Meeting:
    """A row of `meetings`. `counts_on` is the local day whose figures it belongs to.

    `withdrawn`: taken out of its channel, and out of all figures, until it is posted again.
    """

    id: str
    channel_id: str
    title: str | None
    day: date | None
    time: time | None
    place: str | None
    language: str
    customer: str
    state: State
    counts_on: date
    withdrawn: bool = False


def add(
    session: Session, meeting: Meeting, series_id: str, title_key: str, person_id: str, now: str
) -> None:
    """Keep a new meeting, as prepared by this person."""
    session.insert(
        "meetings",
        {
            "id": meeting.id,
            "channel_id": meeting.channel_id,
            "series_id": series_id,
            "title": meeting.title,
            "title_key": title_key,
            "day": meeting.day.isoformat() if meeting.day else None,
            "time": meeting.time.isoformat("minutes") if meeting.time else None,
            "place": meeting.place,
            "language": meeting.language,
            "customer": meeting.customer,
            "state": State.PREPARED,
            "counts_on": meeting.counts_on.toordinal(),
            "prepared_at": now,
        },
    )
    _keep_state(session, meeting.id, State.PREPARED, person_id, now)


def change(session: Session, meeting: Meeting, title_key: str) -> None:
    """Replace what the agenda says of a meeting: its title, day, time and place."""
    session.rows(
        "update meetings set title = :title, title_key = :title_key, day = :day, time = :time,"
        " place = :place, counts_on = :counts_on"
        " where workspace_id = :workspace_id and id = :id",
        id=meeting.id,
        title=meeting.title,
        title_key=title_key,
        day=meeting.day.isoformat() if meeting.day else None,
        counts_on=meeting.counts_on.toordinal(),
        time=meeting.time.isoformat("minutes") if meeting.time else None,
        place=meeting.place,
    )


def find(session: Session, meeting_id: str) -> Meeting | None:
    """A meeting by its id."""
    row = session.row(
        f"select {_COLUMNS} from meetings where workspace_id = :workspace_id and id = :id",  # noqa: S608
        id=meeting_id,
    )
    return _meeting(row) if row else None


def of_item(session: Session, item_id: str) -> Meeting | None:
    """The meeting whose agenda an item is on, or was."""
    row = session.row(
        f"select {_COLUMNS} from meetings where workspace_id = :workspace_id and id ="  # noqa: S608
        " (select meeting_id from items where workspace_id = :workspace_id and id = :item_id)",
        item_id=item_id,
    )
    return _meeting(row) if row else None


def language_about(session: Session, record_id: str) -> str | None:
    """The language of a meeting, by its id or that of an item or answer, even a gone one."""
    row = session.row(
        "select language from meetings where workspace_id = :workspace_id and id in ("
        " select :id"
        " union all select meeting_id from items where workspace_id = :workspace_id and id = :id"
        " union all select items.meeting_id from answers join items"
        " on items.workspace_id = answers.workspace_id and items.id = answers.item_id"
        " where answers.workspace_id = :workspace_id and answers.id = :id)",
        id=record_id,
    )
    return str(row[0]) if row else None


def find_same(
    session: Session, channel_id: str, title_key: str, day: date | None, *, closed: bool
) -> list[Meeting]:
    """The meetings that an agenda with this title and day may be, newest first.

    With a day: that day's. Without: those that have none. With `closed` also closed ones, and
    these first. What was withdrawn comes last.
    """
    rows = session.rows(
        f"select {_COLUMNS} from meetings where workspace_id = :workspace_id"  # noqa: S608
        " and channel_id = :channel_id and title_key = :title_key and day is :day"
        " and (:day is not null or :closed or state <> 'closed')"
        " order by withdrawn_at is not null, (state = 'closed') <> :closed, prepared_at desc, id",
        channel_id=channel_id,
        title_key=title_key,
        day=day.isoformat() if day else None,
        closed=int(closed),
    )
    return [_meeting(row) for row in rows]


def channels_of_period(session: Session, first: date, last: date) -> list[str]:
    """Names, else platform ids, of channels with meetings between two days, both included."""
    rows = session.rows(
        "select distinct coalesce(name, platform_id) from channels"
        " where workspace_id = :workspace_id"
        " and exists (select 1 from meetings indexed by meetings_by_day"
        " where meetings.workspace_id = channels.workspace_id and channel_id = channels.id"
        " and withdrawn_at is null and counts_on between :first and :last) order by 1",
        first=first.toordinal(),
        last=last.toordinal(),
    )
    return [str(row[0]) for row in rows]


def not_closed(session: Session, surface: str, last: date) -> list[tuple[Meeting, str]]:
    """The meetings that wait for their end and count on a day up to `last`, each with since when.

    Those that are open, and those that are only prepared and stand on this surface.
    """
    rows = session.rows(
        f"select {_COLUMNS}, (select max(at) from meeting_states"  # noqa: S608
        " where meeting_states.workspace_id = meetings.workspace_id and meeting_id = meetings.id)"
        " from meetings where workspace_id = :workspace_id and state <> 'closed'"
        " and withdrawn_at is null and counts_on <= :last"
        " and (state = 'open' or exists (select 1 from posted_messages"
        " where posted_messages.workspace_id = meetings.workspace_id and record_kind = 'meeting'"
        " and record_id = meetings.id and surface = :surface)) order by counts_on, id",
        surface=surface,
        last=last.toordinal(),
    )
    return [(_meeting(row[:-1]), str(row[-1])) for row in rows]


def was_held(session: Session, meeting_id: str) -> bool:
    """Whether a meeting took place: it was ever opened, as is whatever a person closes."""
    row = session.row(
        "select 1 from meeting_states where workspace_id = :workspace_id"
        " and meeting_id = :meeting_id and state = 'open' limit 1",
        meeting_id=meeting_id,
    )
    return row is not None


def running(session: Session, channel_id: str, today: date, since: date) -> list[str]:
    """The ids of a channel's meetings of today, of the open ones, and of those nobody began, or
    that were withdrawn, that count on `since` or later; the newest first."""
    rows = session.rows(
        "select id from meetings where workspace_id = :workspace_id and channel_id = :channel_id"
        " and (counts_on = :today or (state = 'open' and withdrawn_at is null)"
        " or (state <> 'closed' and counts_on >= :since))"
        " order by counts_on desc, prepared_at desc, id",
        channel_id=channel_id,
        today=today.toordinal(),
        since=since.toordinal(),
    )
    return [str(row[0]) for row in rows]


def called(session: Session, channel_id: str, title_key: str | None, code: str | None) -> list[str]:
    """The ids of a channel's meetings with this title, or whose id begins so; the newest first."""
    rows = session.rows(
        "select id from meetings where workspace_id = :workspace_id and channel_id = :channel_id"
        " and (title_key = :title_key or substr(id, 1, length(:code)) = :code)"
        " order by counts_on desc, prepared_at desc, id",
        channel_id=channel_id,
        title_key=title_key,
        code=code,
    )
    return [str(row[0]) for row in rows]


def set_state(
    session: Session, meeting_id: str, state: State, person_id: str | None, now: str
) -> None:
    """Move a meeting to a state, and remember who did when; None is the clock."""
    session.rows(
        "update meetings set state = :state where workspace_id = :workspace_id and id = :id",
        id=meeting_id,
        state=state,
    )
    _keep_state(session, meeting_id, state, person_id, now)


def withdraw(session: Session, meeting_id: str, now: str) -> None:
    """A meeting is out of its channel from now on."""
    session.rows(
        "update meetings set withdrawn_at = :now where workspace_id = :workspace_id and id = :id",
        id=meeting_id,
        now=now,
    )


def bring_back(session: Session, meeting: Meeting, person_id: str, now: str) -> None:
    """A meeting is in its channel again, where it stood; from now on it waits for its end."""
    session.rows(
        "update meetings set withdrawn_at = null where workspace_id = :workspace_id and id = :id",
        id=meeting.id,
    )
    if meeting.state is not State.CLOSED:
        _keep_state(session, meeting.id, meeting.state, person_id, now)


def states(session: Session, meeting_id: str) -> Sequence[tuple[State, str]]:
    """The states a meeting went through, with the instant, oldest first."""
    rows = session.rows(
        "select state, at from meeting_states where workspace_id = :workspace_id"
        " and meeting_id = :meeting_id order by number",
        meeting_id=meeting_id,
    )
    return [(State(state), at) for state, at in rows]


def _keep_state(
    session: Session, meeting_id: str, state: State, person_id: str | None, now: str
) -> None:
    session.rows(
        "insert into meeting_states (workspace_id, meeting_id, number, state, person_id, at)"
        " select :workspace_id, :meeting_id, coalesce(max(number), 0) + 1, :state, :person_id, :now"
        " from meeting_states where workspace_id = :workspace_id and meeting_id = :meeting_id",
        meeting_id=meeting_id,
        state=state,
        person_id=person_id,
        now=now,
    )


def _meeting(row: Row) -> Meeting:
    meeting_id, channel_id, title, day, clock, place, language, customer, *more = row
    state, counts_on, withdrawn = more
    return Meeting(
        id=meeting_id,
        channel_id=channel_id,
        title=title,
        day=date.fromisoformat(day) if day else None,
        time=time.fromisoformat(clock) if clock else None,
        place=place,
        language=language,
        customer=customer,
        state=State(state),
        counts_on=date.fromordinal(counts_on),
        withdrawn=bool(withdrawn),
    )
