"""Agendas and meetings: what makes a title the same, and how items are found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meeting import find_again, series_key, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Teamoverleg Wonen", "teamoverleg  wonen"),
        ("Café & coördinatie!", "cafe coordinatie"),
        ("‘Begroting’ 2027", "begroting 2027"),
        (None, ""),
    ],
)
def test_titles_are_the_same_whatever_their_case_accents_and_marks(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("this_week", "next_week"),
    [
        ("MT week 47", "MT week 48"),
        ("Bestuursvergadering nr. 12", "Bestuursvergadering nr. 13"),
        ("ALV 2025", "ALV 2026"),
        ("Sprint review #9", "Sprint review #10"),
    ],
)
def test_a_series_goes_on_whatever_the_week_number_or_year(this_week: str, next_week: str) -> None:
    assert title_key(this_week) != title_key(next_week)
    assert series_key(this_week) == series_key(next_week)


def test_a_title_of_numbers_only_is_still_a_series() -> None:
    assert series_key("2026") == "2026"


def test_items_are_found_again_by_title_wherever_they_went() -> None:
    assert find_again(["A", "B", "C"], ["C", "nieuw", "A"]) == {0: 2, 2: 0, 1: 1}


def test_items_are_found_again_by_likeness() -> None:
    old = ["Begroting 2027", "Verhuisformulier"]
    new = ["Nieuw verhuisformulier", "Begroting 2027 (concept)"]

    assert find_again(old, new) == {0: 1, 1: 0}


def test_a_title_that_was_rewritten_is_found_by_its_position() -> None:
    assert find_again(["Opening", "Huur"], ["Opening", "Servicekosten"]) == {0: 0, 1: 1}


def test_what_was_off_the_agenda_has_no_position_but_comes_back_by_title() -> None:
    assert find_again(["A", "weg"], ["A", "heel iets anders"], surely={1}) == {0: 0}
    assert find_again(["A", "weg"], ["A", "weg"], surely={1}) == {0: 0, 1: 1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Huurverhoging", "Huurverlaging"),
        ("Nieuw rooster", "Nieuwe website"),
        ("Nieuwe balie", "Nieuwe folder"),
        ("Project Noord", "Project Zuid"),
        ("Parkeren", "Sparen"),
    ],
)
def test_what_is_certain_to_be_another_subject_is_not_found(old: str, new: str) -> None:
    assert find_again([old], [new], surely={0}) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Begroting", "Begroting 2027 (concept)"),
        ("Verhuisformulier", "Nieuw verhuisformulier"),
        ("Servicekosten 2027", "Servicekosten, 2027"),
        ("Zonnepanelen op het dak", "Zonnepannelen op het dak"),
    ],
)
def test_a_title_that_was_mended_or_added_to_is_found(old: str, new: str) -> None:
    assert find_again([old], [new], surely={0}) == {0: 0}


def test_letters_of_any_script_tell_titles_apart() -> None:
    assert title_key("Встреча") == "встреча"
    assert title_key("Ørsted łódź") == "ørsted łodz"
    assert find_again(["Бюджет"], ["Отпуск"], surely={0}) == {}


def test_equal_titles_are_paired_in_order() -> None:
    assert find_again(["Pauze", "A", "Pauze"], ["Pauze", "Pauze"]) == {0: 0, 1: 2}


@given(st.lists(st.text(max_size=8), max_size=8), st.lists(st.text(max_size=8), max_size=8))
def test_no_item_is_found_twice(old: list[str], new: list[str]) -> None:
    found = find_again(old, new)

    assert len(set(found.values())) == len(found)
    assert set(found) <= set(range(len(new)))
    assert set(found.values()) <= set(range(len(old)))


@given(st.lists(st.text(max_size=8), max_size=8))
def test_the_same_agenda_finds_every_item_in_its_place(titles: list[str]) -> None:
    assert find_again(titles, titles) == {n: n for n in range(len(titles))}
