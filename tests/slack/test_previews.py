"""The preview shows the draft as it is, whatever goes wrong and in whichever order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tests.slack.people import Office, Person
from tests.slack.workspace import OF_A_VIEW

AGENDA = "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027\n4. Lift"
NOT_KEPT = "Ik kan nu niets bewaren"


@contextmanager
def database_gone(office: Office) -> Iterator[None]:
    path = office.toolbox.config.database
    path.rename(path.with_name("weg.db"))
    yield
    path.with_name("weg.db").rename(path)


def shown(person: Person) -> str:
    assert person.form is not None
    return json.dumps(person.form["blocks"], ensure_ascii=False)


def test_what_can_not_be_posted_stays_on_the_screen(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    whole = shown(fatima)
    for _ in range(2):
        with database_gone(office):
            said = fatima.fills_in()
        assert said["response_action"] == "update"
        assert shown(fatima).count(NOT_KEPT) == 1
        assert fatima.form is not None
        assert fatima.form["blocks"][0]["text"]["text"].startswith(NOT_KEPT)
        assert whole[1:-1] in shown(fatima)
    assert office.slack.whispers["UFATIMA"] == []

    fatima.fills_in()
    assert office.shown().startswith("Agenda klaar")


def test_the_last_item_can_not_be_left_out(office: Office, fatima: Person) -> None:
    fatima.types("1. Huurverhoging 2027")
    fatima.presses("", pick="Weglaten")

    assert "Laat er één staan" in shown(fatima)
    assert "Huurverhoging" in shown(fatima)
    assert office.slack.whispers["UFATIMA"] == []
    fatima.presses("", pick="Vervang de eerste vraag")
    assert "Laat er één staan" not in shown(fatima)


def test_a_change_that_can_not_be_kept_is_told_in_the_form(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    with database_gone(office):
        fatima.presses("", pick="Weglaten", of="draft_menu:1")

    assert NOT_KEPT in shown(fatima)
    assert "verhuisformulier" in shown(fatima)


def test_what_goes_wrong_in_a_form_that_changed_meanwhile_is_whispered(
    office: Office, fatima: Person
) -> None:
    fatima.types("1. Huurverhoging 2027")
    assert fatima.form is not None
    other = {key: part for key, part in fatima.form.items() if key in OF_A_VIEW}
    number = fatima.form["id"]
    office.slack.meanwhile["views.update"] = lambda: office.slack.replace(number, other)
    fatima.presses("", pick="Weglaten")

    assert "Laat er één staan" in fatima.heard
    assert "Laat er één staan" not in shown(fatima)


def test_taps_in_a_row_are_drawn_in_any_order(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    run, office.after.run = office.after.run, lambda: None  # type: ignore[method-assign]
    fatima.presses("", pick="Weglaten", of="draft_menu:1")
    fatima.presses("", pick="Weglaten", of="draft_menu:2")
    office.after.waiting.reverse()
    run()

    assert "verhuisformulier" not in shown(fatima)
    assert "Servicekosten" not in shown(fatima)


def test_an_older_drawing_does_not_stay(office: Office, fatima: Person) -> None:
    """The second tap is drawn while the first one's drawing is on its way."""
    fatima.types(AGENDA)
    again = lambda: fatima.presses("", pick="Weglaten", of="draft_menu:2")  # noqa: E731
    office.slack.meanwhile["views.update"] = again
    fatima.presses("", pick="Weglaten", of="draft_menu:1")

    assert "verhuisformulier" not in shown(fatima)
    assert "Servicekosten" not in shown(fatima)


def test_a_preview_that_was_closed_is_not_drawn_any_more(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    office.slack.meanwhile["views.update"] = fatima.fills_in
    fatima.presses("", pick="Weglaten", of="draft_menu:1")

    assert office.shown().startswith("Agenda klaar")
    assert office.slack.whispers["UFATIMA"] == []


def test_a_form_that_came_twice_closes_itself_only(office: Office, fatima: Person) -> None:
    office.deliveries = 2
    fatima.types(AGENDA)
    fatima.presses("", pick="Titel wijzigen", of="draft_menu:1")
    answers = []
    dispatch = office._dispatch

    def noted(body: dict[str, object], kind: str) -> dict[str, object]:
        answers.append(dispatch(body, kind))
        return answers[-1]

    office._dispatch = noted  # type: ignore[method-assign]
    fatima.fills_in(title="Verhuizen")
    assert answers == [{}, {}]
    assert "Verhuizen" in shown(fatima)

    fatima.fills_in()
    assert answers[2:] == [{"response_action": "clear"}] * 2
