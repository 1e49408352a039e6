"""A word to one person: of these meetings none is prepared for next week."""

from __future__ import annotations

from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import mrkdwn, shortened
from bot.surfaces.slack.names import Action, about
from bot.usecases.remind_next_week import ReminderView, Unprepared
from bot.wording.texts import Texts

MOST = 10  # series that are named
TITLE = 100  # characters


def next_week(view: ReminderView, texts: Texts) -> Message:
    """Each series with a way to its agenda, and one tap that ends this for good."""
    named, more = view.series[:MOST], len(view.series) - MOST
    head = texts.say("slack.next_week.head", n=len(view.series))
    rest = [texts.say("slack.home.more_meetings", n=more)] if more > 0 else []
    why = texts.say("slack.next_week.why")
    taps = [texts.say("slack.intro.paste"), texts.say("slack.next_week.stop")]
    choices = texts.say("slack.help.choices", choices=", ".join(taps))
    stop = block_kit.button(taps[1], Action.NO_NEXT_WEEK)
    blocks = [
        block_kit.section(block_kit.plain(head, 3_000)),
        *(_section(one, number, texts) for number, one in enumerate(named)),
        *map(block_kit.context, [*rest, why]),
        block_kit.actions([stop]),
    ]
    told = [": ".join(_lines(one, texts)) for one in named]
    return Message("\n".join([head, *told, *rest, why, choices]), blocks)


def next_week_stopped(texts: Texts) -> Message:
    """It will not come again; what it said is gone."""
    said = texts.say("slack.next_week.stopped")
    return Message(said, [block_kit.section(block_kit.plain(said, 3_000))])


def _section(one: Unprepared, number: int, texts: Texts) -> Block:
    """Two series may be of one channel, so the button is numbered."""
    label = texts.say("slack.intro.paste")
    button = block_kit.button(label, about(Action.PASTE_IN, f"{one.place}:{number}"))
    title = shortened(one.title or "", TITLE) or texts.say("untitled")
    name, facts = _lines(one, texts)
    words = block_kit.written(f"*{name}*\n{facts}")
    return block_kit.section(words, block_kit.spoken(f"{label}: {title}", button))


def _lines(one: Unprepared, texts: Texts) -> tuple[str, str]:
    """As mrkdwn: its title; its channel, and when it was held last."""
    title = mrkdwn(one.title or "", TITLE) or texts.say("untitled")
    last = texts.say("slack.next_week.last", day=texts.short_day(one.last))
    return title, f"<#{one.place}> · {last}"
