"""Preparing a meeting: kept with its questions, and found again with the same ids and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import State, SubItem
from bot.domain.observation import Observed, Source
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.storage import items, notes, observations, people
from bot.usecases import prepare_meeting, run_meeting
from bot.usecases.show_meeting import show
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock

ANSWER = Answer("Minder gedoe", Certainty.KNOW)


EIGHT = ("Huur", "Lift", "Tuin", "Balie", "Ramen", "Fietsen", "Dakgoot", "Energie")


@pytest.fixture
def prepare(toolbox: Toolbox, caller: Caller, settings: ChannelSettings):
    def prepare(*titles: str, **values) -> MeetingView:
        return prepare_meeting.prepare(toolbox, caller, agenda(*titles, **values), settings)

    return prepare


def ids(view: MeetingView) -> dict[str, str | None]:
    return {item.item.title: item.id for item in view.items}


def keys(view: MeetingView) -> list[str]:
    return [question.choice.key for item in view.items for question in item.questions]


def test_substantive_items_get_questions_in_the_channels_words_procedural_ones_none(
    prepare,
) -> None:
    view = prepare("OPENING", "Verhuisformulier", "Begroting")

    assert view.state is State.PREPARED
    assert [len(item.questions) for item in view.items] == [0, 2, 2]
    assert (
        view.items[1].questions[0].choice.text == "Wordt het hierdoor makkelijker voor de huurder?"
    )


def test_the_same_agenda_again_is_the_same_meeting(
    prepare, toolbox: Toolbox, caller: Caller
) -> None:
    first = prepare("OPENING", "Verhuisformulier", "Begroting")
    run_meeting.answer(toolbox, caller, first.items[1].id or "", ANSWER)

    again = prepare("OPENING", "Verhuisformulier", "Begroting")

    assert (again.id, ids(again), keys(again)) == (first.id, ids(first), keys(first))
    assert [answer.text for answer in again.items[1].answers] == ["Minder gedoe"]
    assert again.state is State.OPEN


def test_a_changed_agenda_keeps_what_it_can(prepare, toolbox: Toolbox, caller: Caller) -> None:
    first = prepare("OPENING", "Verhuisformulier", "Begroting", "Zonnepanelen")
    run_meeting.answer(toolbox, caller, first.items[3].id or "", ANSWER)

    again = prepare("OPENING", "Begroting 2027", "Nieuw verhuisformulier")
    begroting, formulier, gone = again.items[1:]

    assert begroting.id == first.items[2].id
    assert formulier.id == first.items[1].id
    assert [q.id for q in formulier.questions] == [q.id for q in first.items[1].questions]
    assert (gone.item.title, gone.removed) == ("Zonnepanelen", True)
    assert gone not in again.substantive


def test_an_item_without_answers_is_forgotten_when_it_is_taken_off(prepare) -> None:
    prepare("Verhuisformulier", "Begroting")

    assert list(ids(prepare("Begroting"))) == ["Begroting"]


def test_an_item_whose_answer_was_deleted_leaves_no_trace_on_the_agenda_but_keeps_its_history(
    prepare, toolbox: Toolbox, caller: Caller
) -> None:
    first = prepare("Verhuisformulier", "Begroting")
    answer_id = run_meeting.answer(toolbox, caller, first.items[0].id or "", ANSWER)
    run_meeting.delete_answer(toolbox, caller, answer_id)

    again = prepare("Begroting")
    back = prepare("Begroting", "Verhuisformulier")

    assert list(ids(again)) == ["Begroting"]
    assert ids(back) == {"Begroting": first.items[1].id, "Verhuisformulier": first.items[0].id}


def test_an_item_that_comes_back_has_its_answers_again(
    prepare, toolbox: Toolbox, caller: Caller
) -> None:
    first = prepare("Verhuisformulier", "Begroting")
    run_meeting.answer(toolbox, caller, first.items[0].id or "", ANSWER)
    prepare("Begroting")

    back = prepare("Begroting", "Verhuisformulier")

    assert back.items[1].id == first.items[0].id
    assert not back.items[1].removed
    assert len(back.items[1].answers) == 1


def test_a_new_item_gets_questions_that_were_not_asked_yet(prepare) -> None:
    first = prepare("Verhuisformulier")

    again = prepare("Verhuisformulier", "Begroting")

    assert len(set(keys(again))) == 4
    assert keys(again)[:2] == keys(first)


def test_another_date_is_the_next_meeting_of_the_series(prepare, clock: Clock) -> None:
    first = prepare("Verhuisformulier")
    clock.later(weeks=6)

    following = prepare("Verhuisformulier", day=date(2027, 1, 5))

    assert following.id != first.id
    assert not set(keys(following)) & set(keys(first))


def test_after_all_were_asked_the_longest_ago_comes_back_with_the_weeks(prepare) -> None:
    prepare(*(f"Parkeren {letter}" for letter in "ABCDEFGHIJKLMNOPQR"))  # all as often
    prepare("Contributie", day=date(2026, 12, 1))

    later = prepare("Parkeren", day=date(2027, 1, 5))

    choices = [question.choice for question in later.items[0].questions]
    assert [choice.reason.code for choice in choices] == ["weeks_ago"] * 2
    assert [choice.reason.values["weeks"] for choice in choices] == [6, 6]


@pytest.mark.parametrize("day", [date(2026, 11, 24), None])
def test_another_title_or_channel_is_another_meeting(
    prepare, toolbox: Toolbox, settings: ChannelSettings, day: date | None
) -> None:
    first = prepare("Verhuisformulier", day=day)
    elsewhere = Caller("terminal", "local", "zorg", "typist")

    assert prepare("Verhuisformulier", title="MT", day=day).id != first.id
    other = prepare_meeting.prepare(
        toolbox, elsewhere, agenda("Verhuisformulier", day=day), settings
    )
    assert other.id != first.id


def test_without_a_date_it_is_the_same_meeting_until_it_is_closed(
    prepare, toolbox: Toolbox, caller: Caller
) -> None:
    first = prepare("Verhuisformulier", day=None)
    run_meeting.open_meeting(toolbox, caller, first.id or "")

    assert prepare("Verhuisformulier", day=None).id == first.id
    run_meeting.close_meeting(toolbox, caller, first.id or "")
    assert prepare("Verhuisformulier", day=None).id != first.id


def test_with_a_date_it_stays_the_same_meeting_and_a_closed_one_stays_as_it_was(
    prepare, toolbox: Toolbox, caller: Caller
) -> None:
    first = prepare("Verhuisformulier")
    run_meeting.open_meeting(toolbox, caller, first.id or "")
    run_meeting.close_meeting(toolbox, caller, first.id or "")

    again = prepare("Heel iets anders")

    assert (again.id, again.state) == (first.id, State.CLOSED)
    assert ids(again) == ids(first)


def test_without_title_and_date_a_shared_item_tells_that_it_is_the_same(prepare) -> None:
    first = prepare("OPENING", "Verhuisformulier", title=None, day=None)

    assert prepare("OPENING", "Verhuisformulier", "Huur", title=None, day=None).id == first.id
    assert prepare("OPENING", "Zonnepanelen", title=None, day=None).id != first.id


def test_a_change_of_time_and_place_is_told_again_an_omission_is_not(
    prepare, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    plain = agenda("Verhuisformulier")
    there = plain.__class__(**{**plain.__dict__, "place": "De Brug"})

    first = prepare_meeting.prepare(toolbox, caller, there, settings)
    again = prepare_meeting.prepare(toolbox, caller, plain, settings)

    assert (first.place, again.place) == ("De Brug", "De Brug")


def test_a_preview_keeps_nothing(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    view = prepare_meeting.preview(
        agenda("Verhuisformulier"), settings, toolbox.prompts, toolbox.today()
    )

    assert view.id is None
    assert view.items[0].id is None
    with pytest.raises(Problem, match="no_meeting"):
        show(toolbox, caller, "")


def test_the_agendas_own_language_counts_where_the_channel_chose_none(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    free = ChannelSettings(None, settings.customer)
    english = agenda("Moving form").__class__(
        **{**agenda("Moving form").__dict__, "language": "en"}
    )

    view = prepare_meeting.prepare(toolbox, caller, english, free)

    assert view.items[0].questions[0].choice.text == "Does this make things easier for the tenant?"


def test_a_hundred_items_are_all_kept(prepare) -> None:
    view = prepare(*[f"Onderwerp {word}" for word in range(100)])

    assert len(view.items) == 100
    assert ids(prepare(*[f"Onderwerp {word}" for word in range(100)])) == ids(view)


def test_an_answer_never_comes_under_another_subject(
    prepare, toolbox: Toolbox, caller: Caller
) -> None:
    first = prepare("Wachttijden", "Website", "Parkeren")
    for item in first.items[1:]:
        run_meeting.answer(toolbox, caller, item.id or "", ANSWER)

    again = prepare("Wachttijden", "Nieuwe bedden", "Sparen")

    assert [(item.item.title, len(item.answers), item.removed) for item in again.items] == [
        ("Wachttijden", 0, False),
        ("Nieuwe bedden", 0, False),
        ("Sparen", 0, False),
        ("Website", 1, True),
        ("Parkeren", 1, True),
    ]


def test_without_a_date_other_items_make_another_meeting_once_there_are_answers(
    prepare, toolbox: Toolbox, caller: Caller
) -> None:
    first = prepare("Huur", "Lekkage", day=None)
    mended = prepare("Huurverhoging in juli", "Kerstpakket", day=None)
    run_meeting.answer(toolbox, caller, mended.items[0].id or "", ANSWER)

    assert mended.id == first.id
    assert prepare("Kerstpakket", "Balie", day=None).id == first.id
    assert prepare("Lift", "Tuin", day=None).id != first.id


def test_a_closed_meeting_without_a_date_is_found_again_to_reopen_it(
    prepare, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    first = prepare("Huur", "Lekkage", day=None)
    run_meeting.open_meeting(toolbox, caller, first.id or "")
    run_meeting.close_meeting(toolbox, caller, first.id or "")

    changed = agenda("Huur", "Balie", day=None)
    back = prepare_meeting.prepare(toolbox, caller, changed, settings, reopen=True)

    assert (back.id, back.state) == (first.id, State.OPEN)
    assert list(ids(back)) == ["Huur", "Balie"]


def test_a_promise_gets_a_new_version_only_when_it_changes(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    for promise in ("binnen twee dagen", "binnen twee dagen", "binnen een dag"):
        promised = replace(settings, promise={"nl": promise})
        prepare_meeting.prepare(toolbox, caller, agenda("Huur"), promised)

    with toolbox.read(caller) as session:
        kept = session.rows(
            "select version, text from promises where workspace_id = :workspace_id order by version"
        )
    assert kept == [(1, "binnen twee dagen"), (2, "binnen een dag")]


def test_a_time_once_told_stays_when_the_next_reading_leaves_it_out(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    timed = replace(agenda("Huur"), time=time(10))

    prepare_meeting.prepare(toolbox, caller, timed, settings)
    again = prepare_meeting.prepare(toolbox, caller, agenda("Huur"), settings)

    assert again.time == time(10)


def test_a_question_asked_in_this_meeting_is_no_history(prepare) -> None:
    prepare("Huur", "Lift")

    again = prepare("Huur", "Lift", *EIGHT[2:], "Parkeren", "Zonnepanelen", "Contributie")

    last = [question.choice for item in again.items[2:] for question in item.questions]
    assert {choice.reason.code for choice in last} == {"never_asked", "asked_here"}


def test_what_stands_below_a_title_that_tells_nothing_is_heard(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    bare = agenda("Samen sterker")
    item = replace(
        bare.items[0], detail="Het portaal komt in mei\nDe brief later", topics=("other",)
    )
    below = replace(item, detail=None, sub_items=(SubItem("1a", "Storing van maandag"),))

    for known, key in ((item, "ease"), (below, "interim_word")):
        heard = replace(bare, items=(known,), title=key)
        choice = prepare_meeting.prepare(toolbox, caller, heard, settings).items[0].questions[0]
        assert choice.choice.key == key
        assert "word" not in choice.choice.reason.values  # it does not stand in the title


def test_what_stands_below_a_title_that_tells_is_not_heard(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    bare = agenda("Contributie")
    item = replace(bare.items[0], detail="Storing van het portaal")

    asked = prepare_meeting.prepare(toolbox, caller, replace(bare, items=(item,)), settings)

    assert {q.choice.reason.values["word"] for q in asked.items[0].questions} == {"Contributie"}


def test_next_weeks_agenda_without_a_year_is_the_next_meeting_of_the_series(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    views = []
    for day in ("24 november", "1 december"):
        raw = f"Teamoverleg dinsdag {day}, 10 uur\n\n1. Opening\n2. Nieuw rooster\n".encode()
        vocabulary = toolbox.prompts.vocabulary
        read, _ = prepare_meeting.read(raw, "agenda.txt", vocabulary, toolbox.today())
        views.append(prepare_meeting.prepare(toolbox, caller, read, settings))

    first, following = views
    assert (first.day, following.day) == (date(2026, 11, 24), date(2026, 12, 1))
    assert first.id != following.id
    assert first.title == following.title == "Teamoverleg"
    assert not set(keys(first)) & set(keys(following))
    assert following.items[1].questions[0].choice.reason.code == "never_asked"


def test_reopening_finds_the_closed_meeting_also_when_a_new_one_was_begun(
    prepare, toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    first = prepare("Huur", "Lekkage", day=None)
    run_meeting.answer(toolbox, caller, first.items[0].id or "", ANSWER)
    run_meeting.close_meeting(toolbox, caller, first.id or "")
    begun = prepare("Huur", "Lekkage", day=None)

    again = agenda("Huur", "Lekkage", day=None)
    back = prepare_meeting.prepare(toolbox, caller, again, settings, reopen=True)

    assert begun.id != first.id
    assert back.id == first.id


@pytest.mark.parametrize("kept", ["a note", "an observation"])
def test_an_item_that_was_talked_about_is_marked_removed_not_deleted(
    prepare, toolbox: Toolbox, caller: Caller, kept: str
) -> None:
    first = prepare("Opening", "Verhuisformulier", "Begroting", "Lift")
    item_id = first.items[2].id or ""
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, toolbox.now())
        if kept == "a note":
            notes.keep(session, item_id, "bellen", person_id, toolbox.now())
        else:
            came_up = Source.CHAIR, Observed.CAME_UP
            observations.observe(session, item_id, *came_up, person_id, toolbox.now())
    prepare("Opening", "Verhuisformulier", "Lift")

    with toolbox.read(caller) as session:
        found = items.of_meeting(session, first.id or "")
    removed = {known: gone for known, _, gone in found}
    assert removed[item_id]
    assert len(found) == 4
