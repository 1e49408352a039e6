"""The message an agenda was read from: edited, or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.surfaces.slack import views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.message_text import text_of
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import follow_source
from bot.usecases.follow_source import Edited, Lost

CHANGED, DELETED = "message_changed", "message_deleted"
TOMBSTONE = "tombstone"  # what stays of a deleted message that others replied to


def source_of(desk: Desk, channel: str, message: Mapping[str, Any]) -> Edited | None:
    """A message as something to follow; our own are views of records, and never are."""
    if not message.get("ts") or message.get("user") == desk.bot_user:
        return None
    return _edited(channel, message)


def hear(desk: Desk, body: Body) -> bool:
    """Follow a message that an agenda was read from; False for any other event.

    Whoever wrote it is told, once, where the agenda stays as it is.
    """
    event = body["event"]
    if event.get("subtype") not in {CHANGED, DELETED}:
        return False
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    caller = caller_of(body)
    ts = now.get("ts") or event.get("deleted_ts") or before.get("ts")
    if not follow_source.is_source(desk.toolbox, caller, f"{caller.channel}/{ts}"):
        return False
    if now and now.get("subtype") != TOMBSTONE:
        author, edited = now, _edited(caller.channel, now, text_of(now))
        lost = follow_source.follow(desk.toolbox, caller, edited)
    else:
        author, lost = before, follow_source.let_go(desk.toolbox, caller, f"{caller.channel}/{ts}")
    desk.wake()
    if lost and author.get("user") and not author.get("bot_id"):
        by = {**body, "event": {**event, "user": author["user"]}}
        desk.later(by, partial(_tell, desk, by, lost))
    return True


def _tell(desk: Desk, body: Body, lost: Lost) -> None:
    texts = desk.private(caller_of(body), lost.meeting)
    desk.whisper(body, views.source_lost(lost.meeting, lost.deleted, texts))


def _edited(channel: str, message: Mapping[str, Any], text: str = "") -> Edited:
    stamp = (message.get("edited") or {}).get("ts") or ""
    return Edited(f"{channel}/{message['ts']}", str(stamp), text)
