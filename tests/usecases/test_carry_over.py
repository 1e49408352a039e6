"""Carry over: what was left open is offered once, taken along when wanted, and counted on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.observation import Observed
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.usecases import (
    carry_over,
    close_meeting,
    draft_agenda,
    prepare_meeting,
    run_meeting,
    show_meeting,
)
from bot.usecases.preview_draft import DraftView
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock

OLD = "Teamoverleg 24 november 2026\n1. Opening\n2. Lift\n3. Tuin\n4. Servicekosten\n5. Rondvraag"
NEW = "Teamoverleg 1 december 2026\n1. Opening\n2. Begroting\n3. Rondvraag"
TAKEN = ["1 Opening", "2 Begroting", "3 Lift", "4 Tuin", "5 Rondvraag"]
Post = Callable[[str], MeetingView]


@pytest.fixture
def post(toolbox: Toolbox, caller: Caller) -> Post:
    def post(text: str) -> MeetingView:
        made = draft_agenda.draft(toolbox, caller, text)
        return draft_agenda.post(toolbox, caller, made.id)

    return post


@pytest.fixture
def closed(toolbox: Toolbox, caller: Caller, clock: Clock, post: Post) -> MeetingView:
    """Closed a week ago: the lift was left open, the garden answered but not discussed."""
    meeting = post(OLD)
    _, garden, costs = meeting.substantive
    for it in (garden, costs):
        given = Answer("Ja", Certainty.KNOW, asked_question_id=it.questions[0].id)
        run_meeting.answer(toolbox, caller, it.id or "", given)
    said = {garden.id or "": Observed.NOT_DISCUSSED, costs.id or "": Observed.DID_NOT}
    close_meeting.close(toolbox, caller, meeting.id or "", said)
    clock.later(days=7)
    return show_meeting.show(toolbox, caller, meeting.id or "")


def titles(meeting: MeetingView) -> list[str]:
    return [f"{it.item.position} {it.item.title}" for it in meeting.items if not it.removed]


def offered(shown: DraftView) -> list[str]:
    return [item.title for item in shown.offer.items] if shown.offer else []


def keys(meeting: MeetingView, title: str) -> set[str]:
    return {q.choice.key for it in meeting.items if it.item.title == title for q in it.questions}


def test_what_was_open_or_not_discussed_is_offered_and_comes_when_ticked(
    toolbox: Toolbox, caller: Caller, closed: MeetingView
) -> None:
    shown = draft_agenda.draft(toolbox, caller, NEW)
    assert offered(shown) == ["Lift", "Tuin"]
    assert shown.offer
    assert (shown.offer.day, shown.carries) == (closed.day, False)
    assert titles(shown.meeting) == ["1 Opening", "2 Begroting", "3 Rondvraag"]

    shown = draft_agenda.carry(toolbox, caller, shown.id, along=True)
    assert titles(shown.meeting) == TAKEN
    posted = draft_agenda.post(toolbox, caller, shown.id)

    assert titles(posted) == TAKEN
    lift = posted.items[2]
    assert lift.item.carried_from == closed.items[1].id
    assert lift.carried_on == closed.day
    assert lift.questions
    assert not lift.answers
    assert keys(posted, "Lift").isdisjoint(keys(closed, "Lift")), "it meets other questions"


def test_unticked_again_it_stays_away(
    toolbox: Toolbox, caller: Caller, closed: MeetingView
) -> None:
    shown = draft_agenda.draft(toolbox, caller, NEW)
    draft_agenda.carry(toolbox, caller, shown.id, along=True)
    draft_agenda.carry(toolbox, caller, shown.id, along=False)

    assert titles(draft_agenda.post(toolbox, caller, shown.id)) == [
        "1 Opening",
        "2 Begroting",
        "3 Rondvraag",
    ]


def test_the_tick_survives_changes_and_going_back_to_the_text(
    toolbox: Toolbox, caller: Caller, closed: MeetingView, clock: Clock
) -> None:
    shown = draft_agenda.draft(toolbox, caller, NEW)
    draft_agenda.carry(toolbox, caller, shown.id, along=True)
    shown = draft_agenda.rename(toolbox, caller, shown.id, 1, "Begroting 2027")
    assert (shown.carries, titles(shown.meeting)[2]) == (True, "3 Lift")
    clock.later(seconds=10)
    shown = draft_agenda.draft(toolbox, caller, NEW.replace("Begroting", "Huur"))
    assert (shown.carries, titles(shown.meeting)[1:3]) == (True, ["2 Huur", "3 Lift"])

    draft_agenda.carry(toolbox, caller, shown.id, along=False)
    assert not draft_agenda.draft(toolbox, caller, NEW).carries
    other = replace(caller, person="iemand anders")
    assert not draft_agenda.draft(toolbox, other, NEW).carries


def test_one_of_them_can_be_changed_or_left_out(
    toolbox: Toolbox, caller: Caller, closed: MeetingView
) -> None:
    shown = draft_agenda.draft(toolbox, caller, NEW)
    shown = draft_agenda.carry(toolbox, caller, shown.id, along=True)
    _, _, lift, garden, _ = shown.meeting.items
    draft_agenda.rename(toolbox, caller, shown.id, int(garden.id or ""), "Tuin en hek")
    shown = draft_agenda.drop(toolbox, caller, shown.id, int(lift.id or ""))
    assert titles(shown.meeting)[2:] == ["3 Tuin en hek", "4 Rondvraag"]

    shown = draft_agenda.carry(toolbox, caller, shown.id, along=False)
    shown = draft_agenda.carry(toolbox, caller, shown.id, along=True)
    assert titles(shown.meeting)[2:4] == ["3 Lift", "4 Tuin en hek"], "ticked is all of them"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (NEW.replace("Begroting", "De lift"), ["Tuin"]),
        (NEW.replace("Begroting", "Lift en tuin"), []),
        (NEW.replace("Teamoverleg", "Werkoverleg"), ["Lift", "Tuin"]),
    ],
)
def test_what_is_on_the_agenda_already_is_not_offered(
    toolbox: Toolbox, caller: Caller, closed: MeetingView, text: str, wanted: list[str]
) -> None:
    assert offered(draft_agenda.draft(toolbox, caller, text)) == wanted


def test_its_own_series_goes_first_and_others_are_forgotten_after_five_weeks(
    toolbox: Toolbox, caller: Caller, closed: MeetingView, clock: Clock, post: Post
) -> None:
    other = post("MT-overleg 1 december 2026\n1. Vergunning")
    close_meeting.close(toolbox, caller, other.id or "", {})
    assert offered(draft_agenda.draft(toolbox, caller, NEW)) == ["Lift", "Tuin"]
    new = NEW.replace("Teamoverleg", "Werkoverleg")
    assert offered(draft_agenda.draft(toolbox, caller, new)) == ["Vergunning"]

    clock.later(weeks=6)
    assert offered(draft_agenda.draft(toolbox, caller, new)) == []
    assert offered(draft_agenda.draft(toolbox, caller, NEW)) == ["Lift", "Tuin"]
    elsewhere = replace(caller, channel="zorg")
    assert offered(draft_agenda.draft(toolbox, elsewhere, NEW)) == []


def test_what_went_along_is_not_offered_twice_until_it_is_dropped(
    toolbox: Toolbox, caller: Caller, closed: MeetingView, clock: Clock
) -> None:
    shown = draft_agenda.draft(toolbox, caller, NEW)
    draft_agenda.carry(toolbox, caller, shown.id, along=True)
    posted = draft_agenda.post(toolbox, caller, shown.id)
    later = NEW.replace("1 december", "8 december")
    assert offered(draft_agenda.draft(toolbox, caller, later)) == []

    again = draft_agenda.draft(toolbox, caller, NEW)
    assert (offered(again), again.carries) == (["Lift", "Tuin"], True), "it has them already"
    assert titles(again.meeting) == TAKEN

    less = draft_agenda.draft(toolbox, caller, f"{NEW}\n4. Lift", posted.id)
    assert (offered(less), less.carries, less.goes) == (["Tuin"], False, ["4. Tuin"])
    changed = draft_agenda.post(toolbox, caller, less.id)
    assert [it.carried_on for it in changed.items if it.item.title == "Lift"] == [closed.day]
    assert offered(draft_agenda.draft(toolbox, caller, later)) == ["Tuin"]


def test_an_item_in_its_place_goes_on_with_nothing(
    toolbox: Toolbox, caller: Caller, closed: MeetingView
) -> None:
    shown = draft_agenda.draft(toolbox, caller, NEW)
    draft_agenda.carry(toolbox, caller, shown.id, along=True)
    posted = draft_agenda.post(toolbox, caller, shown.id)
    text = "Teamoverleg 1 december 2026\n1. Opening\n2. Begroting\n3. Vergunning\n4. Rondvraag"
    changed = draft_agenda.draft(toolbox, caller, text, posted.id)
    posted = draft_agenda.post(toolbox, caller, changed.id)

    assert posted.items[2].item.title == "Vergunning"
    assert posted.items[2].item.carried_from is None


def test_what_another_took_along_meanwhile_is_not_posted_twice(
    toolbox: Toolbox, caller: Caller, closed: MeetingView
) -> None:
    mine = draft_agenda.draft(toolbox, caller, NEW)
    mine = draft_agenda.carry(toolbox, caller, mine.id, along=True)
    theirs = draft_agenda.draft(toolbox, caller, NEW.replace("1 dec", "2 dec"))
    draft_agenda.carry(toolbox, caller, theirs.id, along=True)
    assert draft_agenda.outdated(toolbox, caller, mine.id, mine.base) is None
    draft_agenda.post(toolbox, caller, theirs.id)

    now = draft_agenda.outdated(toolbox, caller, mine.id, mine.base)
    assert now
    assert titles(now.meeting) == ["1 Opening", "2 Begroting", "3 Rondvraag"]
    assert now.offer is None


def test_who_wants_it_beforehand_finds_it_ticked_and_can_untick_it(
    toolbox: Toolbox, caller: Caller, closed: MeetingView, clock: Clock
) -> None:
    assert not draft_agenda.draft(toolbox, caller, NEW).carries
    clock.later(minutes=1)
    for _ in range(2):
        carry_over.choose(toolbox, caller, closed.id or "")
    shown = draft_agenda.draft(toolbox, caller, NEW)
    assert shown.carries
    assert titles(shown.meeting) == TAKEN
    assert close_meeting.closing(toolbox, caller, closed.id or "").carries

    draft_agenda.carry(toolbox, caller, shown.id, along=False)
    assert not draft_agenda.draft(toolbox, caller, NEW).carries
    with pytest.raises(Problem, match="no_meeting"):
        carry_over.choose(toolbox, caller, "nergens")


def test_a_closing_tells_what_went_along(
    toolbox: Toolbox, caller: Caller, closed: MeetingView
) -> None:
    view = close_meeting.closing(toolbox, caller, closed.id or "")
    assert [it.item.title for it in view.to_carry] == ["Lift", "Tuin"]
    shown = draft_agenda.draft(toolbox, caller, NEW.replace("Begroting", "Tuin"))
    draft_agenda.carry(toolbox, caller, shown.id, along=True)
    draft_agenda.post(toolbox, caller, shown.id)

    view = close_meeting.closing(toolbox, caller, closed.id or "")
    assert [it.item.title for it in view.to_carry] == ["Tuin"]
    assert set(view.taken) == {closed.items[1].id}


def test_without_a_draft_too(
    toolbox: Toolbox, caller: Caller, closed: MeetingView, settings: ChannelSettings
) -> None:
    new = agenda("OPENING", "Begroting", "RONDVRAAG", day=toolbox.today())
    offer = carry_over.offered(toolbox, caller, new)
    assert offer
    prepared = prepare_meeting.prepare(
        toolbox, caller, carry_over.taking_along(new, offer), settings
    )
    assert titles(prepared) == TAKEN

    again = carry_over.offered(toolbox, caller, new)
    assert again
    assert again.chosen, "it is on this agenda already"
    later = replace(new, day=toolbox.today() + timedelta(days=7))
    assert carry_over.offered(toolbox, caller, later) is None
    assert carry_over.offered(toolbox, replace(caller, channel="nergens"), new) is None


def test_an_item_of_another_series_counts_on_too(
    toolbox: Toolbox, caller: Caller, closed: MeetingView, clock: Clock
) -> None:
    """Carried twice, through a series that never asked about it: no question comes again."""
    seen = [keys(closed, "Lift")]
    for week, title in enumerate(("Werkoverleg", "MT-overleg"), 1):
        day = toolbox.today() + timedelta(weeks=week)
        shown = draft_agenda.draft(toolbox, caller, f"{title} {day.isoformat()}\n1. Begroting")
        draft_agenda.carry(toolbox, caller, shown.id, along=True)
        posted = draft_agenda.post(toolbox, caller, shown.id)
        seen.append(keys(posted, "Lift"))
        close_meeting.close(toolbox, caller, posted.id or "", {})

    assert not seen[0] & seen[1]
    assert not seen[2] & (seen[0] | seen[1])
