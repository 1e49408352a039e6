"""Where customers come up: in a text, or in each of its lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.customer import ChannelSettings
from bot.domain.language import FALLBACK_LANGUAGE
from bot.readers.catalogue import Prompts
from bot.usecases.find_mentions import Heard, Listener, sector_called
from bot.usecases.toolbox import Toolbox

TALK = """Klant 1: De huurder van hierboven belt ons elke dag.
User Interface: Dat hoort bij een klacht van een huurder.
Klant 1: Onze huurders wachten te lang op een reparatie.
User Interface: Ja, dat is zo."""


@pytest.fixture
def housing(toolbox: Toolbox) -> ChannelSettings:
    return toolbox.config.settings("", toolbox.prompts.customers, None, "housing")


def by_line(
    toolbox: Toolbox, settings: ChannelSettings, text: str, language: str | None = None
) -> list[Heard]:
    listener = Listener(toolbox, settings, language, text)
    return [listener.hear(line) for line in text.split("\n")]


def named(heard: Heard) -> list[str]:
    return [mention.text for mention in heard.mentions or ()]


def test_speakers_of_the_whole_text_are_known_in_each_line(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    heard = by_line(toolbox, housing, TALK)
    found = [name for each in heard for name in named(each)]
    assert "Klant" not in found
    assert "huurder" in found
    assert all(it.text[m.start : m.end] == m.text for it in heard for m in it.mentions or ())


def test_lines_and_text_name_the_same(toolbox: Toolbox, housing: ChannelSettings) -> None:
    whole = Listener(toolbox, housing, None, TALK).hear(TALK)
    lines = [name for each in by_line(toolbox, housing, TALK) for name in named(each)]
    assert named(whole) == lines


def test_a_heading_is_no_speaker_in_any_line(toolbox: Toolbox, housing: ChannelSettings) -> None:
    text = "Huurders: hoe bereiken we onze huurders beter?\nBegroting: akkoord\nRondvraag: niets"
    first, *_ = by_line(toolbox, housing, text)
    assert "Huurders" in named(first)


def test_a_short_line_is_in_the_language_of_the_rest(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    dutch = "De huurders wachten op een antwoord van ons.\nDo of vr\nHuurders"
    english = "The tenants are waiting for an answer to this.\nHuurders"
    assert [it.language for it in by_line(toolbox, housing, dutch)] == ["nl", "nl", "nl"]
    assert [it.language for it in by_line(toolbox, housing, english)] == ["en", "en"]
    assert [it.language for it in by_line(toolbox, housing, "1\n2")] == [FALLBACK_LANGUAGE] * 2


def test_a_line_in_the_other_language_is_read_in_it(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    text = """De huurder belt ons elke dag en wij zijn er niet.
The tenants are waiting for a repair.
De huurder wacht dan op een antwoord dat niet komt."""
    heard = by_line(toolbox, housing, text)
    assert [it.language for it in heard] == ["nl", "en", "nl"]
    assert named(heard[1]) == ["tenants"]


def test_what_is_not_read_is_not_guessed(toolbox: Toolbox, housing: ChannelSettings) -> None:
    german = "Die Mieter sind nicht zufrieden und wir haben auch keine Zeit."
    heard = Listener(toolbox, housing, None, german).hear(german)
    assert heard.mentions is None
    assert heard.language == "de"


def test_the_language_that_is_chosen_is_read(toolbox: Toolbox, housing: ChannelSettings) -> None:
    german = "Die Mieter sind nicht zufrieden und wir haben auch keine Zeit."
    heard = Listener(toolbox, housing, "nl", german).hear(german)
    assert heard.mentions is not None
    assert heard.language == "nl"


def test_accounts_are_heard_in_either_language(toolbox: Toolbox, housing: ChannelSettings) -> None:
    listener = Listener(toolbox, replace(housing, accounts=("Zeeman Textiel",)), None, "")
    assert named(
        listener.hear("Zeeman Textiel belt ons over de factuur, en dat is niet fijn.")
    ) == ["Zeeman Textiel"]
    assert "Zeeman Textiel" in named(listener.hear("We have to call Zeeman Textiel about this."))


@pytest.mark.parametrize(
    ("typed", "sector"),
    [("housing", "housing"), ("Woningcorporatie", "housing"), ("maanreizen", None), ("", None)],
)
def test_a_sector_is_called_in_many_ways(prompts: Prompts, typed: str, sector: str | None) -> None:
    assert sector_called(typed, prompts) == sector


def test_what_tells_no_language_is_in_that_of_the_settings(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    english = replace(housing, language="en")
    assert named(Listener(toolbox, english, None).hear("Customers 2026")) == ["Customers"]
    assert Listener(toolbox, english, None, "Customers 2026").language == "en"
    assert Listener(toolbox, housing, None, "Klanten 2026").language == FALLBACK_LANGUAGE


ENGLISH = [
    "Customer satisfaction",
    "Feedback from visitors",
    "People keep asking for a discount",
    "Shoppers",
]
FOREIGN = "Die Mieter sind nicht zufrieden und wir haben auch keine Zeit."


@pytest.mark.parametrize("text", ENGLISH)
def test_a_short_text_is_in_the_language_of_its_words(
    toolbox: Toolbox, housing: ChannelSettings, text: str
) -> None:
    assert Listener(toolbox, housing, None, text).hear(text).language == "en"
    assert Listener(toolbox, housing, None, "Wachttijden balie").language == "nl"


def test_settings_go_before_words_for_customers(toolbox: Toolbox, housing: ChannelSettings) -> None:
    dutch = replace(housing, language="nl")
    text = "Customer satisfaction"
    assert Listener(toolbox, dutch, None, text).hear(text).language == "nl"
    text = "The tenants wait for a repair of the roof"
    assert Listener(toolbox, dutch, None, text).hear(text).language == "en"


def test_each_line_of_a_text_is_heard_in_its_own_language(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    text = """De huurders zijn boos, want de lift is stuk en wij wachten op hun antwoord.

