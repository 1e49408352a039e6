"""The same agenda once more: pasted again, changed on purpose, or another week's."""

from __future__ import annotations

import pytest

from tests.slack.people import AGENDA, Office, Person


def agendas(office: Office) -> list[str]:
    """The texts of the agendas in the channel, oldest first."""
    texts = (str(message["text"]) for message in office.slack.messages("C1"))
    return [text for text in texts if "ik ben klantvraag" not in text]


def test_who_pastes_it_again_is_told_that_it_is_there(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.types(AGENDA + "\n5. Tevredenheidsonderzoek")
    assert "staat al in het kanaal" in str(fatima.form)
    assert (fatima.form or {})["submit"]["text"] == "Werk bij"
    fatima.fills_in()

    (agenda,) = agendas(office)
    assert "Tevredenheidsonderzoek" in agenda


def test_the_first_time_it_is_new(fatima: Person) -> None:
    fatima.types(AGENDA)

    assert "staat al in het kanaal" not in str(fatima.form)
    assert (fatima.form or {})["submit"]["text"] == "Plaats"


@pytest.mark.parametrize("answered", [True, False])
def test_next_weeks_agenda_with_the_same_title_is_another_one(
    office: Office, fatima: Person, posted: str, answered: bool
) -> None:
    if answered:
        fatima.says("2: Minder gedoe", thread=posted)
    office.clock.later(days=7)
    fatima.types(AGENDA.replace("Servicekosten 2027", "Telefoon dicht op vrijdag"))
    assert "staat al in het kanaal" not in str(fatima.form)
    fatima.fills_in()

    last_week, this_week = agendas(office)
    assert ("Minder gedoe" in last_week) == answered
    assert "Servicekosten" in last_week
    assert "Minder gedoe" not in this_week
    assert "2 punten open" in this_week


def test_the_agenda_is_changed_where_it_stands(office: Office, fatima: Person, posted: str) -> None:
    fatima.says("2: Minder gedoe", thread=posted)
    questions = [line for line in agendas(office)[0].splitlines() if line.endswith("?")]
    office.clock.later(days=1)
    fatima.pastes_again()
    text = str((fatima.form or {})["blocks"][0]["element"]["initial_value"])
    assert text.splitlines()[0] == "Teamoverleg"
    text = text.replace("Teamoverleg", "Teamoverleg wonen, dinsdag 1 december 2026")
    fatima.fills_in(agenda=f"{text}\n5. Tevredenheidsonderzoek")
    assert "Werk bij" in str(fatima.form)
    fatima.fills_in()

    (agenda,) = agendas(office)
    assert agenda.splitlines()[0].endswith("Teamoverleg wonen")
    assert "di 1 dec" in agenda
    assert "Minder gedoe" in agenda
    assert "Tevredenheidsonderzoek" in agenda
    assert set(questions) <= set(agenda.splitlines())


def test_a_retitled_agenda_is_found_under_its_new_title(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.pastes_again()
    fatima.fills_in()
    fatima.presses("Wijzig")
    fatima.fills_in(title="Wonen", day="2026-12-01")
    fatima.fills_in()
    fatima.types("Wonen dinsdag 1 december 2026\n1. Nieuw verhuisformulier\n2. Servicekosten 2027")
    assert "staat al in het kanaal" in str(fatima.form)


def test_what_the_text_does_not_tell_of_an_item_stays(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.pastes_again()
    fatima.fills_in()
    fatima.presses("", pick="Geen vraag", of="draft_menu:1")
    fatima.fills_in()
    assert "1 punt open" in agendas(office)[0]
    fatima.pastes_again()
    fatima.fills_in()
    assert "1 krijgt een vraag" in str(fatima.form)
    before = str(fatima.form)
    fatima.presses("", pick="Vervang de eerste vraag", of="draft_menu:2")
    assert str(fatima.form) != before
    fatima.fills_in()

    (agenda,) = agendas(office)
    assert "1 punt open" in agenda


def test_an_agenda_that_was_closed_meanwhile_is_not_changed(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.pastes_again()
    ruud = Person(office, "URUUD")
    ruud.presses("Sluit overleg af")
    ruud.fills_in()
    said = fatima.fills_in()

    assert "Dit overleg is afgesloten" in next(iter(said["errors"].values()))


LONG = "Jaardag\n" + "\n".join(f"{n}. Onderwerp {n} over {'de lift ' * 6}" for n in range(1, 61))


def test_a_long_agenda_is_changed_in_several_fields(office: Office, fatima: Person) -> None:
    fatima.points_at(text=LONG)
    fatima.fills_in()
    first = str(office.slack.messages("C1")[1]["ts"])
    fatima.pastes_again()
    fields = [block["element"]["initial_value"] for block in (fatima.form or {})["blocks"]]
    assert len(fields) > 1
    assert "\n".join(fields).count("Onderwerp") == 60
    fatima.fills_in()
    assert "60 punten gelezen" in str(fatima.form)
    assert "Niet meer op de agenda" not in str(fatima.form)
    fatima.fills_in()

    assert str(office.slack.messages("C1")[1]["ts"]) == first


def test_what_leaves_the_agenda_is_said_beforehand(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.pastes_again()
    fatima.fills_in(agenda="Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier")

    assert "Niet meer op de agenda: 3. Servicekosten 2027, 4. Rondvraag" in str(fatima.form)


def test_two_who_change_an_agenda_do_not_undo_each_other(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    for person in (fatima, ruud):
        person.pastes_again()
    fatima.fills_in(agenda=AGENDA.replace("Rondvraag", "Rondvraag en sluiting"))
    ruud.fills_in(agenda=f"{AGENDA}\n5. Lift kapot")
    ruud.fills_in()
    assert "Lift" in office.shown()
    fatima.fills_in()

    assert "intussen gewijzigd" in str(fatima.form)
    assert "Niet meer op de agenda: 5. Lift kapot" in str(fatima.form)
    assert "Lift" in office.shown()
    fatima.fills_in()
    assert fatima.form is None
    assert "Lift" not in office.shown()


def test_the_second_of_two_who_paste_it_is_told(
    office: Office, fatima: Person, ruud: Person
) -> None:
    office.deliveries = 2
    fatima.types(AGENDA)
    ruud.types(f"{AGENDA}\n5. Lift kapot")
    fatima.fills_in()
    ruud.fills_in()
    assert "intussen gewijzigd" in str(ruud.form)
    ruud.fills_in()

    (agenda,) = agendas(office)
    assert "Lift kapot" in agenda


def test_a_submission_that_comes_twice_is_no_change_meanwhile(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.types(f"{AGENDA}\n5. Lift kapot")
    office.deliveries = 2
    fatima.fills_in()

    assert office.acks == [{"response_action": "clear"}] * 2


def test_another_subject_gets_other_questions(office: Office, fatima: Person, posted: str) -> None:
    def questions(title: str) -> list[str]:
        lines = agendas(office)[0].splitlines()
        return lines[lines.index(title) + 1 :][:2]

    before = questions("2. Nieuw verhuisformulier")
    fatima.pastes_again()
    fatima.fills_in(agenda=AGENDA.replace("Nieuw verhuisformulier", "Telefoon dicht op vrijdag"))
    fatima.fills_in()

    assert questions("2. Telefoon dicht op vrijdag") != before


@pytest.mark.parametrize("gone", ["deleted", "refused"])
def test_what_does_not_stand_there_is_not_said_to(
    office: Office, fatima: Person, gone: str
) -> None:
    fatima.types(AGENDA)
    if gone == "refused":
        office.slack.channel("C1").restricted = "restricted_action"
    fatima.fills_in()
    if gone == "deleted":
        fatima.presses("Antwoord")
        office.slack.channel("C1").messages.popitem()
        fatima.fills_in(text="Minder gedoe")
    fatima.types(AGENDA)

    assert "staat al in het kanaal" not in str(fatima.form)
    assert (fatima.form or {})["submit"]["text"] == "Plaats"


def test_a_day_that_is_taken_out_is_gone_and_a_title_stays(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA.replace("Teamoverleg", "Teamoverleg dinsdag 1 december 2026 10.00 uur"))
    fatima.fills_in()
    assert "di 1 dec" in agendas(office)[0]
    fatima.pastes_again()
    fatima.fills_in(agenda="1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027")
    fatima.fills_in()

    (agenda,) = agendas(office)
    assert "Teamoverleg" in agenda.splitlines()[0]
    assert "di 1 dec" not in agenda
    assert "10.00" not in agenda


def test_the_shortcut_at_an_agenda_of_ours_changes_it(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.points_at(text=office.shown(), ts=posted)
    assert "2. Nieuw verhuisformulier" in str(fatima.form)
    fatima.presses("Plak de agenda opnieuw")

    field = (fatima.form or {})["blocks"][0]["element"]
    assert field["initial_value"].splitlines() == ["Teamoverleg", "", *AGENDA.splitlines()[1:]]
