"""Notes at items: one's own, without a name, shown shortly, read whole, heard by the closing."""

from __future__ import annotations

from tests.slack.people import Office, Person


def test_a_note_at_an_item_is_shown_changed_and_taken_away(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.says("2: Minder gedoe", thread=posted)
    fatima.presses("", pick="Notitie", of="item_menu")
    fatima.fills_in(text="Joke belt de gemeente")
    ruud.presses("", pick="Notitie", of="item_menu")
    assert "Joke" not in str(ruud.form), "each has a note of their own"
    ruud.fills_in(text="Begroting volgt")
    assert "Notitie: Joke belt de gemeente / Begroting volgt" in office.shown()
    assert "FATIMA" not in str(office.slack.messages("C1"))

    fatima.presses("", pick="Notitie", of="item_menu")
    assert "Joke belt de gemeente" in str(fatima.form)
    fatima.fills_in(text="")
    assert "Notitie: Begroting volgt" in office.shown()


def test_a_note_at_an_item_that_is_open_goes_by_the_menu_of_the_meeting(
    office: Office, fatima: Person, posted: str
) -> None:
    for words in ("Joke belt", "Ruud schrijft"):
        fatima.presses("", pick="Notitie", of="meeting_menu")
        fatima.fills_in(item="3. Servicekosten 2027", text=words)

    assert "Notitie: Joke belt Ruud schrijft" in office.shown()
    fatima.presses("", pick="Notitie", of="meeting_menu")
    said = fatima.fills_in(item="3. Servicekosten 2027", text="x" * 2_990)
    assert "langer dan 3000 tekens" in str(said["errors"])


def test_a_long_note_is_read_whole_also_after_closing_and_then_no_more_is_noted(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    ruud.presses("", pick="Notitie", of="meeting_menu")
    fatima.presses("", pick="Notitie", of="meeting_menu")
    fatima.fills_in(item="3. Servicekosten 2027", text=f"{'lang ' * 60}einde")
    assert "einde" not in office.shown()
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    said = ruud.fills_in(item="3. Servicekosten 2027", text="te laat")

    assert "Dit overleg is afgesloten" in str(said["errors"])
    ruud.office.slack.forms["URUUD"].clear()
    ruud.presses("", pick="Lees alle antwoorden", of="item_menu")
    assert "einde" in str(ruud.form)


def test_a_note_that_names_the_customer_is_ticked_in_the_closing(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("", pick="Notitie", of="meeting_menu")
    fatima.fills_in(item="3. Servicekosten 2027", text="een klant klaagde")
    fatima.presses("Sluit overleg af")

    assert fatima.form is not None
    ticked = fatima.form["blocks"][0]["element"]["initial_options"]
    assert [option["text"]["text"] for option in ticked] == ["3. Servicekosten 2027"]


def test_a_note_is_not_put_under_another_subject(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.says("2: Minder gedoe", thread=posted)
    fatima.presses("", pick="Notitie", of="item_menu")
    before = office.slack.forms["UFATIMA"][-1]
    asked = before["private_metadata"].replace("Nieuw verhuisformulier", "Lift vervangen")
    office.slack.forms["UFATIMA"][-1] = before | {"private_metadata": asked}
    said = fatima.fills_in(text="bellen")

    assert "Dit punt heet nu ‘Nieuw verhuisformulier’" in str(said["errors"])
