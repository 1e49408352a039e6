"""What somebody is to a channel now, as Slack tells: in it or not, full member, guest, outsider."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
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
UNSEEN = {"user_not_found", "user_not_visible"}  # people Slack shows us nothing of


def is_outsider(user: Mapping[str, Any], tenant: str, who_we_are: Callable[[], Any]) -> bool:
    """Whether somebody is of another workspace that is not of our organisation either.

    `user` as users.info has them; `who_we_are` asks auth.test, where that tells.
    """
    if user.get("is_stranger"):
        return True
    if user.get("team_id", tenant) == tenant:
        return False
    theirs = (user.get("enterprise_user") or {}).get("enterprise_id")
    return not theirs or theirs != who_we_are().get("enterprise_id")


class LookUp:
    """Looks people up in the caller's channel; together it takes little enough for an ack to wait.

    Raises Problem "cannot_look" where Slack is too slow; what it refuses as SlackApiError.
    """

    def __init__(self, desk: Desk, caller: Caller) -> None:
        ours = desk.client_for(caller.tenant)
        self._client = WebClient(ours.token, ours.base_url, timeout=EACH, retry_handlers=[])
        self._caller = caller
        self._until = time.monotonic() + ALL
        self._here: set[str] | None = None

    def __call__(self, person: str) -> Member:
        """What this account is to the channel."""
        try:
            user = self._ask("users_info", user=person)["user"]
        except SlackApiError as error:
            if code_of(error) in UNSEEN:
                return Member(gone=True)
            raise
        if self._here is None:
            self._here = set(self._members())
        profile = user.get("profile") or {}
        return Member(
            name=str(profile.get("display_name") or user.get("real_name") or user.get("name")),
            here=person in self._here,
            guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            outsider=is_outsider(user, self._caller.tenant, partial(self._ask, "auth_test")),
            gone=bool(user.get("deleted") or user.get("is_bot")),
        )

    def _members(self) -> Iterator[str]:
        ask = partial(self._ask, "conversations_members")
        for page in pages(ask, channel=self._caller.channel, limit=PAGE):
            yield from page["members"]

    def _ask(self, method: str, **values: Any) -> Any:
        if time.monotonic() > self._until:
            raise Problem("cannot_look")
        try:
            return getattr(self._client, method)(**values)
        except SlackApiError as error:
            if error.response.status_code >= 429 or code_of(error) == "ratelimited":
                raise Problem("cannot_look") from None
            raise
        except (OSError, HTTPException):
            raise Problem("cannot_look") from None
