"""Forms about a channel: who its customer is, and everything else that may be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.domain.customer import LEVELS, MOST_ACCOUNTS, MOST_QUESTIONS, QUESTIONS
from bot.domain.language import LANGUAGES
from bot.domain.schedule import EVERY_MONDAY, Weekly
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.filled_in import (
    asked,
    chosen,
    person,
    shown,
    ticked,
    ticked_anew,
    typed,
)
from bot.surfaces.slack.names import Field, Form
from bot.wording.plain import capital
from bot.wording.texts import Texts

OWN_WORDS = 150  # characters
OF_THE_AGENDA = "agenda"  # the language of the agenda itself
NEVER = "never"


@dataclass(frozen=True)
class Settings:
    """What the forms show and bring back; `customer` and `promise` are words, empty for none, and
    `accounts` names, each on a line.

    `language` None: that of the agenda. `level` None: not said. `digest` is when it comes, in a
    zone as it was typed; with `never` it does not. `talk` None: we can't count it here, so it isn't
    asked. `outside` comes back as None where it was left as it stood: somebody else may have chosen
    meanwhile. `keeper` is the account of who alone may change them, None: any full member.
    """

    sector: str
    customer: str = ""
    promise: str = ""
    accounts: str = ""
    language: str | None = None
    level: str | None = None
    questions: int = QUESTIONS
    procedural: bool = False
    digest: Weekly = EVERY_MONDAY
    never: bool = False
    outside: bool | None = None
    talk: bool | None = None
    keeper: str | None = None


def set_up_form(
    settings: Settings, sectors: Mapping[str, str], texts: Texts, about: str = ""
) -> Block:
    """Asks one thing: who is your customer? `sectors` has each one's word in the language.

    Brings back `customer_of`.
    """
    return block_kit.modal(
        Form.SET_UP,
        texts.say("slack.setup.who"),
        _customer(settings, sectors, texts),
        about=about,
        submit=texts.say("slack.setup.save"),
        close=texts.say("slack.setup.cancel"),
    )


def settings_form(
    settings: Settings, sectors: Mapping[str, str], texts: Texts, about: str = ""
) -> Block:
    """All that a channel may set. Brings back `settings_of`."""
    return block_kit.modal(
        Form.SETTINGS,
        texts.say("slack.setup.settings"),
        [
            *_customer(settings, sectors, texts),
            *_others(settings, texts),
            *_digest(settings, texts),
            *_talk(settings, texts),
            _outside(settings, texts),
            _keeper(settings, texts),
        ],
        about=about,
        submit=texts.say("slack.setup.save"),
        close=texts.say("slack.setup.cancel"),
    )


def customer_of(view: Mapping[str, Any]) -> tuple[str, str]:
    """(sector, own word or "") as the set-up form came back.

    An own word that was left as it stood gives way to another sector.
    """
    sector, own = chosen(view, Field.SECTOR) or "", typed(view, Field.CUSTOMER)
    shown_sector, shown_own = shown(view, Field.SECTOR), shown(view, Field.CUSTOMER)
    return sector, "" if sector != shown_sector and own == shown_own else own


def settings_of(view: Mapping[str, Any]) -> Settings:
    """The settings as their form came back."""
    sector, customer = customer_of(view)
    language = chosen(view, Field.LANGUAGE)
    return Settings(
        sector=sector,
        customer=customer,
        promise=typed(view, Field.PROMISE),
        accounts=typed(view, Field.ACCOUNTS),
        language=language if language in LANGUAGES else None,
        level=chosen(view, Field.LEVEL),
        questions=int(chosen(view, Field.QUESTIONS) or QUESTIONS),
        procedural=ticked(view, Field.PROCEDURAL),
        digest=_digest_of(view),
        never=chosen(view, Field.DIGEST) == NEVER,
        outside=ticked_anew(view, Field.OUTSIDE),
        talk=ticked(view, Field.TALK) if asked(view, Field.TALK) else None,
        keeper=person(view, Field.KEEPER),
    )


def _customer(settings: Settings, sectors: Mapping[str, str], texts: Texts) -> list[Block]:
    # two sectors may have the same word; it is the word that is chosen here
    words = {word: sector for sector, word in reversed(list(sectors.items()))}
    mine = sectors.get(settings.sector)
    options = [(words[word], word) for word in dict.fromkeys(sectors.values())]
    select = block_kit.select(
        Field.SECTOR,
        texts.say("slack.setup.choose"),
        options[: limits.OPTIONS],
        words[mine] if mine else None,
    )
    own = block_kit.text_input(
        Field.CUSTOMER, texts.say("slack.setup.own_example"), settings.customer, most=OWN_WORDS
    )
    return [
        block_kit.field(texts.say("slack.setup.sector"), select),
        block_kit.field(
            texts.say("slack.setup.own"),
            own,
            hint=texts.say("slack.setup.colleague"),
            optional=True,
        ),
    ]


def _others(settings: Settings, texts: Texts) -> list[Block]:
    promise = block_kit.text_input(
        Field.PROMISE, texts.say("slack.setup.promise_example"), settings.promise, most=OWN_WORDS
    )
    accounts = block_kit.text_input(Field.ACCOUNTS, value=settings.accounts, multiline=True)
    languages = [
        (name, texts.say(f"slack.setup.language_{name}")) for name in (OF_THE_AGENDA, *LANGUAGES)
    ]
    levels = [(level, texts.say(f"slack.setup.level_{level}")) for level in LEVELS]
    numbers = [(str(n), str(n)) for n in range(1, MOST_QUESTIONS + 1)]
    procedural = block_kit.tick(
        Field.PROCEDURAL, texts.say("slack.setup.procedural_too"), ticked=settings.procedural
    )
    return [
        block_kit.field(texts.say("slack.setup.promise"), promise, optional=True),
        block_kit.field(
            texts.say("slack.setup.accounts"),
            accounts,
            hint=texts.say("slack.setup.accounts_heard", most=MOST_ACCOUNTS),
            optional=True,
        ),
        block_kit.field(
            texts.say("slack.setup.questions"),
            block_kit.radio(Field.QUESTIONS, numbers, str(settings.questions)),
        ),
        block_kit.field(
            texts.say("slack.setup.language"),
            block_kit.radio(Field.LANGUAGE, languages, settings.language or OF_THE_AGENDA),
        ),
        block_kit.field(
            texts.say("slack.setup.level"),
            block_kit.select(Field.LEVEL, texts.say("slack.setup.choose"), levels, settings.level),
            optional=True,
        ),
        block_kit.field(texts.say("slack.setup.procedural"), procedural, optional=True),
    ]


def _digest(settings: Settings, texts: Texts) -> list[Block]:
    """On which day, at what time and in which zone it comes."""
    days = [(str(n), capital(texts.weekday(n))) for n in range(1, 8)]
    days.append((NEVER, capital(texts.say("moment.never"))))
    mine = NEVER if settings.never else str(settings.digest.day)
    day = block_kit.select(Field.DIGEST, texts.say("slack.setup.choose"), days, mine)
    clock = block_kit.clock(Field.DIGEST_TIME, settings.digest.time)
    zone = block_kit.text_input(Field.DIGEST_ZONE, value=settings.digest.zone, most=OWN_WORDS)
    return [
        block_kit.field(
            texts.say("slack.setup.digest"), day, hint=texts.say("slack.setup.digest_when")
        ),
        block_kit.field(texts.say("slack.setup.digest_time"), clock),
        block_kit.field(texts.say("slack.setup.digest_zone"), zone),
    ]


def _digest_of(view: Mapping[str, Any]) -> Weekly:
    day, clock = chosen(view, Field.DIGEST), typed(view, Field.DIGEST_TIME)
    if day == NEVER:
        return EVERY_MONDAY
    return Weekly(int(day or 1), time.fromisoformat(clock), typed(view, Field.DIGEST_ZONE))


def _keeper(settings: Settings, texts: Texts) -> Block:
    return block_kit.field(
        texts.say("slack.setup.keeper"),
        block_kit.person(Field.KEEPER, texts.say("slack.setup.keeper_all"), settings.keeper),
        hint=texts.say("slack.setup.keeper_only"),
        optional=True,
    )


def _outside(settings: Settings, texts: Texts) -> Block:
    tick = block_kit.tick(
        Field.OUTSIDE, texts.say("slack.setup.outside_too"), ticked=bool(settings.outside)
    )
    label, hint = texts.say("slack.setup.outside"), texts.say("slack.setup.outside_holds")
    return block_kit.field(label, tick, hint=hint, optional=True)


def _talk(settings: Settings, texts: Texts) -> list[Block]:
    if settings.talk is None:
        return []
    tick = block_kit.tick(Field.TALK, texts.say("slack.setup.talk_too"), ticked=settings.talk)
    hint = texts.say("slack.setup.talk_kept")
    return [block_kit.field(texts.say("slack.setup.talk"), tick, hint=hint, optional=True)]
