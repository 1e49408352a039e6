"""Where items that are taken along come on an agenda, and which number they get."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.meeting import AgendaItem
from bot.domain.offer import in_order, numbered, taken_along
from tests.agendas import agenda


def along(*titles: str) -> list[AgendaItem]:
    return [taken_along(item, f"old {item.position}") for item in agenda(*titles).items]


def placed(*items: AgendaItem) -> list[str]:
    return [f"{it.position} {it.title}" for it in numbered([items[n] for n in in_order(items)])]


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        (["OPENING", "Huur", "RONDVRAAG"], ["1 Opening", "2 Huur", "3 Lift", "4 Rondvraag"]),
        (["Huur", "PAUZE", "SLUITING"], ["1 Huur", "2 Lift", "3 Pauze", "4 Sluiting"]),
        (["Huur", "Tuin"], ["1 Huur", "2 Tuin", "3 Lift"]),
        (["OPENING", "RONDVRAAG"], ["1 Opening", "2 Lift", "3 Rondvraag"]),
        (["RONDVRAAG"], ["1 Lift", "2 Rondvraag"]),
    ],
)
def test_it_comes_before_what_ends_the_meeting(own: list[str], wanted: list[str]) -> None:
    assert placed(*agenda(*own).items, *along("Lift")) == wanted


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (["1", "2", "5"], ["1 Huur", "2 Tuin", "3 Lift", "4 Dak", "5 Sluiting"]),
        (["1", "2a", "3"], ["1 Huur", "2a Tuin", "4 Lift", "5 Dak", "3 Sluiting"]),
        (["A", "B", "C"], ["A Huur", "B Tuin", "1 Lift", "2 Dak", "C Sluiting"]),
        (["1", "2", "1"], ["1 Huur", "2 Tuin", "3 Lift", "4 Dak", "1 Sluiting"]),
    ],
)
def test_printed_numbers_stay_where_they_can(printed: list[str], wanted: list[str]) -> None:
    own = agenda("Huur", "Tuin", "SLUITING").items
    items = [replace(item, position=each) for item, each in zip(own, printed, strict=True)]

    assert placed(*items, *along("Lift", "Dak")) == wanted


def test_it_stands_in_the_session_before_it() -> None:
    own = [replace(it, session=f"Dag {it.position}") for it in agenda("Huur", "Tuin").items]
    old = replace(agenda("Lift").items[0], session="Ochtend")

    items = numbered([*own, taken_along(old, "old")])
    assert [it.session for it in items] == ["Dag 1", "Dag 2", "Dag 2"]


def test_without_anything_taken_along_all_stays_as_printed() -> None:
    items = tuple(
        replace(it, position=p) for it, p in zip(agenda("Huur", "Tuin").items, "21", strict=True)
    )

    assert numbered([items[n] for n in in_order(items)]) == items
