"""Who is told that a meeting of next week is not prepared, of which series, and who is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.dates import week_of
from bot.domain.schedule import Came, Occasion
from bot.domain.view import MeetingView
from bot.readers.config_file import File
from bot.storage import channels, jobs, occurrences, people
from bot.storage.claims import Job, claim
from bot.storage.occurrences import Occurrence
from bot.usecases import prepare_meeting, remind_next_week, run_meeting, withdraw_meeting
from bot.usecases.toolbox import Caller, Toolbox, Untold
from tests.agendas import agenda
from tests.conftest import Clock

FRIDAY = date(2026, 11, 27)
TUESDAYS = [date(2026, 11, 24) - timedelta(weeks=back) for back in (3, 2, 1, 0)]
NEXT = date(2026, 12, 1)

Hold = Callable[..., MeetingView]


@pytest.fixture
def caller() -> Caller:
    return Caller(platform="slack", tenant="T1", channel="C1", person="UFATIMA")


@pytest.fixture(autouse=True)
def _friday(clock: Clock) -> None:
    clock.later(days=3, hours=4)  # 14:00 in Amsterdam


@pytest.fixture
def hold(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> Hold:
    """Posts an agenda of a series, for a day or without one."""

    def hold(day: date | None, *, by: Caller = caller, title: str = "Teamoverleg", item="Lift"):
        return prepare_meeting.prepare(toolbox, by, agenda(item, title=title, day=day), settings)

    return hold


@pytest.fixture
def weekly(hold: Hold) -> None:
    for day in TUESDAYS:
        hold(day)


@pytest.fixture
def reminded(toolbox: Toolbox, caller: Caller) -> Callable[[], list[str]]:
    """Who is to be told, by the platform's ids."""

    def reminded() -> list[str]:
        with toolbox.read(caller) as session:
            found = remind_next_week.people_to_remind(session, toolbox, FRIDAY)
            return [account[0] for one in found if (account := people.account(session, one))]

    return reminded


@pytest.fixture
def told(toolbox: Toolbox, caller: Caller) -> Callable[..., remind_next_week.ReminderView]:
    """What somebody is told, when what was due on Friday is brought."""

    def told(person: str = "UFATIMA") -> remind_next_week.ReminderView:
        return remind_next_week.view_of_reminder(toolbox, due(toolbox, caller, person))

    return told


def due(toolbox: Toolbox, caller: Caller, person: str) -> Job:
    with toolbox.write(caller) as session:
        whom = people.ensure(session, "slack", person, toolbox.now())
        at = "2026-11-27T13:00:00.000+00:00"
        one = Occurrence(Occasion.NEXT_WEEK, whom, at, "2026-W47", Came.DUE, recipient_id=whom)
        occurrence_id = occurrences.add(session, one, toolbox.now())
        assert occurrence_id
        jobs.tell(session, "slack", Occasion.NEXT_WEEK, occurrence_id, whom, toolbox.now())
    job = claim(toolbox.database, "slack", toolbox.now(), toolbox.now(60), toolbox.now(1))
    assert job is not None
    return job


def untold(told: Callable[[], object]) -> tuple[str, bool]:
    with pytest.raises(Untold) as raised:
        told()
    return raised.value.reason, raised.value.nothing


@pytest.mark.usefixtures("weekly")
def test_who_posted_the_last_agenda_is_told_of_it(reminded, told) -> None:
    assert reminded() == ["UFATIMA"]

    view = told()

    assert (view.language, view.week) == ("nl", week_of(NEXT))
    (one,) = view.series
    assert (one.place, one.title, one.last) == ("C1", "Teamoverleg", TUESDAYS[-1])


@pytest.mark.usefixtures("weekly")
def test_only_who_posted_the_last_one_is(hold: Hold, caller: Caller, reminded, told) -> None:
    ruud = replace(caller, person="URUUD")
    hold(date(2026, 11, 25), by=ruud, title="Teamoverleg 48")

    assert reminded() == ["URUUD"]
    assert untold(told) == ("prepared", True)


@pytest.mark.usefixtures("weekly")
@pytest.mark.parametrize("day", [NEXT, NEXT + timedelta(days=3), NEXT + timedelta(weeks=1)])
def test_nobody_is_when_it_is_prepared_for_then_or_later(hold: Hold, reminded, day: date) -> None:
    hold(day)

    assert reminded() == []


def test_nobody_is_when_a_monthly_one_is_prepared_for_the_day_before(hold: Hold, reminded) -> None:
    for month in (8, 9, 10, 11):
        hold(next(day for n in range(1, 8) if (day := date(2026, month, n)).weekday() == 1))
    assert reminded() == ["UFATIMA"]

    hold(date(2026, 11, 30))
    assert reminded() == []


