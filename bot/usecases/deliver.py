"""Deliver: hand out what has to be shown on a surface, and keep what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import deliveries, drafts, jobs, listeners, meetings, posted_messages
from bot.storage.database import Session, look_into
from bot.storage.jobs import Job, JobState, Waiting
from bot.storage.posted_messages import Posted
from bot.usecases.set_up_channel import INTRODUCTION, ChannelView, view_of_channel
from bot.usecases.show_meeting import view_of
from bot.usecases.toolbox import Toolbox

LEASE = 60.0  # seconds a sender has
MARGIN = 15.0  # what must be left of them before a request, which takes 10 s at most
PACE = 1.0  # between two messages of one record
LONGEST_BACK_OFF = 300.0
DELETED, LEFT = "deleted", "left"  # by people: a message, us from a channel
WANTED = {DELETED, LEFT}
REMEMBERED = 24 * 3600.0  # platforms come back with a delivery for an hour at most
LONG_GONE = 30 * REMEMBERED


@dataclass(frozen=True)
class Delivery:
    """A record to show as it stands now, in a channel by its platform's id.

    `parts` are the messages that show it already, by their number from 1.
    """

    job: Job
    channel: str
    view: MeetingView | ChannelView
    parts: Mapping[int, Posted]

    def key(self, part: int) -> str:
        """What a part is recognised by on its platform; says nothing but our id."""
        return jobs.key_of(posted_messages.kind_of(self.job.kind, part), self.job.record_id)


@dataclass(frozen=True)
class Later:
    """Not now: in `seconds`, or when that is not known after a back-off that grows.

    `uncertain`: something may have been posted.
    """

    seconds: float | None = None
    uncertain: bool = False


@dataclass(frozen=True)
class Ended:
    """It can't succeed; `reason` is the platform's word."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """It may have been posted and there is no way to look; `reason` is the platform's word."""

    reason: str


Outcome = Later | Ended | Unknown


def show(session: Session, surface: str, kind: str, record_id: str, now: str) -> None:
    """Have a record posted, as somebody asked; anew where somebody deleted its message."""
    posted_messages.doubt(session, kind, record_id, surface)
    jobs.refresh(session, surface, kind, record_id, now)


def next_delivery(toolbox: Toolbox, surface: str, *, only_in: str | None = None) -> Delivery | None:
    """What has been due longest, ours until the lease runs out; None when nothing is due.

    From all workspaces in the database, or `only_in` the one of this tenant.
    """
    while job := jobs.claim(
        toolbox.database, surface, toolbox.now(), toolbox.now(LEASE), only_in=only_in
    ):
        with toolbox.database.read(job.workspace_id) as session:
            delivery = _load(session, toolbox, job)
        if delivery:
            return delivery
        with toolbox.database.write(job.workspace_id) as session:
            jobs.ended(session, job, LEFT, toolbox.now())
    return None


def still_ours(toolbox: Toolbox, delivery: Delivery) -> bool:
    """Whether there is time for a request; to be asked right before each."""
    with toolbox.database.read(delivery.job.workspace_id) as session:
        return jobs.still_ours(session, delivery.job, toolbox.now(MARGIN))


def posted(
    toolbox: Toolbox, delivery: Delivery, part: int, reference: str, version: int, *, more: bool
) -> None:
    """A part stands there and shows this version; with `more` another message has to follow."""
    job, shown = delivery.job, Posted(reference, version)
    with toolbox.database.write(job.workspace_id) as session:
        posted_messages.keep(
            session, job.kind, job.record_id, job.surface, part, shown, toolbox.now()
        )
        _go_on(session, toolbox, job, more=more)


def found(toolbox: Toolbox, delivery: Delivery, part: int, reference: str) -> None:
    """An earlier try had posted a part, who knows in which version."""
    posted(toolbox, delivery, part, reference, posted_messages.IN_DOUBT, more=True)


def removed(toolbox: Toolbox, delivery: Delivery, parts: Iterable[int], *, more: bool) -> None:
    """These parts are gone; with `more` another message has to follow."""
    job = delivery.job
    with toolbox.database.write(job.workspace_id) as session:
        for part in parts:
            posted_messages.forget(session, job.kind, job.record_id, job.surface, part)
        _go_on(session, toolbox, job, more=more)


