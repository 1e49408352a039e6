"""The question whether a channel's figures may count outside it, and what the channel chose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import heard
from bot.surfaces.slack.names import Action, about
from bot.usecases.ask_outside import QuestionView
from bot.wording.texts import Texts

SENTENCE = 3_000
YES, NO = "yes", "no"


def outside_question(view: QuestionView, texts: Texts) -> Message:
    """Asks, or says what was chosen; either way there is a button for what was not."""
    chosen = {None: "ask", True: "chosen_yes", False: "chosen_no"}[view.outside]
    words = [texts.say(f"slack.outside.{chosen}"), *_why(view, texts)]
    if view.outside is not False:
        floors = view.floors
        words.append(
            texts.say("slack.outside.holds", people=floors.people, meetings=floors.meetings)
        )
    row, who = _buttons(view.outside, texts), _who(view, texts)
    labels = ", ".join(button["text"]["text"] for button in row)
    lines = heard([*words, texts.say("slack.help.choices", choices=labels)], SENTENCE)
    grey = {"type": "context", "elements": [block_kit.written(who)]}
    sections = [block_kit.section(block_kit.plain(said, SENTENCE)) for said in words]
    return Message(f"{lines}\n{who}", [*sections, block_kit.actions(row), grey])


def outside_of(chosen: str) -> bool:
    """What a button means, by what stands behind its colon."""
    return chosen == YES


def _why(view: QuestionView, texts: Texts) -> Iterator[str]:
    """Why it is asked, and how often it would come; not by whom, nor for which other channels."""
    if view.outside is not None or not view.often:
        return
    every = "both" if len(view.often) > 1 else next(iter(view.often))
    often = texts.say(f"slack.outside.often_{every}")
    if view.askers:
        yield texts.say("slack.outside.asked", n=view.askers, often=often)
    else:
        yield texts.say("slack.outside.configured", often=often)


def _buttons(outside: bool | None, texts: Texts) -> list[Block]:
    labels = {None: {YES: "say_yes", NO: "say_no"}, True: {NO: "stop"}, False: {YES: "go"}}[outside]
    return [
        block_kit.button(texts.say(f"slack.outside.{label}"), about(Action.OUTSIDE, value))
        for value, label in labels.items()
    ]


def _who(view: QuestionView, texts: Texts) -> str:
    """Who may choose. They are mentioned by an id, which Slack shows as the name they have now."""
    when = "choose" if view.outside is None else "change"
    if view.keeper is None or not re.fullmatch("[A-Z0-9]+", view.keeper):
        return texts.say(f"slack.outside.all_{when}")
    return texts.say(f"slack.outside.one_{when}", who=f"<@{view.keeper}>")
