"""The shortcut at a message: wherever its agenda stands in it, and where there is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.surfaces.slack.message_text import text_of
from bot.surfaces.slack.received import words
from tests.slack.people import AGENDA, Office, Person

Values = dict[str, Any]


def text(words: str, kind: str = "text") -> Values:
    return {"type": kind, "text": words}


def run(*elements: Values) -> Values:
    return {"type": "rich_text_section", "elements": list(elements)}


def listed(*items: str, style: str = "ordered", **more: int) -> Values:
    elements = [run(text(item)) for item in items]
    return {"type": "rich_text_list", "style": style, "elements": elements, **more}


def rich(*elements: Values) -> Values:
    return {"type": "rich_text", "elements": list(elements)}


RICH = rich(
    run(text("Teamoverleg "), {"type": "user", "user_id": "U7"}, text("\n")),
    listed("Opening", "Nieuw verhuisformulier"),
    listed("wie bericht", style="bullet", indent=1),
    listed("Servicekosten 2027", "Rondvraag", offset=2),
)
OF_AN_APP: Values = {
    "type": "section",
    "text": text("*Teamoverleg*", "mrkdwn"),
    "fields": [text("1. Nieuw verhuisformulier", "mrkdwn"), text("2. Servicekosten", "plain_text")],
}
SHARED: Values = {"is_share": True, "from_url": "https://x.slack.com/archives/C2/p1"}

MESSAGES: dict[str, Values] = {
    "rich text": {"text": "<@U7>", "blocks": [RICH]},
    "an app's blocks": {"text": "Agenda", "subtype": "bot_message", "blocks": [OF_AN_APP]},
    "header and context": {
        "text": "",
        "blocks": [
            {"type": "header", "text": text("Teamoverleg", "plain_text")},
            {"type": "divider"},
            {"type": "context", "elements": [text("1. Nieuw verhuisformulier", "mrkdwn")]},
            {"type": "markdown", "text": "2. Servicekosten 2027"},
        ],
    },
    "an attachment": {"text": "", "attachments": [{"text": AGENDA, "fallback": "Agenda"}]},
    "its fallback": {"text": "", "attachments": [{"fallback": AGENDA}]},
    "forwarded": {"text": "<@U7>", "attachments": [SHARED | {"text": AGENDA}]},
    "forwarded with words": {"text": "Voor morgen:", "attachments": [SHARED | {"text": AGENDA}]},
    "forwarded in blocks": {
        "text": "",
        "attachments": [SHARED | {"message_blocks": [{"message": {"blocks": [RICH]}}]}],
    },
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_an_agenda_is_read_wherever_it_stands(office: Office, fatima: Person, kind: str) -> None:
    fatima.points_at(**MESSAGES[kind])

    assert fatima.form is not None, fatima.heard
    shown = json.dumps(fatima.form, ensure_ascii=False)
    assert "Nieuw verhuisformulier" in shown
    assert "Servicekosten" in shown
    assert "Voor morgen" not in shown.partition("Niet als punt gelezen")[0]
    assert shown.count("Nieuw verhuisformulier") == 1


def test_lists_are_read_as_lines_with_their_numbers() -> None:
    assert text_of({"text": "", "blocks": [RICH]}).splitlines() == [
        "Teamoverleg ",
        "1. Opening",
        "2. Nieuw verhuisformulier",
        "    • wie bericht",
        "3. Servicekosten 2027",
        "4. Rondvraag",
    ]


def test_what_slack_shows_of_a_link_is_not_on_the_agenda() -> None:
    link = {"from_url": "https://nieuws.nl", "text": "Nieuws van vandaag", "title": "Nieuws"}

    assert text_of({"text": "1. Huur\n2. Lift", "attachments": [link]}) == "1. Huur\n2. Lift"
    assert text_of({"text": "", "attachments": [link]}) == "Nieuws van vandaag"


@pytest.mark.parametrize("said", ["", "<@U7>", "<!here>", "–"])
def test_where_nothing_can_be_read_it_says_so(office: Office, fatima: Person, said: str) -> None:
    fatima.points_at(said)

    assert fatima.form is None
    assert fatima.heard.startswith("Hier lees ik geen agendapunten in.")


@pytest.mark.parametrize("said", ["", "Hierbij de agenda"])
def test_a_file_can_not_be_read_yet(office: Office, fatima: Person, said: str) -> None:
    fatima.points_at(said, files=[{"id": "F1", "name": "agenda.docx"}])

    assert fatima.form is None
    assert fatima.heard.startswith("Bestanden kan ik hier nog niet lezen.")


def test_where_it_is_not_it_asks_to_be_invited(office: Office, fatima: Person) -> None:
    office.slack.members.clear()
    fatima.points_at(AGENDA)

    assert fatima.form is None
    assert "Typ /invite @klantvraag" in fatima.heard


def test_where_it_is_new_it_introduces_itself(office: Office, fatima: Person) -> None:
    fatima.points_at(AGENDA)
    fatima.fills_in()

    first, second = (message["text"] for message in office.slack.messages("C1"))
    assert "wie is jullie klant?" in first
    assert second.startswith("Agenda klaar")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Begroting 2027 (<@U1>)", "Begroting 2027"),
        ("Begroting [<@U1>, <@U2> & <!subteam^S1>] 10 min", "Begroting 10 min"),
        ("Huur (10 min)", "Huur (10 min)"),
        ("Lift (<@U1|Fatima>)", "Lift (Fatima)"),
        ("a (b) <@U1> (c)", "a (b)  (c)"),
    ],
)
def test_brackets_do_not_stay_empty(said: str, read: str) -> None:
    assert words(said) == read
