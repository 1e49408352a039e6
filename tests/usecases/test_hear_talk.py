"""Talk is counted once a message, on the day it was said where the channel is, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how_often
from hypothesis import strategies as st

from bot.domain.customer import ChannelSettings
from bot.domain.schedule import Weekly
from bot.storage import channel_choices, channels, customer_accounts, talk_days
from bot.storage.channel_choices import NEVER, Choices
from bot.usecases import hear_talk
from bot.usecases.hear_talk import Said
from bot.usecases.toolbox import Caller, Toolbox

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = NOON.date()
NAMING = "Een huurder belde over de lekkage."
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
numbers = count(1)


@pytest.fixture
def caller() -> Caller:
    return Caller(platform="slack", tenant="T1", channel="C1", person="U1")


@pytest.fixture
def chosen(toolbox: Toolbox, caller: Caller) -> Any:
    """Has the channel choose, over a housing corporation's settings; returns our id of it."""

    def chosen(choices: Choices, **settings: Any) -> str:
        housing = toolbox.config.settings("C1", toolbox.prompts.customers, None, "housing")
        with toolbox.write(caller) as session:
            kept = replace(housing, **settings)
            channel_id = channels.ensure(session, "slack", "C1", kept, toolbox.now())
            channels.keep_set_up(session, channel_id, toolbox.now())
            customer_accounts.keep(session, channel_id, ["De Waterlelie"])
            channel_choices.keep(session, channel_id, choices)
        return channel_id

    return chosen


def counted(
    toolbox: Toolbox, caller: Caller, first: date = FIRST, last: date = LAST
) -> tuple[int, int]:
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, "slack", "C1") or ""
        return talk_days.count(session, channel_id, first, last)


def said(text: str = NAMING, at: datetime = NOON) -> Said:
    return Said(text, at, f"Ev{next(numbers)}")


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Europe/Amsterdam", datetime(2026, 11, 24, 22, 59, 59, 999_999, UTC), DAY),
        ("Europe/Amsterdam", datetime(2026, 11, 24, 23, tzinfo=UTC), date(2026, 11, 25)),
        ("Pacific/Auckland", datetime(2026, 11, 24, 11, tzinfo=UTC), date(2026, 11, 25)),
        ("America/New_York", datetime(2026, 11, 25, 4, 59, tzinfo=UTC), DAY),
        # the night that is an hour longer, the one that is an hour shorter
        ("Europe/Amsterdam", datetime(2026, 10, 24, 22, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Amsterdam", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Amsterdam", datetime(2027, 3, 27, 23, tzinfo=UTC), date(2027, 3, 28)),
        ("Europe/Amsterdam", datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
    ],
)
def test_a_day_is_that_of_the_channel(
    toolbox: Toolbox, caller: Caller, chosen: Any, zone: str, at: datetime, day: date
) -> None:
    chosen(Choices(talk=True, digest=Weekly(1, time(9), zone).code))
    hear_talk.hear(toolbox, caller, said(at=at))

    assert counted(toolbox, caller, day, day) == (1, 1)
    assert counted(toolbox, caller) == (1, 1)


def test_without_a_digest_it_is_that_of_the_configuration(
    toolbox: Toolbox, caller: Caller, chosen: Any
) -> None:
    chosen(Choices(talk=True, digest=NEVER))
    hear_talk.hear(toolbox, caller, said(at=datetime(2026, 11, 24, 23, tzinfo=UTC)))

    assert counted(toolbox, caller, date(2026, 11, 25), date(2026, 11, 25)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Drie huurders belden", True),
        ("The tenants called about the leak again", True),  # whatever the channel writes in
        ("Vandaag naar De Waterlelie", True),
        ("Bedankt", False),
        ("De verhuurder belde", False),
        ("Wat merkt de huurder hiervan?", False),  # we asked that
        ("> wat merkt de huurder hiervan?\nGoede vraag", False),
        ("> Wat merkt de huurder hiervan?\nDe huurder belt", True),
        ("Wat zal de huurder hiervan merken?", True),  # in their words
        ("Klant: wanneer komt u?\nIk: morgen", True),
    ],
)
def test_what_names_the_customer(
    toolbox: Toolbox, caller: Caller, chosen: Any, text: str, names: bool
) -> None:
    chosen(Choices(talk=True))
    hear_talk.hear(toolbox, caller, said(text))

    assert counted(toolbox, caller) == (1, int(names))


@pytest.mark.parametrize("choices", [Choices(), Choices(talk=False), Choices(outside=True)])
def test_where_the_channel_did_not_choose_it_nothing_counts(
    toolbox: Toolbox, caller: Caller, chosen: Any, choices: Choices
) -> None:
    chosen(choices)
    hear_talk.hear(toolbox, caller, said())

    assert counted(toolbox, caller) == (0, 0)


def test_a_channel_never_seen_has_nothing_counted(toolbox: Toolbox, caller: Caller) -> None:
    hear_talk.hear(toolbox, caller, said())

    assert counted(toolbox, caller) == (0, 0)


def test_other_channels_count_their_own(toolbox: Toolbox, caller: Caller, chosen: Any) -> None:
    chosen(Choices(talk=True))
    for other in (replace(caller, channel="C2"), replace(caller, tenant="T2")):
        hear_talk.hear(toolbox, other, said())

    assert counted(toolbox, caller) == (0, 0)


def test_deliveries_that_come_together_count_once_each(
    toolbox: Toolbox, caller: Caller, chosen: Any
) -> None:
    chosen(Choices(talk=True))
    each = [said() for _ in range(50)]

    def hear(one: Said) -> None:
        hear_talk.hear(toolbox, caller, one)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hear, [one for one in each for _ in range(4)]))
    assert counted(toolbox, caller) == (50, 50)


TEXTS = st.sampled_from([NAMING, "De begroting is klaar.", "Der Mieter hat mit uns gesprochen und"])
COMES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=40)


@how_often(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(TEXTS, min_size=10, max_size=10), COMES)
def test_in_whatever_order_and_however_often_they_come_each_counts_on_its_day(
    toolbox: Toolbox, caller: Caller, chosen: Any, texts: Sequence[str], comes: Any
) -> None:
    """`comes`: which message, and a day for each; the first day is the message's."""
    channel_id = chosen(Choices(talk=True))
    with toolbox.write(caller) as session:
        sql = "delete from talk_days where workspace_id = :workspace_id and channel_id = :id"
        session.rows(sql, id=channel_id)
    days = dict(reversed([(number, day) for number, day in comes]))
    named = {n: Said(text, NOON, f"{next(numbers)}") for n, text in enumerate(texts)}
    for number, _ in comes:
        one = replace(named[number], at=NOON.replace(day=20 + days[number]))
        hear_talk.hear(toolbox, caller, one)

    for day in range(4):
        ours = [texts[n] for n, at in days.items() if at == day and "Mieter" not in texts[n]]
        at = date(2026, 11, 20 + day)
        assert counted(toolbox, caller, at, at) == (len(ours), ours.count(NAMING))


def test_of_today_nothing_is_told(toolbox: Toolbox, settings: ChannelSettings) -> None:
    assert hear_talk.over(toolbox, settings) == date(2026, 11, 23)
    ahead = replace(settings, digest=Weekly(1, time(9), "Pacific/Kiritimati"))
    assert hear_talk.over(toolbox, ahead) == date(2026, 11, 23)
    toolbox.clock.later(hours=1)  # type: ignore[attr-defined]
    assert hear_talk.over(toolbox, ahead) == date(2026, 11, 24)
