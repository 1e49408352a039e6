"""The form in which somebody subscribes to the figures of several channels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from bot.domain.customer import LEVELS
from bot.domain.language import LANGUAGES
from bot.domain.schedule import EVERY_MONDAY, Every, Weekly
from bot.domain.view import Scope
from bot.surfaces.slack import block_kit, filled_in
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.managers_message import stop_button, subscribed
from bot.surfaces.slack.names import Field, Form
from bot.usecases.subscribe import Subscribed, Wish
from bot.wording import managers_digest
from bot.wording.plain import capital
from bot.wording.texts import Texts

ALL, HERE, ME = "all", "here", "me"
MOST = 20  # that are listed
SENTENCE = 1_000


def subscription_form(
    there: Sequence[Subscribed], zone: str, texts: Texts, about: str = ""
) -> Block:
    """What comes already, and below it all that a new one needs, in the time zone of days and
    weeks. Brings back `wish_of`."""
    return block_kit.modal(
        Form.SUBSCRIPTION,
        texts.say("slack.subscription.title"),
        [
            _section(texts.say("slack.subscription.about")),
            *_listed(there, texts),
            *_scope(texts),
            *_to(texts),
            *_when(zone, texts),
        ],
        about=about,
        submit=texts.say("slack.setup.save"),
        close=texts.say("slack.setup.cancel"),
    )


def wish_of(view: Mapping[str, Any], zone: str) -> Wish:
    """What was asked for. Chosen channels go before a level."""
    scope, channels = filled_in.chosen(view, Field.SCOPE), filled_in.channels(view, Field.CHANNELS)
    level = scope if scope in LEVELS and not channels else None
    day = int(filled_in.chosen(view, Field.DIGEST) or EVERY_MONDAY.day)
    clock = time.fromisoformat(filled_in.typed(view, Field.DIGEST_TIME))
    return Wish(
        Scope(level, tuple(channels), named=False),
        here=filled_in.chosen(view, Field.TO) == HERE,
        every=Every(filled_in.chosen(view, Field.EVERY) or Every.WEEK),
        moment=Weekly(day, clock, zone),
        language=filled_in.chosen(view, Field.LANGUAGE) or LANGUAGES[0],
    )


def _listed(there: Sequence[Subscribed], texts: Texts) -> Iterator[Block]:
    if there:
        yield block_kit.header(texts.say("slack.subscription.there"))
    for one in there[:MOST]:
        yield _section(subscribed(one, texts), stop_button(one.id, texts))
    if len(there) > MOST:
        yield block_kit.context(texts.say("slack.subscription.more", n=len(there) - MOST), SENTENCE)
    if there:
        yield block_kit.header(texts.say("slack.subscription.another"))


def _scope(texts: Texts) -> Iterator[Block]:
    scopes = {ALL: Scope(), **{level: Scope(level) for level in reversed(LEVELS)}}
    options = [(key, capital(managers_digest.scope(of, texts))) for key, of in scopes.items()]
    choose = texts.say("slack.setup.choose")
    yield block_kit.field(
        texts.say("slack.subscription.scope"),
        block_kit.select(Field.SCOPE, choose, options, ALL),
    )
    yield block_kit.field(
        texts.say("slack.subscription.channels"),
        block_kit.channels(Field.CHANNELS, choose),
        hint=texts.say("slack.subscription.channels_only"),
        optional=True,
    )


def _to(texts: Texts) -> Iterator[Block]:
    places = [(key, texts.say(f"slack.subscription.to_{key}")) for key in (HERE, ME)]
    yield block_kit.field(
        texts.say("slack.subscription.to"), block_kit.radio(Field.TO, places, HERE)
    )
    languages = [(name, texts.say(f"slack.setup.language_{name}")) for name in LANGUAGES]
    yield block_kit.field(
        texts.say("slack.subscription.language"),
        block_kit.radio(Field.LANGUAGE, languages, texts.language),
    )


def _when(zone: str, texts: Texts) -> Iterator[Block]:
    often = [(each.value, texts.say(f"slack.subscription.every_{each}")) for each in Every]
    yield block_kit.field(
        texts.say("slack.subscription.every"), block_kit.radio(Field.EVERY, often, Every.WEEK)
    )
    days = [(str(number), capital(texts.weekday(number))) for number in range(1, 8)]
    yield block_kit.field(
        texts.say("slack.subscription.day"),
        block_kit.select(
            Field.DIGEST, texts.say("slack.setup.choose"), days, str(EVERY_MONDAY.day)
        ),
        hint=texts.say("slack.subscription.first_day"),
    )
    yield block_kit.field(
        texts.say("slack.subscription.time"),
        block_kit.clock(Field.DIGEST_TIME, EVERY_MONDAY.time),
        hint=texts.say("slack.subscription.zone", zone=zone),
    )


def _section(words: str, accessory: Block | None = None) -> Block:
    return block_kit.section(block_kit.plain(words, SENTENCE), accessory)
