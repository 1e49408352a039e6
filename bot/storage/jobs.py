"""Jobs: records whose message has to be posted or brought up to date, claimed one at a time.

A job is a wish, not a message: however often its record changes before it is delivered, it is
delivered once, as the record stands then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import new_id
from bot.storage.database import Database, Row, Session


class JobState(StrEnum):
    """DUE waits for a sender, SENDING is with one until its lease runs out.

    UNKNOWN may have been posted, and only a person can tell; ENDED can't succeed.
    """

    DUE = "due"
    SENDING = "sending"
    UNKNOWN = "unknown"
    DONE = "done"
    ENDED = "ended"


@dataclass(frozen=True)
class Job:
    """A job as it was claimed. `wanted` counts the changes of its record up to then.

    `tenant` is the platform's name of the workspace, `lease` tells this claim from every other,
    `since` is when the job became due. `uncertain`: an earlier try may have posted something.
    """

    workspace_id: str
    tenant: str
    key: str
    surface: str
    kind: str
    record_id: str
    wanted: int
    attempts: int
    lease: str
    uncertain: bool
    since: str


@dataclass(frozen=True)
class Waiting:
    """A job as it stands, for people to look at."""

    key: str
    surface: str
    kind: str
    record_id: str
    state: JobState
    attempts: int
    reason: str | None
    since: str


# A change wakes what had come to rest. It can't shorten a back-off, nor make a job that may have
# been posted post again.
_WISH = (
    "wanted = wanted + 1, updated_at = :now,"
    " due_at = case when state in ('done', 'ended') then :due else due_at end,"
    " attempts = case when state in ('done', 'ended') then 0 else attempts end,"
    " reason = case when state = 'unknown' then reason end,"
    " state = case when state in ('done', 'ended') then 'due' else state end"
)
# A record of this workspace; ids are ours, and no two are the same.
A_RECORD = (
    "(exists (select 1 from meetings where workspace_id = :workspace_id and id = :record_id)"
    " or exists (select 1 from channels where workspace_id = :workspace_id and id = :record_id)"
    " or exists (select 1 from answers where workspace_id = :workspace_id and id = :record_id))"
)
_OURS = "workspace_id = :workspace_id and key = :key and state = 'sending' and lease = :lease"
# The index leaves out what is done, which is nearly all of it; SQLite would read by workspace.
_RIPE = (
    "from jobs indexed by jobs_by_due where workspace_id = :workspace_id"
    " and surface = :surface and state in ('due', 'sending')"
    " and case state when 'due' then due_at else lease_until end <= :now"
    " order by case state when 'due' then due_at else lease_until end, key"
)


def key_of(kind: str, record_id: str) -> str:
    """The key of the job that shows a record: one for each record."""
    return f"refresh:{kind}:{record_id}"


def refresh(
    session: Session, surface: str, kind: str, record_id: str, now: str, *, due: str | None = None
) -> None:
    """Have a record shown as it stands, at `due` or now; a record that is shown, again."""
    session.rows(
        "insert into jobs (workspace_id, key, surface, kind, record_id, state, due_at, wanted,"
        " updated_at) select :workspace_id, :key, :surface, :kind, :record_id, 'due', :due, 1,"
        f" :now where {A_RECORD} on conflict (workspace_id, key) do update set {_WISH}",
        key=key_of(kind, record_id),
        surface=surface,
        kind=kind,
        record_id=record_id,
        due=due or now,
        now=now,
    )


def changed(session: Session, kind: str, record_id: str, now: str) -> None:
    """Have a record shown again where it is shown; nowhere, if it never was."""
    session.rows(
        f"update jobs set {_WISH} where workspace_id = :workspace_id and key = :key",  # noqa: S608
        key=key_of(kind, record_id),
        due=now,
        now=now,
    )


def wanted(session: Session, kind: str, record_id: str) -> bool:
    """Whether a record was ever to be shown."""
    found = session.row(
        "select 1 from jobs where workspace_id = :workspace_id and key = :key",
        key=key_of(kind, record_id),
    )
    return found is not None


def claim(
    database: Database, surface: str, now: str, lease_until: str, *, only_in: str | None = None
) -> Job | None:
    """Take the job that has been due longest; nobody else gets it meanwhile.

    From any workspace, or `only_in` the one of this tenant.

    A job whose lease ran out comes back as uncertain: whoever had it may have posted.
    """
    for workspace_id, tenant in _with_work(database, surface, now, only_in):
        with database.write(workspace_id) as session:
            job = _take(session, tenant, surface, now, lease_until)
        if job:
            return job
    return None


def still_ours(session: Session, job: Job, now: str) -> bool:
    """Whether our lease lasts beyond `now` and nobody took the job over."""
    found = session.row(
        f"select 1 from jobs where {_OURS} and lease_until > :now",  # noqa: S608
        key=job.key,
        lease=job.lease,
        now=now,
    )
    return found is not None


def delivered(session: Session, job: Job, now: str) -> None:
    """The record is shown as it stood; due again at once when it changed meanwhile."""
    _settle(session, job, "done", None, now)


def again(
    session: Session, job: Job, due_at: str, now: str, *, attempts: int, uncertain: bool
) -> None:
    """Try again later; `uncertain` when this try, or one before it, may have posted something."""
    session.rows(
        "update jobs set lease = null, attempts = :attempts, updated_at = :now,"  # noqa: S608
        " state = case when :uncertain then 'sending' else 'due' end,"
        " lease_until = case when :uncertain then :due_at end,"
        " due_at = case when :uncertain then due_at else :due_at end"
        f" where {_OURS}",
        key=job.key,
        lease=job.lease,
        attempts=attempts,
        uncertain=int(uncertain),
        due_at=due_at,
        now=now,
    )


def ended(session: Session, job: Job, reason: str, now: str) -> None:
    """It can't succeed; only a change that came meanwhile, or comes later, is tried."""
    _settle(session, job, "ended", reason, now)


