"""Channels, their settings and promises; series of meetings in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.customer import ChannelSettings
from bot.domain.ids import new_id
from bot.storage import channel_choices, customer_accounts
from bot.storage.channel_choices import Choices
from bot.storage.database import Row, Session

_COLUMNS = (
    "id, platform_id, language, customer_nl, customer_en, questions, sector, level,"
    " asks_procedural, set_up_at is not null, left_at is null"
)


@dataclass(frozen=True)
class Channel:
    """A channel as it is kept; `customer` and `promise` by language. `accounts` are the customers
    that people listed here by name.

    `set_up`: people chose these settings; else they are copies of what was configured. `present`:
    the bot was not taken out of it.
    """

    id: str
    platform_id: str
    language: str | None
    customer: Mapping[str, str]
    promise: Mapping[str, str]
    questions: int
    sector: str | None
    level: str | None
    procedural: bool
    set_up: bool
    present: bool
    accounts: tuple[str, ...]
    choices: Choices


def ensure(
    session: Session, platform: str, platform_id: str, settings: ChannelSettings, now: str
) -> str:
    """Our id of a channel, made on first sight, with `settings` as they are now."""
    row = session.row(
        "insert into channels (workspace_id, id, platform, platform_id, language, customer_nl,"
        " customer_en, questions, sector, level, asks_procedural, created_at)"
        " values (:workspace_id, :id, :platform, :platform_id, :language, :nl, :en, :questions,"
        " :sector, :level, :procedural, :now)"
        " on conflict (workspace_id, platform, platform_id) do update set language = :language,"
        " customer_nl = :nl, customer_en = :en, questions = :questions, sector = :sector,"
        " level = :level, asks_procedural = :procedural returning id",
        id=new_id(),
        platform=platform,
        platform_id=platform_id,
        language=settings.language,
        nl=settings.customer["nl"].one,
        en=settings.customer["en"].one,
        questions=settings.questions,
        sector=settings.sector,
        level=settings.level,
        procedural=int(settings.procedural),
        now=now,
    )
    channel_id = str(row[0]) if row else ""
    for language in settings.customer:
        _promise(session, channel_id, language, settings.promise.get(language, ""), now)
    return channel_id


def get(session: Session, platform: str, platform_id: str) -> Channel | None:
    """A channel as it is kept, None for one never seen."""
    row = session.row(
        f"select {_COLUMNS} from channels where workspace_id = :workspace_id"  # noqa: S608
        " and platform = :platform and platform_id = :platform_id",
        platform=platform,
        platform_id=platform_id,
    )
    return _channel(session, row) if row else None


def by_id(session: Session, channel_id: str) -> Channel | None:
    """A channel by our id."""
    row = session.row(
        f"select {_COLUMNS} from channels where workspace_id = :workspace_id and id = :id",  # noqa: S608
        id=channel_id,
    )
    return _channel(session, row) if row else None


def keep_set_up(session: Session, channel_id: str, now: str) -> None:
    """Remember that people chose the settings."""
    session.rows(
        "update channels set set_up_at = coalesce(set_up_at, :now)"
        " where workspace_id = :workspace_id and id = :id",
        id=channel_id,
        now=now,
    )


def keeper(session: Session, channel_id: str) -> str | None:
    """Our id of who alone may change the settings, None where every full member may."""
    row = session.row(
        "select settings_person_id from channels where workspace_id = :workspace_id and id = :id",
        id=channel_id,
    )
    return row[0] if row else None


def keep_keeper(session: Session, channel_id: str, person_id: str | None) -> None:
    """Remember who alone may change the settings."""
    session.rows(
        "update channels set settings_person_id = :person_id"
        " where workspace_id = :workspace_id and id = :id",
        id=channel_id,
        person_id=person_id,
    )


def keep_left(session: Session, channel_id: str, left_at: str | None) -> None:
    """Remember when the bot was taken out of a channel; None when it is in it."""
    session.rows(
        "update channels set left_at = :left_at where workspace_id = :workspace_id and id = :id",
        id=channel_id,
        left_at=left_at,
    )


def hold(session: Session, channel_id: str, until: str) -> None:
    """No message goes to a channel before `until`."""
    session.rows(
        "update channels set free_at = max(coalesce(free_at, ''), :until)"
        " where workspace_id = :workspace_id and id = :id",
        id=channel_id,
        until=until,
    )


def hold_all(session: Session, until: str) -> None:
    """No message goes to anybody in this workspace before `until`."""
    session.rows(
        "update workspaces set free_at = max(coalesce(free_at, ''), :until)"
        " where workspace_id = :workspace_id",
        until=until,
    )


def find(session: Session, platform: str, platform_id: str) -> str | None:
    """Our id of a channel, None for one never seen."""
    row = session.row(
        "select id from channels where workspace_id = :workspace_id and platform = :platform"
        " and platform_id = :platform_id",
        platform=platform,
        platform_id=platform_id,
    )
    return str(row[0]) if row else None


def keep_name(session: Session, platform: str, platform_id: str, name: str) -> None:
    """Remember what people call a channel; nothing for one never seen."""
    session.rows(
        "update channels set name = :name where workspace_id = :workspace_id"
        " and platform = :platform and platform_id = :platform_id and name is not :name",
        platform=platform,
        platform_id=platform_id,
        name=name,
    )


def name(session: Session, channel_id: str) -> str | None:
    """What people call a channel, as far as it was told."""
    row = session.row(
        "select name from channels where workspace_id = :workspace_id and id = :id", id=channel_id
    )
    return row[0] if row else None


def all_of(session: Session) -> list[Row]:
    """(platform, platform id, name or None, whether it has meetings) of every channel."""
    return session.rows(
        "select platform, platform_id, name, exists (select 1 from meetings"
        " where meetings.workspace_id = channels.workspace_id and channel_id = channels.id)"
        " from channels where workspace_id = :workspace_id order by name, platform_id"
    )


def customer(session: Session, channel_id: str, language: str) -> str | None:
    """The channel's word for its customer as it was last set, None for a channel never seen."""
    row = session.row(
        "select customer_nl, customer_en from channels"
        " where workspace_id = :workspace_id and id = :id",
        id=channel_id,
    )
    return str(row[("nl", "en").index(language)]) if row else None


