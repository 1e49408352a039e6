"""The example of a year: both languages have the same channels, and every level has some."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.customer import LEVELS
from bot.domain.made_up_year import MOST_ITEMS, MadeUpYear, weeks
from bot.domain.problem import Mistakes
from bot.readers import example_year
from bot.readers.catalogue import Prompts
from bot.surfaces.terminal.demo import examples

FILE = examples() / "year.yaml"


@pytest.fixture(params=["nl", "en"])
def year(request: pytest.FixtureRequest) -> MadeUpYear:
    return example_year.read(FILE, request.param)


def test_there_are_channels_on_every_level_and_on_none(year: MadeUpYear) -> None:
    assert {channel.level for channel in year.channels} == {*LEVELS, None}


def test_one_is_too_small_and_one_begins_halfway(year: MadeUpYear) -> None:
    assert [channel.people for channel in year.channels if channel.people < 5] == [3]
    assert [c.name for c in year.channels if c.first > weeks()[0].first] in (
        ["betere-brieven"],
        ["better-letters"],
    )


def test_names_differ_and_each_has_enough_to_talk_about(year: MadeUpYear) -> None:
    names = [channel.name for channel in year.channels]

    assert len(set(names)) == len(names)
    for channel in year.channels:
        assert len(set(channel.about)) == len(channel.about) > MOST_ITEMS
        assert 1 <= channel.day <= 5


def test_the_sector_and_the_holidays_are_there(year: MadeUpYear, prompts: Prompts) -> None:
    assert year.sector in prompts.customers
    assert set(year.quiet) <= {week.first for week in weeks()}
    assert all(0 < share < 100 for share in year.quiet.values())


def test_the_languages_throw_the_same_dice() -> None:
    dutch, english = (example_year.read(FILE, language) for language in ("nl", "en"))

    assert [it.dice for it in dutch.channels] == [it.dice for it in english.channels]
    assert not {it.name for it in dutch.channels} & {it.name for it in english.channels}


def test_a_slip_of_the_pen_is_told_with_its_line(tmp_path: Path) -> None:
    wrong = tmp_path / "year.yaml"
    wrong.write_text(FILE.read_text("utf-8").replace("people: 6", "people: zes", 1), "utf-8")

    with pytest.raises(Mistakes) as caught:
        example_year.read(wrong, "nl")

    assert [mistake.key for mistake in caught.value.mistakes] == ["channels.0.people"]
