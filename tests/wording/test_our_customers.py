"""The customer words that come with klantvraag, sector by sector."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from bot.domain.customer import CustomerWords
from bot.domain.language import LANGUAGES
from bot.readers.catalogue import Prompts

ARTICLES = {"nl": ("de ", "het "), "en": ("the ",)}
SECTORS = {
    *("housing", "health_care", "elderly_care", "education", "municipality", "insurance"),
    *("public_transport", "retail", "software", "hospitality", "culture", "associations"),
    *("internal_services", "general"),
}


def sectors(prompts: Prompts) -> Iterator[tuple[str, str, CustomerWords]]:
    for sector, languages in prompts.customers.items():
        for language, words in languages.items():
            yield sector, language, words


def people(words: CustomerWords) -> set[str]:
    """Every word for the people, without article and accents."""
    _, _, noun = words.one.partition(" ")
    return {_plain(said) for said in (noun, words.many or noun, *words.synonyms)}


def _plain(said: str) -> str:
    letters = unicodedata.normalize("NFKD", said.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def test_these_sectors_are_there_in_both_languages(prompts: Prompts) -> None:
    assert set(prompts.customers) == SECTORS
    assert all(set(languages) == set(LANGUAGES) for languages in prompts.customers.values())


def test_a_customer_is_one_person_with_an_article_and_several_without(prompts: Prompts) -> None:
    for sector, language, words in sectors(prompts):
        assert words.one.startswith(ARTICLES[language]), sector
        assert not words.one.endswith("s"), f"{sector}: one customer, not several"
        assert words.many is not None, sector
        assert words.many != words.one.split(" ", 1)[1]
        assert words.many.endswith(("s", "en")), f"{sector}: several"


def test_there_are_enough_words_and_not_too_many(prompts: Prompts) -> None:
    for sector, language, words in sectors(prompts):
        assert 6 <= len(words.synonyms) <= 20, (sector, language)
        assert 6 <= len(words.false_friends) <= 20, (sector, language)


def test_a_synonym_is_another_word_in_small_letters(prompts: Prompts) -> None:
    for sector, language, words in sectors(prompts):
        own = {words.one.split(" ", 1)[1], words.many}
        assert own.isdisjoint(words.synonyms), (sector, language)
        for said in (*words.synonyms, *words.false_friends):
            assert said == said.lower().strip(), (sector, said)


def test_a_false_friend_holds_or_begins_like_a_word_for_people(prompts: Prompts) -> None:
    """Another would never be mistaken for a customer. Accents may be missing."""
    for sector, language, words in sectors(prompts):
        known = people(words)
        assert known.isdisjoint(map(_plain, words.false_friends)), (sector, language)
        for friend in words.false_friends:
            alike = [s for s in known if s in _plain(friend) or _plain(friend)[:5] == s[:5]]
            assert alike, (sector, language, friend)


def test_no_false_friend_hides_a_word_for_people(prompts: Prompts) -> None:
    """What a false friend covers does not count; a word for people must never lie in one."""
    for sector, language, words in sectors(prompts):
        for said in people(words):
            hidden = [friend for friend in words.false_friends if _plain(friend) in said]
            assert hidden == [], (sector, language, said)


@pytest.mark.parametrize(
    ("sector", "language", "friend"),
    [
        ("housing", "nl", "verhuurder"),
        ("municipality", "nl", "burgemeester"),
        ("associations", "nl", "ledenvergadering"),
        ("associations", "nl", "lid 2"),
        ("associations", "en", "board member"),
        ("software", "nl", "user story"),
        ("software", "en", "client-server"),
        ("hospitality", "nl", "gastcollege"),
        ("hospitality", "en", "guest os"),
        ("retail", "nl", "inkoper"),
    ],
)
def test_well_known_false_friends_are_there(
    prompts: Prompts, sector: str, language: str, friend: str
) -> None:
    assert friend in prompts.customers[sector][language].false_friends


@pytest.mark.parametrize(
    "about_people",
    ["patiëntveiligheid", "klantreis", "klantbeleving", "cliëntenraad", "klantcontact"],
)
def test_words_about_the_people_are_no_false_friends(prompts: Prompts, about_people: str) -> None:
    for sector, _, words in sectors(prompts):
        assert not any(friend in about_people for friend in words.false_friends), sector
