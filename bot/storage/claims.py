"""Claims: a job that is due goes to one sender, who keeps what came of it.

A claim is a lease. Whoever lets it run out may have posted; so may whoever never heard Slack's
answer. From then on the job is in doubt, until somebody looked or decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.ids import new_id
from bot.storage import channels
from bot.storage.database import Database, Session


@dataclass(frozen=True)
class Job:
    """A job as it was claimed. `wanted` counts the changes of its record up to then.

    `tenant` is the platform's name of the workspace, `lease` tells this claim from every other,
    `since` is when the job became due, `in_doubt_since` a time since when an earlier try may have
    posted something. It goes to a channel or to a recipient, both by our ids; `person_id` is ours
    too, of who asked and was not told yet.
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
    since: str
    in_doubt_since: str | None
    channel_id: str | None
    recipient_id: str | None
    person_id: str | None

    @property
    def uncertain(self) -> bool:
        """Whether it must be looked up before anything is posted."""
        return self.in_doubt_since is not None


_OURS = "workspace_id = :workspace_id and key = :key and state = 'sending' and lease = :lease"
_DOUBT = "in_doubt_since = case when :uncertain then coalesce(in_doubt_since, :since) end"
_FREE = (
    " not exists (select 1 from channels where channels.workspace_id = :workspace_id"
    " and channels.id = jobs.channel_id and channels.free_at > :now)"
    " and not exists (select 1 from workspaces where workspace_id = :workspace_id"
    " and free_at > :now)"
)
# Each half is read in the order of the index and only up to the first that may be sent: however
# many are due, a claim costs the same.
_HALF = (
    "select * from (select {ripe} as ripe, jobs.* from jobs indexed by jobs_by_due"  # noqa: S608
    " where workspace_id = :workspace_id and surface = :surface and state = '{state}'"
    " and {ripe} <= :now and" + _FREE + " order by patient, {ripe}, key limit 1)"
)
_RIPE = (
    f"from ({_HALF.format(state='due', ripe='due_at')}"
    f" union all {_HALF.format(state='sending', ripe='lease_until')})"
    " order by patient, ripe, key limit 1"
)

_LONGER = tuple(
    f"update {what} where workspace_id = :workspace_id and {which}"
    for what, which in (
        ("channels set free_at = :now", "free_at > :until"),
        ("workspaces set free_at = :now", "free_at > :until"),
        ("jobs set due_at = :now", "surface = :surface and state = 'due' and due_at > :until"),
        (
            "jobs set lease_until = :until",
            "surface = :surface and state = 'sending' and lease_until > :until",
        ),
    )
)


def claim(
    database: Database,
    surface: str,
    now: str,
    lease_until: str,
    free_at: str,
    *,
    only_in: str | None = None,
) -> Job | None:
    """Take the job that has been due longest, first of what people wait for; nobody else gets it
    meanwhile.

    From any workspace, or `only_in` the one of this tenant. Its channel has its turn: until
    `free_at` no other job there is claimed.

    A job whose lease ran out comes back as uncertain: whoever had it may have posted.
    """
    for workspace_id, tenant in _with_work(database, surface, now, only_in):
        with database.write(workspace_id) as session:
            job = _take(session, tenant, surface, now, lease_until)
            if job and job.channel_id:
                channels.hold(session, job.channel_id, free_at)
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


def delivered(session: Session, job: Job, now: str, reason: str | None = None) -> bool:
    """The record is shown as it stood, or for this `reason` there was nothing to show.

    Due again at once when it changed meanwhile. Whether it was ours to say.
    """
    return _settle(session, job, "done", reason, now)


def again(
    session: Session,
    job: Job,
    due_at: str,
    now: str,
    *,
    attempts: int,
    uncertain: bool,
    reason: str | None = None,
) -> None:
    """Try again later; `uncertain` when this try, or one before it, may have posted something.

    `reason` is why nothing can be posted for the time being, where a person has to mend that.
    """
    session.rows(
        "update jobs set state = 'due', due_at = :due_at, lease = null, lease_until = null,"  # noqa: S608
        f" attempts = :attempts, reason = :reason, updated_at = :now, {_DOUBT} where {_OURS}",
        key=job.key,
        lease=job.lease,
        attempts=attempts,
        reason=reason,
        uncertain=int(uncertain),
        since=job.since,
        due_at=due_at,
        now=now,
    )


def ended(session: Session, job: Job, reason: str, now: str, *, uncertain: bool) -> bool:
    """It can't succeed; only a change that came meanwhile, or comes later, is tried.

    Whether it was ours to say.
    """
    return _settle(session, job, "ended", reason, now, uncertain=uncertain)


def unknown(session: Session, job: Job, reason: str, now: str) -> None:
    """It may have been posted, and only a person can tell."""
    _settle(session, job, "unknown", reason, now, uncertain=True)


def shorten(session: Session, surface: str, until: str, now: str) -> None:
    """Whatever waits for a time after `until` was told to by a clock that was ahead.

    It waits no longer; who has a job keeps it until then.
    """
    for longer in _LONGER:
        session.rows(longer, surface=surface, until=until, now=now)


def _with_work(
    database: Database, surface: str, now: str, only_in: str | None
) -> Iterator[tuple[str, str]]:
    """(workspace id, tenant) of those where something is due, in the order of claims."""
    oldest = []
    for workspace_id, tenant in database.workspaces_on(surface, only_in):
        with database.read(workspace_id) as session:
            row = session.row(
                f"select patient, ripe {_RIPE}",
                surface=surface,
                now=now,
            )
        if row:
            oldest.append((row, workspace_id, tenant))
    yield from ((workspace_id, tenant) for _, workspace_id, tenant in sorted(oldest))


def _take(session: Session, tenant: str, surface: str, now: str, lease_until: str) -> Job | None:
    row = session.row(
        "select key, kind, record_id, wanted, attempts, due_at, channel_id,"
        " recipient_person_id, person_id,"
        f" coalesce(in_doubt_since, case state when 'sending' then due_at end) {_RIPE}",
        surface=surface,
        now=now,
    )
    if row is None:
        return None
    key, kind, record_id, wanted, attempts, since, *whom, person_id, in_doubt_since = row
    channel_id, recipient_id = whom
    lease = new_id()
    session.rows(
        "update jobs set state = 'sending', lease = :lease, lease_until = :until,"
        " in_doubt_since = :in_doubt_since, updated_at = :now"
        " where workspace_id = :workspace_id and key = :key",
        key=key,
        lease=lease,
        until=lease_until,
        in_doubt_since=in_doubt_since,
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
        since,
        in_doubt_since,
        channel_id,
        recipient_id,
        person_id,
    )


def _settle(
    session: Session,
    job: Job,
    state: str,
    reason: str | None,
    now: str,
    *,
    uncertain: bool = False,
) -> bool:
    """Come to rest in `state`, or be due again when the record changed since the claim.

    Whether the job was still ours.
    """
    settled = session.rows(
        "update jobs set delivered = case when :state = 'done' then :wanted else delivered end,"  # noqa: S608
        " state = case when wanted > :wanted then 'due' else :state end,"
        " due_at = case when wanted > :wanted then :now else due_at end,"
        " reason = case when wanted > :wanted then null else :reason end,"
        " attempts = 0, lease = null, lease_until = null, updated_at = :now,"
        f" person_id = nullif(person_id, :person_id), {_DOUBT} where {_OURS} returning key",
        key=job.key,
        lease=job.lease,
        state=state,
        wanted=job.wanted,
        reason=reason,
        person_id=job.person_id,
        uncertain=int(uncertain),
        since=job.since,
        now=now,
    )
    return bool(settled)
