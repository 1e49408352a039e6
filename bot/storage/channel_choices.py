"""What a channel chose about what comes by itself, and what it tells of itself; each may be unsaid.

What was not chosen is as configured.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from bot.storage.database import Row, Session

NEVER = "never"  # no digest


@dataclass(frozen=True)
class Choices:
    """`digest` is a moment's code or NEVER, `talk` and `outside` as in ChannelSettings.

    `asked_outside_at`: when the channel was asked about that (UTC, ISO 8601). `private`: whether
    the platform shows the channel to its members only. `host_id` is ours, of who set it up or else
    brought us in.
    """

    digest: str | None = None
    talk: bool | None = None
    outside: bool | None = None
    asked_outside_at: str | None = None
    private: bool | None = None
    host_id: str | None = None


@dataclass(frozen=True)
class Candidate:
    """A channel that may get its digest, and whose figures may count outside it, if it chose so.

    `id` is ours, `platform_id` what its platform calls it, `name` what people do, or else that.
    `present`: we were not taken out of it. `created_at`: since when we know it (UTC, ISO 8601).
    """

    id: str
    platform: str
    platform_id: str
    name: str
    level: str | None
    present: bool
    created_at: str
    choices: Choices


_COLUMNS = ("digest", "talk", "outside", "asked_outside_at", "private", "host_person_id")


def of_channel(session: Session, channel_id: str) -> Choices:
    """What a channel chose."""
    row = session.row(
        f"select {', '.join(_COLUMNS)} from channel_choices"  # noqa: S608
        " where workspace_id = :workspace_id and channel_id = :channel_id",
        channel_id=channel_id,
    )
    return _choices(row) if row else Choices()


def candidates(session: Session) -> list[Candidate]:
    """Every channel."""
    rows = session.rows(
        "select id, platform, platform_id, coalesce(name, platform_id), level, left_at is null,"  # noqa: S608
        f" created_at, {', '.join(_COLUMNS)}"
        " from channels left join channel_choices"
        " on channel_choices.workspace_id = channels.workspace_id and channel_id = id"
        " where channels.workspace_id = :workspace_id order by id"
    )
    return [
        Candidate(ours, platform, theirs, name, level, bool(present), at, _choices((*chosen,)))
        for ours, platform, theirs, name, level, present, at, *chosen in rows
    ]


def keep(session: Session, channel_id: str, choices: Choices) -> None:
    """Remember what a channel chose, in the place of what it chose before."""
    values = [getattr(choices, field.name) for field in fields(choices)]
    named = {name: _kept(value) for name, value in zip(_COLUMNS, values, strict=True)}
    session.rows(
        f"insert into channel_choices (workspace_id, channel_id, {', '.join(_COLUMNS)})"  # noqa: S608
        f" values (:workspace_id, :channel_id, {', '.join(f':{name}' for name in _COLUMNS)})"
        " on conflict do update set " + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS),
        channel_id=channel_id,
        **named,
    )


def _choices(row: Row) -> Choices:
    digest, talk, outside, asked, private, host = row
    return Choices(digest, _said(talk), _said(outside), asked, _said(private), host)


def _said(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _kept(value: str | bool | None) -> str | int | None:
    return int(value) if isinstance(value, bool) else value
