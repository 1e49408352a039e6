"""Three agendas: the text as it was, the text as it is, and what people made of it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.agenda_source import AgendaSource, followed, source_of
from bot.domain.meeting import AgendaItem, Kind
from tests.agendas import agenda

DAY = date(2026, 11, 24)
Kept = list[tuple[str, AgendaItem, bool]]


def read_and_kept(*titles: str) -> tuple[AgendaSource, Kept]:
    """A text with these lines, and the meeting it became; an item's id is its title in capitals."""
    read = agenda(*titles)
    kept = [(item.title.upper(), item, False) for item in read.items]
    ids = {at: item_id for at, (item_id, _, _) in enumerate(kept)}
    return source_of("C1/1.1", "", read, DAY).became(ids), kept


def becomes(
    source: AgendaSource, kept: Kept, *titles: str, talked_about: Sequence[str] = ()
) -> list[str]:
    """The agenda in order, as "1 Title (ID)"; a new item has no id."""
    placed = followed(source, agenda(*titles), kept, set(talked_about))
    return [f"{each.item.position} {each.item.title} ({each.id})" for each in placed]


def own(kept: Kept, title: str, at: int) -> Kept:
    """With an item that people added in the channel."""
    item = AgendaItem(str(len(kept) + 1), title, Kind.SUBSTANTIVE)
    return [*kept[:at], (title.upper(), item, False), *kept[at:]]


def test_a_new_line_comes_where_it_stands_in_the_text() -> None:
    assert becomes(*read_and_kept("Huur", "Lift"), "Huur", "Balie", "Lift") == [
        "1 Huur (HUUR)",
        "2 Balie ()",
        "3 Lift (LIFT)",
    ]


def test_an_item_of_people_stays_behind_what_it_stood_behind() -> None:
    source, kept = read_and_kept("Huur", "Lift")
    kept = own(kept, "Tuin", 1)

    assert becomes(source, kept, "Huur", "Balie", "Lift") == [
        "1 Huur (HUUR)",
        "2 Tuin (TUIN)",
        "3 Balie ()",
        "4 Lift (LIFT)",
    ]
    assert becomes(source, kept, "Lift", "Huur") == [
        "1 Lift (LIFT)",
        "2 Huur (HUUR)",
        "3 Tuin (TUIN)",
    ]
    assert becomes(source, kept, "Lift") == ["1 Tuin (TUIN)", "2 Lift (LIFT)"]


def test_an_item_that_people_added_and_the_text_then_too_is_one() -> None:
    source, kept = read_and_kept("Huur", "Lift")

    assert becomes(source, own(kept, "Tuin", 2), "Huur", "Tuin", "Lift") == [
        "1 Huur (HUUR)",
        "2 Tuin (TUIN)",
        "3 Lift (LIFT)",
    ]


def test_where_people_moved_items_their_order_stays() -> None:
    source, kept = read_and_kept("Huur", "Lift", "Balie")
    kept = [kept[2], kept[0], kept[1]]

    assert becomes(source, kept, "Lift", "Huur", "Balie", "Tuin") == [
        "1 Balie (BALIE)",
        "2 Tuin ()",
        "3 Huur (HUUR)",
        "4 Lift (LIFT)",
    ]


def test_what_people_left_out_stays_out_also_when_its_line_is_renamed() -> None:
    source, kept = read_and_kept("Huur", "Nieuw verhuisformulier", "Balie")
    kept = [kept[0], kept[2]]

    assert becomes(source, kept, "Huur", "Nieuw verhuisformulier", "Balie", "Tuin") == [
        "1 Huur (HUUR)",
        "3 Balie (BALIE)",
        "4 Tuin ()",
    ]
    assert "verhuis" not in str(becomes(source, kept, "Huur", "Nieuw verhuisformulieren", "Balie"))
    assert "2 Brandveiligheid ()" in becomes(source, kept, "Huur", "Brandveiligheid", "Balie")


def test_a_renamed_line_keeps_its_item_unless_people_talked_about_it() -> None:
    source, kept = read_and_kept("Huur", "Lift")

    assert becomes(source, kept, "Huur", "Trappen") == ["1 Huur (HUUR)", "2 Trappen (LIFT)"]
    assert becomes(source, kept, "Huur", "Trappen", talked_about=["LIFT"]) == [
        "1 Huur (HUUR)",
        "2 Trappen ()",
    ]


def test_what_came_off_the_agenda_comes_back_with_its_line() -> None:
    source, kept = read_and_kept("Huur")
    kept = [*kept, ("LIFT", AgendaItem("2", "Lift", Kind.SUBSTANTIVE), True)]

    assert becomes(source, kept, "Huur", "Lift") == ["1 Huur (HUUR)", "2 Lift (LIFT)"]


def test_kind_and_details_follow_the_text_and_a_title_of_people_stays() -> None:
    source, kept = read_and_kept("Huur", "Lift")
    mine = replace(kept[1][1], title="De lift", kind=Kind.PROCEDURAL)
    kept = [kept[0], ("LIFT", mine, False)]
    read = agenda("Huur", "Lift en trap")
    read = replace(read, items=(read.items[0], replace(read.items[1], minutes=20)))
    _, lift = followed(source, read, kept, set())

    assert lift.item == replace(mine, minutes=20)
    kept[1] = ("LIFT", replace(mine, title="Lift"), False)
    _, lift = followed(source, read, kept, set())
    assert (lift.item.title, lift.item.kind) == ("Lift en trap", Kind.PROCEDURAL)


@pytest.mark.parametrize("titles", [(), ("Koffie", "Thee")])
def test_another_text_is_not_followed(titles: Sequence[str]) -> None:
    assert becomes(*read_and_kept("Huur", "Lift"), *titles) == []


def test_the_same_text_says_the_same() -> None:
    source, _ = read_and_kept("Huur", "Lift")
    longer = replace(agenda("Huur", "Lift").items[1], minutes=10)

    assert source.says(agenda("Huur", "Lift"))
    assert not source.says(agenda("Lift", "Huur"))
    assert not source.says(agenda("Huur", "Lift", day=date(2026, 11, 25)))
    assert not source.says(replace(agenda("Huur"), items=(agenda("Huur").items[0], longer)))
