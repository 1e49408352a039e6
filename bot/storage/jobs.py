"""Jobs: records whose message has to be posted or brought up to date.

A job is a wish, not a message: however often its record changes before it is delivered, it is
delivered once, as the record stands then. What comes by itself is patient: it is delivered after
what people wait for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.schedule import Occasion
from bot.storage.database import Row, Session

BY_ITSELF = frozenset(Occasion)


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
class Waiting:
    """A job as it stands, for people to look at; `since` is when it is, or became, due.

    `channel_id` is None for what goes to one person.
    """

    key: str
    surface: str
    kind: str
    record_id: str
    state: JobState
    attempts: int
    reason: str | None
    since: str
    uncertain: bool
    channel_id: str | None


# A change wakes what had come to rest. It can't shorten a back-off, nor take away the doubt whether
# something was posted.
_RESTS = "state in ('done', 'ended', 'unknown')"
_WAKEN = (
    f"due_at = case when {_RESTS} then :now else due_at end,"
    f" attempts = case when {_RESTS} then 0 else attempts end,"
    f" reason = case when not {_RESTS} then reason end,"
    f" state = case when {_RESTS} then 'due' else state end, updated_at = :now"
)
# Of a record that stands in a channel; a channel's own introduction has the id of that channel.
CHANNEL_OF = "coalesce({})".format(
    ", ".join(
        f"(select channel_id from {table} where workspace_id = :workspace_id and id = :record_id)"  # noqa: S608
        for table in ("meetings", "shares", "settings_changes", "occurrences")
    )
)
# Of a record that is older than a restore: who had the file before may have posted it after what we
# kept last. What is made after that is ours alone; what comes by itself has its own rule.
_MAY_BE_THERE = (
    "(select kept_until from workspaces"
    " where workspace_id = :workspace_id and restored_at >= coalesce((select prepared_at"
    " from meetings where workspace_id = :workspace_id and id = :record_id),"
    " case when channels.id = :record_id then channels.created_at end))"
)
_WISH = f"wanted = wanted + 1, {_WAKEN}"
_SHOWN = (
    "key, surface, kind, record_id, state, attempts, reason, due_at,"
    " in_doubt_since is not null, channel_id"
)


def key_of(kind: str, record_id: str) -> str:
    """The key of the job that shows a record: one for each record."""
    return f"refresh:{kind}:{record_id}"


def refresh(
    session: Session,
    surface: str,
    kind: str,
    record_id: str,
    now: str,
    *,
    person_id: str | None = None,
) -> None:
    """Have a record shown as it stands; a record that is shown, again.

    `person_id` is who asked for it.
    """
    session.rows(
        "insert into jobs (workspace_id, key, surface, kind, record_id, patient, channel_id,"  # noqa: S608
        " person_id, state, due_at, wanted, updated_at, in_doubt_since) select :workspace_id, :key,"
        " :surface, :kind, :record_id, :patient, id, :person_id, 'due', :now, 1, :now,"
        f" {_MAY_BE_THERE} from channels"
        f" where workspace_id = :workspace_id and id = coalesce({CHANNEL_OF}, :record_id)"
        f" on conflict (workspace_id, key) do update set {_WISH},"
        " person_id = coalesce(:person_id, person_id)",
        key=key_of(kind, record_id),
        surface=surface,
        kind=kind,
        record_id=record_id,
        patient=kind in BY_ITSELF,
        person_id=person_id,
        now=now,
    )


def tell(
    session: Session, surface: str, kind: str, record_id: str, person_id: str, now: str
) -> None:
    """Have a record shown to one person, once."""
    session.rows(
        "insert into jobs (workspace_id, key, surface, kind, record_id, patient,"
        " recipient_person_id, state, due_at, wanted, updated_at) values (:workspace_id, :key,"
        " :surface, :kind, :record_id, :patient, :person_id, 'due', :now, 1, :now)"
        " on conflict do nothing",
        key=key_of(kind, record_id),
        surface=surface,
        kind=kind,
        record_id=record_id,
        patient=kind in BY_ITSELF,
        person_id=person_id,
        now=now,
    )


def doubt(session: Session, kind: str, record_id: str, since: str) -> None:
    """A record's message may have been posted since then, though we know of none: look for it."""
    session.rows(
        "update jobs set in_doubt_since = :since where workspace_id = :workspace_id and key = :key",
        key=key_of(kind, record_id),
        since=since,
    )


def bring(
    session: Session, surface: str, kind: str, record_id: str, recipient_id: str | None, now: str
) -> None:
    """Have a record shown to one person, or (None) in its channel."""
    if recipient_id:
        tell(session, surface, kind, record_id, recipient_id, now)
    else:
        refresh(session, surface, kind, record_id, now)


def changed(session: Session, kind: str, record_id: str, now: str) -> None:
    """Have a record shown again where it is shown; nowhere, if it never was.

    What is due already will be shown as it is by then.
    """
    session.rows(
        f"update jobs set {_WISH} where workspace_id = :workspace_id and key = :key"  # noqa: S608
        " and state <> 'due'",
        key=key_of(kind, record_id),
        now=now,
    )


def find(session: Session, kind: str, record_id: str) -> Waiting | None:
    """The job of showing a record; None for one that was never to be shown."""
    row = session.row(
        f"select {_SHOWN} from jobs where workspace_id = :workspace_id and key = :key",  # noqa: S608
        key=key_of(kind, record_id),
    )
    return _waiting(row) if row else None


def revive(session: Session, channel_id: str, reasons: Iterable[str], now: str) -> None:
    """Make due what ended in a channel for one of these reasons."""
    session.rows(
        f"update jobs set {_WAKEN} where workspace_id = :workspace_id"  # noqa: S608
        " and channel_id = :channel_id and state = 'ended'"
        " and reason in (select value from json_each(:reasons))",
        channel_id=channel_id,
        reasons=json.dumps(list(reasons)),
        now=now,
    )


def of_state(session: Session, state: JobState) -> list[Waiting]:
    """The jobs in a state, oldest first."""
    rows = session.rows(
        f"select {_SHOWN} from jobs"  # noqa: S608
        " where workspace_id = :workspace_id and state = :state order by due_at, key",
        state=state,
    )
    return [_waiting(row) for row in rows]


def send_again(session: Session, key: str, now: str) -> Waiting | None:
    """Make a job due that is unknown or ended, as a person asked; None for any other.

    Of one that is unknown the person knows that it was not posted.
    """
    row = session.row(
        f"update jobs set {_WAKEN},"  # noqa: S608
        " in_doubt_since = case when state = 'ended' then in_doubt_since end"
        " where workspace_id = :workspace_id and key = :key and state in ('unknown', 'ended')"
        f" returning {_SHOWN}",
        key=key,
        now=now,
    )
    return _waiting(row) if row else None


def _waiting(row: Row) -> Waiting:
    key, surface, kind, record_id, state, attempts, reason, since, uncertain, channel_id = row
    what = (key, surface, kind, record_id, JobState(state), attempts, reason, since)
    return Waiting(*what, bool(uncertain), channel_id)
