"""What a form shows and what comes back of it are the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.domain.answer import Answer, Certainty, Change
from bot.domain.schedule import Weekly
from bot.surfaces.slack import views
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.names import Field, about
from bot.wording.texts import Texts
from tests.surfaces.slack.meetings import plain_meeting

SECTORS = {"general": "de klant", "housing": "de huurder", "retail": "de klant"}


def sent(form: Block, **changed: Mapping[str, Any]) -> Block:
    """The form as Slack sends it back: as it was shown, but for the fields that were changed."""
    values = {
        block["block_id"]: {block["block_id"]: _state(block["element"])}
        for block in form["blocks"]
        if block["type"] == "input"
    }
    return form | {"state": {"values": values | {k: {k: v} for k, v in changed.items()}}}


def _state(element: Block) -> Block:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": element.get("initial_value")}
    if kind == "checkboxes":
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind == "timepicker":
        return {"type": kind, "selected_time": element["initial_time"]}
    if kind == "datepicker":
        return {"type": kind, "selected_date": element.get("initial_date")}
    return {"type": kind, "selected_option": element.get("initial_option")}


def typed(words: str) -> Block:
    return {"type": "plain_text_input", "value": words}


@pytest.mark.parametrize(
    "settings",
    [
        views.Settings("general"),
        views.Settings(
            "housing",
            "de bewoner",
            "antwoord in twee dagen",
            "Van Dijk BV\nDe Haven",
            "en",
            "tactical",
            3,
            True,
            Weekly(5, time(16, 30), "Europe/London"),
        ),
        views.Settings("general", never=True),
    ],
)
def test_settings_come_back_as_they_were_shown(settings: views.Settings, nl: Texts) -> None:
    assert views.settings_of(sent(views.settings_form(settings, SECTORS, nl))) == settings


@pytest.mark.parametrize(
    ("stood", "ticked", "said"),
    [(False, True, True), (True, False, False), (True, True, None), (False, False, None)],
)
def test_whether_figures_count_is_said_only_by_who_touched_it(
    nl: Texts, stood: bool, ticked: bool, said: bool | None
) -> None:
    form = views.settings_form(views.Settings("general", outside=stood), SECTORS, nl)
    box = {"selected_options": [{"value": "yes"}] if ticked else []}

    assert views.settings_of(sent(form, outside=box)).outside is said


def test_set_up_is_saved_untouched_or_with_a_word_of_ones_own(nl: Texts) -> None:
    form = views.set_up_form(views.Settings("general"), SECTORS, nl)

    assert views.customer_of(sent(form)) == ("general", "")
    assert views.customer_of(sent(form, customer=typed(" de gast "))) == ("general", "de gast")


def test_a_sector_that_shares_its_word_is_shown_too(nl: Texts) -> None:
    form = views.set_up_form(views.Settings("retail"), SECTORS, nl)

    assert form["blocks"][0]["element"]["initial_option"]["text"]["text"] == "de klant"


def test_an_agenda_comes_back_as_it_was_pasted(nl: Texts) -> None:
    pasted = "1. Opening\n\n2. *Huur* <@U1>"

    assert views.agenda_of(sent(views.agenda_form(nl, text=pasted))) == pasted


def test_each_question_that_got_words_is_an_answer(nl: Texts) -> None:
    item = plain_meeting(1).items[0]
    first, second = (question.id or "" for question in item.questions)
    form = views.answer_form(item, nl)
    know = {"selected_option": {"value": "know"}}
    yes = {"selected_options": [{"value": "yes"}]}

    answers = views.answers_of(
        sent(form, **{about(Field.TEXT, second): typed("niets")}, certainty=know, changed=yes)
    )

    assert answers == [Answer("niets", Certainty.KNOW, True, second)]
    assert views.answers_of(sent(form)) == []
    both = {about(Field.TEXT, name): typed(name) for name in (first, second)}
    assert [one.asked_question_id for one in views.answers_of(sent(form, **both))] == [
        first,
        second,
    ]
    assert {one.certainty for one in views.answers_of(sent(form, **both))} == {Certainty.ASSUME}


def test_ones_own_answers_come_back_changed_or_deleted(nl: Texts) -> None:
    item = plain_meeting(1).items[0]
    mine = [
        Answer("ja", Certainty.KNOW, True, id="a1"),
        Answer("raakt niemand", None, id="a2"),
        Answer("nee", Certainty.DONT_KNOW, id="a3"),
    ]
    form = views.change_form(item, mine, nl)
    untouched = views.changes_of(sent(form))
    changes = {
        about(Field.TEXT, "a1"): typed("ja, zeker"),
        about(Field.DELETE, "a3"): {"selected_options": [{"value": "yes"}]},
    }

    assert [(name, change and change.of(mine[int(name[1]) - 1])) for name, change in untouched] == [
        (one.id, one) for one in reversed(mine)
    ]
    assert views.changes_of(sent(form, **changes)) == [
        ("a3", None),
        ("a2", Change(None, None)),
        ("a1", Change("ja, zeker", Certainty.KNOW, True)),
    ]


def test_a_draft_gets_another_title_and_day(nl: Texts) -> None:
    form = sent(views.title_form(plain_meeting(1), nl))

    assert (views.title_of(form), views.day_of(form)) == ("Teamoverleg wonen", date(2026, 11, 24))
    without = replace(plain_meeting(1), day=None)
    assert views.day_of(sent(views.title_form(without, nl))) is None


def test_a_reason_comes_back_in_words(nl: Texts) -> None:
    form = views.reason_form(plain_meeting(1).items[0], nl)

    assert views.reason_of(sent(form, text=typed(" gaat over ons "))) == "gaat over ons"
