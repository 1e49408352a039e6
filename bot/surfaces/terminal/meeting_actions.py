"""What `klantvraag meeting` does: find or prepare a meeting, hold it, change its closing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.domain.meeting import Agenda, State, title_key
from bot.domain.offer import Offer
from bot.domain.problem import Problem
from bot.domain.view import ClosingView, MeetingView
from bot.surfaces.terminal import closing_talk
from bot.surfaces.terminal.actions import must_have_database, read_agenda
from bot.surfaces.terminal.console import Console, NoMoreInput, fail
from bot.surfaces.terminal.conversation import Conversation
from bot.surfaces.terminal.find_actions import found_again
from bot.surfaces.terminal.late import close_late
from bot.surfaces.terminal.request import COULD_NOT, DONE, Request
from bot.surfaces.terminal.talk import Stopped, Talk
from bot.usecases import carry_over, prepare_meeting, run_meeting
from bot.usecases.prepare_again import known_as, prepare_again
from bot.usecases.show_meeting import show
from bot.wording import plain
from bot.wording.agenda_changed import agenda_changed
from bot.wording.meetings_listed import code
from bot.wording.plain import BLANK, Line, Role


def meeting(
    request: Request, file: Path | None, *, name: str | None, reopen: bool, carry: bool
) -> int:
    """Hold the meeting with this agenda, or the one that is called so, from where it was left."""
    if name is not None and carry:
        raise Problem("choose_one", options="--carry-over, --open")
    if name is None and file is not None:
        return _from_file(request, file, reopen=reopen, carry=carry)
    if name is not None and file is None:
        return _without_file(request, name, reopen=reopen)
    raise Problem("file_or_open")


def _without_file(request: Request, name: str, *, reopen: bool) -> int:
    must_have_database(request)
    close_late(request)
    request, view = found_again(request, name)
    talk = Talk(request.toolbox, request.caller, request.texts(view.language), Console())
    again = ["--open", code(view)]
    if view.state is State.CLOSED:
        if not reopen and not _after_closing(request, talk, view, again):
            return DONE
        reopen = True
        run_meeting.open_meeting(request.toolbox, request.caller, view.id or "")
        view = show(request.toolbox, request.caller, view.id or "")
    talk.console.show(plain.head(view, talk.texts))
    return hold(request, talk, view, again, reopened=reopen)


def _from_file(request: Request, file: Path, *, reopen: bool, carry: bool) -> int:
    if str(file) == "-":
        raise Problem("meeting_needs_a_file")
    read = read_agenda(request, file)
    late = close_late(request)
    talk = Talk(request.toolbox, request.caller, request.texts(read.language), Console())
    try:
        read = _with_open_items(talk, read, reopen=reopen, carry=carry)
    except Stopped:
        talk.console.say(talk.texts.say("talk.stopped"))
        return DONE
    view = _prepare(request, talk, read, reopen=reopen)
    talk = Talk(request.toolbox, request.caller, request.texts(view.language), talk.console)
    again = [str(file)]
    if view.state is State.CLOSED:
        if not _after_closing(request, talk, view, again):
            return DONE
        reopen, view = True, _prepare(request, talk, read, reopen=True)
    elif any(_same_without_day(each, view) for each in late):
        _tell_how_to_reopen(request, talk, again)
    talk.console.show(plain.head(view, talk.texts))
    return hold(request, talk, view, again, reopened=reopen)


def prepare(request: Request, read: Agenda, *, reopen: bool = False) -> MeetingView:
    """Keep the agenda as a meeting, or find the meeting it already is."""
    settings = request.settings()
    return prepare_meeting.prepare(request.toolbox, request.caller, read, settings, reopen=reopen)


def hold(
    request: Request, talk: Talk, view: MeetingView, again: Sequence[str], *, reopened: bool = False
) -> int:
    """Ask until the meeting is closed or left; say how to go on when it was left.

    `again` are the words that find it again.
    """
    resume = request.command("meeting", *again)
    try:
        held = Conversation(talk, view.id or "").hold(resume, reopened=reopened)
    except KeyboardInterrupt:
        fail(f"\n{talk.texts.say('talk.interrupted')}\n  {resume}")
        return COULD_NOT
    if held.state is State.CLOSED and held.day is None:  # the same agenda will be a new meeting
        return _tell_how_to_reopen(request, talk, again)
    return DONE


def _prepare(request: Request, talk: Talk, read: Agenda, *, reopen: bool) -> MeetingView:
    """Keep the agenda, and tell what is different from the last time it was read."""
    settings = request.settings()
    before, view = prepare_again(request.toolbox, request.caller, read, settings, reopen=reopen)
    changes = agenda_changed(before, view, talk.texts) if before else []
    if changes:
        talk.console.show([*(Line(change) for change in changes), BLANK])
    return view


def _with_open_items(talk: Talk, read: Agenda, *, reopen: bool, carry: bool) -> Agenda:
    """The agenda with what the last meeting left open: as it was before, when asked for, or
    when somebody at the keyboard says so. Raises Stopped."""
    offer = carry_over.offered(talk.toolbox, talk.caller, read)
    if offer is None:
        return read
    known = known_as(talk.toolbox, talk.caller, read, reopen=reopen)
    if carry or offer.chosen or (not known and _wants(talk, offer)):
        return carry_over.taking_along(read, offer)
    return read


def _wants(talk: Talk, offer: Offer) -> bool:
    if not talk.console.typed:
        return False
    titles = ", ".join(item.title for item in offer.items)
    day = talk.texts.short_date(offer.day)
    talk.console.say(talk.texts.say("slack.carry.left", day=day, items=titles))
    with suppress(NoMoreInput):
        return talk.yes("talk.carry", 0)
    return False


def _after_closing(request: Request, talk: Talk, view: MeetingView, again: Sequence[str]) -> bool:
    """Show a closed meeting, let its closing be changed; whether it is to be opened again."""
    talk.console.show(plain.meeting(view, talk.texts))
    talk.console.say()
    closing_talk.show(talk, view.id or "")
    talk.console.say(talk.texts.say("talk.already_closed"))
    chosen = None
    if talk.console.typed:
        with suppress(Stopped, NoMoreInput):
            chosen = talk.one_of("talk.closed_choice", "talk.closed_words", 0)
    if chosen == 0:
        closing_talk.observe(talk, view.id or "")
    elif chosen is None:
        _tell_how_to_reopen(request, talk, again)
    return chosen == 1


def _same_without_day(late: ClosingView, view: MeetingView) -> bool:
    """Whether a meeting that was closed just now would have been this one a day earlier."""
    closed = late.meeting
    return closed.day is None is view.day and title_key(closed.title) == title_key(view.title)


def _tell_how_to_reopen(request: Request, talk: Talk, again: Sequence[str]) -> int:
    talk.console.say(talk.texts.say("talk.how_to_reopen"))
    talk.console.show([Line(request.command("meeting", *again, "--reopen"), Role.COMMAND, 2)])
    return DONE