@pytest.mark.usefixtures("weekly")
def test_nobody_is_when_an_agenda_without_a_day_waits(
    hold: Hold, toolbox: Toolbox, caller: Caller, reminded
) -> None:
    waiting = hold(None, item="Tuin")
    assert reminded() == []

    run_meeting.answer(toolbox, caller, waiting.items[0].id or "", Answer("ja", Certainty.KNOW))
    assert reminded() == ["UFATIMA"]


@pytest.mark.usefixtures("weekly")
def test_what_was_withdrawn_is_not_prepared(
    hold: Hold, toolbox: Toolbox, caller: Caller, reminded
) -> None:
    prepared = hold(NEXT)
    withdraw_meeting.withdraw(toolbox, caller, prepared.id or "")

    assert reminded() == ["UFATIMA"]


@pytest.mark.usefixtures("weekly")
def test_nobody_is_told_of_a_channel_we_left(toolbox: Toolbox, caller: Caller, reminded) -> None:
    with toolbox.write(caller) as session:
        channel_id = channels.find(session, "slack", "C1") or ""
        channels.keep_left(session, channel_id, toolbox.now())

    assert reminded() == []


def test_a_series_that_does_not_come_then_is_left_alone(hold: Hold, reminded) -> None:
    for weeks in (8, 4, 0):
        hold(TUESDAYS[-1] - timedelta(weeks=weeks), title="MT")
    for weeks in (30, 29, 28):
        hold(TUESDAYS[-1] - timedelta(weeks=weeks), title="Oud project")
    hold(TUESDAYS[-1], title="Eenmalig")

    assert reminded() == []


def test_all_series_of_a_person_come_together(hold: Hold, caller: Caller, told) -> None:
    there = replace(caller, channel="C2")
    for day in TUESDAYS:
        hold(day)
        hold(day + timedelta(days=1), by=there, title="Werkoverleg")

    assert {(one.place, one.title) for one in told().series} == {
        ("C1", "Teamoverleg"),
        ("C2", "Werkoverleg"),
    }


def test_they_stand_in_the_order_of_the_week(hold: Hold, told) -> None:
    titles = {"Aanbesteding": 1, "Wijkteam": -1, "MT": 0, "balie": 0, "Directie": 2}
    for day in TUESDAYS:
        for title, later in titles.items():
            hold(day + timedelta(days=later, weeks=-1 if later == 2 else 0), title=title)

    assert [one.title for one in told().series] == [
        "Wijkteam",
        "balie",
        "MT",
        "Aanbesteding",
        "Directie",  # held longest ago, and on Thursdays
    ]


@pytest.mark.usefixtures("weekly")
def test_who_wants_no_such_word_gets_none_until_they_do(
    toolbox: Toolbox, caller: Caller, reminded, told
) -> None:
    remind_next_week.remind(toolbox, caller, wanted=False)
    assert reminded() == []
    assert untold(told) == ("stopped", True)

    remind_next_week.remind(toolbox, caller, wanted=True)
    assert reminded() == ["UFATIMA"]


@pytest.mark.usefixtures("weekly")
def test_what_was_prepared_after_it_was_due_is_not_told(hold: Hold, told) -> None:
    hold(NEXT)

    assert untold(told) == ("prepared", True)


@pytest.mark.usefixtures("weekly")
def test_when_that_week_has_begun_it_is_too_late(told, clock: Clock) -> None:
    clock.later(days=2, hours=11)  # Monday 01:00 in Amsterdam

    assert untold(told) == ("late", False)


@pytest.mark.usefixtures("weekly")
def test_nobody_is_told_where_that_is_configured(toolbox: Toolbox, caller: Caller) -> None:
    never = replace(toolbox.config, file=File(next_week="never"))
    quiet = replace(toolbox, config=never)
    with toolbox.read(caller) as session:
        assert remind_next_week.people_to_remind(session, quiet, FRIDAY) == []
    with pytest.raises(Untold):
        remind_next_week.view_of_reminder(quiet, due(toolbox, caller, "UFATIMA"))


@pytest.mark.usefixtures("weekly")
def test_it_is_said_in_ones_own_language(toolbox: Toolbox, caller: Caller, told) -> None:
    with toolbox.write(caller) as session:
        person_id = people.find(session, "slack", "UFATIMA") or ""
        people.keep_language(session, person_id, "en")

    assert told().language == "en"


@pytest.mark.usefixtures("weekly")
def test_an_account_that_was_erased_is_nobody(toolbox: Toolbox, caller: Caller) -> None:
    with toolbox.write(caller) as session:
        session.rows(
            "update people set platform_id = null where workspace_id = :workspace_id"
            " and platform_id = 'UFATIMA'"
        )
        assert remind_next_week.people_to_remind(session, toolbox, FRIDAY) == []
