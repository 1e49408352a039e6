"""Which questions titles ask for: by word, plural, phrase and compound, in both languages."""

from __future__ import annotations

import pytest

from bot.domain.cue import cues_of
from bot.domain.language import LANGUAGES
from bot.readers.catalogue import Prompts


@pytest.mark.parametrize(
    ("title", "key", "word"),
    [
        ("ECD-storing", "interim_word", "ECD-storing"),
        ("Imagocampagne", "loyalty", "Imagocampagne"),
        ("Wachttijden polikliniek", "lead_time", "Wachttijden"),
        ("Nieuwe balie", "contact", "balie"),
        ("Digitaal verhuisformulier", "ease", "Digitaal"),
        ("Bewonersbrief", "clarity", "Bewonersbrief"),
        ("NPS", "promoter", "NPS"),
        ("Klachtenrapportage", "complaints", "Klachtenrapportage"),
        ("Nachtrooster", "colleagues", "Nachtrooster"),
        ("Klantenpanel", "knowledge", "Klantenpanel"),
        ("Oplevering blok C", "quality", "Oplevering"),
        ("Zitplaatsgarantie", "promise", "Zitplaatsgarantie"),
        ("Wensenlijst van de ouders", "wishes", "Wensenlijst"),
        ("Verbouwing", "experience", "Verbouwing"),
        ("Patiënttevredenheid", "satisfaction", "Patiënttevredenheid"),
        ("Veelgestelde vragen", "full_answer", "Veelgestelde vragen"),
        ("Doelgroepen 2027", "sketch", "Doelgroepen"),
        ("Waiting times", "lead_time", "Waiting times"),
        ("Guest reviews", "complaints", "Guest reviews"),
        ("Loyalty scheme", "loyalty", "Loyalty scheme"),
    ],
)
def test_the_word_that_asks_comes_as_printed(
    prompts: Prompts, title: str, key: str, word: str
) -> None:
    assert cues_of(title, prompts.vocabulary)[key] == word


@pytest.mark.parametrize(
    "title", ["Televisie", "Rekenkamercommissie", "Update", "Verdeelsleutel", "Premium", ""]
)
def test_what_only_looks_like_such_a_word_asks_for_nothing(prompts: Prompts, title: str) -> None:
    assert cues_of(title, prompts.vocabulary) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_ours_has_words_each_once(prompts: Prompts, language: str) -> None:
    for key, words in prompts.vocabulary.cues[language].telling.items():
        assert len(words) == len(set(words)) >= 10, key
        assert all(word == word.lower() for word in words)
