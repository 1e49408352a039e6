"""The digest counts meetings that took place, in this channel, in this period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.dates import Span, parse_period
from bot.domain.digest import Figures
from bot.domain.view import Details, DigestView
from bot.usecases import carry_over, close_meeting, draft_agenda, prepare_meeting, run_meeting
from bot.usecases.make_digest import make_digest
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock


@pytest.fixture
def hold(toolbox: Toolbox, settings: ChannelSettings):
    """Hold a meeting with one procedural and two substantive items, and answer one of them."""

    def hold(caller: Caller, day: date | None, *, opened: bool = True) -> None:
        read = agenda("OPENING", "Verhuisformulier", "Begroting", day=day)
        view = prepare_meeting.prepare(toolbox, caller, read, settings)
        if opened:
            given = Answer("Minder gedoe", Certainty.ASSUME, changed_decision=True)
            run_meeting.answer(toolbox, caller, view.items[1].id or "", given)

    return hold


@pytest.fixture
def digest(toolbox: Toolbox, settings: ChannelSettings):
    def digest(caller: Caller, week: str = "2026-W48") -> DigestView:
        return make_digest(toolbox, caller, parse_period(Span.WEEK, week), settings, "nl")

    return digest


def test_a_week_counts_its_own_meetings_in_its_own_channel(hold, digest, caller: Caller) -> None:
    for day in (22, 23, 29, 30):
        hold(caller, date(2026, 11, day))
    hold(Caller("terminal", "local", "zorg", "typist"), date(2026, 11, 24))

    figures: Figures = digest(caller).figures

    assert (figures.meetings, figures.items, figures.substantive) == (2, 6, 4)
    assert (figures.asked, figures.answered, figures.open) == (8, 2, 2)
    assert (figures.assume, figures.changed_decisions) == (2, 2)


def test_a_meeting_that_was_only_prepared_did_not_take_place(hold, digest, caller: Caller) -> None:
    hold(caller, date(2026, 11, 24), opened=False)

    figures = digest(caller).figures

    assert (figures.meetings, figures.prepared, figures.items) == (0, 1, 0)
    assert figures.most_asked is None


def test_without_a_date_a_meeting_counts_on_the_local_day_it_was_prepared(
    hold, digest, caller: Caller, clock: Clock
) -> None:
    clock.later(days=5, hours=14.5)  # Sunday 23:30 UTC, Monday half past midnight in Amsterdam
    hold(caller, None)

    assert digest(caller, "2026-W48").figures.meetings == 0
    assert digest(caller, "2026-W49").figures.meetings == 1


def test_an_item_taken_off_the_agenda_does_not_count(
    hold, digest, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    hold(caller, date(2026, 11, 24))
    prepare_meeting.prepare(toolbox, caller, agenda("OPENING", "Begroting"), settings)

    figures = digest(caller).figures

    assert (figures.items, figures.substantive, figures.answered) == (2, 1, 0)
    assert figures.changed_decisions == 0


def test_a_channel_without_meetings_learns_where_there_were_some(
    hold, digest, caller: Caller
) -> None:
    hold(caller, date(2026, 11, 24))
    quiet = Caller("terminal", "local", "zorg", "typist")

    assert digest(quiet).figures.meetings == 0
    assert digest(quiet).other_channels == ["wonen"]


def test_another_workspace_sees_nothing(hold, digest, caller: Caller) -> None:
    hold(caller, date(2026, 11, 24))
    stranger = Caller("slack", "T0", "wonen", "U0")

    view = digest(stranger)

    assert (view.figures.meetings, view.other_channels) == (0, [])


def test_questions_are_worded_as_the_channel_had_them(
    hold, toolbox: Toolbox, caller: Caller
) -> None:
    hold(caller, date(2026, 11, 24))
    general = ChannelSettings("nl", {"nl": CustomerWords("de klant")})
    week = parse_period(Span.WEEK, "2026-W48")

    view = make_digest(toolbox, caller, week, general, "nl")

    assert view.wordings["experience"] == "Hoe zal de huurder dit ervaren?"


# --- what lies behind the figures


@pytest.fixture
def ask(toolbox: Toolbox, settings: ChannelSettings):
    """A meeting of these items; each is answered so, to its first question or as a whole."""

    def ask(caller: Caller, day: date, items: Mapping[str, Answer | None], *, whole=False) -> None:
        read = agenda(*items, day=day)
        view = prepare_meeting.prepare(toolbox, caller, read, settings)
        for item, given in zip(view.items, items.values(), strict=True):
            if given:
                to = item.questions[0].id if item.questions and not whole else None
                to_first = replace(given, asked_question_id=to)
                run_meeting.answer(toolbox, caller, item.id or "", to_first)

    return ask


UNKNOWN = Answer("wie belt", Certainty.DONT_KNOW)
CHANGED = Answer("Minder gedoe", Certainty.ASSUME, changed_decision=True)
DAY = date(2026, 11, 24)


def test_the_last_question_that_changed_a_decision_is_named(ask, digest, caller: Caller) -> None:
    ask(caller, DAY, {"Verhuisformulier": CHANGED})
    ask(
        caller,
        DAY + timedelta(days=1),
        {"De lift": CHANGED, "Begroting": replace(CHANGED, changed_decision=False)},
    )
    ask(caller, DAY + timedelta(days=7), {"De huismeester": CHANGED})

    led_to = digest(caller).details.led_to

    assert led_to is not None
    assert led_to.item == "De lift"
    assert led_to.wording.endswith("?")
    assert digest(caller, "2026-W46").details.led_to is None


def test_an_answer_to_several_questions_at_once_names_none(ask, digest, caller: Caller) -> None:
    """Which of the two it was, nobody said."""
    ask(caller, DAY, {"Verhuisformulier": CHANGED, "De lift": UNKNOWN}, whole=True)

    details = digest(caller).details

    assert details.led_to is None
    assert [(it.item, it.wording) for it in details.unknowns] == [("De lift", "")]


def test_an_answer_to_an_item_is_to_its_only_question(
    ask, digest, caller: Caller, toolbox: Toolbox
) -> None:
    ask(caller, DAY, {"Verhuisformulier": CHANGED}, whole=True)
    with toolbox.write(caller) as session:
        sql = "delete from asked_questions where workspace_id = :workspace_id and rank > 0"
        session.rows(sql)

    led_to = digest(caller).details.led_to

    assert led_to is not None
    assert led_to.item == "Verhuisformulier"


def test_what_is_not_known_yet_is_what_the_figures_count(ask, digest, caller: Caller) -> None:
    items = {f"Onderwerp {n}": UNKNOWN for n in range(4)}
    ask(caller, DAY, {**items, "De lift": CHANGED, "Begroting": Answer("", None)})
    ask(caller, DAY + timedelta(days=1), {"De tuin": UNKNOWN, "OPENING": UNKNOWN})
    ask(caller, DAY + timedelta(days=7), {"De huismeester": UNKNOWN})

    view = digest(caller)

    details = view.details
    assert len(details.unknowns) + details.more_unknowns == view.figures.unknown == 5
    assert details.unknowns[0].item == "De tuin"
    assert details.unknowns[0].day == DAY + timedelta(days=1)
    assert [it.item for it in details.unknowns[1:]] == ["Onderwerp 0", "Onderwerp 1"]


def test_what_was_found_out_or_taken_off_is_no_longer_to_be_found_out(
    ask, digest, caller: Caller, toolbox: Toolbox, settings: ChannelSettings
) -> None:
    ask(caller, DAY, {"De lift": UNKNOWN, "Begroting": UNKNOWN})
    again = prepare_meeting.prepare(
        toolbox, caller, agenda("De lift", "Begroting", day=DAY), settings
    )
    run_meeting.answer(toolbox, caller, again.items[0].id or "", CHANGED)

    assert [it.item for it in digest(caller).details.unknowns] == ["Begroting"]
    prepare_meeting.prepare(toolbox, caller, agenda("De lift", day=DAY), settings)
    assert digest(caller).details.unknowns == []


def test_nobody_elses_questions_are_seen(ask, digest, caller: Caller) -> None:
    for other in (
        Caller("terminal", "local", "zorg", "typist"),
        Caller("slack", "T0", "wonen", "U"),
    ):
        ask(other, DAY, {"Verhuisformulier": CHANGED, "De lift": UNKNOWN})

    assert digest(caller).details == Details(unknowns=[], carried=[])


def test_what_was_taken_along_is_named_once_its_meeting_took_place(
    ask, digest, caller: Caller, toolbox: Toolbox
) -> None:
    ask(caller, DAY - timedelta(days=7), {"De lift": None, "Begroting": CHANGED})
    with toolbox.read(caller) as session:
        sql = "select id from meetings where workspace_id = :workspace_id"
        ((before,),) = session.rows(sql)
    close_meeting.close(toolbox, caller, before, {})
    carry_over.choose(toolbox, caller, before)
    drafted = draft_agenda.draft(
        toolbox, caller, "Overleg 24 november 2026\n1. De tuin\n2. De post"
    )
    posted = draft_agenda.post(toolbox, caller, drafted.id)
    assert digest(caller).details.carried == []

    run_meeting.answer(toolbox, caller, posted.items[0].id or "", CHANGED)

    assert digest(caller).details.carried == ["De lift"]
    assert digest(caller, "2026-W47").details.carried == []
