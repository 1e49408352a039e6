"""A digest as a table: one row a measure, nothing withheld told, nothing run by a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given

from bot.domain.proportion import Proportion
from bot.domain.view import DigestView, ManagersDigestView, Scope
from bot.wording import digest_csv
from tests.wording import figures
from tests.wording.views import WILD

MEASURES = ["by_itself", "coverage", "unknown", "not_applicable", "consequence", "observation"]
NUMBERS = ["count", "of", "share", "low", "high"]


def rows_of(view: DigestView | ManagersDigestView) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(digest_csv.digest(view))))


def test_there_is_a_row_for_each_measure_of_each_period_and_level() -> None:
    rows = rows_of(figures.managers())

    assert len(rows) == (9 + 3) * len(MEASURES)
    assert [row["measure"] for row in rows] == MEASURES * 12
    assert [row["period"] for row in rows[:: len(MEASURES)]] == [
        *(f"2026-{month:02}" for month in range(3, 12)),
        *["2026-11"] * 3,
    ]
    assert {row["level"] for row in rows[54:]} == {"strategic", "tactical", "operational"}


def test_a_row_says_counts_share_and_interval_of_whole_weeks() -> None:
    row = rows_of(figures.managers())[48]

    low, high = Proportion(101, 210).interval or (0, 0)
    assert row == {
        "period": "2026-11",
        "first": "2026-11-02",
        "last": "2026-11-29",
        "scope": "all",
        "level": "",
        "measure": "by_itself",
        "count": "101",
        "of": "210",
        "share": "0.4810",
        "low": f"{low:.4f}",
        "high": f"{high:.4f}",
        "too_small": "no",
    }


def test_what_is_too_small_is_empty_and_says_so() -> None:
    may = [row for row in rows_of(figures.managers()) if row["period"] == "2026-05"]

    assert {row["too_small"] for row in may} == {"yes"}
    assert {row[name] for row in may for name in NUMBERS} == {""}


def test_a_week_without_a_meeting_in_ones_own_channel_is_nought_and_no_share() -> None:
    week = next(row for row in rows_of(figures.own()) if row["period"] == "2026-W43")

    assert [week[name] for name in [*NUMBERS, "too_small"]] == ["0", "0", "", "", "", "no"]


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(), "all"),
        (Scope(level="tactical"), "tactical"),
        (Scope(channels=["wonen", "zorg"]), "wonen + zorg"),
    ],
)
def test_it_says_whose_figures_they_are(scope: Scope, words: str) -> None:
    assert {row["scope"] for row in rows_of(figures.managers(scope))} == {words}


@given(WILD)
def test_no_name_becomes_a_formula_or_a_row(words: str) -> None:
    rows = rows_of(figures.own(words))

    assert len(rows) == 9 * len(MEASURES)
    assert all(list(row) == list(digest_csv.COLUMNS) for row in rows)
    for row in rows:
        assert not row["scope"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u200b=1"])
def test_a_name_that_begins_like_a_formula_is_made_inert(name: str) -> None:
    assert rows_of(figures.own(name))[0]["scope"].startswith("'")
