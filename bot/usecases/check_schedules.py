"""Check schedules: what came by itself and was not told, and what is on its way now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.domain.schedule import LATEST, Came, Occasion
from bot.storage import channels, jobs, occurrences
from bot.storage.database import Session, look_into
from bot.storage.jobs import JobState, Waiting
from bot.storage.occurrences import Occurrence
from bot.usecases import listen
from bot.usecases.come_due import PASSED
from bot.usecases.set_up_channel import LEFT
from bot.usecases.settle_occurrence import LATE
from bot.usecases.tell_managers import PAGE
from bot.usecases.toolbox import as_kept

LATELY = timedelta(weeks=5)
MOST_LATELY = 50  # of one target in that time: once a week, more where its moment was changed


class Standing(StrEnum):
    """MISSED: nobody looked in time, or the platform did not take it. WITHHELD: it may not be told
    where it was to go.

    DUE is on its way, LATE for too long; FAILED was tried, and is tried again. UNKNOWN may have
    been posted.
    """

    MISSED = "missed"
    WITHHELD = "withheld"
    DUE = "due"
    LATE = "late"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ByItself:
    """Something that came by itself, at `due_at` (UTC, ISO 8601), over a period by its code.

    `channel` is the platform's id, None where it goes to people, whom nobody names. `reason` is a
    code or the platform's word, `key` that of the job that brings it, where one does.
    """

    standing: Standing
    occasion: Occasion
    channel: str | None
    due_at: str
    period: str
    reason: str | None
    key: str | None


def skipped(database: Path, now: datetime) -> list[ByItself]:
    """What was not told lately, the oldest first; changes nothing.

    What the platform refused is told with the other messages, as long as a person can mend that.
    What may not be told somewhere is said once, with the first time, until it was told again.
    """
    since = as_kept(now - LATELY)
    return [
        found
        for session in look_into(database)
        for one in occurrences.of_state(session, Came.SKIPPED, since)
        if not _is_told_elsewhere(jobs.find(session, one.occasion, one.id), now)
        if (found := _missing(session, one))
    ]


def under_way(database: Path, now: datetime) -> list[ByItself]:
    """What is due and was not told yet, the oldest first; changes nothing."""
    return [
        _by_itself(session, one, job, _standing(one, job, now))
        for session in look_into(database)
        for one in occurrences.of_state(session, Came.DUE, "")
        for job in [jobs.find(session, one.occasion, one.id)]
    ]


def is_no_news(kind: str, since: str, now: datetime) -> bool:
    """Whether something came by itself so long ago, at `since` (UTC, ISO 8601), that nobody can
    have it told any more."""
    return kind in {*jobs.BY_ITSELF, PAGE} and now - datetime.fromisoformat(since) > LATEST


def is_lately(since: str, now: datetime) -> bool:
    """Whether people may still want to know of it."""
    return since >= as_kept(now - LATELY)


def _is_told_elsewhere(job: Waiting | None, now: datetime) -> bool:
    """Also where we left, as nobody misses it there."""
    if job is None or not _is_ended(job):
        return False
    return job.reason == LEFT or not is_no_news(job.kind, job.since, now)


def _missing(session: Session, one: Occurrence) -> ByItself | None:
    """What was missed; of what was kept back time and again the first, said at the last."""
    if one.reason in (LATE, PASSED):
        return _by_itself(session, one, None, Standing.MISSED)
    newest = occurrences.latest(session, one.occasion, one.target, MOST_LATELY)
    later = [it for it in newest if it.due_at > one.due_at]
    if (later and _is_alike(later[-1], one)) or any(it.state is Came.TOLD for it in later):
        return None
    while (before := occurrences.before(session, one)) and _is_alike(before, one):
        one = before
    return _by_itself(session, one, None, Standing.WITHHELD)


def _is_alike(one: Occurrence, other: Occurrence) -> bool:
    """Whether both were kept back for the same reason."""
    return (one.state, one.reason) == (other.state, other.reason)


def _is_ended(job: Waiting | None) -> bool:
    return job is not None and job.state is JobState.ENDED


def _standing(one: Occurrence, job: Waiting | None, now: datetime) -> Standing:
    if job and (job.state is JobState.UNKNOWN or (_is_ended(job) and job.uncertain)):
        return Standing.UNKNOWN
    if job and job.attempts:
        return Standing.FAILED
    waits = now.astimezone(UTC) - datetime.fromisoformat(one.due_at)
    return Standing.LATE if waits.total_seconds() > listen.LATE else Standing.DUE


def _by_itself(
    session: Session, one: Occurrence, job: Waiting | None, standing: Standing
) -> ByItself:
    channel = channels.by_id(session, one.channel_id) if one.channel_id else None
    return ByItself(
        standing,
        one.occasion,
        channel.platform_id if channel else None,
        one.due_at,
        one.period,
        (job.reason if job else None) or one.reason,
        job.key if job else None,
    )
