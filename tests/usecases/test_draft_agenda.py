"""Drafts: kept as they were read, shown as they will be posted, posted once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.draft import draft_of
from bot.domain.meeting import Kind
from bot.domain.problem import Problem
from bot.storage import drafts, meetings
from bot.usecases import close_meeting, draft_agenda, prepare_meeting, run_meeting
from bot.usecases.toolbox import Caller, Toolbox

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.md"))
AGENDA = "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027\n4. Rondvraag"


def keys(meeting, index: int) -> list[str]:
    return [question.choice.key for question in meeting.items[index].questions]


def wordings(meeting) -> list[str]:
    return [question.choice.text for item in meeting.items for question in item.questions]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_draft_is_found_as_it_was_kept(toolbox: Toolbox, caller: Caller, path: Path) -> None:
    read, _ = prepare_meeting.read(
        path.read_bytes(), path.name, toolbox.prompts.vocabulary, toolbox.today()
    )
    draft_id = draft_agenda.draft(toolbox, caller, path.read_text("utf-8")).id
    with toolbox.read(caller) as session:
        kept = drafts.find(session, draft_id)

    assert kept == draft_of(read)
    assert kept.as_agenda == read


def test_what_is_no_item_is_shown_too(toolbox: Toolbox, caller: Caller) -> None:
    shown = draft_agenda.draft(toolbox, caller, f"Hoi allemaal,\n\n{AGENDA}\n\nGroet, Fatima")

    assert "Groet, Fatima" in " ".join(shown.meeting.other)


def test_looking_at_a_draft_keeps_no_meeting(toolbox: Toolbox, caller: Caller) -> None:
    shown = draft_agenda.draft(toolbox, caller, AGENDA)

    assert wordings(shown.meeting)
    assert shown.meeting.id is None
    with toolbox.read(caller) as session:
        first, last = toolbox.today(), toolbox.today()
        assert meetings.channels_of_period(session, first, last) == []


def test_what_was_shown_is_what_is_posted_also_in_a_series(
    toolbox: Toolbox, caller: Caller, clock
) -> None:
    for _ in range(3):
        clock.later(days=7)
        shown = draft_agenda.draft(toolbox, caller, AGENDA)
        first, _ = keys(shown.meeting, 1)
        shown = draft_agenda.other_question(toolbox, caller, shown.id, 1, first)
        posted = draft_agenda.post(toolbox, caller, shown.id)
        assert wordings(shown.meeting) == wordings(posted)
        close_meeting.close(toolbox, caller, posted.id or "", {})


def test_one_question_is_swapped_and_no_other_one_moves(toolbox: Toolbox, caller: Caller) -> None:
    """The one that was swapped for it may be turned down in its turn, in whatever order."""
    shown = draft_agenda.draft(toolbox, caller, AGENDA)
    taps = [(2, 0), (1, 1), (1, 1), (2, 1), (1, 0)]
    for index, place in taps:
        before = [list(keys(shown.meeting, it)) for it in range(4)]
        gone = before[index][place]
        shown = draft_agenda.other_question(toolbox, caller, shown.id, index, gone)
        after = [list(keys(shown.meeting, it)) for it in range(4)]
        assert after[index][place] not in before[index]
        before[index][place] = after[index][place]
        assert after == before

    posted = draft_agenda.post(toolbox, caller, shown.id)
    assert wordings(posted) == wordings(shown.meeting)


def test_what_was_turned_down_does_not_come_back_and_the_last_stays(
    toolbox: Toolbox, caller: Caller
) -> None:
    shown = draft_agenda.draft(toolbox, caller, AGENDA)
    seen = list(keys(shown.meeting, 1))
    with suppress(Problem):
        for _ in range(50):
            first, _ = keys(shown.meeting, 1)
            shown = draft_agenda.other_question(toolbox, caller, shown.id, 1, first)
            seen.append(keys(shown.meeting, 1)[0])

    assert len(seen) == len(set(seen)) > 4
    with pytest.raises(Problem, match="no_other_question"):
        draft_agenda.other_question(toolbox, caller, shown.id, 1, seen[-1])
    assert keys(draft_agenda.show_draft(toolbox, caller, shown.id).meeting, 1)[0] == seen[-1]


def test_what_has_an_answer_stays(toolbox: Toolbox, caller: Caller) -> None:
    posted = draft_agenda.post(toolbox, caller, draft_agenda.draft(toolbox, caller, AGENDA).id)
    item = posted.items[1]
    shown = draft_agenda.draft(toolbox, caller, AGENDA, posted.id)
    first, _ = keys(shown.meeting, 1)
    shown = draft_agenda.other_question(toolbox, caller, shown.id, 1, first)
    given = Answer("Ja", Certainty.KNOW, asked_question_id=item.questions[0].id)
    run_meeting.answer(toolbox, caller, item.id or "", given)

    assert keys(draft_agenda.show_draft(toolbox, caller, shown.id).meeting, 1)[0] == first
    with pytest.raises(Problem, match="question_answered"):
        draft_agenda.other_question(toolbox, caller, shown.id, 1, first)
    assert keys(draft_agenda.post(toolbox, caller, shown.id), 1)[0] == first


def test_a_draft_posted_twice_is_one_meeting(toolbox: Toolbox, caller: Caller) -> None:
    shown = draft_agenda.draft(toolbox, caller, "1. Opening\n2. Rondvraag")
    ids = {draft_agenda.post(toolbox, caller, shown.id).id for _ in range(2)}

    assert len(ids) == 1


def test_what_is_dropped_or_turned_stays_so(toolbox: Toolbox, caller: Caller) -> None:
    draft_id = draft_agenda.draft(toolbox, caller, AGENDA).id
    draft_agenda.drop(toolbox, caller, draft_id, 2)
    draft_agenda.turn_kind(toolbox, caller, draft_id, 0, Kind.SUBSTANTIVE)
    draft_agenda.rename(toolbox, caller, draft_id, 3, "  Afronding ")
    draft_agenda.retitle(toolbox, caller, draft_id, "Overleg wonen", None)
    posted = draft_agenda.post(toolbox, caller, draft_id)

    assert [item.item.title for item in posted.items] == [
        "Opening",
        "Nieuw verhuisformulier",
        "Afronding",
    ]
    assert posted.items[0].questions
    assert posted.title == "Overleg wonen"


def test_a_draft_that_is_gone_or_closed_is_said(toolbox: Toolbox, caller: Caller) -> None:
    with pytest.raises(Problem, match="no_draft"):
        draft_agenda.post(toolbox, caller, "nergens")
    dated = AGENDA.replace("Teamoverleg", "Teamoverleg 24 november 2026")
    posted = draft_agenda.post(toolbox, caller, draft_agenda.draft(toolbox, caller, dated).id)
    close_meeting.close(toolbox, caller, posted.id or "", {})
    with pytest.raises(Problem, match="meeting_closed"):
        draft_agenda.draft(toolbox, caller, dated)
