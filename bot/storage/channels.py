"""Channels, their settings and promises; series of meetings in them."""

from __future__ import annotations

from bot.domain.customer import ChannelSettings
from bot.domain.ids import new_id
from bot.storage.database import Session


def ensure(
    session: Session, platform: str, platform_id: str, settings: ChannelSettings, now: str
) -> str:
    """Our id of a channel, made on first sight, with `settings` as they are now."""
    row = session.row(
        "insert into channels (workspace_id, id, platform, platform_id, language, customer_nl,"
        " customer_en, questions, created_at) values (:workspace_id, :id, :platform, :platform_id,"
        " :language, :nl, :en, :questions, :now)"
        " on conflict (workspace_id, platform, platform_id) do update set language = :language,"
        " customer_nl = :nl, customer_en = :en, questions = :questions returning id",
        id=new_id(),
        platform=platform,
        platform_id=platform_id,
        language=settings.language,
        nl=settings.customer["nl"].one,
        en=settings.customer["en"].one,
        questions=settings.questions,
        now=now,
    )
    channel_id = str(row[0]) if row else ""
    for language in settings.customer:
        _promise(session, channel_id, language, settings.promise.get(language, ""), now)
    return channel_id


def find(session: Session, platform: str, platform_id: str) -> str | None:
    """Our id of a channel, None for one never seen."""
    row = session.row(
        "select id from channels where workspace_id = :workspace_id and platform = :platform"
        " and platform_id = :platform_id",
        platform=platform,
        platform_id=platform_id,
    )
    return str(row[0]) if row else None


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
