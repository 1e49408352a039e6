"""Who is in a channel: full members, guests and outsiders, people and bots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.problem import Problem
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.refusals import code_of
from bot.usecases.toolbox import Caller

PAGE = 1_000
ASKED = 100  # members we ask after; in a larger channel a few bots more make no difference


def refuse_guests(desk: Desk, caller: Caller, problem: Problem) -> None:
    """Raise the problem for guests and people of other organisations."""
    try:
        user = desk.client_for(caller.tenant).users_info(user=caller.person)["user"]
    except SlackApiError as error:
        if code_of(error) == "missing_scope":
            return
        raise
    other = user.get("team_id", caller.tenant) != caller.tenant
    if (
        (other and not user.get("enterprise_user"))
        or user.get("is_restricted")
        or user.get("is_stranger")
    ):
        raise problem


def people_in(desk: Desk, caller: Caller) -> int:
    """How many people are in the caller's channel, without bots. Raises what Slack raises."""
    client = desk.client_for(caller.tenant)
    others = [member for member in _members(client, caller.channel) if member != desk.bot_user]
    bots = sum(_is_bot(client, member) for member in others[:ASKED])
    return len(others) - bots


def _members(client: WebClient, channel: str) -> Iterator[str]:
    cursor: str | None = ""
    while cursor is not None:
        page: Any = client.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None)
        yield from page["members"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None


def _is_bot(client: WebClient, member: str) -> bool:
    return bool(client.users_info(user=member)["user"].get("is_bot"))
