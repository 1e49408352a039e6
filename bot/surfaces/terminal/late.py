"""In the terminal no clock runs: a forgotten meeting is closed at the next command, and told."""

from __future__ import annotations

from bot.domain.view import ClosingView
from bot.surfaces.terminal.console import fail
from bot.surfaces.terminal.request import Request
from bot.usecases import close_late as late
from bot.wording.texts import Texts


def close_late(request: Request) -> list[ClosingView]:
    """Close what was forgotten, and tell so on stderr, a line each."""
    closed = late.close_late(request.toolbox, request.caller)
    for view in closed:
        fail(_told(view, request.texts(view.language)))
    return closed


def _told(view: ClosingView, texts: Texts) -> str:
    title = view.meeting.title or texts.say("untitled")
    if view.meeting.day:
        title = f"{title}, {texts.short_day(view.meeting.day)}"
    said = texts.say("talk.forgotten", meeting=title)
    return said if view.told else f"{said} {texts.say('slack.closing.not_observed')}"
