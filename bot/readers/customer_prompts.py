"""What prompts/customers says: the words each sector has for its customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, TypeAdapter
from pydantic_core import PydanticCustomError

from bot.domain.customer import CustomerWords, has_article, names_one, plural
from bot.domain.language import LANGUAGES
from bot.readers import strict_yaml
from bot.readers.prompt_values import Strict, Words, one_line
from bot.readers.strict_yaml import Document

Sectors = Mapping[str, Mapping[str, CustomerWords]]  # the words of each by language


def _bare(words: str) -> str:
    if has_article(words):
        raise PydanticCustomError("bare", "an article")
    return words


def one_customer(words: str) -> str:
    """Words for one customer. Raises an error for pydantic when they lack their article."""
    if not names_one(words):
        raise PydanticCustomError("article", "no article")
    return words


Bare = Annotated[Words, AfterValidator(_bare)]


class _Customer(Strict):
    customer: Annotated[Words, AfterValidator(one_customer)]
    customers: Bare | None = None
    synonyms: list[Bare] | None = None
    false_friends: list[Words] | None = None


class _Sector(Strict):
    called: list[Words] | None = None
    nl: _Customer
    en: _Customer


SECTOR = TypeAdapter(_Sector)


def customer_words(document: Document) -> dict[str, CustomerWords]:
    """A sector's words by language, from what SECTOR found right."""
    return {language: _of_language(document, language) for language in LANGUAGES}


def with_plurals(sectors: Sectors) -> dict[str, dict[str, CustomerWords]]:
    """The same; a plural left out comes from a sector that has it."""
    known = {lang: [words[lang] for words in sectors.values()] for lang in LANGUAGES}
    return {
        name: {
            lang: replace(said, many=said.many or plural(said.one, known[lang]))
            for lang, said in words.items()
        }
        for name, words in sectors.items()
    }


def _of_language(document: Document, language: str) -> CustomerWords:
    words = document.data[language]
    return CustomerWords(
        one_line(words["customer"]),
        one_line(words["customers"]) if _has_its_plural(document, language) else None,
        tuple(map(one_line, words.get("synonyms") or [])),
        tuple(map(one_line, words.get("false_friends") or [])),
    )


def _has_its_plural(document: Document, language: str) -> bool:
    """Whether `customers` is of `customer`, and not of one in our file that has been replaced."""
    words, places = document.data[language], document.places
    if not words.get("customers"):
        return False
    file = places[language, "customers"].file
    if file == places[language, "customer"].file:
        return True
    beside = strict_yaml.load(Path(file)).data[language].get("customer")
    return beside in (None, words["customer"])
