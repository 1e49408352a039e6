"""Running a meeting: states, answers with their history, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.answer import Answer, Certainty, Standing
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import answers, jobs, meetings
from bot.storage.jobs import JobState
from bot.usecases import deliver, prepare_meeting, run_meeting
from bot.usecases.show_meeting import MEETING, show
from bot.usecases.toolbox import Caller, Repeated, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock

KNOW = Answer("Minder gedoe", Certainty.KNOW)
NOT_APPLICABLE = Answer("", None)


@pytest.fixture
def meeting(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> MeetingView:
    read = agenda("OPENING", "Verhuisformulier", "Begroting")
    return prepare_meeting.prepare(toolbox, caller, read, settings)


@pytest.fixture
def item_id(meeting: MeetingView) -> str:
    return meeting.items[1].id or ""


@pytest.fixture
def shown(toolbox: Toolbox, caller: Caller, meeting: MeetingView):
    return lambda: show(toolbox, caller, meeting.id or "")


def refused(code: str):
    return pytest.raises(Problem, match=code)


def test_a_meeting_goes_from_prepared_to_open_to_closed_and_back(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock
) -> None:
    meeting_id = meeting.id or ""
    with refused("not_opened"):
        run_meeting.close_meeting(toolbox, caller, meeting_id)
    for move in ("open", "close", "close", "open"):
        clock.later(minutes=10)
        getattr(run_meeting, f"{move}_meeting")(toolbox, caller, meeting_id)

    with toolbox.read(caller) as session:
        states = meetings.states(session, meeting_id)
    assert [state for state, _ in states] == [
        State.PREPARED,
        State.OPEN,
        State.CLOSED,
        State.OPEN,
    ]
    assert [at[11:16] for _, at in states] == ["09:00", "09:10", "09:20", "09:40"]


def test_an_answer_belongs_to_its_item_and_question(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, item_id: str, shown
) -> None:
    question = meeting.items[1].questions[1]

    run_meeting.answer(toolbox, caller, item_id, replace(KNOW, asked_question_id=question.id))
    run_meeting.answer(toolbox, caller, item_id, Answer("Los hiervan", Certainty.DONT_KNOW))

    given = shown().items[1].answers
    assert [(a.text, a.asked_question_id) for a in given] == [
        ("Minder gedoe", question.id),
        ("Los hiervan", None),
    ]
    assert shown().items[1].standing is Standing.ANSWERED


def test_the_first_answer_opens_a_prepared_meeting(
    toolbox: Toolbox, caller: Caller, item_id: str, shown
) -> None:
    run_meeting.answer(toolbox, caller, item_id, KNOW)

    assert shown().state is State.OPEN


def test_an_answer_can_be_changed_and_what_it_said_is_kept(
    toolbox: Toolbox, caller: Caller, item_id: str, shown
) -> None:
    answer_id = run_meeting.answer(toolbox, caller, item_id, KNOW)
    better = Answer("  Toch niet  ", Certainty.DONT_KNOW, changed_decision=True)
    run_meeting.change_answer(toolbox, caller, answer_id, better)
    run_meeting.change_answer(toolbox, caller, answer_id, better)
    run_meeting.delete_answer(toolbox, caller, answer_id)

    with toolbox.read(caller) as session:
        history = answers.versions(session, answer_id)
    assert [(a.text, a.certainty, a.changed_decision) for a in history] == [
        ("Minder gedoe", Certainty.KNOW, False),
        ("Toch niet", Certainty.DONT_KNOW, True),
        ("Toch niet", Certainty.DONT_KNOW, True),
    ]
    assert shown().items[1].answers == []
    with refused("no_answer"):
        run_meeting.change_answer(toolbox, caller, answer_id, KNOW)


def test_not_applicable_is_said_once_and_its_reason_may_come_after_closing(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, item_id: str, shown
) -> None:
    first = run_meeting.answer(toolbox, caller, item_id, NOT_APPLICABLE)
    second = run_meeting.answer(toolbox, caller, item_id, NOT_APPLICABLE)
    run_meeting.close_meeting(toolbox, caller, meeting.id or "")
    run_meeting.change_answer(toolbox, caller, first, Answer("Raakt de huurder niet", None))

    assert first == second
    assert [a.text for a in shown().items[1].answers] == ["Raakt de huurder niet"]
    assert shown().items[1].standing is Standing.NOT_APPLICABLE


def test_a_closed_meeting_takes_no_answers_until_it_is_reopened(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, item_id: str
) -> None:
    answer_id = run_meeting.answer(toolbox, caller, item_id, KNOW)
    run_meeting.close_meeting(toolbox, caller, meeting.id or "")
    for refuse in (
        lambda: run_meeting.answer(toolbox, caller, item_id, KNOW),
        lambda: run_meeting.change_answer(toolbox, caller, answer_id, NOT_APPLICABLE),
        lambda: run_meeting.delete_answer(toolbox, caller, answer_id),
    ):
        with refused("meeting_closed"):
            refuse()

    run_meeting.open_meeting(toolbox, caller, meeting.id or "")
    assert run_meeting.answer(toolbox, caller, item_id, KNOW)


def test_an_empty_answer_is_refused_and_nothing_is_kept(
    toolbox: Toolbox, caller: Caller, item_id: str, shown
) -> None:
    with refused("empty_answer"):
        run_meeting.answer(toolbox, caller, item_id, Answer(" \n", Certainty.KNOW))

    assert shown().state is State.PREPARED
    assert shown().items[1].answers == []


def test_an_answer_to_another_items_question_is_refused(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, item_id: str
) -> None:
    stranger = meeting.items[2].questions[0].id

    with refused("no_question"):
        run_meeting.answer(toolbox, caller, item_id, replace(KNOW, asked_question_id=stranger))


def test_somebody_of_another_workspace_sees_and_changes_nothing(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, item_id: str, shown
) -> None:
    answer_id = run_meeting.answer(toolbox, caller, item_id, KNOW)
    stranger = Caller("slack", "T0", "C0", "U0")
    meeting_id = meeting.id or ""
    for attempt, code in (
        (lambda: show(toolbox, stranger, meeting_id), "no_meeting"),
        (lambda: run_meeting.close_meeting(toolbox, stranger, meeting_id), "no_meeting"),
        (lambda: run_meeting.answer(toolbox, stranger, item_id, KNOW), "no_item"),
        (lambda: run_meeting.change_answer(toolbox, stranger, answer_id, KNOW), "no_answer"),
        (lambda: run_meeting.delete_answer(toolbox, stranger, answer_id), "no_answer"),
    ):
        with refused(code):
            attempt()

    assert [a.text for a in shown().items[1].answers] == ["Minder gedoe"]


def test_words_take_back_ones_own_not_applicable(
    toolbox: Toolbox, caller: Caller, item_id: str, shown
) -> None:
    run_meeting.answer(toolbox, caller, item_id, NOT_APPLICABLE)
    run_meeting.answer(toolbox, caller, item_id, KNOW)
    colleague = replace(caller, person="collega")
    run_meeting.answer(toolbox, colleague, item_id, NOT_APPLICABLE)
    run_meeting.answer(toolbox, caller, item_id, Answer("En nog iets", Certainty.ASSUME))

    assert [a.text for a in shown().items[1].answers] == ["Minder gedoe", "", "En nog iets"]


def shown_again(toolbox: Toolbox, caller: Caller) -> list[str]:
    """The records that are due, in a surface of our own."""
    with toolbox.read(caller) as session:
        return [job.record_id for job in jobs.of_state(session, JobState.DUE)]


@pytest.fixture
def delivered(toolbox: Toolbox, caller: Caller, meeting: MeetingView, clock: Clock):
    """Has the meeting shown as it stands, as a sender would, once the channel has its turn."""

    def delivered() -> None:
        clock.later(seconds=1)
        with toolbox.write(caller) as session:
            deliver.show(session, caller.platform, MEETING, meeting.id or "", toolbox.now())
        delivery = deliver.next_delivery(toolbox, caller.platform)
        assert delivery is not None
        deliver.posted(toolbox, delivery, 1, "C1/1.0", 1, more=False)

    return delivered


def test_every_change_is_shown_again_where_the_meeting_is_shown(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, item_id: str, delivered
) -> None:
    meeting_id = meeting.id or ""
    given: list[str] = []
    changes = [
        lambda: given.append(run_meeting.answer(toolbox, caller, item_id, KNOW)),
        lambda: run_meeting.change_answer(toolbox, caller, given[0], replace(KNOW, text="Anders")),
        lambda: run_meeting.delete_answer(toolbox, caller, given[0]),
        lambda: run_meeting.close_meeting(toolbox, caller, meeting_id),
        lambda: run_meeting.open_meeting(toolbox, caller, meeting_id),
    ]

    for change in changes:
        delivered()
        assert shown_again(toolbox, caller) == []
        change()
        assert shown_again(toolbox, caller) == [meeting_id]
        toolbox.clock.later(minutes=1)  # type: ignore[attr-defined]
        while delivery := deliver.next_delivery(toolbox, caller.platform):
            deliver.up_to_date(toolbox, delivery)


def test_an_agenda_prepared_again_is_shown_again(
    toolbox: Toolbox, caller: Caller, meeting: MeetingView, settings: ChannelSettings, delivered
) -> None:
    delivered()

    prepare_meeting.prepare(toolbox, caller, agenda("OPENING", "Begroting"), settings)

    assert shown_again(toolbox, caller) == [meeting.id]


def test_what_was_never_posted_is_not_shown_by_a_change(
    toolbox: Toolbox, caller: Caller, item_id: str
) -> None:
    run_meeting.answer(toolbox, caller, item_id, KNOW)

    assert shown_again(toolbox, caller) == []


def test_what_is_refused_shows_nothing_again(
    toolbox: Toolbox, caller: Caller, item_id: str, delivered
) -> None:
    delivered()

    with refused("empty_answer"):
        run_meeting.answer(toolbox, caller, item_id, Answer(" ", Certainty.KNOW))

    assert shown_again(toolbox, caller) == []


def test_one_changes_and_deletes_ones_own_answers_only(
    toolbox: Toolbox, caller: Caller, item_id: str, shown
) -> None:
    somebody = replace(caller, person="iemand anders")
    mine = run_meeting.answer(toolbox, caller, item_id, KNOW)
    theirs = run_meeting.answer(toolbox, somebody, item_id, Answer("Brief", Certainty.ASSUME))

    with refused("not_your_answer"):
        run_meeting.change_own_answers(toolbox, caller, {mine: None, theirs: None})

    assert [a.text for a in shown().items[1].answers] == ["Minder gedoe", "Brief"]
    assert [a.id for a in run_meeting.own_answers(toolbox, caller, item_id)] == [mine]
    run_meeting.change_own_answers(toolbox, caller, {mine: None})
    assert [a.text for a in shown().items[1].answers] == ["Brief"]


def test_what_a_delivery_wrote_is_written_once(
    toolbox: Toolbox, caller: Caller, item_id: str, shown
) -> None:
    delivered = replace(caller, delivery="event:1")
    with refused("empty_answer"):  # nothing was kept, so the next one counts
        run_meeting.answer(toolbox, delivered, item_id, Answer(" ", Certainty.KNOW))
    run_meeting.answer(toolbox, delivered, item_id, KNOW)
    with pytest.raises(Repeated):
        run_meeting.answer(toolbox, delivered, item_id, KNOW)

    assert len(shown().items[1].answers) == 1
