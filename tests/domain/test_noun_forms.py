"""A noun's plural, diminutive and genitive."""

from __future__ import annotations

import pytest

from bot.domain.noun_forms import forms


@pytest.mark.parametrize(
    ("noun", "inflected"),
    [
        ("klant", "klant klanten klants klantje klantjes"),
        ("huurder", "huurders huurdertje huurdertjes"),
        ("patiënt", "patiënten patiëntje patiënts"),
        ("persoon", "personen persoontje"),
        ("lezeres", "lezeressen"),
        ("gezin", "gezinnen gezinnetje gezinnetjes"),
        ("huis", "huizen"),
        ("brief", "brieven"),
        ("zzp'er", "zzp'ers zzp'ertje"),
        ("opa", "opa's"),
        ("abonnee", "abonnees"),
        ("belastingplichtige", "belastingplichtigen"),
        ("familie", "families familieën"),
        ("moeilijkheid", "moeilijkheden"),
        ("beperking", "beperkingen"),
        ("mens met een beperking", "mens met een beperkingen"),
    ],
)  # fmt: skip
def test_dutch_nouns(noun: str, inflected: str) -> None:
    wanted = [inflected] if " " in noun else inflected.split()
    assert [it for it in wanted if it not in {*forms(noun, "nl")}] == []


@pytest.mark.parametrize(
    ("noun", "inflected"),
    [
        ("customer", "customer customers"),
        ("company", "companies"),
        ("business", "businesses"),
        ("salesman", "salesmen"),
        ("end user", "end users"),
    ],
)
def test_english_nouns(noun: str, inflected: str) -> None:
    wanted = [inflected] if " " in noun else inflected.split()
    assert [it for it in wanted if it not in {*forms(noun, "en")}] == []


def test_a_noun_is_its_own_first_form() -> None:
    assert next(forms("klant", "nl")) == "klant"
    assert next(forms("customer", "en")) == "customer"


@pytest.mark.parametrize(
    ("noun", "other"),
    [("huur", "huurder"), ("gast", "gastheer"), ("lid", "lidstaat"), ("burger", "burgerlijk")],
)
def test_other_words_are_no_forms(noun: str, other: str) -> None:
    assert other not in {*forms(noun, "nl")}
