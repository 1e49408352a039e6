"""Drafts: kept as they were read, shown as they will be posted, posted once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.draft import draft_of
from bot.domain.meeting import Kind
from bot.domain.problem import Problem
from bot.storage import drafts, meetings
from bot.usecases import close_meeting, draft_agenda, prepare_meeting
from bot.usecases.toolbox import Caller, Toolbox

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.md"))
AGENDA = "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027\n4. Rondvraag"


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
        shown = draft_agenda.other_question(toolbox, caller, shown.id, 1)
        posted = draft_agenda.post(toolbox, caller, shown.id)
        assert wordings(shown.meeting) == wordings(posted)
        close_meeting.close(toolbox, caller, posted.id or "", {})


def test_other_questions_come_round(toolbox: Toolbox, caller: Caller) -> None:
    shown = draft_agenda.draft(toolbox, caller, AGENDA)
    seen = []
    for _ in range(12):
        seen.append(tuple(q.choice.key for q in shown.meeting.items[1].questions))
        shown = draft_agenda.other_question(toolbox, caller, shown.id, 1)

    assert seen[0] != seen[1]
    assert all(seen)


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
