"""Figures outside a channel: asked in it, answered by who may, taken back there or in settings."""

from __future__ import annotations

import pytest

from bot.domain.view import Scope
from bot.usecases import ask_outside
from bot.usecases.toolbox import Toolbox
from tests.slack.asking import (
    COUNTS,
    OURS,
    QUESTION,
    REFUSED,
    STAYS,
    chosen,
    question,
    questions,
    something_else_happens,
    told,
)
from tests.slack.people import Office, Person
from tests.slack.workspace import ALL, BOT
from tests.surfaces.slack.drawing import drawn


def test_the_question_as_everybody_in_the_channel_reads_it(office: Office, ask) -> None:
    assert ask() == 1

    assert question(office) == [
        "Mogen de cijfers van dit kanaal meetellen in overzichten van meer kanalen, voor collega's"
        " buiten dit kanaal?",
        "Zo'n overzicht laat zien hoe vaak de klant ter sprake komt en wat er met de vragen"
        " gebeurt. Het telt de kanalen die meedoen samen, ook van de weken hiervoor. Er staan"
        " alleen aantallen en percentages in: geen namen, agendapunten of antwoorden. Gaat een"
        " cijfer over minder dan 5 mensen of 5 overleggen, dan staat het er niet in. Stoppen jullie"
        " later, dan blijft staan wat al verstuurd is.",
        "Kies: Ja, tel mee, Nee.",
        "Elk vast lid van dit kanaal mag dit kiezen, en later wijzigen.",
    ]
    assert "thread_ts" not in questions(office)[0]


def test_yes_is_shown_and_told_and_can_be_taken_back(
    office: Office, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    ruud.presses("Ja, tel mee")

    assert chosen(toolbox).outside is True
    assert question(office)[0] == COUNTS
    assert question(office)[-2:] == [
        "Kies: Tel niet meer mee.",
        "Wijzigen? Elk vast lid van dit kanaal mag dat.",
    ]
    assert told(office) == [
        "Cijfers tellen mee in overzichten van meer kanalen: nee → ja\nGewijzigd door <@URUUD>"
    ]

    ruud.presses("Tel niet meer mee")
    assert chosen(toolbox).outside is False
    assert question(office) == [
        STAYS,
        "Kies: Tel toch mee.",
        "Wijzigen? Elk vast lid van dit kanaal mag dat.",
    ]
    assert told(office)[1].startswith(
        "Cijfers tellen mee in overzichten van meer kanalen: ja → nee"
    )

    ruud.presses("Tel toch mee")
    assert (question(office)[0], len(questions(office))) == (COUNTS, 1)


def test_no_is_shown_and_nobody_is_asked_again(
    office: Office, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    ruud.presses("Nee")

    assert question(office)[0] == STAYS
    assert told(office) == [], "nothing changed"
    assert (chosen(toolbox).outside, ask()) == (False, 0)


@pytest.mark.parametrize("who", ["guest", "outsider", "elsewhere"])
def test_who_may_not_change_settings_may_not_answer(
    office: Office, ruud: Person, ask, toolbox: Toolbox, who: str
) -> None:
    ask()
    match who:
        case "guest":
            office.slack.guests.add("URUUD")
        case "outsider":
            office.slack.homes["URUUD"] = "T9"
        case _:
            office.slack.people["C1"].remove("URUUD")
    ruud.presses("Ja, tel mee")

    assert ruud.heard == REFUSED
    assert chosen(toolbox).outside is None
    assert question(office)[0].startswith(QUESTION)


def test_where_somebody_is_named_only_they_may(
    office: Office, fatima: Person, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    fatima.presses("Instellingen")
    fatima.fills_in(keeper="UFATIMA")
    assert question(office)[-1] == "<@UFATIMA> mag dit kiezen, en later wijzigen."

    ruud.presses("Ja, tel mee")
    assert ruud.heard == "Alleen Fatima mag hier de instellingen wijzigen. Vraag het aan Fatima."
    assert chosen(toolbox).outside is None

    fatima.presses("Ja, tel mee")
    assert question(office)[-1] == "Wijzigen? Vraag het aan <@UFATIMA>."
    assert chosen(toolbox).outside is True


def test_who_was_named_and_left_locks_nobody_out(
    office: Office, fatima: Person, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    fatima.presses("Instellingen")
    fatima.fills_in(keeper="UFATIMA")
    office.slack.people["C1"].remove("UFATIMA")
    ruud.presses("Ja, tel mee")

    assert chosen(toolbox).outside is True
    assert told(office)[-1].splitlines() == [
        "Cijfers tellen mee in overzichten van meer kanalen: nee → ja",
        "Wie dit mag wijzigen: <@UFATIMA> → elk vast lid van dit kanaal",
        "Gewijzigd door <@URUUD>",
    ]


def test_a_tap_that_comes_twice_counts_once(office: Office, ruud: Person, ask) -> None:
    ask()
    office.deliveries = 3
    ruud.presses("Ja, tel mee")

    assert len(told(office)) == 1


def test_while_slack_does_not_say_who_may_nothing_is_kept(
    office: Office, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    office.slack.scopes["xoxb-test"] = ALL - {"users:read"}
    ruud.presses("Ja, tel mee")

    assert chosen(toolbox).outside is None


def test_settings_and_question_say_the_same(
    office: Office, fatima: Person, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    ruud.presses("Instellingen")
    ruud.fills_in(outside=True)
    assert question(office)[0] == COUNTS

    ruud.presses("Instellingen")
    assert "☑ Tel onze cijfers mee" in drawn(ruud.form or {})
    ruud.fills_in(questions="1")
    assert chosen(toolbox).outside is True


def test_a_form_that_was_open_does_not_undo_what_somebody_chose_meanwhile(
    office: Office, fatima: Person, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    ruud.presses("Instellingen")
    fatima.presses("Ja, tel mee")
    ruud.fills_in(questions="1")

    assert chosen(toolbox).outside is True


def test_before_the_customer_is_known_it_can_be_answered(
    office: Office, ruud: Person, toolbox: Toolbox
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    with toolbox.write(OURS) as session:
        meant = [one.id for one in ask_outside.in_scope(session, Scope())]
        ask_outside.ask(session, "slack", meant, toolbox.now())
    something_else_happens(office)
    ruud.presses("Ja, tel mee")

    assert chosen(toolbox).outside is True
    assert "wie is jullie klant?" in office.slack.messages("C1")[0]["text"]


def test_in_an_english_channel_it_is_asked_in_english(office: Office, fatima: Person, ask) -> None:
    fatima.presses("Instellingen")
    fatima.fills_in(language="en")
    ask()

    assert question(office)[0].startswith("May the figures of this channel count")
    assert question(office)[2] == "Choose: Yes, count us, No."


def test_where_we_were_taken_out_it_counts_no_longer(
    office: Office, ruud: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    ruud.presses("Ja, tel mee")

    def counting() -> list[str]:
        with toolbox.read(OURS) as session:
            there = ask_outside.in_scope(session, Scope())
        return [one.platform_id for one in there if ask_outside.counts(one)]

    assert counting() == ["C1"]
    office.event(type="channel_left", channel="C1")
    assert counting() == []
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    assert counting() == ["C1"], "what they chose stays"
