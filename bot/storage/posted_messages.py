"""Messages that show a record: where they are, and what they showed last.

A long record takes several messages, its parts: the first stands in the channel, the others in
its thread. An answer that was said in a thread is shown by the message of whoever said it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.storage.database import Session
from bot.storage.jobs import CHANNEL_OF

# A record of this workspace; ids are ours, and no two are the same.
_A_RECORD = "({})".format(
    " or ".join(
        f"exists (select 1 from {table} where workspace_id = :workspace_id and id = :record_id)"  # noqa: S608
        for table in (
            "meetings",
            "channels",
            "answers",
            "shares",
            "settings_changes",
            "occurrences",
        )
    )
)
IN_DOUBT = 0  # the version of a message that may be gone, or show anything


@dataclass(frozen=True)
class Posted:
    """Where a part stands on its platform ("C123/1712.0001"), and which version it shows.

    `plain`: as text only, because the platform refused its buttons. `leaving`: it has to go, and
    what it shows is posted anew.
    """

    reference: str
    version: int
    plain: bool = False
    leaving: bool = False

    @property
    def in_doubt(self) -> bool:
        """Whether it may be gone, and is then to be posted anew."""
        return self.version == IN_DOUBT


def parts(session: Session, kind: str, record_id: str, surface: str) -> dict[int, Posted]:
    """The parts of a record that were posted, by their number from 1."""
    rows = session.rows(
        "select record_kind, reference, version, plain, leaving from posted_messages"
        " where workspace_id = :workspace_id and record_id = :record_id and surface = :surface"
        " and (record_kind = :kind or record_kind glob :kind || '/*')",
        kind=kind,
        record_id=record_id,
        surface=surface,
    )
    found = {
        _number(part): Posted(where, version, bool(plain), bool(leaving))
        for part, where, version, plain, leaving in rows
    }
    return dict(sorted(found.items()))


def reference(session: Session, kind: str, record_id: str, surface: str) -> str | None:
    """Where a record's first message stands, None while it was not posted."""
    first = parts(session, kind, record_id, surface).get(1)
    return first.reference if first else None


def shown_by(session: Session, kind: str, surface: str, reference: str) -> str | None:
    """The id of the record of this kind whose first message stands there, or stood there once.

    None without one. A thread goes on when the message above it is gone.
    """
    row = session.row(
        "select record_id from posted_messages where workspace_id = :workspace_id"
        " and surface = :surface and reference = :reference and record_kind = :kind"
        " union all select record_id from former_messages where workspace_id = :workspace_id"
        " and surface = :surface and reference = :reference and record_kind = :kind",
        surface=surface,
        reference=reference,
        kind=kind,
    )
    return str(row[0]) if row else None


def is_ours(session: Session, surface: str, reference: str) -> bool:
    """Whether a message of ours stands there or stood there once, whatever it shows."""
    row = session.row(
        "select 1 from posted_messages where workspace_id = :workspace_id"
        " and surface = :surface and reference = :reference"
        " union all select 1 from former_messages where workspace_id = :workspace_id"
        " and surface = :surface and reference = :reference",
        surface=surface,
        reference=reference,
    )
    return row is not None


def all_shown_by(session: Session, kind: str, surface: str, reference: str) -> list[str]:
    """The ids of all records of this kind that stand in this message."""
    rows = session.rows(
        "select record_id from posted_messages where workspace_id = :workspace_id"
        " and surface = :surface and reference = :reference and record_kind = :kind",
        surface=surface,
        reference=reference,
        kind=kind,
    )
    return [str(row[0]) for row in rows]


def keep(
    session: Session,
    kind: str,
    record_id: str,
    surface: str,
    part: int,
    posted: Posted,
    now: str,
) -> None:
    """Remember where a part stands and what it shows."""
    session.rows(
        "insert into posted_messages (workspace_id, record_kind, record_id, surface, reference,"
        " version, plain, leaving, posted_at) select :workspace_id, :part, :record_id, :surface,"
        f" :reference, :version, :plain, :leaving, :now where {_A_RECORD}"
        " on conflict (workspace_id, record_kind, record_id, surface)"
        " do update set reference = :reference, version = :version, plain = :plain,"
        " leaving = :leaving",
        part=kind_of(kind, part),
        record_id=record_id,
        surface=surface,
        reference=posted.reference,
        version=posted.version,
        plain=int(posted.plain),
        leaving=int(posted.leaving),
        now=now,
    )


def doubt(session: Session, kind: str, record_id: str, surface: str) -> None:
    """Have every part looked after: one that somebody deleted is then posted anew."""
    for part, posted in parts(session, kind, record_id, surface).items():
        keep(session, kind, record_id, surface, part, replace(posted, version=IN_DOUBT), "")


def leave(session: Session, kind: str, record_id: str, surface: str) -> None:
    """Have every part removed; what it shows is posted anew."""
    for part, posted in parts(session, kind, record_id, surface).items():
        keep(session, kind, record_id, surface, part, replace(posted, leaving=True), "")


def remember(session: Session, kind: str, record_id: str, surface: str, now: str) -> None:
    """Know a record's first message by its thread also when it is gone."""
    session.rows(
        "insert into former_messages"
        " (workspace_id, surface, reference, record_kind, record_id, left_at)"
        " select workspace_id, surface, reference, record_kind, record_id, :now"
        " from posted_messages where workspace_id = :workspace_id and surface = :surface"
        " and record_kind = :kind and record_id = :record_id"
        " on conflict (workspace_id, surface, reference) do update set left_at = :now",
        kind=kind,
        record_id=record_id,
        surface=surface,
        now=now,
    )


def forget(session: Session, kind: str, record_id: str, surface: str, part: int) -> None:
    """A part is gone."""
    session.rows(
        "delete from posted_messages where workspace_id = :workspace_id and record_kind = :part"
        " and record_id = :record_id and surface = :surface",
        part=kind_of(kind, part),
        record_id=record_id,
        surface=surface,
    )


def plain_ones(session: Session) -> list[str]:
    """Where the messages stand that are without their buttons."""
    rows = session.rows(
        "select reference from posted_messages where workspace_id = :workspace_id and plain = 1"
        " order by posted_at, reference"
    )
    return [str(row[0]) for row in rows]


def place(session: Session, record_id: str) -> str | None:
    """The platform's id of the channel a record stands in, or of the channel itself.

    None where there is no such record, or where we left.
    """
    row = session.row(
        "select platform_id from channels where workspace_id = :workspace_id and left_at is null"  # noqa: S608
        f" and id in (:record_id, {CHANNEL_OF})",
        record_id=record_id,
    )
    return str(row[0]) if row else None


def kind_of(kind: str, part: int) -> str:
    """What a part's row is called: meeting, meeting/2, meeting/3."""
    return kind if part == 1 else f"{kind}/{part}"


def _number(record_kind: str) -> int:
    return int(record_kind.partition("/")[2] or 1)
