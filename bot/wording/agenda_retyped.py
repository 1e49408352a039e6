"""An agenda written out as people type it, to be changed and read again."""

from __future__ import annotations

from itertools import groupby

from bot.domain.meeting import AgendaItem
from bot.domain.view import MeetingView
from bot.wording.texts import Texts


def retyped(meeting: MeetingView, texts: Texts) -> str:
    """Title, day and time, then a line for each item on the agenda."""
    when = [
        texts.day(meeting.day) if meeting.day else "",
        texts.clock(meeting.time) if meeting.time else "",
    ]
    head = [meeting.title or "", " ".join(filter(None, when))]
    items = [view.item for view in meeting.items if not view.removed]
    lines = [*filter(None, head), ""]
    for session, group in groupby(items, key=lambda item: item.session):
        lines += ["", session] if session else []
        lines += [_line(item, texts) for item in group]
    return "\n".join(lines).strip()


def _line(item: AgendaItem, texts: Texts) -> str:
    clock = f"{texts.clock(item.starts_at)} " if item.starts_at else ""
    minutes = f" ({texts.say('minutes', n=item.minutes)})" if item.minutes else ""
    return f"{item.position}. {clock}{item.title}{minutes}"