def unknown(session: Session, job: Job, reason: str, now: str) -> None:
    """It may have been posted, and only a person can tell."""
    session.rows(
        "update jobs set state = 'unknown', reason = :reason, lease = null, lease_until = null,"  # noqa: S608
        f" updated_at = :now where {_OURS}",
        key=job.key,
        lease=job.lease,
        reason=reason,
        now=now,
    )


def of_state(session: Session, state: JobState) -> list[Waiting]:
    """The jobs in a state, oldest first."""
    rows = session.rows(
        "select key, surface, kind, record_id, state, attempts, reason, due_at from jobs"
        " where workspace_id = :workspace_id and state = :state order by due_at, key",
        state=state,
    )
    return [_waiting(row) for row in rows]


def send_again(session: Session, key: str, now: str) -> Waiting | None:
    """Make a job due that is unknown or ended, as a person asked; None for any other."""
    row = session.row(
        "update jobs set state = 'due', due_at = :now, attempts = 0, reason = null,"
        " updated_at = :now where workspace_id = :workspace_id and key = :key"
        " and state in ('unknown', 'ended')"
        " returning key, surface, kind, record_id, state, attempts, reason, due_at",
        key=key,
        now=now,
    )
    return _waiting(row) if row else None


def _with_work(
    database: Database, surface: str, now: str, only_in: str | None
) -> Iterator[tuple[str, str]]:
    """(workspace id, tenant) of those where something is due, the longest waiting first."""
    oldest = []
    for workspace_id, platform, tenant in database.workspaces():
        if platform != surface or only_in not in (None, tenant):
            continue
        with database.read(workspace_id) as session:
            row = session.row(
                f"select coalesce(lease_until, due_at) {_RIPE} limit 1",
                surface=surface,
                now=now,
            )
        if row:
            oldest.append((str(row[0]), workspace_id, tenant))
    yield from ((workspace_id, tenant) for _, workspace_id, tenant in sorted(oldest))


def _take(session: Session, tenant: str, surface: str, now: str, lease_until: str) -> Job | None:
    row = session.row(
        f"select key, kind, record_id, wanted, attempts, state = 'sending', due_at {_RIPE} limit 1",
        surface=surface,
        now=now,
    )
    if row is None:
        return None
    key, kind, record_id, wanted, attempts, uncertain, since = row
    lease = new_id()
    session.rows(
        "update jobs set state = 'sending', lease = :lease, lease_until = :until,"
        " updated_at = :now where workspace_id = :workspace_id and key = :key",
        key=key,
        lease=lease,
        until=lease_until,
        now=now,
    )
    return Job(
        session.workspace_id,
        tenant,
        key,
        surface,
        kind,
        record_id,
        wanted,
        attempts,
        lease,
        bool(uncertain),
        since,
    )


def _settle(session: Session, job: Job, state: str, reason: str | None, now: str) -> None:
    """Come to rest in `state`, or be due again when the record changed since the claim."""
    session.rows(
        "update jobs set delivered = case when :state = 'done' then :wanted else delivered end,"  # noqa: S608
        " state = case when wanted > :wanted then 'due' else :state end,"
        " due_at = case when wanted > :wanted then :now else due_at end,"
        " reason = case when wanted > :wanted then null else :reason end,"
        " attempts = 0, lease = null, lease_until = null, updated_at = :now"
        f" where {_OURS}",
        key=job.key,
        lease=job.lease,
        state=state,
        wanted=job.wanted,
        reason=reason,
        now=now,
    )


def _waiting(row: Row) -> Waiting:
    key, surface, kind, record_id, state, attempts, reason, since = row
    return Waiting(key, surface, kind, record_id, JobState(state), attempts, reason, since)
