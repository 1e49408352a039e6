"""Which channels somebody is in now, as Slack says; asked anew each time, never remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPException

from slack_sdk.errors import SlackApiError

from bot.domain.problem import Problem
from bot.surfaces.slack import journal
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.membership import Ask, InTime, asking, is_outsider
from bot.surfaces.slack.pages import pages
from bot.surfaces.slack.refusals import code_of
from bot.usecases.toolbox import Caller

PAGE = 200  # what Slack recommends
TYPES = "public_channel,private_channel"


def channels_of(desk: Desk, caller: Caller) -> frozenset[str] | None:
    """The channels the caller is in, private ones only where we are too; no archived ones.

    None of who is of another organisation or gone, and is shown nothing. Raises Problem
    "channels_unseen" where Slack does not answer: then nobody may be shown anything.
    """
    with _answering():
        return places_of(desk, caller)


def places_of(desk: Desk, caller: Caller) -> frozenset[str] | None:
    """The same for who is not there to be told: raises what Slack's client raises."""
    return _channels(asking(desk.client_for(caller.tenant)), caller)


def refuse_absent(desk: Desk, caller: Caller, channel: str) -> None:
    """Raise Problem "left_channel" where the caller is not in it, or "channels_unseen".

    Also where Slack takes too long for an ack to wait.
    """
    with _answering():
        places = _channels(InTime(desk.client_for(caller.tenant)), caller) or ()
    if channel not in places:
        raise Problem("left_channel")


def _channels(ask: Ask, caller: Caller) -> frozenset[str] | None:
    user = ask("users_info", user=caller.person)["user"]
    if user.get("deleted") or is_outsider(user, caller.tenant, ask):
        return None
    return frozenset(_pages(ask, caller))


def _pages(ask: Ask, caller: Caller) -> Iterator[str]:
    for page in pages(
        partial(ask, "users_conversations"),
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
