"""How a meeting was closed, in its thread: what was observed, what was answered, what is taken."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.meeting import State
from bot.domain.view import ClosingView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.carry_over_pieces import carried, carry_button
from bot.surfaces.slack.closing_form import CUSTOMER, SENTENCE
from bot.surfaces.slack.escape import heard, shortened
from bot.surfaces.slack.names import Action, about
from bot.wording.closing_told import closing_told
from bot.wording.texts import Texts

LONGEST = 2_000  # characters of a paragraph; what people wrote in it is escaped


def closing(view: ClosingView, texts: Texts) -> Message:
    """A few sentences and a button to change them; of a meeting that is open again, that."""
    if view.meeting.state is not State.CLOSED:
        words = texts.say("slack.closing.open_again")
        return Message(heard([words]), [block_kit.context(words)])
    lines, along = closing_told(_shortened(view), texts), carried(view, texts)
    label = texts.say("slack.closing.correct" if view.told else "slack.closing.fill_in")
    button = block_kit.button(label, about(Action.CLOSE, view.meeting.id or ""))
    row = [button, *carry_button(view, texts)]
    labels = ", ".join(each["text"]["text"] for each in row)
    choices = texts.say("slack.help.choices", choices=labels)
    blocks = [block_kit.section(block_kit.plain(line, LONGEST)) for line in lines]
    grey = [block_kit.context(line) for line in along]
    text = heard([*lines, *along, choices], LONGEST)
    return Message(text, [*blocks, *grey, block_kit.actions(row)])


def _shortened(view: ClosingView) -> ClosingView:
    """With words of people that fit in a paragraph."""
    meeting = replace(view.meeting, customer=shortened(view.meeting.customer, CUSTOMER))
    said = view.closing and replace(
        view.closing, take_away=shortened(view.closing.take_away, SENTENCE)
    )
    return replace(view, meeting=meeting, closing=said)
