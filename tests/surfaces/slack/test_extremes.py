"""The worst of each kind: too many, too long, all of four bytes, all that grows when escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.dates import recent
from bot.domain.meeting import AgendaItem, Kind, State
from bot.domain.observation import Closing, Observed
from bot.domain.view import ClosingView, ItemView, MeetingView
from bot.surfaces.slack import views
from bot.surfaces.slack.limits import wrong_message, wrong_view
from bot.wording.texts import Texts
from tests.surfaces.slack.drawing import drawn
from tests.surfaces.slack.meetings import plain_meeting
from tests.wording import views as other_views

DAY = date(2026, 11, 24)
EMOJI, AMPERSANDS, LETTERS = "🙂" * 3_000, "&" * 3_000, "woord " * 600


def worded(meeting: MeetingView, words: str, *, answers: int = 0) -> MeetingView:
    """The meeting with these words everywhere."""
    given = [Answer(words, Certainty.KNOW, True, id=f"a{n}") for n in range(answers)]
    return replace(
        meeting,
        title=words,
        place=words,
        customer=words,
        items=[_worded(it, words, given) for it in meeting.items],
    )


def _worded(view: ItemView, words: str, given: list[Answer]) -> ItemView:
    questions = [replace(q, choice=replace(q.choice, text=words)) for q in view.questions]
    item = replace(view.item, title=words, presenter=words)
    to = [q.id for q in questions] or [None]
    answers = [replace(a, asked_question_id=to[n % len(to)]) for n, a in enumerate(given)]
    return replace(view, item=item, questions=questions, answers=answers)


def procedural(number: int, words: str) -> ItemView:
    return ItemView(AgendaItem(f"{number}", words, Kind.PROCEDURAL), id=f"p{number}")


def mixed(number: int) -> MeetingView:
    """Short items, every other one procedural: as many blocks as can be."""
    meeting = plain_meeting(number)
    pairs = [(procedural(n, "x"), replace(it, questions=())) for n, it in enumerate(meeting.items)]
    return replace(meeting, items=[it for pair in pairs for it in pair])


AGENDAS = {
    "500 items": plain_meeting(500),
    "many blocks": mixed(120),
    "emoji": worded(plain_meeting(40), EMOJI, answers=5),
    "emoji, open": worded(plain_meeting(100), EMOJI),
    "ampersands": worded(plain_meeting(40), AMPERSANDS, answers=5),
    "letters": worded(plain_meeting(40), LETTERS, answers=5),
    "letters, open": worded(plain_meeting(40), LETTERS),
    "closed": worded(plain_meeting(40, state=State.CLOSED), AMPERSANDS),
    "procedural": replace(
        plain_meeting(1), items=[procedural(n, "Een vast punt op elke agenda") for n in range(500)]
    ),
}


@pytest.mark.parametrize("what", AGENDAS)
def test_the_agenda_stays_within_the_limits(what: str, nl: Texts) -> None:
    for message in views.agenda(AGENDAS[what], nl):
        assert wrong_message({"text": message.text, "blocks": message.blocks}) == []


@pytest.mark.parametrize("what", AGENDAS)
def test_the_preview_stays_within_the_limits(what: str, nl: Texts) -> None:
    assert wrong_view(views.preview(AGENDAS[what], "draft", nl, "a" * 3_000)) == []


@pytest.mark.parametrize("what", AGENDAS)
def test_what_changes_an_agenda_stays_within_the_limits(what: str, nl: Texts) -> None:
    assert wrong_view(views.items_form(AGENDAS[what], nl, "a" * 3_000)) == []
    assert wrong_view(views.new_item_form(AGENDAS[what], nl, "a" * 3_000)) == []


@pytest.mark.parametrize("what", AGENDAS)
def test_closing_stays_within_the_limits(what: str, nl: Texts) -> None:
    meeting = AGENDAS[what]
    observed = {it.id or "": Observed.CAME_UP for it in meeting.items}
    for state in State:
        view = ClosingView(replace(meeting, state=state), observed, Closing(EMOJI))
        message = views.closing(view, nl)
        assert wrong_view(views.closing_form(view, nl, "a" * 3_000)) == []
        assert wrong_message({"text": message.text, "blocks": message.blocks}) == []


@pytest.mark.parametrize("what", AGENDAS)
def test_a_new_note_stays_within_the_limits(what: str, nl: Texts) -> None:
    if AGENDAS[what].substantive:
        assert wrong_view(views.new_note_form(AGENDAS[what], nl, "a" * 3_000)) == []


@pytest.mark.parametrize(("number", "kind"), [(10, "checkboxes"), (11, "multi_static_select")])
def test_ten_items_are_ticked_more_are_chosen_from_a_list(
    number: int, kind: str, nl: Texts
) -> None:
    form = views.closing_form(ClosingView(plain_meeting(number), {}, None), nl)

    assert form["blocks"][0]["element"]["type"] == kind
    assert len(form["blocks"][0]["element"]["options"]) == number


@pytest.mark.parametrize(("number", "groups"), [(101, 2), (200, 2), (500, 5)])
def test_more_than_a_hundred_items_come_in_groups(number: int, groups: int, nl: Texts) -> None:
    meeting = plain_meeting(number)
    last = {meeting.items[-1].id or "": Observed.NOT_DISCUSSED}
    form = views.closing_form(ClosingView(meeting, last, None), nl)
    came_up, left_out = (form["blocks"][n]["element"] for n in (0, 1))

    assert wrong_view(form) == []
    assert [len(group["options"]) for group in came_up["option_groups"]][:1] == [100]
    assert len(came_up["option_groups"]) == groups
    assert came_up["option_groups"][1]["label"]["text"].startswith("Punt 101 t/m")
    assert left_out["initial_options"] == left_out["option_groups"][-1]["options"][-1:]
    assert len(views.observed_of(form)) == number


def test_what_the_form_has_no_room_for_is_not_observed_and_that_is_said(nl: Texts) -> None:
    meeting = worded(plain_meeting(500), EMOJI)
    observed = {it.id or "": Observed.CAME_UP for it in meeting.items}
    form = views.closing_form(ClosingView(meeting, observed, None), nl)

    assert wrong_view(form) == []
    assert nl.say("slack.closing.more", n=300) in str(form)
    assert len(views.observed_of(form)) == 200


@pytest.mark.parametrize("words", [EMOJI, AMPERSANDS, LETTERS])
def test_forms_with_many_answers_stay_within_the_limits(words: str, nl: Texts) -> None:
    (item,) = worded(plain_meeting(1), words, answers=120).items

    assert wrong_view(views.answer_form(item, nl, "a" * 3_000)) == []
    assert wrong_view(views.change_form(item, item.answers, nl, "a" * 3_000)) == []
    assert wrong_view(views.read_form(item, nl)) == []


def test_no_procedural_item_is_lost(nl: Texts) -> None:
    messages = views.agenda(AGENDAS["procedural"], nl)

    heard = "\n".join(message.text for message in messages)
    shown = "\n".join(drawn({"blocks": message.blocks}) for message in messages)
    numbers = [str(n) for n in range(500)]
    assert re.findall(r"(\d+) Een vast punt op elke agenda", heard) == numbers
    assert re.findall(r"(\d+) Een vast punt op elke agenda", shown) == numbers


def test_a_preview_shows_the_lines_that_are_no_item(nl: Texts) -> None:
    meeting = replace(plain_meeting(2), other=("Hoi allemaal,", "---", "Graag ook over de lift"))
    form = views.preview(meeting, "draft", nl)

    assert "Niet als punt gelezen: Hoi allemaal, / Graag ook over de lift" in str(form)
    assert "Niet als punt" not in str(views.preview(plain_meeting(2), "draft", nl))


def test_a_preview_that_is_too_long_says_how_much_it_leaves_out(nl: Texts) -> None:
    form = views.preview(plain_meeting(500), "draft", nl)

    assert nl.say("slack.preview.more", n=420) in str(form)


def test_figures_are_of_this_channel_alone(nl: Texts) -> None:
    message = views.figures(other_views.digest("w", meetings=0), {}, nl)

    assert "another" not in message.text
    assert nl.say("digest.nothing") in message.text


@pytest.mark.parametrize("words", [EMOJI, AMPERSANDS, LETTERS])
def test_no_details_are_too_long_for_slack(nl: Texts, words: str) -> None:
    form = views.figures_details(other_views.digest(words), nl)

    assert wrong_view(form) == []
    for label in ("led_to", "unknowns", "carried", "most_asked"):
        assert nl.say(f"digest.{label}") in str(form)


@pytest.mark.parametrize("words", [EMOJI[:150], AMPERSANDS[:150], LETTERS[:150]])
def test_no_figures_are_too_long_for_slack(nl: Texts, words: str) -> None:
    """A channel's word for its customer is at most 150 characters."""
    message = views.figures(other_views.digest(words), recent(DAY), nl, "seen", changed=True)

    for blocks in message.drawings:
        assert wrong_message({"text": message.text, "blocks": blocks}) == []
