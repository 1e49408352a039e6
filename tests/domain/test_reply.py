"""Replies as people type them below an agenda."""

from __future__ import annotations

import pytest

from bot.domain.answer import Certainty
from bot.domain.reply import replies_of
from bot.readers.catalogue import Prompts
from bot.usecases.hear_reply import words_of

POSITIONS = ["1", "2", "3", "4", "5", "6"]
ASSUME, DONT_KNOW = Certainty.ASSUME, Certainty.DONT_KNOW
Said = tuple[str, str, Certainty | None]


def read(prompts: Prompts, message: str, positions: list[str] = POSITIONS) -> list[Said]:
    return [
        (reply.position, reply.given.text, reply.given.certainty)
        for reply in replies_of(message, positions, words_of(prompts))
    ]


ONE = [
    ("5: bellen met de monteur", "bellen met de monteur"),
    ("5:bellen", "bellen"),
    ("5 : bellen", "bellen"),
    ("  5: bellen  ", "bellen"),
    ("5. Bellen", "Bellen"),
    ("5) bellen", "bellen"),
    ("5.) bellen", "bellen"),
    ("5 - bellen", "bellen"),
    ("5 – bellen", "bellen"),
    ("5- bellen", "bellen"),
    ("- 5: bellen", "bellen"),
    ("• 5: bellen", "bellen"),
    ("punt 5: bellen", "bellen"),
    ("Punt 5 - bellen", "bellen"),
    ("PUNT 5: bellen", "bellen"),
    ("punt 5. bellen", "bellen"),
    ("agendapunt 5: bellen", "bellen"),
    ("Punt nr. 5: bellen", "bellen"),
    ("nr 5: bellen", "bellen"),
    ("#5 bellen", "bellen"),
    ("#5: bellen", "bellen"),
    ("punt #5: bellen", "bellen"),
    ("ad 5: bellen", "bellen"),
    ("Ad 5. bellen", "bellen"),
    ("bij punt 5: bellen", "bellen"),
    ("Over punt 5 - bellen", "bellen"),
    ("item 5: call them", "call them"),
    ("Agenda item 5 - call them", "call them"),
    ("5: om 10:30 bellen", "om 10:30 bellen"),
    ("5: 3 dagen eerder", "3 dagen eerder"),
    ("punt 5 - 3 dagen eerder", "3 dagen eerder"),
    ("5: :thumbsup:", ":thumbsup:"),
    ("5:actie: Jan belt", "actie: Jan belt"),
    ("5:\nbellen met de monteur", "bellen met de monteur"),
    ("5: bellen\nen daarna mailen", "bellen\nen daarna mailen"),
    ("5: bellen\n\nGroet, Joke", "bellen\n\nGroet, Joke"),
    ("5: niet van toepassing zijn de oude regels", "niet van toepassing zijn de oude regels"),
    ("5: nvtech belt terug", "nvtech belt terug"),
    ("5: onbekende huurders krijgen een brief", "onbekende huurders krijgen een brief"),
    ("5: weet ik niet zeker, denk van wel", "weet ik niet zeker, denk van wel"),
]
NOT_APPLICABLE = [
    ("5: n.v.t.", ""),
    ("5: N.v.t", ""),
    ("5: nvt", ""),
    ("5. nvt.", ""),
    ("5: n/a", ""),
    ("5: Niet van toepassing", ""),
    ("5: not applicable.", ""),
    ("5: n.v.t., raakt de huurder niet", "raakt de huurder niet"),
    ("5: n.v.t. want raakt de huurder niet", "raakt de huurder niet"),
    ("5: nvt omdat het intern is", "het intern is"),
    ("5: nvt, omdat het intern is", "het intern is"),
    ("5: nvt: gaat over ons", "gaat over ons"),
    ("5: n.v.t. voor ons", "voor ons"),
    ("5: nvt voor de huurder", "voor de huurder"),
    ("5: niet van toepassing op huurders", "op huurders"),
    ("5: not applicable for us", "for us"),
    ("5: nvt - gaat over ons", "gaat over ons"),
    ("5: n.v.t. Gaat over ons.", "Gaat over ons."),
    ("5: n.v.t. (gaat over ons)", "gaat over ons"),
    ("5: is niet van toepassing, want intern", "intern"),
    ("item 5: not applicable because it is internal", "it is internal"),
    ("5: n/a, doesn’t touch them", "doesn't touch them"),
]
UNKNOWN = [
    "weten we nog niet",
    "Weten we nog niet.",
    "Dat weten we nog niet, Jan zoekt het uit",
    "weten we nog niet: wie de bewoners bericht",
    "we weten nog niet wie de bewoners bericht",
    "geen idee",
    "Geen idee!",
    "geen idee of dit klopt",
    "weet ik niet",
    "onbekend",
    "We don't know yet",
    "we don’t know yet",
    "no idea, ask Kees",
    "we don't know whether they want it",
]
LEFT_ALONE = [
    "4:30 kan ik niet",
    "2.30 uur is prima",
    "10:00 beginnen we toch?",
    "10.30: beginnen we dan?",
    "3 dagen later was het opgelost",
    "2 mensen zijn ziek",
    "5 minuten pauze?",
    "5.",
    "5:",
    "5",
    "#5",
    "5: ",
    "5: ?",
    "5: -",
    "5: …\n!",
    "3-4 dagen duurt dat",
    "10 - 12 uur komt beter uit",
    "5 :thumbsup:",
    "5:thumbsup:",
    "2x bellen en dan pas mailen",
    "20% van de huurders",
    "24-11: de volgende keer",
    "2026: het jaar van de huurder",
    "Punt 5 vind ik lastig",
    "Volgens mij heeft Kees dit al gedaan",
    "goed plan",
    "> 5: bellen\neens",
    "We moeten het hebben over:\n1. de lift\n2. de huur",
    "n.v.t.",
    "weten we nog niet",
    "",
]


