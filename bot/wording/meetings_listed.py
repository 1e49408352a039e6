"""The meetings of a channel, to choose one from by its code or title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.view import MeetingView
from bot.wording.plain import BLANK, Line, Role
from bot.wording.still_open import standing
from bot.wording.texts import Texts

CODE = 8  # digits of an id: enough to tell, few enough to type


def code(meeting: MeetingView) -> str:
    """What a meeting can be called by."""
    return (meeting.id or "")[:CODE]


def meetings_listed(
    listed: Sequence[MeetingView], more: int, channel: str, texts: Texts
) -> Iterator[Line]:
    """A title and a line of facts for each; `more` are not shown."""
    heard = "found.here" if listed else "found.none"
    yield Line(texts.say(heard, channel=channel), Role.HEADING if listed else Role.TEXT)
    for meeting in listed:
        yield BLANK
        yield Line(meeting.title or texts.say("untitled"), Role.ITEM)
        yield Line(" · ".join(_facts(meeting, texts)), Role.NOTE, 2)
    if more:
        yield from (BLANK, Line(texts.say("slack.meetings.more", n=more), Role.NOTE))


def _facts(meeting: MeetingView, texts: Texts) -> Iterator[str]:
    if meeting.day:
        yield texts.short_day(meeting.day)
    if meeting.withdrawn:
        yield texts.say("slack.meetings.withdrawn")
    elif stands := standing(meeting, texts):
        yield stands
    yield code(meeting)