The tenants are waiting for a repair of the roof.
Customer satisfaction
	Huurdersavond"""
    heard = Listener(toolbox, housing, None, text).hear(text)
    assert named(heard) == ["huurders", "tenants", "Customer satisfaction", "Huurdersavond"]
    assert all(text[it.start : it.end] == it.text for it in heard.mentions or ())
    assert heard.language == "nl"


def test_who_is_known_in_both_languages_is_heard_once(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    theirs = replace(housing, accounts=("Zeeman Textiel",))
    text = (
        "Zeeman Textiel is boos over de lift, en dat is niet fijn.\nWe have to call them about it."
    )
    assert named(Listener(toolbox, theirs, None, text).hear(text)) == ["Zeeman Textiel"]


def test_a_language_that_was_chosen_is_that_of_each_line(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    text = "De huurders zijn boos en de lift is stuk.\nThe tenants are waiting for a repair."
    assert named(Listener(toolbox, housing, "nl", text).hear(text)) == ["huurders"]
    assert named(Listener(toolbox, housing, "en", text).hear(text)) == ["tenants"]


def test_a_foreign_line_does_not_hide_ours(toolbox: Toolbox, housing: ChannelSettings) -> None:
    lines = [FOREIGN, "Klachten", "Huurdersavond", "", "Wohnen"]
    heard = list(Listener(toolbox, housing, None).hear_lines(lines))
    assert [it.language for it in heard[:3]] == ["de", "nl", "nl"]
    assert [it.mentions is None for it in heard] == [True, False, False, False, True]
    whole = "\n".join(lines)
    assert named(Listener(toolbox, housing, None, whole).hear(whole)) == [
        "Klachten",
        "Huurdersavond",
    ]
    dutch = Listener(toolbox, replace(housing, language="nl"), None, FOREIGN)
    assert dutch.hear("Wohnen").language == "nl"


def test_a_word_of_ours_makes_a_foreign_text_no_text_of_ours(
    toolbox: Toolbox, housing: ChannelSettings
) -> None:
    text = f"Klachten\n{FOREIGN}\n{FOREIGN}"
    heard = Listener(toolbox, housing, None, text).hear(text)
    assert (heard.mentions, heard.language) == (None, "de")


def test_nothing_is_read_as_nothing(toolbox: Toolbox, housing: ChannelSettings) -> None:
    for text in ("", "\n \n"):
        assert Listener(toolbox, housing, None, FOREIGN).hear(text).mentions == ()
