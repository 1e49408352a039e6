"""Items changed while their meeting is on its way: each keeps what it is, nothing else moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.dates import week_of
from bot.domain.meeting import Kind
from bot.domain.observation import Closing, Observed, Source
from bot.domain.problem import Problem
from bot.domain.view import ItemView, MeetingView
from bot.storage import observations
from bot.usecases import (
    change_items,
    close_meeting,
    make_digest,
    prepare_meeting,
    run_meeting,
    set_up_channel,
)
from bot.usecases.show_meeting import show
from bot.usecases.toolbox import Caller, Toolbox
from bot.usecases.withdraw_meeting import withdraw
from tests.agendas import agenda
from tests.conftest import Clock

TITLES = ("OPENING", "Nieuw verhuisformulier", "Servicekosten 2027", "Telefoon dicht op vrijdag")
Now = Callable[[], MeetingView]


@pytest.fixture
def meeting(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> MeetingView:
    return prepare_meeting.prepare(toolbox, caller, agenda(*TITLES), settings)


@pytest.fixture
def now(toolbox: Toolbox, caller: Caller, meeting: MeetingView) -> Now:
    return lambda: show(toolbox, caller, meeting.id or "")


def order(meeting: MeetingView) -> list[str]:
    return [f"{it.item.position} {it.item.title}" for it in meeting.items if not it.removed]


def id_of(meeting: MeetingView, title: str) -> str:
    return next(it.id or "" for it in meeting.items if title in it.item.title)


def item(meeting: MeetingView, title: str) -> ItemView:
    return next(it for it in meeting.items if title in it.item.title)


def keys(view: ItemView) -> list[str]:
    return [asked.choice.key for asked in view.questions]


def asked(meeting: MeetingView) -> dict[str, list[str | None]]:
    return {it.id or "": [one.id for one in it.questions] for it in meeting.items}


def say(toolbox: Toolbox, caller: Caller, view: ItemView, text: str = "Ja") -> str:
    given = Answer(text, Certainty.KNOW, asked_question_id=view.questions[0].id)
    return run_meeting.answer(toolbox, caller, view.id or "", given)


def test_an_item_moves_with_all_it_has(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, now: Now
) -> None:
    before, phone = asked(meeting), id_of(meeting, "Telefoon")
    say(toolbox, caller, item(meeting, "Telefoon"))
    for _ in range(2):
        change_items.move_item(toolbox, caller, phone, up=True)
    assert order(now()) == [
        "1 Opening",
        "2 Telefoon dicht op vrijdag",
        "3 Nieuw verhuisformulier",
        "4 Servicekosten 2027",
    ]
    assert item(now(), "Telefoon").id == phone
    assert len(item(now(), "Telefoon").answers) == 1
    assert asked(now()) == before

    for _ in range(9):
        change_items.move_item(toolbox, caller, phone, up=False)
    assert order(now()) == order(meeting)


def test_a_new_item_comes_where_it_was_put_and_only_it_gets_questions(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, now: Now
) -> None:
    before = asked(meeting)
    add = change_items.add_item
    add(toolbox, caller, meeting.id or "", "  Lift kapot (10 min) ", id_of(meeting, "verhuis"))
    add(toolbox, caller, meeting.id or "", "Rondvraag", "een punt dat weg is")

    assert order(now())[2] == "3 Lift kapot"
    assert order(now())[5] == "6 Rondvraag"
    assert item(now(), "Lift").item.minutes == 10
    assert len(item(now(), "Lift").questions) == 2
    assert item(now(), "Rondvraag").item.kind is Kind.PROCEDURAL
    assert {key: each for key, each in asked(now()).items() if key in before} == before


def test_where_every_item_gets_a_question_a_new_one_does(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, settings: ChannelSettings, now: Now
) -> None:
    set_up_channel.change_settings(toolbox, caller, replace(settings, procedural=True))
    change_items.add_item(toolbox, caller, meeting.id or "", "Rondvraag")

    assert len(item(now(), "Rondvraag").questions) == 2


@pytest.mark.parametrize("line", ["", "  ", "– !"])
def test_a_title_has_words(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, now: Now, line: str
) -> None:
    with pytest.raises(Problem, match="empty_title"):
        change_items.add_item(toolbox, caller, meeting.id or "", line)
    with pytest.raises(Problem, match="empty_title"):
        change_items.rename_item(toolbox, caller, id_of(meeting, "Telefoon"), line)
    assert order(now()) == order(meeting)


def test_answers_stay_with_an_item_whatever_it_is_called_now(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, now: Now
) -> None:
    before = item(meeting, "Telefoon")
    say(toolbox, caller, before)
    change_items.rename_item(toolbox, caller, before.id or "", "Kerstborrel")

    after = item(now(), "Kerstborrel")
    assert after.id == before.id
    assert [answer.text for answer in after.answers] == ["Ja"]
    assert keys(after) == keys(before)


def test_what_nobody_answered_gets_questions_for_its_new_subject(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, now: Now
) -> None:
    phone, form = id_of(meeting, "Telefoon"), item(meeting, "verhuisformulier")
    change_items.rename_item(toolbox, caller, phone, " Huurverhoging  2027 (om 9:00)")
    change_items.rename_item(toolbox, caller, form.id or "", "Nieuw verhuisformulier, versie 2")

    rent = item(now(), "Huurverhoging")
    assert (rent.id, rent.item.title) == (phone, "Huurverhoging 2027 (om 9:00)")
    assert "price" in rent.item.topics
    assert keys(rent) != keys(item(meeting, "Telefoon"))
    assert item(now(), "versie 2").questions == form.questions, "it is the same subject"

    change_items.rename_item(toolbox, caller, phone, "Rondvraag")
    assert item(now(), "Rondvraag").questions == []


def test_a_skipped_item_waits_for_nothing_until_somebody_answers_or_takes_it_back(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, now: Now
) -> None:
    phone = id_of(meeting, "Telefoon")
    for take_back in (
        lambda: change_items.discuss_item(toolbox, caller, phone),
        lambda: say(toolbox, caller, item(meeting, "Telefoon")),
    ):
        change_items.skip_item(toolbox, caller, phone)
        change_items.skip_item(toolbox, caller, phone)
        assert item(now(), "Telefoon").skipped
        assert phone not in [it.id for it in now().open_items]
        assert item(now(), "Telefoon").unanswered == []
        closing = close_meeting.closing(toolbox, caller, meeting.id or "")
        assert closing.observed == {phone: Observed.NOT_DISCUSSED}

        take_back()
        assert not item(now(), "Telefoon").skipped
        closing = close_meeting.closing(toolbox, caller, meeting.id or "")
        assert closing.observed == {}, "it must not count as observed"


def test_what_was_said_before_a_skip_stands_again(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, now: Now
) -> None:
    phone = id_of(meeting, "Telefoon")
    close_meeting.close(toolbox, caller, meeting.id or "", {phone: Observed.CAME_UP})
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    change_items.skip_item(toolbox, caller, phone)
    change_items.discuss_item(toolbox, caller, phone)

    with toolbox.read(caller) as session:
        said = observations.of_meeting(session, meeting.id or "")
    assert said == {phone: {Source.CHAIR: Observed.CAME_UP}}


def test_a_meeting_the_clock_closes_keeps_what_was_skipped_as_not_discussed(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    phone = id_of(meeting, "Telefoon")
    change_items.skip_item(toolbox, caller, phone)
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    clock.later(days=2)
    close_meeting.close_forgotten(toolbox, caller.platform)

    closed = close_meeting.closing(toolbox, caller, meeting.id or "")
    assert closed.closing == Closing(by_clock=True)
    assert closed.observed == {phone: Observed.NOT_DISCUSSED}


def test_one_question_is_swapped_and_no_other_one_moves(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, meeting: MeetingView, now: Now
) -> None:
    phone, before = id_of(meeting, "Telefoon"), asked(meeting)
    first, second = keys(item(meeting, "Telefoon"))
    change_items.swap_question(toolbox, caller, phone, second)

    after = item(now(), "Telefoon")
    assert keys(after)[0] == first
    assert keys(after)[1] not in (first, second)
    assert {k: v for k, v in asked(now()).items() if k != phone} == {
        k: v for k, v in before.items() if k != phone
    }
    with pytest.raises(Problem, match="no_question"):
        change_items.swap_question(toolbox, caller, phone, second)
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    week = week_of(toolbox.today())
    assert make_digest.make_digest(toolbox, caller, week, settings, "nl").figures.asked == 6

    say(toolbox, caller, after)
    with pytest.raises(Problem, match="question_answered"):
        change_items.swap_question(toolbox, caller, phone, first)


def test_what_was_turned_down_comes_less_in_the_series(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, settings: ChannelSettings, clock: Clock
) -> None:
    """Otherwise it would have its turn at once: it suits, and was not asked."""
    phone = id_of(meeting, "Telefoon")
    turned_down = keys(item(meeting, "Telefoon"))[0]
    change_items.swap_question(toolbox, caller, phone, turned_down)
    close_meeting.close(toolbox, caller, meeting.id or "", {})
    for _ in range(2):
        clock.later(days=7)
        next_week = agenda(*TITLES, day=toolbox.today())
        week = prepare_meeting.prepare(toolbox, caller, next_week, settings)
        assert week.id != meeting.id
        assert turned_down not in keys(item(week, "Telefoon"))


def test_a_closed_or_withdrawn_meeting_and_an_item_that_is_gone_are_not_changed(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, settings: ChannelSettings
) -> None:
    phone, gone = id_of(meeting, "Telefoon"), id_of(meeting, "verhuis")

    def refused(item_id: str, code: str) -> None:
        for change in (
            lambda: change_items.move_item(toolbox, caller, item_id, up=True),
            lambda: change_items.rename_item(toolbox, caller, item_id, "Kerst"),
            lambda: change_items.skip_item(toolbox, caller, item_id),
            lambda: change_items.discuss_item(toolbox, caller, item_id),
            lambda: change_items.swap_question(toolbox, caller, item_id, "ease"),
        ):
            with pytest.raises(Problem, match=code):
                change()

    say(toolbox, caller, item(meeting, "verhuis"))
    prepare_meeting.prepare(toolbox, caller, agenda(TITLES[0], *TITLES[2:]), settings)
    refused(gone, "no_item")
    refused("nergens", "no_item")
    close_meeting.close(toolbox, caller, meeting.id or "", {})
    refused(phone, "meeting_closed")
    with pytest.raises(Problem, match="meeting_closed"):
        change_items.add_item(toolbox, caller, meeting.id or "", "Kerst")
    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    withdraw(toolbox, caller, meeting.id or "")
    refused(phone, "meeting_withdrawn")
