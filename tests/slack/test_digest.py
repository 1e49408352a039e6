"""`klantvraag digest` where meetings are held in Slack: by name, by id, or the only channel."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.surfaces.terminal.command_line import klantvraag
from tests.slack.people import AGENDA, Office, Person

WEEK = ["digest", "--week", "2026-W48"]


@pytest.fixture
def digest(office: Office):
    def digest(*words: str) -> Result:
        database = ["--database", str(office.toolbox.config.database)]
        return CliRunner().invoke(klantvraag, [*WEEK, *words, *database], obj=PROGRAM)

    return digest


def meets(office: Office, channel: str) -> None:
    """A meeting in a channel, with an answer."""
    office.slack.channel(channel)
    office.slack.members.add(channel)
    fatima = Person(office, "UFATIMA", channel)
    fatima.types(AGENDA)
    fatima.fills_in()
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")


def test_the_only_channel_with_meetings_is_meant(office: Office, digest) -> None:
    Person(office, "UFATIMA").types()
    assert "kanaal overleg" in digest().stdout

    meets(office, "C1")
    assert "kanaal wonen" in digest().stdout
    assert "1 overleg" in digest().stdout


def test_of_several_it_asks_which(office: Office, digest) -> None:
    meets(office, "C1")
    meets(office, "C2")
    asked = digest()

    assert asked.exit_code == 1
    assert "meer kanalen: wonen (C1), zorg (C2); kies er een met --channel" in asked.stderr
    for channel in ("zorg", "#zorg", "C2"):
        said = digest("--channel", channel).stdout
        assert "kanaal zorg\n" in said
        assert "1 overleg, 4 punten" in said


def test_a_channel_nobody_named_is_called_by_its_id(office: Office, digest) -> None:
    office.slack.names["C1"] = ""
    meets(office, "C1")

    assert "kanaal C1" in digest().stdout
