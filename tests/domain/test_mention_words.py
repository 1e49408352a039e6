"""What words mean: whom they name, in which form and by which part, and what they only seem."""

from __future__ import annotations

import pytest

from bot.domain.mention_words import (
    FRONT,
    HEAD,
    LONGEST,
    MOST_MET,
    OWN,
    SERVED,
    Lexicon,
    MentionWords,
    key,
)
from bot.readers.catalogue import Prompts

WORDS = MentionWords(
    people={
        "customer": ("klant", "eindgebruiker"),
        "user": ("gebruiker",),
        "resident": ("huurder", "bewoner"),
        "traveller": ("reiziger",),
        "pupil": ("kind",),
        "member": ("lid",),
        "says": ("klacht",),
    },
    look_alikes=("verhuurder", "gebruikersnaam", "client-server", "http client", "lid 2"),
    around={"felt": ("beleving", "klacht*"), "talk": ("gesprek",)},
    compounds=("customer", "user", "resident", "traveller", "member", "says"),
    heads=("lid",),
    not_heads=("klant",),
)
OWN_WORDS = Lexicon(WORDS, "nl", served=("huurder", "deelnemer"), own=("deelnemer",))


def kind(word: str, lexicon: Lexicon = OWN_WORDS) -> str | None:
    """The class of people a word names; None for a look-alike and for a word like any other."""
    named = lexicon.meanings[word].named
    return named.kind if named else None


@pytest.fixture(params=["nl", "en"])
def lexicon(request: pytest.FixtureRequest, prompts: Prompts) -> Lexicon:
    return real(prompts, request.param)


def real(prompts: Prompts, language: str) -> Lexicon:
    """The words people meet with, of no sector in particular."""
    return Lexicon(prompts.mentions.words[language], language)


@pytest.mark.parametrize(
    "word", ["klant", "klanten", "klantje", "klants", "klant's", "klant’s", "KLANT", "Klanten"]
)
def test_every_form_names_the_customer(word: str) -> None:
    assert kind(word) == "customer"


@pytest.mark.parametrize(
    ("word", "who", "part"),
    [
        ("klantbeleving", "customer", FRONT),
        ("klantenpanel", "customer", FRONT),
        ("huurdersraad", "resident", FRONT),
        ("reizigersklacht", "traveller", FRONT),
        ("medebewoners", "resident", HEAD),
        ("oud-huurder", "resident", HEAD),
        ("klant-specifiek", "customer", FRONT),
        ("jeugdlid", "member", HEAD),
        ("eindgebruiker", "customer", ""),
    ],
)
def test_a_compound_names_whom_its_part_does(word: str, who: str, part: str) -> None:
    meaning = OWN_WORDS.meanings[word]
    assert meaning.named is not None
    assert (meaning.named.kind, meaning.part) == (who, part)


def test_the_surer_part_of_a_compound_counts() -> None:
    assert kind("gebruikersklant") == "user", "klant ends no compound here"
    assert kind("klantgebruiker") == "customer"


def test_the_other_part_of_a_compound_tells_too() -> None:
    assert OWN_WORDS.meanings["klantbeleving"].rest == {"felt"}
    assert OWN_WORDS.meanings["huurderskeukentafelgesprek"].rest == {"talk"}
    assert "felt" in OWN_WORDS.meanings["klachtenlijn"].around


@pytest.mark.parametrize(
    "word",
    [
        "verhuurder",
        "verhuurders",
        "gebruikersnaam",
        "client-server",
        "kinderlijk",
        "slid",
        "x",
        "2",
    ],
)
def test_a_look_alike_names_nobody(word: str) -> None:
    assert kind(word) is None


def test_a_word_longer_than_any_is_not_taken_apart() -> None:
    assert kind("klant" + "x" * LONGEST) is None
    assert kind("klant" * 100_000) is None


@pytest.mark.parametrize(
    "word", ["klánten", "kl\u0061\u0301nt", "GEBRÚÍKER", "klántreis", "hùùrder"]
)
def test_a_word_that_is_stressed_means_the_same(word: str) -> None:
    assert kind(word) in ("customer", "user", "resident")


