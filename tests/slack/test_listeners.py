"""What people do in Slack, and what they are told when it can't be done."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bot.surfaces.slack import journal
from bot.usecases import draft_agenda
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import AGENDA, Office, Person, signed_request
from tests.slack.workspace import BOT, TEAM


def titles(form: dict[str, Any]) -> str:
    return json.dumps(form["blocks"], ensure_ascii=False)


def test_where_it_is_not_it_asks_to_be_invited(office: Office, fatima: Person) -> None:
    office.slack.members.clear()
    fatima.types()

    assert fatima.heard == "Ik zit nog niet in dit kanaal. Typ /invite @klantvraag."
    assert fatima.form is None


def test_the_first_call_introduces_it_where_nobody_told_that_it_was_added(
    office: Office, fatima: Person
) -> None:
    fatima.types()

    assert "wie is jullie klant?" in office.shown()
    assert fatima.form is not None
    fatima.types()
    assert len(office.slack.messages("C1")) == 1


def test_somebody_else_who_joins_gets_no_introduction(office: Office) -> None:
    office.event(type="member_joined_channel", channel="C1", user="URUUD")

    assert office.slack.messages("C1") == []


def test_once_taken_out_it_is_quiet(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("Antwoord")
    office.event(type="channel_left", channel="C1")
    before = office.shown()
    fatima.fills_in(text="Minder gedoe")

    assert office.shown() == before


def test_a_channel_of_which_only_an_agenda_was_kept_is_asked_for_its_customer(
    office: Office, fatima: Person
) -> None:
    draft_agenda.draft(office.toolbox, Caller("slack", TEAM, "C1", "URUUD"), AGENDA)
    fatima.types()

    assert "wie is jullie klant?" in office.shown()


@pytest.mark.parametrize(
    ("word", "told"), [("bewoner", "‘de huurder’"), ("de bewoners", "Schrijf ‘de bewoner’")]
)
def test_own_words_name_one_with_an_article_and_what_was_typed_stays(
    office: Office, fatima: Person, word: str, told: str
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    said = fatima.fills_in(customer=word)
    assert said["response_action"] == "errors"
    assert told in said["errors"]["customer"]

    fatima.fills_in(customer="de bewoner")
    assert "Ik noem jullie klant ‘de bewoner’." in office.shown()


def test_another_sector_replaces_a_word_of_ones_own_that_was_left_as_it_stood(
    office: Office, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(customer="de bewoner")
    fatima.presses("Instellingen")
    fatima.fills_in(questions="1")
    assert "Ik noem jullie klant ‘de bewoner’." in office.shown()
    fatima.presses("Instellingen")
    fatima.fills_in(sector="de patiënt")
    assert "Ik noem jullie klant ‘de patiënt’." in office.shown()
    fatima.presses("Instellingen")
    fatima.fills_in(sector="de reiziger", customer="de forens")
    assert "Ik noem jullie klant ‘de forens’." in office.shown()


def test_settings_are_kept_and_shown_again(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    fatima.presses("Instellingen")
    fatima.fills_in(
        promise="binnen een dag antwoord", questions="1", language="en", level="tactical"
    )
    assert "I call your customer ‘the tenant’" in office.shown()

    fatima.presses("Settings")
    assert fatima.form is not None
    shown = titles(fatima.form)
    assert "binnen een dag antwoord" in shown
    assert '"initial_option": {"text": {"type": "plain_text", "text": "1"' in shown


def test_procedural_items_get_questions_where_the_channel_wants_so(
    office: Office, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in()
    fatima.presses("Instellingen")
    fatima.fills_in(procedural=True)
    fatima.types(AGENDA)

    assert "4 punten gelezen, 4 krijgen een vraag" in str(fatima.form)


def test_guests_change_no_settings(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    office.slack.guests.add("UFATIMA")
    fatima.presses("Noem jullie klant")

    assert fatima.form is None
    assert fatima.heard == (
        "Alleen vaste leden van dit kanaal wijzigen de instellingen. Vraag het een van hen."
    )


def test_help_offers_the_form(office: Office, fatima: Person) -> None:
    fatima.types("lunch")
    fatima.presses("Plak een agenda")

    assert fatima.form is not None


def test_a_message_is_pointed_at(office: Office, fatima: Person) -> None:
    fatima.points_at("*Teamoverleg* &amp; meer\n1. Opening\n2. <https://x.nl|Huur> &lt;2027&gt;")
    assert fatima.form is not None
    assert "Huur <2027>" in titles(fatima.form) or "Huur &lt;2027&gt;" in titles(fatima.form)
    fatima.fills_in()

    assert office.shown().startswith("Agenda klaar: Teamoverleg &amp; meer")


def test_no_agenda_is_said_and_what_was_pasted_stays(office: Office, fatima: Person) -> None:
    fatima.types()
    said = fatima.fills_in(agenda="  –  ")
    assert "agendapunten" in next(iter(said["errors"].values()))
    assert fatima.form is not None


def test_the_preview_changes_as_people_want(office: Office, fatima: Person) -> None:
    fatima.types(AGENDA)
    fatima.presses("Toch een vraag bij…", pick="1. Opening")
    assert "3 krijgen een vraag" in str(fatima.form)
    fatima.presses("", pick="Geen vraag", of="draft_menu:0")
    assert "2 krijgen een vraag" in str(fatima.form)
    before = titles(fatima.form or {})
    fatima.presses("", pick="Vervang de eerste vraag", of="draft_menu:1")
    assert titles(fatima.form or {}) != before
    preview = titles(fatima.form or {})
    fatima.presses("Wijzig")
    fatima.fills_in(title="Teamoverleg wonen", day="2026-12-01")
    assert "Teamoverleg wonen, di 1 dec" in str(fatima.form)
    fatima.fills_in()

    questions = [line for line in office.shown().splitlines() if line.endswith("?")]
    assert len(questions) == 4
    assert all(question in preview for question in questions)


def test_an_answer_needs_words(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("Antwoord")
    said = fatima.fills_in()

    assert "Schrijf een paar woorden" in next(iter(said["errors"].values()))


def test_ones_own_answers_are_changed_and_deleted_and_no_others(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")
    ruud.presses("", pick="Wijzig of wis mijn antwoord")
    assert "heb je nog geen antwoord gegeven" in ruud.heard
    fatima.presses("", pick="Wijzig of wis mijn antwoord")
    fatima.fills_in(delete=True)

    assert "Minder gedoe" not in office.shown()


def test_not_applicable_is_undone(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("3", of="not_applicable")
    assert "N.v.t." in office.shown()
    fatima.presses("Maak ongedaan")

    assert "staat weer open" in fatima.heard
    assert "2 punten open" in office.shown()


def test_a_reason_in_ones_own_words(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("3", of="not_applicable")
    fatima.presses("Anders…")
    fatima.fills_in(text="is al besloten")

    assert "N.v.t.: is al besloten" in office.shown()


def test_a_closed_meeting_is_opened_again(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    fatima.says("2: te laat", thread=posted)
    assert "Dit overleg is afgesloten" in fatima.heard
    fatima.presses("", pick="Open het overleg weer")
    fatima.says("2: op tijd", thread=posted)

    assert "op tijd" in office.shown()


def test_a_person_hears_their_own_language_and_the_channel_its_own(
    office: Office, fatima: Person, toolbox: Toolbox, posted: str
) -> None:
    caller = Caller("slack", TEAM, "C1", "UFATIMA")
    with toolbox.write(caller) as session:
        session.rows("update people set language = 'en' where workspace_id = :workspace_id")
    fatima.types("lunch")

    assert "I don't know" in fatima.heard
    assert "Agenda klaar" in office.shown()


ENGLISH = "Team meeting\n1. Welcome\n2. New moving form for the tenants\n3. Any other business"


def test_what_is_about_an_english_agenda_is_in_english(office: Office, fatima: Person) -> None:
    fatima.types(ENGLISH)
    assert "1 gets a question" in str(fatima.form)
    fatima.fills_in()
    assert "1 item open" in office.shown()
    fatima.presses("Answer")
    assert "How sure is this?" in str(fatima.form)
    fatima.fills_in(text="Less hassle")
    fatima.types("help")

    assert "Less hassle" in office.shown()
    assert "Dit kan ik voor je doen" in fatima.heard


def test_what_is_refused_about_an_english_agenda_is_in_english(
    office: Office, fatima: Person, ruud: Person
) -> None:
    fatima.types(ENGLISH)
    fatima.fills_in()
    fatima.presses("Answer")
    empty = fatima.fills_in()
    ruud.presses("Answer")
    fatima.presses("Close meeting")
    fatima.fills_in()
    late = ruud.fills_in(text="Less hassle")

    assert "Write a few words" in str(empty["errors"])
    assert "This meeting is closed" in str(late["errors"])


def test_a_button_of_an_english_agenda_is_refused_in_english(
    office: Office, fatima: Person, ruud: Person
) -> None:
    fatima.types(ENGLISH)
    fatima.fills_in()
    fatima.presses("2", of="not_applicable")
    office.slack.whispers["URUUD"] = list(office.slack.whispers["UFATIMA"])
    fatima.presses("Undo")
    ruud.presses("Undo")

    assert "This answer was deleted already" in ruud.heard


def test_an_own_word_is_used_in_its_own_language(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(customer="de flatbewoner")
    fatima.types(ENGLISH)

    assert "the customer" in str(fatima.form)
    assert "flatbewoner" not in str(fatima.form)


def test_an_own_word_in_another_language_than_the_channel_s_is_refused_below_its_field(
    office: Office, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(customer="de flatbewoner")
    fatima.presses("Instellingen")
    refused = fatima.fills_in(language="en")
    assert list(refused["errors"]) == ["customer"]
    assert "zoals ‘the customer’" in refused["errors"]["customer"]
    fatima.fills_in(language="en", customer="the resident")

    assert "the resident" in office.shown()


def test_somebody_who_reads_another_language_leaves_an_own_word_as_it_is(
    office: Office, fatima: Person, toolbox: Toolbox
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(customer="de flatbewoner")
    with toolbox.write(Caller("slack", TEAM, "C1", "UFATIMA")) as session:
        session.rows("update people set language = 'en' where workspace_id = :workspace_id")
    fatima.presses("Instellingen")
    fatima.fills_in(questions="1")

    assert "de flatbewoner" in office.shown()


def test_my_colleagues_and_all_tenants_are_many(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    for words in ("mijn collega's", "alle huurders"):
        assert "over één van hen" in fatima.fills_in(customer=words)["errors"]["customer"]


def test_what_can_not_be_kept_is_said_and_what_was_typed_stays(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("Antwoord")
    path = office.toolbox.config.database
    path.rename(path.with_name("weg.db"))
    said = fatima.fills_in(text="Minder gedoe")
    path.with_name("weg.db").rename(path)

    assert "Ik kan nu niets bewaren" in next(iter(said["errors"].values()))
    fatima.fills_in(text="Minder gedoe")
    assert "Minder gedoe" in office.shown()


def test_an_event_that_can_not_be_kept_is_not_acknowledged(
    office: Office, fatima: Person, posted: str
) -> None:
    path = office.toolbox.config.database
    path.rename(path.with_name("weg.db"))
    with pytest.raises(AssertionError, match="500"):
        fatima.says("2: Minder gedoe", thread=posted)
    path.with_name("weg.db").rename(path)


def test_what_nobody_expected_gets_a_number_that_is_in_the_log(
    office: Office, fatima: Person, posted: str, caplog: pytest.LogCaptureFixture
) -> None:
    fatima.presses("Antwoord")
    assert fatima.form is not None
    fatima.form["private_metadata"] = "{}"
    said = fatima.fills_in(text="heel geheim")

    sentence = next(iter(said["errors"].values()))
    number = vars(caplog.records[-1])["id"]
    assert sentence.endswith(f"dit nummer {number}.")
    assert "geheim" not in journal.JsonLines().format(caplog.records[-1])


def test_the_log_has_no_token_and_no_words_of_people() -> None:
    try:
        int("Ruud zei: heel geheim")
    except ValueError as error:
        record = logging.LogRecord(
            "bot", logging.ERROR, "f", 1, "mis", (), (ValueError, error, error.__traceback__)
        )
    record.url = "wss://x/?ticket=abc-123&token=xoxb-12-AB"
    line = journal.JsonLines().format(record)

    assert json.loads(line)["error"] == "ValueError"
    assert json.loads(line)["event"] == "mis"
    for secret in ("geheim", "abc-123", "xoxb-12-AB"):
        assert secret not in line


@pytest.mark.parametrize("secret", ["", "another"])
def test_a_request_that_is_not_slacks_is_refused(office: Office, secret: str) -> None:
    request = signed_request('{"type": "event_callback"}', "application/json", secret or "x")

    assert office.app.dispatch(request).status == 401
