"""Closing a meeting in the terminal: three lines to type, or Enter three times.

The meeting is closed as soon as the chair says so, and every line is kept when it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

from bot.domain.observation import Observed
from bot.domain.view import ClosingView
from bot.surfaces.terminal.console import NoMoreInput
from bot.surfaces.terminal.talk import Stopped, Talk
from bot.usecases import close_meeting
from bot.usecases.show_meeting import show_closing
from bot.wording.closing_told import closing_told
from bot.wording.plain import Line, Role


def close(talk: Talk, meeting_id: str) -> None:
    """Close the meeting, and ask what the chair observed."""
    _keep(talk, _closing(talk, meeting_id), {})
    observe(talk, meeting_id)


def observe(talk: Talk, meeting_id: str) -> None:
    """Ask of a closed meeting what the chair observed, beginning with what was said before."""
    before = show_closing(talk.toolbox, talk.caller, meeting_id).observed.values()
    said = any(each is not Observed.NOT_DISCUSSED for each in before)  # some were skipped before
    with suppress(Stopped, NoMoreInput):
        _ask(talk, _closing(talk, meeting_id), suggested=not said)
    talk.console.say()
    show(talk, meeting_id)


def show(talk: Talk, meeting_id: str) -> None:
    """How the meeting was closed."""
    view = show_closing(talk.toolbox, talk.caller, meeting_id)
    talk.console.show(Line(sentence) for sentence in closing_told(view, talk.texts))


def _closing(talk: Talk, meeting_id: str) -> ClosingView:
    return close_meeting.closing(talk.toolbox, talk.caller, meeting_id)


def _ask(talk: Talk, view: ClosingView, *, suggested: bool) -> None:
    observed: dict[str, Observed] = {}
    if view.meeting.substantive:
        came_up = _came_up(talk, view, suggested=suggested)
        if came_up:  # of the others only the next answer tells whether they were discussed
            _keep(talk, view, dict.fromkeys(came_up, Observed.CAME_UP))
        left_out = _not_discussed(talk, view)
        observed = {it.id or "": Observed.DID_NOT for it in view.meeting.substantive}
        observed |= dict.fromkeys(came_up, Observed.CAME_UP)
        observed |= dict.fromkeys(left_out, Observed.NOT_DISCUSSED)
        _keep(talk, view, observed)
    before = _taken(view)
    taken = _take_away(talk, view, before)
    if taken != before:
        _keep(talk, view, observed, taken)


def _keep(
    talk: Talk, view: ClosingView, observed: Mapping[str, Observed], taken: str | None = None
) -> None:
    words, meeting_id = _taken(view) if taken is None else taken, view.meeting.id or ""
    close = partial(close_meeting.close, talk.toolbox, talk.caller)
    talk.do(lambda: close(meeting_id, observed, words))


def _taken(view: ClosingView) -> str:
    return view.closing.take_away if view.closing else ""


def _came_up(talk: Talk, view: ClosingView, *, suggested: bool) -> Sequence[str]:
    """The ids of the items where the customer came up; the items are listed with their number."""
    texts = talk.texts
    talk.console.say()
    question = texts.say("slack.closing.came_up", customer=view.meeting.customer)
    talk.console.say(question, Role.QUESTION)
    if suggested and (read := _positions(view, Observed.CAME_UP)):
        talk.console.say(texts.say("talk.suggested", before=read), Role.NOTE)
    else:
        talk.console.say(texts.say("slack.closing.by_itself"), Role.NOTE)
    talk.console.show(
        Line(f"{it.item.position:<3} {it.item.title}", indent=2, hang=4)
        for it in view.meeting.substantive
    )
    return _numbers(talk, view, Observed.CAME_UP, texts.say("talk.nowhere"))


def _not_discussed(talk: Talk, view: ClosingView) -> Sequence[str]:
    talk.console.say(talk.texts.say("slack.closing.not_discussed"), Role.QUESTION)
    return _numbers(talk, view, Observed.NOT_DISCUSSED, talk.texts.say("talk.everything"))


def _take_away(talk: Talk, view: ClosingView, before: str) -> str:
    question = talk.texts.say("slack.closing.take_away", customer=view.meeting.customer)
    talk.console.say(question, Role.QUESTION)
    prompt = "talk.sentence_kept" if before else "talk.sentence"
    said = talk.typed(talk.texts.say(prompt, before=before), 0)
    return "" if talk.means(said, "none_words") else said or before


def _numbers(talk: Talk, view: ClosingView, observed: Observed, none: str) -> Sequence[str]:
    """The ids of the items whose numbers are typed, Enter for those of which it is known."""
    items = {it.item.position.casefold(): it.id or "" for it in view.meeting.substantive}
    before = view.items(observed)
    prompt = "talk.numbers_kept" if before else "talk.numbers"
    while True:
        kept = _positions(view, observed)
        said = talk.typed(talk.texts.say(prompt, none=none, before=kept), 0)
        if not said:
            return [it.id or "" for it in before]
        if talk.means(said, "none_words"):
            return []
        numbers = [word.rstrip(".") for word in re.split(r"[\s,;]+", said.casefold()) if word]
        numbers = [number for number in numbers if not talk.means(number, "and_words")]
        unknown = [number for number in numbers if number not in items]
        if not unknown:
            return [items[number] for number in numbers]
        known = ", ".join(it.item.position for it in view.meeting.substantive)
        talk.console.say(talk.texts.say("talk.unknown_item", found=unknown[0], known=known))


def _positions(view: ClosingView, observed: Observed) -> str:
    return ", ".join(it.item.position for it in view.items(observed))