def up_to_date(toolbox: Toolbox, delivery: Delivery) -> None:
    """All parts show the record as it stands; nothing had to be sent."""
    with toolbox.database.write(delivery.job.workspace_id) as session:
        jobs.delivered(session, delivery.job, toolbox.now())


def failed(toolbox: Toolbox, delivery: Delivery, outcome: Outcome) -> None:
    """It was not delivered: again later, never, or not without a person."""
    job, now = delivery.job, toolbox.now()
    with toolbox.database.write(job.workspace_id) as session:
        match outcome:
            case Ended(reason):
                jobs.ended(session, job, reason, now)
            case Unknown(reason):
                jobs.unknown(session, job, reason, now)
            case Later(seconds, uncertain):
                attempts = job.attempts + (seconds is None)
                due_at = toolbox.now(_back_off(attempts) if seconds is None else seconds)
                doubtful = uncertain or job.uncertain
                jobs.again(session, job, due_at, now, attempts=attempts, uncertain=doubtful)


@dataclass(frozen=True)
class Undelivered:
    """A record that is not shown as it stands. `state`: "unknown", "ended" or "waiting".

    `channel` is the platform's id; `title` a meeting's, where it has one. `since` is UTC, ISO 8601.
    """

    key: str
    state: str
    reason: str | None
    since: str
    channel: str | None
    title: str | None


def undelivered(database: Path) -> list[Undelivered]:
    """What may have been posted, what can't be, and what is tried again; changes nothing.

    What people wanted themselves, by deleting a message or sending us away, is not told.
    """
    return [
        _undelivered(session, state, job)
        for session in look_into(database)
        for state, job in _stuck(session)
    ]


def _stuck(session: Session) -> Iterator[tuple[str, Waiting]]:
    yield from (("unknown", job) for job in jobs.of_state(session, JobState.UNKNOWN))
    for job in jobs.of_state(session, JobState.ENDED):
        if job.reason not in WANTED:
            yield "ended", job
    for state in (JobState.DUE, JobState.SENDING):
        yield from (("waiting", job) for job in jobs.of_state(session, state) if job.attempts)


def _undelivered(session: Session, state: str, job: Waiting) -> Undelivered:
    meeting = meetings.find(session, job.record_id)
    channel = posted_messages.place(session, job.record_id)
    title = meeting.title if meeting else None
    return Undelivered(job.key, state, job.reason, job.since, channel, title)


def deliver_again(toolbox: Toolbox, key: str) -> None:
    """Post what is unknown or ended once more, as a person asked. Raises Problem "no_job"."""
    for workspace_id, _, _ in toolbox.database.workspaces():
        with toolbox.database.write(workspace_id) as session:
            job = jobs.send_again(session, key, toolbox.now())
            if job:
                posted_messages.doubt(session, job.kind, job.record_id, job.surface)
                return
    raise Problem("no_job", message=key)


def tidy(toolbox: Toolbox) -> None:
    """Forget deliveries nobody brings any more, drafts nobody posts, processes that are gone."""
    for workspace_id, _, _ in toolbox.database.workspaces():
        with toolbox.database.write(workspace_id) as session:
            deliveries.forget_before(session, toolbox.now(-REMEMBERED))
            listeners.forget_before(session, toolbox.now(-LONG_GONE))
            drafts.forget_before(session, toolbox.now(-LONG_GONE))


def _load(session: Session, toolbox: Toolbox, job: Job) -> Delivery | None:
    """What to show; nothing where we left the channel."""
    channel = posted_messages.place(session, job.record_id)
    if channel is None:
        return None
    parts = posted_messages.parts(session, job.kind, job.record_id, job.surface)
    if job.kind == INTRODUCTION:
        return Delivery(job, channel, view_of_channel(session, toolbox, job.record_id), parts)
    return Delivery(job, channel, view_of(session, job.record_id), parts)


def _go_on(session: Session, toolbox: Toolbox, job: Job, *, more: bool) -> None:
    now = toolbox.now()
    if more:
        jobs.again(session, job, toolbox.now(PACE), now, attempts=0, uncertain=False)
    else:
        jobs.delivered(session, job, now)


def _back_off(attempts: int) -> float:
    """1, 2, 4 … seconds, five minutes at most."""
    return min(2.0 ** min(attempts - 1, 20), LONGEST_BACK_OFF)
