"""Which language a text is in; one we do not read is told where it is plain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.domain.spoken_language import OTHER, SmallWords, spoken
from bot.readers.catalogue import Prompts

SENTENCES = Path(__file__).parents[1] / "data" / "mentions"
LINE = 2  # small words ahead, as for one line among others


@pytest.fixture(scope="module")
def small(prompts: Prompts) -> SmallWords:
    return prompts.mentions.small_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De huurders klagen over de lift, die al twee weken niet werkt.", "nl"),
        ("The tenants complain about the lift, and nobody answers the phone.", "en"),
        ("Die Mieter klagen über den Aufzug, der seit zwei Wochen nicht geht.", "de"),
        ("Les locataires se plaignent de la panne, et personne ne répond pour nous aider.", "fr"),
        ("Los vecinos se quejan del ascensor, que no funciona y es muy lento.", "es"),
        ("Gli inquilini non sono contenti dell'ascensore, che è fermo da due mesi.", "it"),
        ("Os inquilinos não gostam do elevador, que está parado há mais de dois meses.", "pt"),
        ("Lokatorzy skarżą się na windę, ale nikt nie odbiera telefonu od rana.", "pl"),
        ("Hyresgästerna klagar på hissen, som inte fungerar, och ingen svarar.", "sv"),
        ("Lejerne klager over elevatoren, som ikke virker, og ingen tager telefonen.", "da"),
        ("Kiracılar bu asansör için çok şikayet etti ama kimse bir şey yapmadı.", "tr"),
        ("Жильцы жалуются на лифт, который не работает", OTHER),
        ("租户抱怨电梯坏了", OTHER),
        ("Οι ενοικιαστές παραπονιούνται", OTHER),
        ("الناس يشتكون من المصعد", OTHER),
    ],
)
def test_languages_are_told_apart(small: SmallWords, text: str, language: str) -> None:
    assert spoken(text, small) == language
    assert spoken(text, small, LINE) == language


@pytest.mark.parametrize(
    "text",
    [
        "De product owner doet de refinement van de backlog met het team.",
        "In de customer journey zit een pain point bij de onboarding, dat is niet fijn.",
        "Die huurders het gekla oor die hyser, wat al twee weke nie werk nie.",
        "De hierders hawwe klage oer de lift, dy't net wurket, en dat is in probleem.",
        "Met de heer Von der Leyen, Den Haag, en Des Bouvrie over de bus.",
    ],
)
def test_dutch_with_other_words_in_it_is_dutch(small: SmallWords, text: str) -> None:
    assert spoken(text, small, LINE) == "nl"


@pytest.mark.parametrize(
    "text",
    ["", "1 2 3", "?!", "Huurders", "Rondvraag", "Do of vr", "Of we do of wo doen", "Die der",
     "was had of", "la de la", "OK", "Жил", "Of was do"],
)  # fmt: skip
def test_too_little_tells_nothing(small: SmallWords, text: str) -> None:
    assert spoken(text, small, LINE) is None


def test_a_name_in_another_script_changes_nothing(small: SmallWords) -> None:
    assert spoken("De winkel van Ελένη is nu ook op zondag open voor de klant.", small) == "nl"


def test_another_language_must_be_clearly_ahead(small: SmallWords) -> None:
    assert spoken("Die der den das op de bus", small, LINE) == "nl"


def test_half_and_half_is_neither(small: SmallWords) -> None:
    assert spoken("de klant en het team, the customer and the team", small, LINE) is None


def test_a_few_words_of_ours_do_not_hide_another_language(small: SmallWords) -> None:
    text = "Die Mieter sind nicht zufrieden und wir haben auch keine Zeit. " * 5 + "De klant is op."
    assert spoken(text, small) == "de"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_hardly_a_line_is_told_another_language(small: SmallWords, language: str) -> None:
    told = [
        spoken(json.loads(line)["text"], small, LINE)
        for half in ("development", "test")
        for line in (SENTENCES / f"{language}-{half}.jsonl").read_text("utf-8").splitlines()
    ]
    wrong = [it for it in told if it not in (language, None)]
    assert len(told) > 700
    assert len(wrong) <= len(told) / 500
    assert told.count(language) > 0.75 * len(told)
