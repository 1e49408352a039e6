"""What an agenda says, piece by piece: each with its words for who sees and for who hears it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from bot.domain.answer import Answer
from bot.domain.meeting import State
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import heard, mrkdwn, shortened
from bot.surfaces.slack.names import Action, Pick, about
from bot.wording import plain
from bot.wording.texts import Texts

TITLE = 150  # characters, here and below: what comes after is left out
QUESTION = 300
SAID = 140
ANSWERS = 2  # shown of an item; the others are counted
RUN = 600


@dataclass(frozen=True)
class Piece:
    """A block and its words; `open` is the item where it waits for an answer."""

    block: Block
    text: str
    open: ItemView | None = field(default=None, compare=False)


def pieces(meeting: MeetingView, texts: Texts) -> Iterator[Piece]:
    """An agenda's items in order; procedural ones that follow each other share a line."""
    green = next((it.id for it in meeting.open_items), None)
    for session, items in groupby(meeting.items, key=lambda it: it.item.session):
        if session:
            words = mrkdwn(session, TITLE)
            yield Piece(block_kit.section(block_kit.written(f"*{words}*")), words)
        for quiet, run in groupby(items, key=_quiet):
            if quiet:
                yield from _runs([_short_title(it) for it in run])
            else:
                yield from (_item(it, meeting, texts, green=it.id == green) for it in run)


def head_of_item(view: ItemView, texts: Texts, mark: str = "*") -> str:
    """*4. New moving form* · 10 min"""
    it = view.item
    facts = [
        texts.clock(it.starts_at) if it.starts_at else "",
        texts.say("minutes", n=it.minutes) if it.minutes else "",
    ]
    return " · ".join([f"{mark}{mrkdwn(_numbered(view), TITLE)}{mark}", *filter(None, facts)])


def _quiet(view: ItemView) -> bool:
    return not (view.substantive or view.questions or view.answers)


def _runs(titles: list[str]) -> Iterator[Piece]:
    line = ""
    for title in titles:
        if line and len(line) + len(title) > RUN:
            yield Piece(block_kit.context(line), heard([line], 2 * RUN))
            line = ""
        line = f"{line} · {title}" if line else title
    yield Piece(block_kit.context(line), heard([line], 2 * RUN))


def _item(view: ItemView, meeting: MeetingView, texts: Texts, *, green: bool) -> Piece:
    closed = meeting.state is State.CLOSED
    waits = not (closed or view.removed or view.answers)
    lines = list(_answered(view, texts) if view.answers else _asked(view, texts, closed=closed))
    shown = "\n".join([head_of_item(view, texts), *lines])
    unquoted = (line.removeprefix("> ") for line in lines)
    spoken = "\n".join([head_of_item(view, texts, mark=""), *unquoted])
    beside = None if closed or view.removed else _beside(view, texts, waits=waits, green=green)
    block = block_kit.section(block_kit.written(shown), beside)
    return Piece(block, spoken, view if waits else None)


def _asked(view: ItemView, texts: Texts, *, closed: bool) -> Iterator[str]:
    yield from (mrkdwn(asked.choice.text, QUESTION) for asked in view.questions)
    if closed and view.substantive:
        yield f"_{texts.say('slack.agenda.left_open')}_"


def _answered(view: ItemView, texts: Texts) -> Iterator[str]:
    """The first answers, each below its question."""
    questions = {asked.id: asked.choice.text for asked in view.questions}
    given = plain.in_order(view)
    if view.removed:
        yield texts.say("agenda.removed")
    for asked, answers in groupby(given[:ANSWERS], key=lambda one: one.asked_question_id):
        if asked in questions:
            yield mrkdwn(questions[asked], QUESTION)
        yield from (f"> {said(one, texts)}" for one in answers)
    if len(given) > ANSWERS:
        yield texts.say("slack.agenda.more_answers", n=len(given) - ANSWERS)


def said(given: Answer, texts: Texts, most: int = SAID) -> str:
    """Yes: one form instead of three. – assumed, changed our decision"""
    safe = mrkdwn(shortened(given.text, most), 2 * most)
    return plain.answer(replace(given, text=safe), texts).removeprefix("| ")


def _beside(view: ItemView, texts: Texts, *, waits: bool, green: bool) -> Block | None:
    """A button means open; what is done keeps a menu."""
    if view.id is None:
        return None
    if waits:
        label = texts.say("slack.agenda.answer")
        answer = block_kit.button(label, about(Action.ANSWER, view.id), green=green)
        return block_kit.spoken(f"{label}: {_numbered(view)}", answer)
    menu = {pick.value: texts.say(f"slack.agenda.{pick}") for pick in (Pick.ADD, Pick.CHANGE)}
    return block_kit.overflow(about(Action.ITEM_MENU, view.id), menu)


def _numbered(view: ItemView) -> str:
    return f"{view.item.position}. {view.item.title}"


def _short_title(view: ItemView) -> str:
    return shortened(f"{view.item.position} {view.item.title}", TITLE)
