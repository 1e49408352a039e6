"""A delivery: what has to be shown where, and what may come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.view import ClosingView, MeetingView
from bot.storage import jobs, posted_messages
from bot.storage.claims import Job
from bot.storage.posted_messages import Posted
from bot.usecases.show_due import View
from bot.usecases.toolbox import Untold


@dataclass(frozen=True)
class Asker:
    """Who asked for something, by the platform's id, and the language to tell them in."""

    person: str
    language: str


@dataclass(frozen=True)
class Delivery:
    """A record to show as it stands now, in a channel by its platform's id, or to one person by
    theirs.

    `parts` are the messages that show it already, by their number from 1. `asker` is to be told
    when it can't be. `thread` is the message it stands below, None for one of its own. With
    `or_alone` it is posted by itself where that message is gone. The view is Untold where it is not
    to be posted, but an earlier try may have.
    """

    job: Job
    channel: str
    view: View
    parts: Mapping[int, Posted]
    asker: Asker | None = None
    thread: str | None = None
    or_alone: bool = False

    @property
    def gone(self) -> bool:
        """Whether nothing of it is to be seen: withdrawn, or below what is being posted anew."""
        if isinstance(self.view, ClosingView):
            return self.view.meeting.withdrawn or self.thread is None
        if isinstance(self.view, MeetingView):
            return self.view.withdrawn
        return isinstance(self.view, Untold)

    def key(self, part: int) -> str:
        """What a part is recognised by on its platform; says nothing but our id."""
        return jobs.key_of(posted_messages.kind_of(self.job.kind, part), self.job.record_id)


@dataclass(frozen=True)
class Later:
    """Not now, but after a back-off that grows. `uncertain`: something may have been posted.

    `reason` is the platform's word where it lets nothing of ours in until a person mends that.
    """

    uncertain: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Busy:
    """Nothing for so many seconds in this channel, or `everywhere` in this workspace."""

    seconds: float
    everywhere: bool
    uncertain: bool = False


@dataclass(frozen=True)
class Ended:
    """It can't succeed; `reason` is the platform's word."""

    reason: str
    uncertain: bool = False


@dataclass(frozen=True)
class Unknown:
    """It may have been posted and there is no way to look; `reason` is the platform's word."""

    reason: str


Outcome = Later | Busy | Ended | Unknown
