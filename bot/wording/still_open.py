"""Where a meeting stands, in a few words."""

from __future__ import annotations

from bot.domain.meeting import State
from bot.domain.view import MeetingView
from bot.wording import plain
from bot.wording.texts import Texts


def standing(meeting: MeetingView, texts: Texts) -> str:
    """5 items open; 2 of 5 items open; closed, with its counts."""
    here, still = len(meeting.substantive), len(meeting.open_items)
    if meeting.state is State.CLOSED:
        return plain.closing(meeting, texts).removesuffix(".")
    if not here:
        return ""
    if still == here:
        return texts.say("slack.agenda.all_open", n=here)
    if still == 0:
        return texts.say("slack.agenda.none_open")
    return texts.say("slack.agenda.some_open", open=still, n=here)
