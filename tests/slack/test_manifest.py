"""The manifest: within Slack's limits, in both languages, and exactly what is listened to."""

from __future__ import annotations

from typing import Any

import pytest

from bot.readers.catalogue import Prompts
from bot.surfaces.slack.manifest import EVENTS, manifest
from bot.surfaces.slack.names import Action, Event, Form, about
from bot.wording.texts import Texts
from tests.slack.people import Office
from tests.slack.workspace import TEAM

ABOUT_NOTHING = {
    Action.SET_UP,
    Action.SETTINGS,
    Action.PASTE,
    Action.FIGURES,
    Action.LANGUAGE,
    Action.NEXT_WEEK,
    Action.NO_NEXT_WEEK,
    Action.STORED,
    Action.HELP,
    Action.MEETINGS,
}


@pytest.fixture(params=["nl", "en"])
def made(request: pytest.FixtureRequest, prompts: Prompts) -> dict[str, Any]:
    return manifest(Texts(request.param, prompts.texts[request.param]))


def test_it_keeps_to_slacks_limits(made: dict[str, Any]) -> None:
    shown, features = made["display_information"], made["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert len(features["bot_user"]["display_name"]) <= 80
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2_000
        assert len(command["usage_hint"]) <= 1_000
    assert len(features["shortcuts"]) <= 10
    assert all(len(shortcut["name"]) <= 24 for shortcut in features["shortcuts"])
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100


def test_what_may_be_typed_names_the_figures_of_several_channels(prompts: Prompts) -> None:
    for language, word in {"nl": "weekoverzicht", "en": "digest"}.items():
        command = manifest(Texts(language, prompts.texts[language]))["features"]["slash_commands"]
        assert word in command[0]["usage_hint"]


def test_no_scope_is_asked_for_without_need(made: dict[str, Any]) -> None:
    """Written out: each of these was weighed, and so is the next one."""
    assert made["oauth_config"]["scopes"] == {
        "bot": ["commands", "chat:write", "channels:read", "groups:read", "users:read"],
        "bot_optional": [
            "channels:history",
            "groups:history",
            "files:write",
            "reactions:write",
            "im:write",
            "im:history",
        ],
    }
    assert made["settings"]["event_subscriptions"]["bot_events"] == [
        "member_joined_channel",
        "channel_left",
        "group_left",
        "message.channels",
        "message.groups",
        "app_home_opened",
    ]


def test_it_says_all_that_slacks_schema_requires(made: dict[str, Any]) -> None:
    settings = made["settings"]
    assert settings["interactivity"] == {"is_enabled": True}
    assert {name: on for name, on in settings.items() if isinstance(on, bool)} == {
        "is_mcp_enabled": False,
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    }
    assert made["features"]["bot_user"]["always_online"] is True
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": True,
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_over_http_slack_comes_to_an_address_with_everything(
    language: str, prompts: Prompts
) -> None:
    texts, url = Texts(language, prompts.texts[language]), "https://example.org/slack/events"
    over_http = manifest(texts, url)

    settings = over_http["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"].pop("request_url") == url
    assert settings["interactivity"].pop("request_url") == url
    assert [command.pop("url") for command in over_http["features"]["slash_commands"]] == [url]
    settings["socket_mode_enabled"] = True
    assert over_http == manifest(texts)


def test_whatever_the_manifest_announces_is_listened_to(office: Office, made) -> None:
    for command in made["features"]["slash_commands"]:
        assert heard(office, {"command": command["command"], "text": "hulp"}, "commands")
    for shortcut in made["features"]["shortcuts"]:
        kind = "message_action" if shortcut["type"] == "message" else "shortcut"
        body = {"type": kind, "callback_id": shortcut["callback_id"], "message": {"text": ""}}
        assert heard(office, body)
    announced = {
        name.partition(".")[0] for name in made["settings"]["event_subscriptions"]["bot_events"]
    }
    assert announced == set(Event) == set(EVENTS)
    for name in announced:
        event = {"type": name, "channel": "C1", "user": "U1"}
        assert heard(office, {"type": "event_callback", "event_id": name, "event": event}, "events")
    assert not heard(office, {"command": "/iets", "text": ""}, "commands")


def test_every_button_and_form_is_listened_to(office: Office) -> None:
    for action in Action:
        name = action if action in ABOUT_NOTHING else about(action, "0")
        pressed = {"action_id": name, "block_id": "b", "type": "button", "value": "0"}
        assert heard(office, {"type": "block_actions", "actions": [pressed]}), name
    for form in Form:
        view = {
            "id": "V1",
            "type": "modal",
            "callback_id": form,
            "blocks": [],
            "state": {"values": {}},
        }
        assert heard(office, {"type": "view_submission", "view": view})
    unknown = {"action_id": "other_answer:0", "block_id": "b", "type": "button"}
    assert not heard(office, {"type": "block_actions", "actions": [unknown]})


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted", "channel_join", None])
def test_no_kind_of_message_comes_back_for_want_of_a_listener(office: Office, subtype) -> None:
    event = {"type": "message", "channel": "C1", "subtype": subtype, "ts": "1.1"}
    body = {"type": "event_callback", "event_id": f"E{subtype}", "event": event}
    assert heard(office, body, "events")
    assert office.slack.called("chat.postEphemeral") == []


def heard(office: Office, body: dict[str, Any], kind: str = "interactive") -> bool:
    """Whether somebody listens: Slack would otherwise show an error, or deliver it again."""
    common: dict[str, Any] = {"team": {"id": TEAM}, "user": {"id": "U1"}, "channel": {"id": "C1"}}
    if kind == "commands":
        common = {"channel_id": "C1", "user_id": "U1"}
    if kind == "events":
        common = {}
    common |= {"team_id": TEAM, "trigger_id": office.slack.trigger("U1")}
    request = office._signed(common | body, kind)
    return office.app.dispatch(request).status == 200
