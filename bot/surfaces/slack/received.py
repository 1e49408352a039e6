"""What Slack delivers, as plain values: who, where, which delivery, and what was typed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from bot.surfaces.slack.names import picked, record_of
from bot.usecases.toolbox import Caller

Body = Mapping[str, Any]

PLATFORM = "slack"
DIRECT = ("directmessage", "mpdm-")  # what Slack calls a talk between two people, or a few
_LINK = re.compile(r"<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>|<((?:https?|mailto|tel):[^<>|]*)>")
_NAMED = re.compile(r"<[@#!][^<>|]*\|([^<>]*)>")
_MENTION = re.compile(r"<[@#!][^<>]*>")
# Brackets that hold nothing but mentions: "Begroting (<@U1>, <@U2>)".
_ONLY_MENTIONS = re.compile(r"[ \t]*[(\[](?:[\s,;/&+|–-]*<[@#!][^<>|]*>)+[\s,;/&+|–-]*[)\]]")
# Links, mentions, emoji by their codes, and the one sign for an emoji that counts as a letter.
_NO_WORDS = re.compile(r"<[^<>]*>|:[\w+'-]+:|\u2139")
_MARKED = re.compile(r"(?<!\w)([*_~])(?=\S)([^\n]*?)(?<=\S)\1(?!\w)")


def caller_of(body: Body, *, once: bool = True) -> Caller:
    """Who asks from where; a form tells where it was opened.

    Not `once` for what does no harm when it is done again, and for a second thing that is done.
    """
    return Caller(
        platform=PLATFORM,
        tenant=_tenant_of(body),
        channel=_channel_of(body) or of_form(body).get("channel", ""),
        person=_person_of(body),
        delivery=_delivery_of(body) if once else None,
    )


def about_form(**values: str) -> str:
    """What a form has to remember until it comes back: ids only."""
    return json.dumps(values, separators=(",", ":"))


def of_form(body: Body) -> dict[str, str]:
    """What a form remembered; nothing where there is no form."""
    found: dict[str, str] = json.loads((body.get("view") or {}).get("private_metadata") or "{}")
    return found


def records_of(body: Body) -> list[str]:
    """The ids of the records that a form or what was pressed is about."""
    pressed = [
        name
        for action in body.get("actions") or ()
        for name in (record_of(action.get("action_id") or "").partition(":")[0], picked(action))
    ]
    remembered = of_form(body)
    named = [remembered.get(kind, "") for kind in ("item", "answer", "meeting")]
    return [name for name in named + pressed if name]


def is_channel(body: Body) -> bool:
    """Whether it was asked in a channel, where we can be invited, not in a direct message."""
    channel = body.get("channel") or {}
    name = str(body.get("channel_name") or channel.get("name") or "")
    return not (_channel_of(body).startswith("D") or name.startswith(DIRECT))


def words(text: str) -> str:
    """Slack's mark-up as the words people see."""
    plain = _LINK.sub(lambda found: found[1] or found[2], text)
    plain = unmentioned(_NAMED.sub(r"\1", plain))
    return html.unescape(_MARKED.sub(r"\2", plain))


def has_words(text: str) -> bool:
    """Whether there is a letter in it outside of links, mentions and codes of emoji."""
    return any(map(str.isalpha, html.unescape(_NO_WORDS.sub(" ", text))))


def unmentioned(text: str) -> str:
    """Without mentions, which hold ids and no names, and brackets that held nothing else."""
    return _MENTION.sub("", _ONLY_MENTIONS.sub("", text))


def _tenant_of(body: Body) -> str:
    """The workspace the app was installed in; the organisation where it was for all of it.

    In a channel shared with others `team` and `team_id` may be theirs.
    """
    installed = (body.get("view") or {}).get("app_installed_team_id")
    for authorization in body.get("authorizations") or ():
        installed = installed or authorization.get("team_id")
    team = installed or (body.get("team") or {}).get("id") or body.get("team_id")
    return str(team or (body.get("enterprise") or {}).get("id") or body.get("enterprise_id") or "")


def _delivery_of(body: Body) -> str:
    """What is the same when Slack delivers the same thing again, and else never."""
    if "event_id" in body:
        return f"event:{body['event_id']}"
    if body.get("type") == "view_submission":
        return f"form:{body['view']['id']}:{body['view'].get('hash', '')}"
    return f"trigger:{body['trigger_id']}"


def _channel_of(body: Body) -> str:
    channel = body.get("channel") or (body.get("event") or {}).get("channel") or {}
    if isinstance(channel, str):
        return channel
    found = channel.get("id") or body.get("channel_id")
    return str(found or (body.get("container") or {}).get("channel_id") or "")


def _person_of(body: Body) -> str:
    user = body.get("user") or _author_of(body.get("event") or {}) or body.get("user_id") or ""
    return str(user.get("id") if isinstance(user, Mapping) else user)


def _author_of(event: Mapping[str, Any]) -> object:
    """Whom an event is about; of a message that changed or is gone, who wrote it."""
    message = event.get("message") or event.get("previous_message") or {}
    return event.get("user") or message.get("user")
