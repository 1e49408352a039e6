"""What an agenda says, piece by piece: each with its words for who sees and for who hears it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from bot.domain.answer import Answer, Standing
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
ANSWERS = 2  # shown of an item, or one of each question; the others are counted
WHOLE = 10**6
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
        plain.carried(view, texts),
    ]
    title = it.title if view.removed else _numbered(view)  # another may have its number by now
    return " · ".join([f"{mark}{mrkdwn(title, TITLE)}{mark}", *filter(None, facts)])


def _quiet(view: ItemView) -> bool:
    return not (view.substantive or view.questions or view.answers or view.notes)


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
    waits = not (closed or view.removed or view.answers or view.skipped)
    lines = list(_below(view, texts, closed=closed))
    shown = "\n".join([head_of_item(view, texts), *lines])
    unquoted = (line.removeprefix("> ") for line in lines)
    spoken = "\n".join([head_of_item(view, texts, mark=""), *unquoted])
    done = closed or view.removed
    beside = _done(view, texts, over=done) if done or not waits else _waits(view, texts, green)
    block = block_kit.section(block_kit.written(shown), beside)
    return Piece(block, spoken, view if waits else None)


def by_question(view: ItemView) -> list[tuple[str, list[Answer]]]:
    """(question, its answers), those to the item as a whole last, without a question.

    Questions without an answer are there too, unless they don't apply or nobody asks them any more.
    """
    over = view.removed or view.skipped or view.standing is Standing.NOT_APPLICABLE
    groups, general = [], list(view.answers)
    for asked in view.questions:
        given = [one for one in general if asked.id and one.asked_question_id == asked.id]
        general = [one for one in general if one not in given]
        if given or not over:
            groups.append((asked.choice.text, given))
    return [*groups, ("", general)] if general else groups


def _below(view: ItemView, texts: Texts, *, closed: bool) -> Iterator[str]:
    """The questions, each with its first answers."""
    if view.removed:
        words = texts.say("agenda.removed")
        yield f"_{words[0].upper()}{words[1:]}_"
    hidden = len(view.answers)
    for asked, given in _first(by_question(view)):
        hidden -= len(given)
        if asked:
            yield mrkdwn(asked, QUESTION)
        yield from (f"> {said(one, texts)}" for one in given)
    if hidden:
        yield texts.say("slack.agenda.more_answers", n=hidden)
    if view.notes:
        yield texts.say("slack.agenda.noted", words=mrkdwn(_noted(view), SAID))
    if view.skipped:
        yield f"_{texts.say('slack.agenda.skipped')}_"
    elif closed and view.substantive and not view.answers:
        yield f"_{texts.say('slack.agenda.left_open')}_"


def _first(groups: list[tuple[str, list[Answer]]]) -> Iterator[tuple[str, list[Answer]]]:
    """One answer of each group, then more where there is room."""
    spare = max(0, ANSWERS - sum(1 for _, given in groups if given))
    for asked, given in groups:
        shown = given[: 1 + spare]
        spare -= max(0, len(shown) - 1)
        yield asked, shown


def _noted(view: ItemView) -> str:
    return " / ".join(view.notes)


def _all_shown(view: ItemView, texts: Texts) -> bool:
    """Whether every answer and note can be read as it is, to its end."""
    shown = [one for _, given in _first(by_question(view)) for one in given]
    if len(mrkdwn(_noted(view), WHOLE)) > SAID:
        return False
    return len(shown) == len(view.answers) and all(
        said(one, texts) == said(one, texts, WHOLE) for one in shown
    )


def said(given: Answer, texts: Texts, most: int = SAID) -> str:
    """Yes: one form instead of three. – assumed, changed our decision"""
    safe = mrkdwn(shortened(given.text, most), 2 * most)
    return plain.answer(replace(given, text=safe), texts).removeprefix("| ")


def _waits(view: ItemView, texts: Texts, green: bool) -> Block | None:
    """A button means open."""
    if view.id is None:
        return None
    label = texts.say("slack.agenda.answer")
    answer = block_kit.button(label, about(Action.ANSWER, view.id), green=green)
    return block_kit.spoken(f"{label}: {_numbered(view)}", answer)


def _done(view: ItemView, texts: Texts, *, over: bool) -> Block | None:
    """What has an answer keeps a menu; once it is `over`, only to read what does not show.

    So does what is skipped: an answer, or a note, may come all the same.
    """
    waits = [Pick.ANSWER, Pick.NOTE] if view.skipped else [Pick.ADD, Pick.CHANGE, Pick.NOTE]
    picks = [] if over else waits
    if not _all_shown(view, texts):
        picks.append(Pick.READ)
    if view.id is None or not picks:
        return None
    menu = {pick.value: texts.say(f"slack.agenda.{pick}") for pick in picks}
    return block_kit.overflow(about(Action.ITEM_MENU, view.id), menu)


def _numbered(view: ItemView) -> str:
    return f"{view.item.position}. {view.item.title}"


def _short_title(view: ItemView) -> str:
    return shortened(f"{view.item.position} {view.item.title}", TITLE)
