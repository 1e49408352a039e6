"""A period's figures: for who asks, with what can be done with them, and shared with everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.dates import Period
from bot.domain.view import DigestView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import heard
from bot.surfaces.slack.names import Action, about
from bot.wording import plain
from bot.wording.digest_sentences import footnote, sentences
from bot.wording.texts import Texts

SENTENCE = 600  # characters; what people wrote in it is the customer's word


def figures(
    view: DigestView,
    periods: Mapping[str, Period],
    texts: Texts,
    seen: str = "",
    *,
    changed: bool = False,
) -> Message:
    """For who asked. `periods`, by name, are those to look at instead.

    With `seen`, which tells these figures from any others, they can be shared. `changed`: they
    did since they were shown.
    """
    if view.new:
        paste = block_kit.button(texts.say("slack.intro.paste"), Action.PASTE, green=True)
        return _with_row([texts.say("slack.figures.new")], [paste], texts)
    row = [
        block_kit.button(texts.say(f"slack.figures.{name}"), about(Action.FIGURES, period.code))
        for name, period in periods.items()
        if period != view.period
    ]
    if seen and view.figures.meetings:
        share = about(Action.SHARE, f"{view.period.code}:{seen}")
        row.insert(0, block_kit.button(texts.say("slack.figures.share"), share))
    note = [texts.say("slack.figures.changed")] if changed else []
    return _with_row([*note, *_lines(view, texts)], row, texts)


def shared_figures(view: DigestView, texts: Texts) -> Message:
    """For everybody in the channel: the same, and nothing to press."""
    lines = _lines(view, texts)
    return Message(heard(lines, SENTENCE), _drawn(lines))


def figures_are_shared(period: Period, texts: Texts) -> Message:
    """In the place of the figures, once they are on their way to everybody."""
    words = texts.say("slack.figures.shared", period=_heading(texts.period(period)))
    return Message(heard([words]), [block_kit.section(block_kit.plain(words, SENTENCE))])


def _lines(view: DigestView, texts: Texts) -> list[str]:
    """The period, what the figures rest on, the figures, and what they are no figures of."""
    heading = _heading(texts.period(view.period))
    if view.so_far:
        heading = texts.say("slack.figures.so_far", period=heading)
    base = replace(view, other_channels=())  # those are not for everybody here to see
    lines = [heading, *plain.digest_base(base, texts)]
    if view.figures.meetings:
        lines += [*sentences(view, texts), footnote(view, texts)]
    return lines


def _heading(words: str) -> str:
    return words[0].upper() + words[1:]


def _with_row(lines: Sequence[str], row: Sequence[Block], texts: Texts) -> Message:
    labels = ", ".join(button["text"]["text"] for button in row)
    choices = texts.say("slack.help.choices", choices=labels)
    return Message(heard([*lines, choices], SENTENCE), [*_drawn(lines), block_kit.actions(row)])


def _drawn(lines: Iterable[str]) -> list[Block]:
    return [block_kit.section(block_kit.plain(line, SENTENCE)) for line in lines]
