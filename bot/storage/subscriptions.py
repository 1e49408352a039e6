"""Subscriptions: digests of several channels that somebody, or the configuration, asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.ids import new_id
from bot.domain.schedule import Every, Weekly, weekly
from bot.storage.database import Row, Session


@dataclass(frozen=True)
class Subscription:
    """A digest that comes every week or month; all ids are ours.

    It goes to a channel or to a recipient. It is over channels of a level, over `channels`, or
    over all (neither). `language` None is that of who reads it. `person_id` asked for it, or it
    is `configured_as` so. `at`: since when it comes; `stopped_at`: since when it comes no
    more (both UTC, ISO 8601), as `stopped_by` said or, None, the configuration.
    """

    every: Every
    moment: Weekly
    channel_id: str | None = None
    recipient_id: str | None = None
    level: str | None = None
    channels: tuple[str, ...] = ()
    language: str | None = None
    person_id: str | None = None
    configured_as: str | None = None
    at: str = ""
    stopped_at: str | None = None
    stopped_by: str | None = None
    id: str = ""


_FOUND = (
    "select every, moment, channel_id, recipient_person_id, level, (select json_group_array("
    "channel_id order by channel_id) from subscribed_channels as its"
    " where its.workspace_id = :workspace_id and its.subscription_id = subscriptions.id),"
    " language, person_id, configured_as, at, stopped_at,"
    " stopped_person_id, id from subscriptions"
    " where workspace_id = :workspace_id"
)


def add(session: Session, subscription: Subscription, now: str) -> str:
    """Keep a subscription that begins now and return its id."""
    subscription_id, values = new_id(), _values(subscription)
    by = {"person_id": subscription.person_id, "configured_as": subscription.configured_as}
    session.insert("subscriptions", {"id": subscription_id, **by, **values, "at": now})
    _keep_channels(session, subscription_id, subscription.channels)
    return subscription_id


def change(session: Session, subscription_id: str, subscription: Subscription, now: str) -> None:
    """Have one go on as another, or begin anew where it was stopped; who asked for it stays."""
    values = _values(subscription)
    session.rows(
        f"update subscriptions set {', '.join(f'{name} = :{name}' for name in values)},"  # noqa: S608
        " at = case when stopped_at is null then at else :now end,"
        " stopped_at = null, stopped_person_id = null"
        " where workspace_id = :workspace_id and id = :id",
        id=subscription_id,
        now=now,
        **values,
    )
    _keep_channels(session, subscription_id, subscription.channels)


def rename(session: Session, subscription_id: str, configured_as: str) -> None:
    """Have one be configured under this name."""
    session.rows(
        "update subscriptions set configured_as = :configured_as"
        " where workspace_id = :workspace_id and id = :id",
        id=subscription_id,
        configured_as=configured_as,
    )


def stop(session: Session, subscription_id: str, person_id: str | None, now: str) -> None:
    """It comes no more, as this person said, or (None) the configuration."""
    session.rows(
        "update subscriptions set stopped_at = :now, stopped_person_id = :person_id"
        " where workspace_id = :workspace_id and id = :id and stopped_at is null",
        id=subscription_id,
        person_id=person_id,
        now=now,
    )


def find(session: Session, subscription_id: str) -> Subscription | None:
    """A subscription by its id, also one that was stopped."""
    row = session.row(f"{_FOUND} and id = :id", id=subscription_id)
    return _subscription(row) if row else None


def active(session: Session) -> list[Subscription]:
    """Those that were not stopped, the oldest first."""
    return [*map(_subscription, session.rows(f"{_FOUND} and stopped_at is null order by at, id"))]


def configured(session: Session) -> list[Subscription]:
    """Those that were ever configured, also when they were stopped since."""
    rows = session.rows(f"{_FOUND} and configured_as is not null order by configured_as")
    return [*map(_subscription, rows)]


def _values(one: Subscription) -> dict[str, str | None]:
    return {
        "channel_id": one.channel_id,
        "recipient_person_id": one.recipient_id,
        "level": one.level,
        "every": one.every,
        "moment": one.moment.code,
        "language": one.language,
    }


def _keep_channels(session: Session, subscription_id: str, channel_ids: Iterable[str]) -> None:
    session.rows(
        "delete from subscribed_channels"
        " where workspace_id = :workspace_id and subscription_id = :id",
        id=subscription_id,
    )
    for channel_id in channel_ids:
        session.insert(
            "subscribed_channels", {"subscription_id": subscription_id, "channel_id": channel_id}
        )


def _subscription(row: Row) -> Subscription:
    every, moment, channel_id, recipient_id, level, channels, *rest = row
    return Subscription(
        Every(every),
        weekly(moment),
        channel_id,
        recipient_id,
        level,
        tuple(json.loads(channels)),
        *rest,
    )