def test_accents_that_are_no_stress_count() -> None:
    words = MentionWords({"one": ("cliënt",), "other": ("logé",)}, ("loge",), {})
    lexicon = Lexicon(words, "nl")
    assert kind("clíënt", lexicon) == "one"
    assert kind("client", lexicon) is None
    assert kind("logé", lexicon) == "other"


def test_who_chose_a_word_for_colleagues_serves_within() -> None:
    words = MentionWords({"staff": ("collega",), "customer": ("klant",)}, (), {})
    internal = Lexicon(words, "nl", own=("collega", "collega's"))
    assert internal.internal
    assert not Lexicon(words, "nl", served=("collega",)).internal
    assert not Lexicon(words, "nl", own=("klant",)).internal


def test_few_of_the_words_met_are_kept() -> None:
    lexicon = Lexicon(WORDS, "nl")
    for number in range(3 * MOST_MET):
        assert lexicon.meanings[f"klant-{number}"].named is not None
        assert len(lexicon.meanings) <= MOST_MET


def test_words_of_a_sector_and_of_its_own_are_told_apart() -> None:
    assert OWN_WORDS.meanings["huurders"].called == SERVED
    assert OWN_WORDS.meanings["deelnemers"].called == OWN
    assert OWN_WORDS.meanings["klant"].called == ""
    assert kind("deelnemer") == SERVED
    assert kind("huurder") == "resident"
    assert kind("deelnemer", Lexicon(WORDS, "nl")) is None


def test_what_a_word_is_goes_before_what_it_may_be_a_form_of() -> None:
    words = MentionWords({"one": ("mens",), "other": ("mensen",)}, ("men",), {})
    assert kind("mensen", Lexicon(words, "nl")) == "other"
    assert kind("mens", Lexicon(words, "nl")) == "one"
    assert kind("men", Lexicon(words, "nl")) is None


def test_own_look_alikes_are_taken_out_first() -> None:
    assert kind("klant", Lexicon(WORDS, "nl", look_alikes=("klant",))) is None


def test_english_words_are_no_compounds() -> None:
    words = MentionWords({"user": ("user",)}, (), {}, compounds=("user",))
    assert kind("userland", Lexicon(words, "en")) is None
    assert kind("end-users", Lexicon(words, "en")) == "user"


@pytest.mark.parametrize("word", ["cliënt", "clie\u0308nt", "CLIËNT", "Cliënt’s"])
def test_accents_and_apostrophes_are_spelled_one_way(word: str) -> None:
    assert key(word) == "cliënt"


@pytest.mark.parametrize(
    "word",
    [
        "klantbeleving",
        "huurdersraad",
        "eindgebruiker",
        "reizigersklacht",
        "klantje",
        "huurders",
        "bewonersavond",
        "patiënten",
        "cliëntenraad",
        "leerlingen",
        "ouders",
        "gezinnen",
        "klachten",
        "bezoekersaantal",
    ],
)
def test_dutch_words_that_name_customers(prompts: Prompts, word: str) -> None:
    assert kind(word, real(prompts, "nl")) is not None


@pytest.mark.parametrize(
    "word",
    ["verhuurder", "burgemeester", "gebruikersnaam", "client-server", "gastheer", "burgerlijk"],
)
def test_dutch_words_that_only_seem_to(prompts: Prompts, word: str) -> None:
    assert kind(word, real(prompts, "nl")) is None


@pytest.mark.parametrize(
    "word", ["customer", "customers", "customer's", "end-users", "tenants", "patients"]
)
def test_english_words_that_name_customers(prompts: Prompts, word: str) -> None:
    assert kind(word, real(prompts, "en")) is not None


@pytest.mark.parametrize(
    "word", ["username", "client-server", "userspace", "customs", "residential"]
)
def test_english_words_that_only_seem_to(prompts: Prompts, word: str) -> None:
    assert kind(word, real(prompts, "en")) is None


def test_where_visitors_park_is_a_thing(prompts: Prompts) -> None:
    meaning = real(prompts, "nl").meanings["bezoekersparkeerplaatsen"]
    assert "thing" in meaning.rest


def test_an_evening_for_residents_is_about_them(prompts: Prompts) -> None:
    assert kind("bewonersavond", real(prompts, "nl")) == "resident"
    assert kind("huurdersavond", real(prompts, "nl")) == "resident"
