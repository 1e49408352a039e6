"""The question about figures outside: what it says, within Slack's limits, calling nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.release import Floors
from bot.domain.schedule import Every
from bot.surfaces.slack import views
from bot.surfaces.slack.limits import wrong_message
from bot.usecases.ask_outside import QuestionView
from tests.surfaces.slack.test_views import TEXTS, payload

VIEW = QuestionView("nl", None, None, Floors())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("outside", [None, True, False])
@pytest.mark.parametrize("keeper", [None, "U1"])
def test_all_it_shows_is_in_its_text(
    language: str, outside: bool | None, keeper: str | None
) -> None:
    message = views.outside_question(replace(VIEW, outside=outside, keeper=keeper), TEXTS[language])

    assert wrong_message(payload(message)) == []
    *words, row, (who,) = (block.get("elements") or block["text"] for block in message.blocks)
    for shown in [*words, *(button["text"] for button in row), who]:
        assert shown["text"] in message.text
    assert ("<@U1>" in who["text"]) is (keeper is not None)


@pytest.mark.parametrize(
    ("askers", "often", "said"),
    [
        (1, {Every.WEEK}, "Een collega vroeg om zo'n overzicht. Het komt elke week."),
        (2, {Every.MONTH}, "Collega's vroegen om zo'n overzicht. Het komt na elke maand."),
        (0, {Every.WEEK}, "Jullie organisatie heeft zo'n overzicht ingesteld. Het komt elke week."),
        (2, set(Every), "Het komt elke week of na elke maand."),
    ],
)
def test_it_says_why_it_is_asked_until_that_is_chosen(
    askers: int, often: set[Every], said: str
) -> None:
    view = replace(VIEW, askers=askers, often=frozenset(often))

    assert said in views.outside_question(view, TEXTS["nl"]).text
    chosen = views.outside_question(replace(view, outside=True), TEXTS["nl"])
    assert "Het komt" not in chosen.text
    assert "Het komt" not in views.outside_question(VIEW, TEXTS["nl"]).text


def test_each_button_says_what_was_not_chosen() -> None:
    """(what was chosen, what the buttons would choose)"""

    def offered(outside: bool | None) -> list[bool]:
        message = views.outside_question(replace(VIEW, outside=outside), TEXTS["nl"])
        (row,) = (block for block in message.blocks if block["type"] == "actions")
        ids = [button["action_id"] for button in row["elements"]]
        return [views.outside_of(name.partition(":")[2]) for name in ids]

    assert {it: offered(it) for it in (None, True, False)} == {
        None: [True, False],
        True: [False],
        False: [True],
    }


def test_it_names_the_floors_that_hold_here() -> None:
    message = views.outside_question(replace(VIEW, floors=Floors(8, 6)), TEXTS["nl"])

    assert "minder dan 8 mensen of 6 overleggen" in message.text


def test_an_account_that_is_none_calls_nobody() -> None:
    message = views.outside_question(replace(VIEW, keeper="!channel"), TEXTS["nl"])

    assert "<" not in message.text
    assert message.text.endswith("Elk vast lid van dit kanaal mag dit kiezen, en later wijzigen.")
