"""Remind somebody that of their meetings next week none is prepared; stop that, or begin again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot.domain.dates import Period, week_of
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.meeting import State
from bot.domain.rhythm import expects
from bot.storage import people, series
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.storage.series import Prepared
from bot.usecases.settle_occurrence import LATE, occurrence_of
from bot.usecases.toolbox import Caller, Toolbox, Untold

BACK = timedelta(weeks=36)  # enough for the last six of a series that comes once a month
PREPARED, STOPPED = "prepared", "stopped"  # why nothing was told
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Unprepared:
    """A series of which next week's meeting is not prepared; `place` is the channel's id on the
    platform, `last` the day of its last one, `language` what was chosen for the channel."""

    place: str
    title: str | None
    last: date
    language: str | None
    person_id: str


@dataclass(frozen=True)
class ReminderView:
    """What one person is told: the series whose last agenda they posted, Monday's first."""

    language: str
    week: Period
    series: Sequence[Unprepared]


def people_to_remind(session: Session, toolbox: Toolbox, today: date) -> list[str]:
    """Our ids of those who have a meeting next week that is not prepared, and want to be told."""
    if toolbox.config.next_week is None:
        return []
    posted = {one.person_id for one in _unprepared(session, _after(today))}
    return sorted(one for one in posted if people.wants_next_week(session, one))


def view_of_reminder(toolbox: Toolbox, job: Job) -> ReminderView:
    """What is not prepared now. Raises Untold where all is, or nobody wants to be told any more,
    or that week has begun."""
    person_id, moment = job.recipient_id or "", toolbox.config.next_week
    with toolbox.database.read(job.workspace_id) as session:
        if moment is None or not people.wants_next_week(session, person_id):
            raise Untold(STOPPED, nothing=True)
        due = occurrence_of(session, job.record_id)
        zone = ZoneInfo(moment.zone)
        week = _after(datetime.fromisoformat(due.due_at).astimezone(zone).date())
        if toolbox.clock().astimezone(zone).date() >= week.first:
            raise Untold(LATE)
        theirs = _unprepared(session, week, person_id)
        mine = sorted((one for one in theirs if one.person_id == person_id), key=_weekday)
        account = people.account(session, person_id)
    if not mine:
        raise Untold(PREPARED, nothing=True)
    language = account[1] if account else None
    return ReminderView(language or _agreed(mine, toolbox), week, mine)


def remind(toolbox: Toolbox, caller: Caller, *, wanted: bool) -> None:
    """Tell the caller from now on, or never again, of meetings that are not prepared."""
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, toolbox.now())
        people.keep_next_week(session, person_id, wanted=wanted)


def _unprepared(
    session: Session, week: Period, person_id: str | None = None
) -> Iterator[Unprepared]:
    """The series that are to meet in a week that is to come, and have nothing prepared for it.

    Of all, or of those in which this person ever posted an agenda.
    """
    agendas = series.prepared(session, week.first - BACK, person_id)
    for _, together in groupby(agendas, key=attrgetter("series_id")):
        held = [*together]
        days = [one.counts_on for one in held]
        if not any(_to_come(one, week) for one in held) and expects(days, week):
            last = held[-1]
            yield Unprepared(last.place, last.title, days[-1], last.language, last.person_id)


def _to_come(one: Prepared, week: Period) -> bool:
    """Whether it is, or may well be, for that week or a later one: who is ready is left alone."""
    return one.counts_on >= week.first or (not one.dated and one.state is State.PREPARED)


def _weekday(one: Unprepared) -> tuple[int, str, str]:
    """By the day of the week on which it was held last, as it is to be expected then."""
    return one.last.weekday(), (one.title or "").casefold(), one.place


def _after(today: date) -> Period:
    return week_of(today + _WEEK)


def _agreed(mine: Sequence[Unprepared], toolbox: Toolbox) -> str:
    """The language of these channels, where that is one."""
    chosen = {one.language for one in mine if one.language}
    configured = toolbox.config.file.defaults.language or FALLBACK_LANGUAGE
    return chosen.pop() if len(chosen) == 1 else configured
