"""How a meeting was closed, in its thread: what was observed, what was answered, what is taken."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.meeting import State
from bot.domain.observation import Observed
from bot.domain.view import ClosingView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.carry_over_pieces import carried, carry_button
from bot.surfaces.slack.closing_form import CUSTOMER, SENTENCE
from bot.surfaces.slack.escape import heard, shortened
from bot.surfaces.slack.names import Action, about
from bot.wording import plain
from bot.wording.texts import Texts

LONGEST = 2_000  # characters of a paragraph; what people wrote in it is escaped


def closing(view: ClosingView, texts: Texts) -> Message:
    """A few sentences and a button to change them; of a meeting that is open again, that."""
    if view.meeting.state is not State.CLOSED:
        words = texts.say("slack.closing.open_again")
        return Message(heard([words]), [block_kit.context(words)])
    lines, along = list(_lines(view, texts)), carried(view, texts)
    label = texts.say("slack.closing.correct" if _told(view) else "slack.closing.fill_in")
    button = block_kit.button(label, about(Action.CLOSE, view.meeting.id or ""))
    row = [button, *carry_button(view, texts)]
    labels = ", ".join(each["text"]["text"] for each in row)
    choices = texts.say("slack.help.choices", choices=labels)
    blocks = [block_kit.section(block_kit.plain(line, LONGEST)) for line in lines]
    grey = [block_kit.context(line) for line in along]
    text = heard([*lines, *along, choices], LONGEST)
    return Message(text, [*blocks, *grey, block_kit.actions(row)])


def _told(view: ClosingView) -> bool:
    """Whether a person said how it went: the clock was not there."""
    return bool(view.observed) or not (view.closing and view.closing.by_clock)


def _lines(view: ClosingView, texts: Texts) -> Iterator[str]:
    by_clock = view.closing and view.closing.by_clock
    happened = texts.say("slack.closing.by_clock" if by_clock else "slack.closing.closed")
    if not view.held:
        yield texts.say("slack.closing.not_held")
        return
    if not _told(view):
        yield f"{happened} {texts.say('slack.closing.not_observed')}"
        return
    yield " ".join([happened, *_observed(view, texts)])
    if view.meeting.substantive:
        counts = plain.standings(view.meeting, texts)
        yield texts.say("slack.closing.after_question", counts=counts.removesuffix("."))
    if view.closing and view.closing.take_away:
        words = shortened(view.closing.take_away, SENTENCE)
        yield texts.say("slack.closing.taken", words=words)


def _observed(view: ClosingView, texts: Texts) -> Iterator[str]:
    """Of the items that were discussed; nothing where the form had none."""
    customer = shortened(view.meeting.customer, CUSTOMER)
    came_up, left_out = len(view.items(Observed.CAME_UP)), len(view.items(Observed.NOT_DISCUSSED))
    discussed = came_up + len(view.items(Observed.DID_NOT))
    if came_up:
        yield texts.say("slack.closing.came_up_at", n=discussed, came_up=came_up, customer=customer)
    elif discussed:
        yield texts.say("slack.closing.came_up_nowhere", n=discussed, customer=customer)
    if left_out:
        yield texts.say("slack.closing.left_out", n=left_out)