@pytest.mark.parametrize(("message", "text"), ONE)
def test_an_answer_to_one_item(prompts: Prompts, message: str, text: str) -> None:
    assert read(prompts, message) == [("5", text, ASSUME)]


@pytest.mark.parametrize(("message", "reason"), NOT_APPLICABLE)
def test_not_applicable_with_its_reason(prompts: Prompts, message: str, reason: str) -> None:
    assert read(prompts, message) == [("5", reason, None)]


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_not_known_is_kept_in_its_words(prompts: Prompts, text: str) -> None:
    assert read(prompts, f"5: {text}") == [("5", text, DONT_KNOW)]


@pytest.mark.parametrize("message", LEFT_ALONE)
def test_what_is_no_answer(prompts: Prompts, message: str) -> None:
    assert read(prompts, message) == []


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("2: een\n3: twee\n4: drie", {"2": "een", "3": "twee", "4": "drie"}),
        ("4: drie\n2: een", {"4": "drie", "2": "een"}),
        ("2. een\n3. twee", {"2": "een", "3": "twee"}),
        ("punt 2 - een\npunt 3 - twee", {"2": "een", "3": "twee"}),
        ("2: een\npunt 3 - twee", {"2": "een", "3": "twee"}),
        ("#2 een\n#3 twee", {"2": "een", "3": "twee"}),
        ("2: een\n   en nog iets\n3: twee", {"2": "een\n   en nog iets", "3": "twee"}),
        ("2: een\n2: nog een", {"2": "een\nnog een"}),
        ("2:\n3: twee", {"3": "twee"}),
        (
            "2: in drie stappen:\n1. bellen\n2. mailen\n3. klaar",
            {"2": "in drie stappen:\n1. bellen\n2. mailen\n3. klaar"},
        ),
        (
            "2. in drie stappen:\n1. bellen\n2. mailen\n3. klaar",
            {"2": "in drie stappen:\n1. bellen\n2. mailen\n3. klaar"},
        ),
    ],
)
def test_several_answers_in_one_message(
    prompts: Prompts, message: str, said: dict[str, str]
) -> None:
    assert {position: text for position, text, _ in read(prompts, message)} == said


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("1.2: bellen", [("1.2", "bellen", ASSUME)]),
        ("1.2. bellen", [("1.2", "bellen", ASSUME)]),
        ("B: bellen", [("b", "bellen", ASSUME)]),
        ("A2) bellen", [("a2", "bellen", ASSUME)]),
        ("1.3: bellen", []),
        ("3a: bellen", [("3a", "bellen", ASSUME)]),
    ],
)
def test_the_agendas_own_positions_are_understood(
    prompts: Prompts, message: str, said: list[Said]
) -> None:
    assert read(prompts, message, ["1.1", "1.2", "b", "A2"]) == said