def ensure_series(session: Session, channel_id: str, key: str, now: str) -> str:
    """Our id of the channel's series with this key, made on first sight."""
    found = session.row(
        "select id from series where workspace_id = :workspace_id and channel_id = :channel_id"
        " and key = :key",
        channel_id=channel_id,
        key=key,
    )
    if found:
        return str(found[0])
    series_id = new_id()
    session.insert(
        "series", {"id": series_id, "channel_id": channel_id, "key": key, "created_at": now}
    )
    return series_id


def _channel(session: Session, row: Row) -> Channel:
    *start, nl, en, questions, sector, level, procedural, set_up, present = row
    channel_id, platform_id, language = start
    return Channel(
        id=channel_id,
        platform_id=platform_id,
        language=language,
        customer={"nl": nl, "en": en},
        promise=_promises(session, channel_id),
        questions=questions,
        sector=sector,
        level=level,
        procedural=bool(procedural),
        set_up=bool(set_up),
        present=bool(present),
        accounts=customer_accounts.of_channel(session, channel_id),
        choices=channel_choices.of_channel(session, channel_id),
    )


def _promises(session: Session, channel_id: str) -> dict[str, str]:
    """What customers are promised now, by language."""
    rows = session.rows(
        "select language, text from promises where workspace_id = :workspace_id"
        " and channel_id = :channel_id order by version",
        channel_id=channel_id,
    )
    newest: dict[str, str] = {str(language): str(text) for language, text in rows}
    return {language: text for language, text in newest.items() if text}


def _promise(session: Session, channel_id: str, language: str, text: str, now: str) -> None:
    """Keep a changed promise as a new version; an empty text says that there is none any more."""
    last = session.row(
        "select version, text from promises where workspace_id = :workspace_id"
        " and channel_id = :channel_id and language = :language order by version desc limit 1",
        channel_id=channel_id,
        language=language,
    )
    version, known = last or (0, "")
    if known != text:
        values = {"version": version + 1, "text": text, "since": now}
        key = {"channel_id": channel_id, "language": language}
        session.insert("promises", {**key, **values})
