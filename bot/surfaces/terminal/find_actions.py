"""Meetings found again: what `klantvraag meetings` shows, and one opened without its file."""

from __future__ import annotations

from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.surfaces.terminal import as_json
from bot.surfaces.terminal.actions import must_have_database, print_json
from bot.surfaces.terminal.console import Console
from bot.surfaces.terminal.late import close_late
from bot.surfaces.terminal.request import DONE, Request, request_with
from bot.usecases import find_meetings, set_up_channel
from bot.usecases.find_channels import wherever_it_meets
from bot.usecases.toolbox import Caller
from bot.wording.meetings_listed import code, meetings_listed
from bot.wording.plain import BLANK, Line, Role


def meetings(request: Request, *, json_: bool) -> int:
    """List the meetings of a channel: today's, open ones and those to come."""
    must_have_database(request)
    close_late(request)
    caller = _caller(request)
    found, more = find_meetings.find_meetings(request.toolbox, caller)
    listed, channel = [each.meeting for each in found], caller.channel
    if json_:
        print_json(as_json.meetings(listed, more, channel))
        return DONE
    texts, console = request.texts(), Console()
    console.show(meetings_listed(listed, more, channel, texts))
    to_open = [each for each in listed if not each.withdrawn and each.state is not State.CLOSED]
    if to_open and caller.platform == request.caller.platform:
        console.show([BLANK, Line(texts.say("found.how_to_open"))])
        command = _in(request, caller).command("meeting", "--open", code(to_open[0]))
        console.show([Line(command, Role.COMMAND, 2)])
    return DONE


def found_again(request: Request, name: str) -> tuple[Request, MeetingView]:
    """The meeting that is called so, and the request as it is made in its channel, of its sector.

    Raises Problem "unknown_meeting", "several_meetings", "meeting_withdrawn", "held_elsewhere".
    """
    caller = _caller(request)
    view = find_meetings.called(request.toolbox, caller, name)
    if caller.platform != request.caller.platform:
        raise Problem("held_elsewhere", channel=caller.channel)
    return _for_the_same(_in(request, caller)), view


def _caller(request: Request) -> Caller:
    chosen = bool(request.given.get("channel"))
    return wherever_it_meets(request.toolbox, request.caller, chosen=chosen)


def _in(request: Request, caller: Caller) -> Request:
    if caller.channel == request.channel:
        return request
    return request_with(request.toolbox, {**request.given, "channel": caller.channel})


def _for_the_same(request: Request) -> Request:
    """With the sector that was typed with the file: a new question is about the same customers."""
    sector = set_up_channel.last_sector(request.toolbox, request.caller)
    if request.given.get("sector") or sector in (None, request.settings().sector):
        return request
    return request_with(request.toolbox, {**request.given, "sector": sector})
