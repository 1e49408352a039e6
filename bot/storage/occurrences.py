"""Occurrences: each time that something was to come by itself, and what became of it.

The key is what, for whom and when it was due; so whoever looks at the clock, in however many
processes and however the clock jumps, it is there once. Its id comes of its key: where an older
backup is put back, what was posted since is found by it.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import id_of
from bot.domain.schedule import Came, Occasion
from bot.storage.database import Row, Session


@dataclass(frozen=True)
class Occurrence:
    """What came by itself. `target`: our id of what it is of, a channel or subscription or person.

    `due_at` is UTC in ISO 8601, `period` a period's code. It goes to a channel or a recipient, by
    our ids; one that was skipped, or had nothing to tell, may go nowhere. `reason` is a code.
    """

    occasion: Occasion
    target: str
    due_at: str
    period: str
    state: Came
    reason: str | None = None
    channel_id: str | None = None
    recipient_id: str | None = None
    id: str = ""


_COLUMNS = "occasion, target, due_at, period, state, reason, channel_id, recipient_person_id, id"


def add(session: Session, one: Occurrence, now: str) -> str | None:
    """Keep an occurrence; its id, None where it was kept before, or its period was told before."""
    row = session.row(
        "insert into occurrences (workspace_id, occasion, target, due_at, id, period, state,"
        " reason, channel_id, recipient_person_id, at) select :workspace_id, :occasion, :target,"
        " :due_at, :id, :period, :state, :reason, :channel_id, :recipient_id, :now"
        " where not exists (select 1 from occurrences where workspace_id = :workspace_id"
        " and occasion = :occasion and target = :target and period = :period"
        " and state in ('due', 'told')) on conflict do nothing returning id",
        occasion=one.occasion,
        target=one.target,
        due_at=one.due_at,
        id=id_of(session.workspace_id, one.occasion, one.target, one.due_at),
        period=one.period,
        state=one.state,
        reason=one.reason,
        channel_id=one.channel_id,
        recipient_id=one.recipient_id,
        now=now,
    )
    return str(row[0]) if row else None


def find(session: Session, occurrence_id: str) -> Occurrence | None:
    """An occurrence by its id."""
    row = session.row(
        f"select {_COLUMNS} from occurrences where workspace_id = :workspace_id and id = :id",  # noqa: S608
        id=occurrence_id,
    )
    return _occurrence(row) if row else None


def settle(
    session: Session, occurrence_id: str, state: Came, reason: str | None = None
) -> Occurrence | None:
    """Remember what became of one that was due, and return it; what was said before stays."""
    row = session.row(
        "update occurrences set state = :state, reason = :reason"  # noqa: S608
        " where workspace_id = :workspace_id and id = :id and state = 'due'"
        f" returning {_COLUMNS}",
        id=occurrence_id,
        state=state,
        reason=reason,
    )
    return _occurrence(row) if row else None


def reopen(session: Session, occurrence_id: str) -> bool:
    """Have one that was not told be due again; whether its period is not told otherwise."""
    row = session.row(
        "update or ignore occurrences set state = 'due', reason = null"
        " where workspace_id = :workspace_id and id = :id and state in ('skipped', 'nothing')"
        " returning id",
        id=occurrence_id,
    )
    return row is not None


def of_state(session: Session, state: Came, since: str) -> list[Occurrence]:
    """Those in a state that were due at an instant or later, the oldest first."""
    rows = session.rows(
        f"select {_COLUMNS} from occurrences where workspace_id = :workspace_id"  # noqa: S608
        " and state = :state and due_at >= :since order by due_at, id",
        state=state,
        since=since,
    )
    return [_occurrence(row) for row in rows]


def latest(session: Session, occasion: Occasion, target: str, most: int) -> list[Occurrence]:
    """The newest of a target, newest first."""
    rows = session.rows(
        f"select {_COLUMNS} from occurrences where workspace_id = :workspace_id"  # noqa: S608
        " and occasion = :occasion and target = :target order by due_at desc limit :most",
        occasion=occasion,
        target=target,
        most=most,
    )
    return [_occurrence(row) for row in rows]


def before(session: Session, one: Occurrence) -> Occurrence | None:
    """The one of the same target that was due before it."""
    row = session.row(
        f"select {_COLUMNS} from occurrences where workspace_id = :workspace_id"  # noqa: S608
        " and occasion = :occasion and target = :target and due_at < :due_at"
        " order by due_at desc limit 1",
        occasion=one.occasion,
        target=one.target,
        due_at=one.due_at,
    )
    return _occurrence(row) if row else None


def told_before(session: Session, one: Occurrence) -> bool:
    """Whether its target was ever told another of its occasion."""
    row = session.row(
        "select 1 from occurrences where workspace_id = :workspace_id and occasion = :occasion"
        " and target = :target and state = 'told' and id <> :id limit 1",
        occasion=one.occasion,
        target=one.target,
        id=one.id,
    )
    return row is not None


def _occurrence(row: Row) -> Occurrence:
    occasion, target, due_at, period, state, *rest = row
    return Occurrence(Occasion(occasion), target, due_at, period, Came(state), *rest)
