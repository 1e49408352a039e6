"""A period's figures: for who asks, with what can be done with them, and shared with everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.dates import Period
from bot.domain.view import DigestView, Step
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import heard
from bot.surfaces.slack.names import Action, about
from bot.usecases.tell_digest import WeekView
from bot.wording import digest_rows, digest_sentences, moments, plain
from bot.wording.texts import Texts

SENTENCE = 600  # characters; what people wrote in it is the customer's word
SELDOM = ("last_quarter", "last_year")  # offered only to who looks at one of its kind


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
        new = texts.say("slack.figures.new")
        paste = block_kit.button(texts.say("slack.intro.paste"), Action.PASTE, green=True)
        blocks = [_section(new), block_kit.actions([paste])]
        return Message(_text([new], [paste], texts), blocks)
    row = [*_about_these(view, texts, seen), *_others(view, periods, texts)]
    note = [texts.say("slack.figures.changed")] if changed else []
    return _told(view, texts, note, row)


def shared_figures(view: DigestView, texts: Texts) -> Message:
    """For everybody in the channel: the same, and nothing to press."""
    return _told(view, texts)


def week(view: WeekView, texts: Texts) -> Message:
    """For everybody in the channel, by itself: with one thing from the week, and when it comes."""
    details = about(Action.DETAILS, view.figures.period.code)
    row = [
        block_kit.button(texts.say("digest.details"), details),
        block_kit.button(texts.say("slack.intro.settings"), Action.SETTINGS),
    ]
    when = texts.say("slack.week.comes", moment=moments.weekly(view.moment, texts))
    own = digest_rows.from_the_period(view.figures, texts)
    return _told(view.figures, texts, row=row, own=own, end=[when])


def figures_are_shared(period: Period, texts: Texts) -> Message:
    """In the place of the figures, once they are on their way to everybody."""
    words = texts.say("slack.figures.shared", period=plain.capital(texts.period(period)))
    return Message(heard([words]), [_section(words)])


def heading(view: DigestView, texts: Texts) -> str:
    """Week 48 (23–29 Nov 2026), so far"""
    period = texts.period(view.period)
    return plain.capital(texts.say("digest.so_far", period=period) if view.so_far else period)


def notes(view: DigestView, texts: Texts) -> list[str]:
    """What the figures rest on and how they are counted; other channels are not for everybody."""
    base = plain.digest_base(replace(view, other_channels=()), texts)
    counted = view.figures.meetings or view.figures.messages
    return [*base, digest_sentences.footnote(view, texts)] if counted else base


def _told(
    view: DigestView,
    texts: Texts,
    note: Sequence[str] = (),
    row: Sequence[Block] = (),
    own: Iterable[str] = (),
    end: Sequence[str] = (),
) -> Message:
    """The figures, and what only the channel itself sees (`own`), below a note and above how they
    are counted, an `end` and a row of buttons, where there are."""
    said = [*digest_sentences.sentences(view, texts), *own]
    grey = [*notes(view, texts), *end]
    none = texts.say("digest.not_observed")
    moves = digest_sentences.has_trend(view.trend)
    moved = [digest_sentences.trend(view.trend, none, texts)] if moves else []
    lines = [*note, heading(view, texts), *said, *moved, *grey]
    above = [*map(_section, note), block_kit.header(heading(view, texts)), *map(_section, said)]
    below = [block_kit.context(words, SENTENCE) for words in grey]
    below += [block_kit.actions(row)] if row else []
    text, worded = _text(lines, row, texts), [*above, *map(_section, moved), *below]
    if not moves:
        return Message(text, worded)
    return Message(text, [*above, chart(view.trend, texts), *below], otherwise=worded)


def _about_these(view: DigestView, texts: Texts, seen: str) -> Iterator[Block]:
    if view.figures.meetings or view.figures.messages:
        code = view.period.code
        if seen:
            share = about(Action.SHARE, f"{code}:{seen}")
            yield block_kit.button(texts.say("slack.figures.share"), share)
        yield block_kit.button(texts.say("digest.details"), about(Action.DETAILS, code))


def _others(view: DigestView, periods: Mapping[str, Period], texts: Texts) -> Iterator[Block]:
    for name, period in periods.items():
        fits = name not in SELDOM or period.span is view.period.span
        if fits and period != view.period:
            action = about(Action.FIGURES, period.code)
            yield block_kit.button(texts.say(f"slack.figures.{name}"), action)


def chart(trend: Sequence[Step], texts: Texts) -> Block:
    """How often the customer came up by itself in each period in which that is to be seen."""
    shares = {
        texts.short_period(step.period): digest_sentences.whole_percent(seen)
        for step in trend
        if (seen := step.released.by_itself) and seen.of
    }
    title, unit = texts.say("slack.figures.chart"), texts.say("slack.figures.unit")
    return block_kit.line_chart(title, texts.say("digest.by_itself"), shares, unit)


def _text(lines: Sequence[str], row: Sequence[Block], texts: Texts) -> str:
    labels = ", ".join(button["text"]["text"] for button in row)
    choices = [texts.say("slack.help.choices", choices=labels)] if row else []
    return heard([*lines, *choices], SENTENCE)


def _section(words: str) -> Block:
    return block_kit.section(block_kit.plain(words, SENTENCE))
