"""What is said in a channel where talk is counted, and what was counted of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import Any

from bot.storage import channels, talk_days
from bot.storage.connections import open_file
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import Office, Person
from tests.slack.workspace import TEAM

NAMING = "Een huurder belde over de lekkage."
OTHER = "De begroting is klaar."
ON, OFF = "Vanaf nu tel ik hoe vaak jullie klant", "Ik tel niet meer hoe vaak jullie klant"
TODAY = date(2026, 11, 24)


def switch(person: Person, *, on: bool) -> None:
    person.types("instellingen")
    person.fills_in(talk=True if on else [])


def counted(toolbox: Toolbox, first: date = TODAY, last: date = TODAY) -> tuple[int, int]:
    """(messages, those that name the customer) of some days."""
    with toolbox.read(Caller("slack", TEAM, "C1", "")) as session:
        return talk_days.count(session, channels.find(session, "slack", "C1") or "", first, last)


def last_message(office: Office) -> Mapping[str, Any]:
    return office.slack.messages("C1")[-1]


def run(toolbox: Toolbox, sql: str) -> None:
    with closing(open_file(toolbox.database.path, "rw")) as connection:
        connection.execute(sql)
