"""Counts the people in channels whose meetings were closed while nobody could count them."""

from __future__ import annotations

from threading import Lock

from slack_sdk.errors import SlackApiError

from bot.surfaces.slack import journal, members
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.received import PLATFORM
from bot.surfaces.slack.refusals import code_of, meaning
from bot.usecases import close_meeting
from bot.usecases.close_meeting import Uncounted
from bot.usecases.delivery import Ended


class HeadCount:
    """In a tenant's workspace, or in all: for what the clock closed, and where Slack was away."""

    def __init__(self, desk: Desk, only_in: str | None = None) -> None:
        self._desk = desk
        self._only_in = only_in
        self._refused: set[Uncounted] = set()
        self._busy = Lock()

    def look(self) -> None:
        """Count what was not counted; whatever hinders it but a refusal is over in a while."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            self._look()
        finally:
            self._busy.release()

    def _look(self) -> None:
        waiting = close_meeting.uncounted(self._desk.toolbox, PLATFORM, only_in=self._only_in)
        for closing in waiting:
            if closing in self._refused:
                continue
            try:
                self._count(closing)
            except Exception as error:  # noqa: BLE001  the number stays unknown till the next look
                if not _refuses(error):
                    journal.failure("not counted yet", error)
                    return
                journal.failure("not counted", error, code=code_of(error))
                self._refused.add(closing)

    def _count(self, closing: Uncounted) -> None:
        people = members.people_in(self._desk, closing.caller)
        close_meeting.count_members(
            self._desk.toolbox, closing.caller, closing.meeting_id, closing.number, people
        )


def _refuses(error: Exception) -> bool:
    """Whether Slack says that we shall never know."""
    if not isinstance(error, SlackApiError):
        return False
    refused = isinstance(meaning(error, posting=False, in_doubt=False), Ended)
    return refused or code_of(error) == "missing_scope"
