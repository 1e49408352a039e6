"""How many people are in a channel, told from the bots."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import islice

from slack_sdk import WebClient

from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.membership import PAGE
from bot.surfaces.slack.pages import pages
from bot.usecases.toolbox import Caller

ASKED = 100  # members we ask after one by one: Slack takes a hundred such requests a minute
MOST_PAGES = 10


def people_in(desk: Desk, caller: Caller) -> int:
    """How many people are in the caller's channel, without bots. Raises what Slack raises."""
    client = desk.client_for(caller.tenant)
    others = {member for member in _members(client, caller.channel) if member != desk.bot_user}
    if len(others) <= ASKED:
        return len(others) - sum(_is_bot(client, member) for member in others)
    return len(others - _bots(client, others, caller.tenant))


def _members(client: WebClient, channel: str) -> Iterator[str]:
    for page in pages(client.conversations_members, channel=channel, limit=PAGE):
        yield from page["members"]


def _bots(client: WebClient, wanted: Set[str], tenant: str) -> set[str]:
    """Which of them are bots, from the list of the workspace, read until all were seen.

    It leaves out outsiders, who are hardly ever bots; they are taken for people, as are the members
    that a list of more than MOST_PAGES did not come to: Slack takes twenty requests a minute.
    """
    bots, unseen = set(), set(wanted)
    listed = pages(client.users_list, team_id=tenant, limit=PAGE)
    for page in islice(listed, MOST_PAGES):
        bots |= {user["id"] for user in page["members"] if user.get("is_bot")}
        unseen -= {user["id"] for user in page["members"]}
        if not unseen:
            break
    return bots


def _is_bot(client: WebClient, member: str) -> bool:
    return bool(client.users_info(user=member)["user"].get("is_bot"))
