"""What may be taken along, as it is shown: within Slack's limits, and no button for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.meeting import State
from bot.domain.observation import Closing
from bot.domain.offer import Offer
from bot.domain.view import ClosingView
from bot.surfaces.slack import views
from bot.surfaces.slack.limits import wrong_view
from bot.wording.texts import Texts
from tests.surfaces.slack.drawing import drawn
from tests.surfaces.slack.meetings import plain_meeting

BUTTON = "[Neem 2 open punten mee]"


@pytest.mark.parametrize("words", ["Lift", "🙂" * 500, "&" * 500])
@pytest.mark.parametrize("number", [1, 400])
def test_a_preview_that_offers_much_stays_within_the_limits(
    words: str, number: int, nl: Texts
) -> None:
    meeting = plain_meeting(100)
    items = [replace(it.item, title=words, carried_from="i") for it in plain_meeting(number).items]
    offer = Offer("m" * 32, date(2026, 11, 17), tuple(items))
    form = views.preview(meeting, "draft", nl, "a" * 3_000, offer=offer, carries=True)

    assert wrong_view(form) == []
    assert views.carries(form | {"state": {"values": {}}}) is False
    assert views.carries(views.preview(meeting, "draft", nl)) is None


@pytest.mark.parametrize(
    ("taken", "carries", "wanted", "button"),
    [
        ([], False, [], True),
        ([], True, ["2 open punten gaan mee naar de volgende agenda."], False),
        ([0], True, ["1 open punt gaat mee naar", "1 punt staat nu op een nieuwe agenda."], False),
        ([0, 1], True, ["2 punten staan nu op een nieuwe agenda."], False),
        ([0, 1], False, ["2 punten staan nu op een nieuwe agenda."], False),
    ],
)
def test_a_summary_says_what_goes_along(
    taken: list[int], carries: bool, wanted: list[str], button: bool, nl: Texts
) -> None:
    meeting = plain_meeting(2, state=State.CLOSED)
    ids = [meeting.items[n].id or "" for n in taken]
    message = views.closing(ClosingView(meeting, {}, Closing(), ids, carries), nl)
    shown = drawn({"blocks": message.blocks})

    assert (BUTTON in shown) is button
    assert shown.count("agenda.") == len(wanted)
    for line in wanted:
        assert line in shown
        assert line in message.text
