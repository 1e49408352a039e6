"""Check messages: what is not shown as it should be, for whoever runs klantvraag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.schedule import Occasion
from bot.storage import channels, jobs, meetings, posted_messages
from bot.storage.database import Session, look_into
from bot.storage.jobs import JobState, Waiting
from bot.usecases.choose import OPT_IN
from bot.usecases.deliver import DELETED
from bot.usecases.set_up_channel import ABSENT, INTRODUCTION, LEFT
from bot.usecases.tell_managers import PAGE

_NEWS = {INTRODUCTION, OPT_IN, PAGE, *Occasion}  # nobody asked for it, nor misses it where we left


@dataclass(frozen=True)
class Undelivered:
    """A record that is not shown as it stands.

    `state`: "unknown" may have been posted, "never" was not and can't be, "ended" was posted and
    can't be brought up to date, "refused" and "waiting" are tried again `since` then (UTC, ISO
    8601). `reason` is the platform's word. `channel` is the platform's id, empty for a message to
    one person, `kind` the record's, `title` a meeting's where it has one. `present`: as far as we
    know we are in the channel.
    """

    key: str
    kind: str
    state: str
    reason: str | None
    since: str
    channel: str
    title: str | None
    present: bool


def undelivered(database: Path) -> list[Undelivered]:
    """What may have been posted, what can't be, and what is tried again; changes nothing.

    What people wanted themselves, by deleting a message or sending us away, is not told.
    """
    return [
        _undelivered(session, state, job)
        for session in look_into(database)
        for state, job in _stuck(session)
    ]


def without_buttons(database: Path) -> list[str]:
    """Where messages stand that the platform took as text only; changes nothing."""
    return [
        where for session in look_into(database) for where in posted_messages.plain_ones(session)
    ]


def hindrance(reason: str | None) -> str:
    """What keeps a message out of a channel, by the platform's word for it."""
    if reason in ABSENT:
        return "absent"
    if reason == "is_archived":
        return "archived"
    return "restricted" if (reason or "").startswith("restricted_action") else "other"


def _stuck(session: Session) -> Iterator[tuple[str, Waiting]]:
    yield from (("unknown", job) for job in jobs.of_state(session, JobState.UNKNOWN))
    for job in jobs.of_state(session, JobState.ENDED):
        shown = posted_messages.parts(session, job.kind, job.record_id, job.surface)
        sent_away = job.reason == LEFT and (shown or job.kind in _NEWS)
        if job.reason != DELETED and not sent_away:
            yield ("ended" if shown else "unknown" if job.uncertain else "never"), job
    for state in (JobState.DUE, JobState.SENDING):
        for job in jobs.of_state(session, state):
            if job.attempts:
                yield "refused" if job.reason else "waiting", job


def _undelivered(session: Session, state: str, job: Waiting) -> Undelivered:
    meeting = meetings.find(session, job.record_id)
    channel = channels.by_id(session, job.channel_id) if job.channel_id else None
    return Undelivered(
        job.key,
        job.kind,
        state,
        job.reason,
        job.since,
        channel.platform_id if channel else "",
        meeting.title if meeting else None,
        job.reason not in ABSENT and (channel is None or channel.present),
    )
