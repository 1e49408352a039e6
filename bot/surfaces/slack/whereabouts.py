"""Which channels somebody is in now, as Slack says; asked anew each time, never remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.problem import Problem
from bot.surfaces.slack import journal
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.membership import is_outsider
from bot.surfaces.slack.pages import pages
from bot.surfaces.slack.refusals import code_of
from bot.usecases.toolbox import Caller

PAGE = 200  # what Slack recommends
TYPES = "public_channel,private_channel"


def channels_of(desk: Desk, caller: Caller) -> frozenset[str] | None:
    """The channels the caller is in, private ones only where we are too; no archived ones.

    None of somebody of another organisation, who is shown nothing. Raises Problem "channels_unseen"
    where Slack does not answer: then nobody may be shown anything.
    """
    client = desk.client_for(caller.tenant)
    with _answering():
        user = client.users_info(user=caller.person)["user"]
        if is_outsider(user, caller.tenant, client.auth_test):
            return None
        return frozenset(_channels(client, caller))


def refuse_absent(desk: Desk, caller: Caller, channel: str) -> None:
    """Raise Problem "left_channel" where the caller is not in it, or "channels_unseen"."""
    if channel not in (channels_of(desk, caller) or ()):
        raise Problem("left_channel")


def _channels(client: WebClient, caller: Caller) -> Iterator[str]:
    for page in pages(
        client.users_conversations,
        user=caller.person,
        team_id=caller.tenant,  # for a token of a whole organisation
        types=TYPES,
        exclude_archived=True,
        limit=PAGE,
    ):
        yield from (channel["id"] for channel in page["channels"])


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (SlackApiError, OSError, HTTPException) as error:
        journal.failure("could not look", error, code=code_of(error))
        raise Problem("channels_unseen") from None
