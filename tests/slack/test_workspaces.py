"""The workspace is the one the app was installed in, whoever writes; and what we may do there."""

from __future__ import annotations

import pytest

from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.office import office_of
from tests.slack.people import AGENDA, Office, Person
from tests.slack.workspace import ALL, BOT, TEAM

HISTORY = {"channels:history", "groups:history"}


@pytest.fixture
def posted(office: Office, fatima: Person) -> str:
    fatima.types(AGENDA)
    fatima.fills_in()
    return str(office.slack.messages("C1")[-1]["ts"])


def test_a_reply_from_another_organisation_is_kept_in_our_workspace(
    office: Office, posted: str
) -> None:
    event = {"type": "message", "channel": "C1", "user": "UEXT", "ts": "1795000009.1"}
    event |= {"text": "2: Ook bij ons minder gedoe", "thread_ts": posted}
    body = {"type": "event_callback", "team_id": "TOTHER", "event_id": "EvX", "event": event}
    office.deliver(body | {"authorizations": [{"team_id": TEAM, "enterprise_id": None}]}, "events")

    assert "Ook bij ons minder gedoe" in office.shown()
    assert [tenant for _, _, tenant in office.toolbox.database.workspaces()] == [TEAM]


def test_a_form_from_another_organisation_is_kept_in_our_workspace(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("Antwoord")
    form = fatima.form
    assert form is not None
    state = dict(fatima._state(form, {"text": "Ook bij ons minder gedoe"}))
    view = {**form, "app_installed_team_id": TEAM, "state": {"values": state}}
    person = {"id": "UEXT", "team_id": "TOTHER"}
    body = {"type": "view_submission", "team": {"id": "TOTHER"}, "user": person, "trigger_id": "t"}
    office.deliver(body | {"view": view})

    assert "Ook bij ons minder gedoe" in office.shown()
    assert [tenant for _, _, tenant in office.toolbox.database.workspaces()] == [TEAM]


def test_people_of_another_organisation_change_no_settings(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    office.slack.homes["UFATIMA"] = "TOTHER"
    fatima.presses("Noem jullie klant")

    assert fatima.form is None
    assert fatima.heard == (
        "Alleen vaste leden van dit kanaal wijzigen de instellingen. Vraag het een van hen."
    )


def test_without_the_right_to_look_at_people_nobody_sets_up(toolbox: Toolbox, clock: Clock) -> None:
    """A guest never may, and nobody could tell who is one."""
    with office_of(toolbox, clock, ALL - {"users:read"}) as office:
        fatima = Person(office, "UFATIMA")
        office.event(type="member_joined_channel", channel="C1", user=BOT)
        fatima.presses("Noem jullie klant")

        assert fatima.form is None
        assert "mist mijn app in Slack het recht users:read" in fatima.heard


def test_without_the_right_to_look_at_channels_an_agenda_is_asked_for(
    toolbox: Toolbox, clock: Clock
) -> None:
    with office_of(toolbox, clock, ALL - {"channels:read"}) as office:
        fatima = Person(office, "UFATIMA")
        fatima.types()

        assert fatima.form is not None
        assert "wie is jullie klant?" in office.shown()


@pytest.mark.parametrize(
    ("scopes", "sentence"),
    [
        (ALL, "de antwoorden onder mijn agenda's"),
        (ALL - HISTORY | {"groups:history"}, "de antwoorden onder mijn agenda's"),
        (ALL - HISTORY, "Ik zie alleen wat je mij geeft"),
    ],
)
def test_it_says_what_it_reads(
    toolbox: Toolbox, clock: Clock, scopes: frozenset[str], sentence: str
) -> None:
    with office_of(toolbox, clock, scopes) as office:
        office.event(type="member_joined_channel", channel="C1", user=BOT)

        assert sentence in office.shown()
