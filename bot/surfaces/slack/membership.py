"""What somebody is to a channel now, as Slack tells: in it or not, full member, guest, outsider."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.member import Member
from bot.domain.problem import Problem
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.pages import pages
from bot.surfaces.slack.refusals import code_of
from bot.usecases.toolbox import Caller

EACH = 1  # second for a request
ALL = 1.5  # seconds for all of them: what needs the answer is acknowledged after it, within 3
PAGE = 999  # Slack wants it under 1,000
# By whether a channel is private: the scope by which its messages reach us.
HISTORY = {False: "channels:history", True: "groups:history"}
UNSEEN = {"user_not_found", "user_not_visible"}  # people Slack shows us nothing of

Ask = Callable[..., Any]  # a method of Slack's Web API, by its name


def asking(client: WebClient) -> Ask:
    """A client's methods by their names. Raises what a client raises."""

    def ask(method: str, **values: Any) -> Any:
        return getattr(client, method)(**values)

    return ask


class InTime:
    """Slack's Web API where an ack waits for it. Raises TimeoutError where it is too slow."""

    def __init__(self, ours: WebClient) -> None:
        self._client = WebClient(ours.token, ours.base_url, timeout=EACH, retry_handlers=[])
        self._until = time.monotonic() + ALL

    def __call__(self, method: str, **values: Any) -> Any:
        """What Slack answers. Raises what a client raises."""
        if time.monotonic() > self._until:
            raise TimeoutError
        return getattr(self._client, method)(**values)


class LookUp:
    """Looks people up in the caller's channel; together it takes little enough for an ack to wait.

    Raises Problem "cannot_look" where Slack is too slow; what it refuses as SlackApiError.
    """

    def __init__(self, desk: Desk, caller: Caller) -> None:
        self._in_time = InTime(desk.client_for(caller.tenant))
        self._caller = caller
        self._history = desk.history
        self._here: set[str] | None = None

    def __call__(self, person: str) -> Member:
        """What this account is to the channel."""
        account = self.account(person)
        if account.gone:
            return account
        if self._here is None:
            self._here = set(self._members())
        return replace(account, here=person in self._here)

    def account(self, person: str) -> Member:
        """What this account is, wherever it is."""
        try:
            user = self._ask("users_info", user=person)["user"]
        except SlackApiError as error:
            if code_of(error) in UNSEEN:
                return Member(gone=True)
            raise
        return member_of(user, self._caller.tenant, self._ask)

    def is_shared(self) -> bool:
        """Whether people of another organisation are, or are invited, in the channel."""
        return is_shared(self._ask("conversations_info", channel=self._caller.channel)["channel"])

    def is_heard(self) -> bool:
        """Whether messages in the channel reach us; Slack is asked only where that depends on
        whether it is private."""
        if len(self._history) != 1:
            return bool(self._history)
        channel = self._ask("conversations_info", channel=self._caller.channel)["channel"]
        return HISTORY[bool(channel.get("is_private"))] in self._history

    def _members(self) -> Iterator[str]:
        ask = partial(self._ask, "conversations_members")
        for page in pages(ask, channel=self._caller.channel, limit=PAGE):
            yield from page["members"]

    def _ask(self, method: str, **values: Any) -> Any:
        try:
            return self._in_time(method, **values)
        except SlackApiError as error:
            if error.response.status_code >= 429 or code_of(error) == "ratelimited":
                raise Problem("cannot_look") from None
            raise
        except (OSError, HTTPException):
            raise Problem("cannot_look") from None


def member_of(user: Mapping[str, Any], tenant: str, ask: Ask) -> Member:
    """What an account is, by what Slack tells of it."""
    profile = user.get("profile") or {}
    return Member(
        name=str(profile.get("display_name") or user.get("real_name") or user.get("name")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        outsider=is_outsider(user, tenant, ask),
        gone=bool(user.get("deleted") or user.get("is_bot")),
    )


def is_shared(channel: Mapping[str, Any]) -> bool:
    """Whether people of another organisation are, or are invited, in a channel."""
    return bool(channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"))


def is_outsider(user: Mapping[str, Any], tenant: str, ask: Ask) -> bool:
    """Whether they are of another workspace that is not of our organisation either."""
    if user.get("is_stranger"):
        return True
    if user.get("team_id", tenant) == tenant:
        return False
    theirs = (user.get("enterprise_user") or {}).get("enterprise_id")
    return not theirs or theirs != ask("auth_test").get("enterprise_id")


def refuse_guests(desk: Desk, caller: Caller, problem: Problem) -> None:
    """Raise the problem for guests and people of other organisations."""
    try:
        member = LookUp(desk, caller).account(caller.person)
    except SlackApiError as error:
        if code_of(error) == "missing_scope":
            return
        raise
    if not member.full:
        raise problem
