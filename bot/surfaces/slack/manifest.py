"""The app's manifest, from the names the listeners register: what the app is and may do."""

from __future__ import annotations

from typing import Any

from bot.surfaces.slack.names import Command, Event, Shortcut
from bot.wording.texts import Texts

# Each scope with what it is for; without an optional one that does less, and says so.
REQUIRED = {
    "commands": "/klantvraag and the shortcut",
    "chat:write": "the introduction, agendas, short messages to one person",
    "channels:read": "to know that it was added to a public channel, who is there and how many, and"
    " at Home which channels somebody is in",
    "groups:read": "the same of a private channel",
    "users:read": "to refuse guests who change settings or close, and outsiders; to know bots",
}
OPTIONAL = {
    "channels:history": "answers below an agenda, an edited source, how often messages name the"
    " customer where a channel wants that; no message twice after a crash",
    "groups:history": "the same in private channels",
    "files:write": "the page of a digest of several channels, as a file below it",
    "reactions:write": "a mark beside an answer below an agenda that was kept",
    "im:write": "no message to one person twice after a crash",
    "im:history": "the same: both are needed to look whether it is there",
}
EVENTS = {
    Event.JOINED: ["member_joined_channel"],
    Event.LEFT: ["channel_left"],
    Event.LEFT_PRIVATE: ["group_left"],
    Event.MESSAGE: ["message.channels", "message.groups"],
    Event.HOME: ["app_home_opened"],
}


def manifest(texts: Texts, url: str | None = None) -> dict[str, Any]:
    """The manifest in one language, in the first version of Slack's schema.

    With `url` Slack comes to that address, without it we go to Slack (Socket Mode).
    """
    events = [name for names in EVENTS.values() for name in names]
    at = {"request_url": url} if url else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "klantvraag",
            "description": texts.say("slack.manifest.description"),
            "long_description": texts.say("slack.manifest.long_description"),
            "background_color": "#1f5a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,  # else nothing can be said to one person
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "klantvraag", "always_online": True},
            "shortcuts": [
                {
                    "name": texts.say("slack.manifest.shortcut"),
                    "type": "message",
                    "callback_id": Shortcut.ADD_QUESTIONS.value,
                    "description": texts.say("slack.manifest.shortcut_description"),
                }
            ],
            "slash_commands": [
                {
                    "command": Command.KLANTVRAAG.value,
                    **({"url": url} if url else {}),
                    "description": texts.say("slack.manifest.command"),
                    "usage_hint": texts.say("slack.manifest.usage_hint"),
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(REQUIRED), "bot_optional": list(OPTIONAL)}},
        "settings": {
            "event_subscriptions": {**at, "bot_events": events},
            "interactivity": {"is_enabled": True, **at},
            "is_mcp_enabled": False,
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
