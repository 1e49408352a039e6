"""Whatever a clock does: what comes by itself is told once, or it is kept why it was not."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.domain.customer import ChannelSettings
from bot.domain.schedule import Weekly
from bot.readers.catalogue import Prompts
from bot.storage import channel_choices, channels
from bot.storage.channel_choices import Choices
from bot.usecases.toolbox import Toolbox, as_kept
from tests.slack.histories import AMSTERDAM, CHANNELS, HERE, History, Process, Time, wrong_with
from tests.slack.stand_in import StandIn
from tests.usecases.organisation import Held, Item, Organisation

WEEKS = 30
FIRST = date(2026, 10, 5)
BEGINS = [
    datetime(2026, 10, 23, 12, tzinfo=AMSTERDAM),  # before the hour that comes twice
    datetime(2027, 3, 26, 12, tzinfo=AMSTERDAM),  # before the one that is left out
    datetime(2026, 11, 27, 12, tzinfo=AMSTERDAM),
]
MOMENTS = [
    *(Weekly(7, each) for each in (time(1, 59), time(2), time(2, 30), time(3))),
    Weekly(1, time(9)),
    Weekly(6, time(23, 30)),
]

PROCESS = st.integers(0, 1)
FUSE = st.none() | st.tuples(
    st.integers(0, 4), st.booleans(), st.sampled_from(["crashes", "crashes", "is overtaken"])
)
ACTS = st.tuples(st.sampled_from(["queues", "claims", "sends", "sends"]), PROCESS, FUSE)
SPANS = st.one_of(
    st.integers(1, 90).map(lambda seconds: timedelta(seconds=seconds)),
    st.integers(1, 36).map(lambda hours: timedelta(hours=hours)),
    st.just(timedelta(days=3)),
)
CLOCKS = st.tuples(st.just("passes"), SPANS) | st.tuples(
    st.just("is wrong by"), st.sampled_from([-25, 0, 25])
)
EVENTS = st.lists(st.one_of(ACTS, ACTS, CLOCKS), min_size=5, max_size=40)


Begin = Callable[[datetime, Weekly], AbstractContextManager[History]]


@pytest.fixture
def organised(config: Config, prompts: Prompts, settings: ChannelSettings) -> Path:
    """A file in which C1 met in every week and C2 in none."""
    with closing(Toolbox(config, prompts, lambda: BEGINS[0])) as toolbox:
        organisation = Organisation(toolbox, HERE)
        with toolbox.write(HERE) as session:
            for name in CHANNELS:
                organisation.add_channel(session, name, None)
            for week in range(WEEKS):
                day = FIRST + timedelta(weeks=week)
                organisation.hold(session, Held("C1", day, (Item(),), (6,)))
    return config.database


@pytest.fixture
def history(organised: Path, config: Config, prompts: Prompts, tmp_path: Path) -> Begin:
    """Makes one that begins then, with digests at a moment."""
    numbers = count()

    @contextmanager
    def history(began: datetime, moment: Weekly) -> Iterator[History]:
        path = Path(shutil.copy(organised, tmp_path / f"{next(numbers)}.db"))
        clock, posts = Time(began), dict[str, datetime]()
        there = replace(config, database=path)

        def make() -> Toolbox:
            return Toolbox(there, prompts, clock.ours)

        with closing(StandIn(clock.slacks)) as slack, closing(make()) as first:
            with first.write(HERE) as session:
                for name in CHANNELS:
                    slack.invite(name)
                    channel_id = channels.find(session, "slack", name) or ""
                    channel_choices.keep(session, channel_id, Choices(digest=moment.code))
                session.rows(
                    "update channels set created_at = :at where workspace_id = :workspace_id",
                    at=as_kept(began),
                )
            both = [Process(make, slack.url, posts) for _ in range(2)]
            try:
                yield History(clock, slack, both, began, posts)
            finally:
                for process in both:
                    process.toolbox.close()
        path.unlink()

    return history


def test_300_histories(history: Begin) -> None:
    became: Counter[str] = Counter()

    @settings(max_examples=300, deadline=None)
    @given(st.sampled_from(BEGINS), st.sampled_from(MOMENTS), EVENTS)
    def whatever_happens(began: datetime, moment: Weekly, events: list[tuple[Any, ...]]) -> None:
        with history(began, moment) as one:
            for event in events:
                one.happens(*event)
            one.comes_to_rest()
            assert list(wrong_with(one, moment)) == []
            became.update(it.reason or it.state for name in CHANNELS for it in one.digests(name))

    whatever_happens()
    assert min(became[each] for each in ("told", "no_meeting", "late", "passed")) > 3


def test_a_clock_that_was_a_day_ahead_finds_what_it_posted(history: Begin) -> None:
    with history(BEGINS[2], Weekly()) as one:
        one.happens("passes", timedelta(days=2))
        one.happens("is wrong by", 25)  # Monday
        one.happens("queues", 0, None)
        for _ in CHANNELS:
            one.happens("sends", 0, (1, True, "crashes"))  # it heard nothing of its post
        assert len(one.standing("C1")) == 1
        one.comes_to_rest()

        assert len(one.standing("C1")) == 1
        assert list(wrong_with(one, Weekly())) == []
