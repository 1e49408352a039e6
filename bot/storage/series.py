"""Series: meetings of one channel whose titles are alike, week after week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.meeting import State
from bot.storage.database import Session


@dataclass(frozen=True)
class Prepared:
    """An agenda of a series, and who posted it first, by our id.

    `place` is the platform's id of the channel; `counts_on` is the meeting's day or, where `dated`
    is false, the one it was prepared on.
    """

    series_id: str
    place: str
    language: str | None
    title: str | None
    counts_on: date
    dated: bool
    state: State
    person_id: str


_EVERY = (
    "channels cross join meetings indexed by meetings_by_day"
    " on meetings.workspace_id = channels.workspace_id and channel_id = channels.id"
)
_OF_PERSON = (
    "(select distinct series_id as mine from meeting_states indexed by meeting_states_by_person"
    " cross join meetings on meetings.workspace_id = meeting_states.workspace_id"
    " and meetings.id = meeting_id where meeting_states.workspace_id = :workspace_id"
    " and person_id = :person_id and number = 1 and counts_on >= :since)"
    " cross join meetings indexed by meetings_by_series"
    " on meetings.workspace_id = :workspace_id and series_id = mine"
    " cross join channels on channels.workspace_id = :workspace_id and channels.id = channel_id"
)


def prepared(session: Session, since: date, person_id: str | None = None) -> list[Prepared]:
    """The agendas that count on a day from `since` on, in channels we are in.

    Series after series, the oldest first; of all, or of those in which this person posted one.
    `language` is the one that was chosen for the channel.
    """
    rows = session.rows(
        "select series_id, channels.platform_id, channels.language, meetings.title, counts_on,"  # noqa: S608
        " day is not null, meetings.state, meeting_states.person_id"
        f" from {_OF_PERSON if person_id else _EVERY}"
        " join meeting_states on meeting_states.workspace_id = meetings.workspace_id"
        " and meeting_id = meetings.id and number = 1"
        " where channels.workspace_id = :workspace_id and left_at is null"
        " and withdrawn_at is null and counts_on >= :since"
        " order by series_id, counts_on, prepared_at, meetings.id",
        since=since.toordinal(),
        **({"person_id": person_id} if person_id else {}),
    )
    return [
        Prepared(
            series_id,
            place,
            language,
            title,
            date.fromordinal(counts_on),
            bool(dated),
            State(state),
            person_id,
        )
        for series_id, place, language, title, counts_on, dated, state, person_id in rows
    ]
