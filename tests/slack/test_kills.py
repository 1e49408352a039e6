"""Senders killed at any point: nothing twice, nothing lost. `make kills` runs it longer."""

from __future__ import annotations

from pathlib import Path

from tests.slack.kills import DIGESTS, kill_senders


def test_with_the_history_nothing_is_doubled_or_lost(tmp_path: Path) -> None:
    figures = kill_senders(tmp_path, 100, seed=1, history=True)

    assert figures.kills >= 100
    assert figures.digests == DIGESTS
    assert (figures.doubled, figures.lost, figures.unknown, figures.unscheduled) == (0, 0, 0, 0)


def test_without_it_nothing_is_doubled_and_a_person_is_told(tmp_path: Path) -> None:
    figures = kill_senders(tmp_path, 15, seed=2, history=False)

    assert (figures.doubled, figures.lost, figures.unscheduled) == (0, 0, 0)
    assert figures.unknown > 0
    assert figures.digests > 0
