"""How a meeting was closed, in a few sentences: what was observed, answered and taken away."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.observation import Observed
from bot.domain.view import ClosingView
from bot.wording import plain
from bot.wording.texts import Texts


def closing_told(view: ClosingView, texts: Texts) -> list[str]:
    """The sentences, of a meeting that is closed."""
    by_clock = view.closing and view.closing.by_clock
    happened = texts.say("slack.closing.by_clock" if by_clock else "slack.closing.closed")
    if not view.held:
        return [texts.say("slack.closing.not_held")]
    if not view.told:
        return [f"{happened} {texts.say('slack.closing.not_observed')}"]
    lines = [" ".join([happened, *_observed(view, texts)])]
    if view.meeting.substantive:
        counts = plain.standings(view.meeting, texts)
        lines.append(texts.say("slack.closing.after_question", counts=counts.removesuffix(".")))
    if view.closing and view.closing.take_away:
        lines.append(texts.say("slack.closing.taken", words=view.closing.take_away))
    return lines


def _observed(view: ClosingView, texts: Texts) -> Iterator[str]:
    """Of the items that were discussed; nothing where nobody was asked."""
    customer = view.meeting.customer
    came_up, left_out = len(view.items(Observed.CAME_UP)), len(view.items(Observed.NOT_DISCUSSED))
    discussed = came_up + len(view.items(Observed.DID_NOT))
    if came_up:
        yield texts.say("slack.closing.came_up_at", n=discussed, came_up=came_up, customer=customer)
    elif discussed:
        yield texts.say("slack.closing.came_up_nowhere", n=discussed, customer=customer)
    if left_out:
        yield texts.say("slack.closing.left_out", n=left_out)
