"""Customers by name, as each channel lists them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.storage.database import Session, Value


def keep(session: Session, channel_id: str, names: Sequence[str]) -> None:
    """Replace a channel's list."""
    session.rows(
        "delete from customer_accounts where workspace_id = :workspace_id"
        " and channel_id = :channel_id",
        channel_id=channel_id,
    )
    for number, name in enumerate(names, 1):
        values: dict[str, Value] = {"channel_id": channel_id, "number": number, "name": name}
        session.insert("customer_accounts", values)


def of_channel(session: Session, channel_id: str) -> tuple[str, ...]:
    """A channel's list, in the order people gave it."""
    rows = session.rows(
        "select name from customer_accounts where workspace_id = :workspace_id"
        " and channel_id = :channel_id order by number",
        channel_id=channel_id,
    )
    return tuple(str(name) for (name,) in rows)
