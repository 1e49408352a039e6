"""What an earlier try posted, whose outcome nobody saw: it is known by our key in its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from bot.surfaces.slack.pages import pages
from bot.usecases.delivery import Delivery

EVENT_TYPE = "klantvraag"
SKEW = timedelta(hours=26)  # how far our clock may have been ahead of Slack's: a whole day
PAGE = 200


def reference_of(
    client: WebClient, delivery: Delivery, part: int, thread: str | None
) -> str | None:
    """Where a part stands, in the thread of `thread` if there is one; None where it does not.

    Raises what `client` raises, missing_scope where we may not look there.
    """
    channel = _conversation(client, delivery)
    method, where = "conversations_history", {"channel": channel}
    if thread:
        method, where = "conversations_replies", place(thread)
    job = delivery.job
    since = datetime.fromisoformat(job.in_doubt_since or job.since).astimezone(UTC) - SKEW
    oldest = f"{since.timestamp():.6f}"
    more = {"oldest": oldest, "include_all_metadata": True, "limit": PAGE}
    for page in pages(getattr(client, method), **where, **more):
        for message in page["messages"]:
            if _key_of(message) == delivery.key(part):
                return f"{channel}/{message['ts']}"
    return None


def place(reference: str | None) -> dict[str, str]:
    """The channel and ts of a message by its reference."""
    channel, _, ts = (reference or "").partition("/")
    return {"channel": channel, "ts": ts}


def _conversation(client: WebClient, delivery: Delivery) -> str:
    """Where it is posted. To post, a person's id will do; to read, their talk with us has its own.

    Opening one that is open changes nothing.
    """
    if delivery.job.recipient_id is None:
        return delivery.channel
    return str(client.conversations_open(users=delivery.channel)["channel"]["id"])


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key: str | None = (metadata.get("event_payload") or {}).get("key")
    return key
