"""What is kept of a made-up year is what was drawn, as if people had held those meetings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.answer import Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.dates import Span, parse_period
from bot.domain.made_up_year import (
    QUESTIONS,
    MadeUpChannel,
    MadeUpMeeting,
    MadeUpYear,
    meetings_of,
    weeks,
)
from bot.domain.observation import Observed
from bot.domain.view import DigestView
from bot.usecases.make_digest import make_digest
from bot.usecases.make_up_year import looking_back, make_up_year
from bot.usecases.toolbox import Caller, Toolbox

PERIOD = parse_period(Span.RANGE, f"{weeks()[0].first}..{weeks()[-1].last}")
TITLES = ["Begroting", "Werkdruk", "Nieuw kantoor", "Rooster", "Gereedschap"]
CHANNEL = MadeUpChannel("wonen", "wonen", "tactical", 9, TITLES, 2, 1, weeks()[0].first)
ANSWERS = {sure: ["zo gaat het"] for sure in [*Certainty, None]}
YEAR = MadeUpYear("housing", "Overleg", "Opening", [CHANNEL], ANSWERS, {})


@pytest.fixture
def held() -> list[MadeUpMeeting]:
    """Nobody was at the others: the clock closed them, and nothing was said."""
    drawn = meetings_of(CHANNEL, YEAR)
    return [m for m in drawn if m.observed or any(item.answers for item in m.items)]


def digest(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, year: MadeUpYear
) -> DigestView:
    toolbox = looking_back(toolbox)
    try:
        make_up_year(toolbox, caller, year, "nl")
        return make_digest(toolbox, caller, PERIOD, settings, "nl")
    finally:
        toolbox.close()


def test_what_was_drawn_is_what_is_counted(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, held: list[MadeUpMeeting]
) -> None:
    figures = digest(toolbox, caller, settings, YEAR).figures
    items = [item for meeting in held for item in meeting.items]
    seen = [it.observed for m in held if m.observed for it in m.items]
    sure = [answer.certainty for item in items for answer in item.answers]

    assert (figures.meetings, figures.substantive) == (len(held), len(items))
    assert figures.by_itself.count == seen.count(Observed.CAME_UP)
    assert figures.observed == len(seen) - seen.count(Observed.NOT_DISCUSSED)
    assert figures.not_applicable == sure.count(None)
    assert figures.asked == QUESTIONS * len(items)


def test_a_title_that_names_the_customer_is_ticked_as_in_the_form(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, held: list[MadeUpMeeting]
) -> None:
    titles = [f"Klachten van huurders over {title}" for title in TITLES]
    named = replace(YEAR, channels=[replace(CHANNEL, about=titles)])
    view = digest(toolbox, caller, settings, named)

    assert view.figures.by_itself.count == view.figures.observed > 0
    assert view.rates  # the recogniser had its say, and its footnote says how often it is wrong


def test_no_question_is_asked_all_the_time(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    figures = digest(toolbox, caller, settings, YEAR).figures

    assert figures.most_asked
    assert figures.most_asked.times < figures.asked / 5
