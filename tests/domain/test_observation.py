"""Whether the customer came up by itself: whose word counts."""

from __future__ import annotations

import pytest

from bot.domain.observation import Observed, Source, believed, came_up


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, None),
        ({Source.TEXT: Observed.CAME_UP}, True),
        ({Source.CHAIR: Observed.DID_NOT}, False),
        ({Source.TEXT: Observed.CAME_UP, Source.CHAIR: Observed.DID_NOT}, False),
        ({Source.TEXT: Observed.DID_NOT, Source.CHAIR: Observed.CAME_UP}, True),
        ({Source.TEXT: Observed.CAME_UP, Source.CHAIR: Observed.NOT_DISCUSSED}, None),
    ],
)
def test_the_chairs_word_beats_the_texts(said, counts: bool | None) -> None:
    assert came_up(believed(said)) is counts
