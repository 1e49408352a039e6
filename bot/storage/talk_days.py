"""Talk, counted: of each day in a channel how many messages there were, and how many of them name
the customer. No message, nobody and no hour is told here, nor in what was seen of it elsewhere.
"""

from __future__ import annotations

from datetime import date

from bot.storage.database import Session


def counted_in(session: Session, platform: str, platform_id: str, kind: str) -> str | None:
    """Our id of a channel where talk is counted: it chose that, and everybody there was told.

    `kind` is that of the records by which they are told; until the last of these was posted
    nothing counts.
    """
    row = session.row(
        "select channels.id from channels join channel_choices"
        " on channel_choices.workspace_id = channels.workspace_id"
        " and channel_choices.channel_id = channels.id and talk = 1"
        " where channels.workspace_id = :workspace_id and platform = :platform"
        " and platform_id = :platform_id and not exists (select 1 from jobs"
        " indexed by jobs_never_delivered where jobs.workspace_id = :workspace_id"
        " and jobs.channel_id = channels.id and delivered = 0 and kind = :kind)",
        platform=platform,
        platform_id=platform_id,
        kind=kind,
    )
    return str(row[0]) if row else None


def add(session: Session, channel_id: str, day: date, *, naming: bool) -> None:
    """One more message of a local day; `naming` the customer or not."""
    session.rows(
        "insert into talk_days (workspace_id, channel_id, day, messages, mentions)"
        " values (:workspace_id, :channel_id, :day, 1, :mentions)"
        " on conflict do update set messages = messages + 1, mentions = mentions + :mentions",
        channel_id=channel_id,
        day=day.toordinal(),
        mentions=int(naming),
    )


def count(session: Session, channel_id: str, first: date, last: date) -> tuple[int, int]:
    """How many messages there were on these days, and how many of them name the customer."""
    row = session.row(
        "select coalesce(sum(messages), 0), coalesce(sum(mentions), 0) from talk_days"
        " where workspace_id = :workspace_id and channel_id = :channel_id"
        " and day between :first and :last",
        channel_id=channel_id,
        first=first.toordinal(),
        last=last.toordinal(),
    )
    messages, mentions = row or (0, 0)
    return messages, mentions
