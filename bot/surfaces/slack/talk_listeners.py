"""Talk in a channel, heard where it comes by anyway: which messages are somebody's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.received import Body, caller_of, has_words, is_channel, words
from bot.usecases import hear_talk
from bot.usecases.hear_talk import Said

# Edits and deletions are others, and so is what Slack itself says: who joined, a new topic.
SAID = {None, "file_share", "me_message", "thread_broadcast"}
SLACKBOT = "USLACKBOT"
GROUP = "mpim"  # a talk between a few people


def hear(desk: Desk, body: Body) -> None:
    """Count a message where its channel wants that; anything else passes by."""
    event = body["event"]
    written = event.get("text") or ""
    if not has_words(written) or not _is_talk(desk, body):
        return
    caller = caller_of(body, once=False)  # it would be kept when it came
    thread = event.get("thread_ts")
    said = Said(
        text=words(written).strip(),
        at=datetime.fromtimestamp(float(event["ts"]), UTC),
        delivery=str(body["event_id"]),
        thread=f"{caller.channel}/{thread}" if thread else None,
    )
    hear_talk.hear(desk.toolbox, caller, said)


def _is_talk(desk: Desk, body: Body) -> bool:
    """Whether a person of our own organisation said it, and not to us."""
    event = body["event"]
    if event.get("subtype") not in SAID or body.get("is_ext_shared_channel"):
        return False
    if not is_channel(body) or event.get("channel_type") == GROUP:
        return False
    return _is_person(desk, event) and desk.bot_user not in _above(event)


def _is_person(desk: Desk, event: Mapping[str, Any]) -> bool:
    return not event.get("bot_id") and event.get("user") not in {None, SLACKBOT, desk.bot_user}


def _above(event: Mapping[str, Any]) -> set[object]:
    """Who wrote the message it stands below, as far as Slack says."""
    return {event.get("parent_user_id"), (event.get("root") or {}).get("user")}
