"""What one person sees at home: of all their channels together, and what is kept about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.meeting import State
from bot.domain.view import MeetingView


@dataclass(frozen=True)
class OpenMeeting:
    """A meeting that is not closed; `place` is the platform's id of its channel.

    `reference` says where its message stands ("C123/1712.0001"), None while it was not posted.
    """

    meeting: MeetingView
    place: str
    reference: str | None
    today: bool


@dataclass(frozen=True)
class NotKnownYet:
    """An item whose answer is that nobody knows yet, in the words of the newest such answer."""

    item_id: str
    title: str
    words: str
    place: str
    reference: str | None
    state: State

    @property
    def can_be_answered(self) -> bool:
        """A closed meeting takes no answers."""
        return self.state is not State.CLOSED


@dataclass(frozen=True)
class HomeView:
    """`chosen` is the language the person chose, `language` the one to write in.

    There may be more `meetings` and items in `not_known` than shown. `channels`: how many of the
    person's channels we are in. `next_week`: they are told what is not prepared, None where nobody
    is.
    """

    chosen: str | None
    language: str
    channels: int
    meetings: Sequence[OpenMeeting]
    all_meetings: int
    not_known: Sequence[NotKnownYet]
    all_not_known: int
    next_week: bool | None = None


@dataclass(frozen=True)
class StoredView:
    """What is kept about one person; `counts` has a number for each kind of record, 0 too.

    `account`: the platform's id of the person is kept, `name`: their name too. `no_next_week`: that
    they want no word about next week.
    """

    account: bool
    name: bool
    chosen: str | None
    no_next_week: bool
    counts: Mapping[str, int]
