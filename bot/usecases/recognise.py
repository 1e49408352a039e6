"""The recognisers of customers, made of the prompts for who meets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.domain.customer import ChannelSettings, CustomerWords, has_article
from bot.domain.mention import Recogniser
from bot.domain.mention_words import Lexicon, Words
from bot.domain.own_words import OwnWords
from bot.readers.catalogue import Prompts

_GAP = re.compile(r"\{\w+\}")
OFTEN = ("digest.most_asked", "digest.least_asked")
MOST_KEPT = 64  # recognisers; what a lexicon knows takes some 3 MB
INTERNAL = "internal_services"  # the sector of who serves colleagues
SHORTEST = 2  # words of a text besides what fills it: one alone may be anybody's
_ABOUT_CUSTOMERS = re.compile(r"\{customers?\}|klant|customer", re.IGNORECASE)


class Recognisers:
    """The recogniser for each language and each customer, made when it is first needed.

    Only the latest are kept; those that differ in accounts alone share their words.
    """

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts
        self._lexicon = lru_cache(MOST_KEPT)(self._make_lexicon)
        self._ours = lru_cache(MOST_KEPT)(self._what_we_say)
        self._recogniser = lru_cache(MOST_KEPT)(self._make)

    def of(self, settings: ChannelSettings, language: str) -> Recogniser:
        """The one for who meets with these settings, in this language."""
        customer, sector = settings.customer[language], settings.sector or ""
        return self._recogniser(language, sector, customer, settings.accounts)

    def _make(
        self, language: str, sector: str, customer: CustomerWords, accounts: Words
    ) -> Recogniser:
        lexicon = self._lexicon(language, sector, customer)
        return Recogniser(
            lexicon,
            self._prompts.mentions.weights[language],
            sector=INTERNAL if lexicon.internal else sector,
            accounts=accounts,
            ours=self._ours(language, customer.one),
        )

    def _make_lexicon(self, language: str, sector: str, customer: CustomerWords) -> Lexicon:
        served = _words(customer)
        of_sector = self._prompts.customers.get(sector, {}).get(language)
        known = _words(of_sector) if of_sector else tuple(map(str.lower, customer.synonyms))
        return Lexicon(
            self._prompts.mentions.words[language],
            language,
            served=served,
            own=tuple(word for word in served if word not in known),
            look_alikes=tuple(map(str.lower, customer.false_friends)),
        )

    def _what_we_say(self, language: str, customer: str) -> OwnWords:
        """What we say about customers: questions, why we ask them, how often they came up."""
        texts = self._prompts.texts[language]
        questions = [it for each in self._prompts.questions[language] for it in each.wordings]
        said = {
            *questions,
            *(f"{texts[often]} {question}" for often in OFTEN for question in questions),
            f"({texts['reasons.chosen']})",
            str(texts["agenda.customer"]),
            *_about_customers(texts.values()),
        }
        return OwnWords(said, language, customer)


def _words(customer: CustomerWords) -> Words:
    """All that customers are called, in lower case and without an article."""
    return (*_nouns(customer), *map(str.lower, customer.synonyms))


def _nouns(customer: CustomerWords) -> Words:
    one = customer.one.split(maxsplit=1)[1] if has_article(customer.one) else customer.one
    return tuple(dict.fromkeys((one.lower(), (customer.many or one).lower())))


def _about_customers(texts: Iterable[str | Mapping[str, str]]) -> Iterator[str]:
    for text in texts:
        for form in [text] if isinstance(text, str) else text.values():
            if _ABOUT_CUSTOMERS.search(form) and len(_GAP.sub("", form).split()) >= SHORTEST:
                yield form
