"""Forms about a channel: who its customer is, and everything else that may be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.customer import LEVELS, MOST_ACCOUNTS, MOST_QUESTIONS, QUESTIONS
from bot.domain.language import LANGUAGES
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.filled_in import chosen, person, shown, ticked, typed
from bot.surfaces.slack.names import Field, Form
from bot.wording.texts import Texts

OWN_WORDS = 150  # characters
OF_THE_AGENDA = "agenda"  # the language of the agenda itself


@dataclass(frozen=True)
class Settings:
    """What the forms show and bring back; `customer` and `promise` are words, empty for none, and
    `accounts` names, each on a line.

    `language` None: that of the agenda. `level` None: not said. `keeper` is the account of who
    alone may change them, None: any full member.
    """

    sector: str
    customer: str = ""
    promise: str = ""
    accounts: str = ""
    language: str | None = None
    level: str | None = None
    questions: int = QUESTIONS
    procedural: bool = False
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
        [*_customer(settings, sectors, texts), *_others(settings, texts)],
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
        block_kit.field(
            texts.say("slack.setup.keeper"),
            block_kit.person(Field.KEEPER, texts.say("slack.setup.keeper_all"), settings.keeper),
            hint=texts.say("slack.setup.keeper_only"),
            optional=True,
        ),
    ]
