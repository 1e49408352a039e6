"""When a channel's week comes, as it says and chooses, and who is asked about it."""

from __future__ import annotations

from datetime import time

import pytest

from bot.domain.schedule import Weekly
from bot.storage import channels
from bot.storage.channel_choices import Choices
from bot.usecases import set_up_channel
from bot.usecases.toolbox import Caller
from tests.slack.people import Office, Person, Values
from tests.slack.workspace import BOT, TEAM
from tests.surfaces.slack.drawing import drawn

OURS = Caller("slack", TEAM, "C1", "UFATIMA")


@pytest.fixture
def introduced(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT, inviter="URUUD")
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")


def chosen(office: Office) -> Choices:
    with office.toolbox.read(OURS) as session:
        kept = channels.get(session, "slack", "C1")
    assert kept is not None
    return kept.choices


def sets(person: Person, **values: str) -> Values:
    person.types("instellingen")
    return person.fills_in(**values)


def last(office: Office) -> list[str]:
    text: str = office.slack.messages("C1")[-1]["text"]
    return text.splitlines()


def test_the_introduction_says_when_it_comes(
    office: Office, fatima: Person, introduced: None
) -> None:
    said = (
        "{} staan hier de cijfers van de week ervoor, als er een overleg was en er geen andere"
        " organisatie meeleest."
    )
    assert said.format("Elke maandag om 9.00 uur") in office.shown()

    sets(fatima, digest="5", digest_time="16:30")
    assert said.format("Elke vrijdag om 16.30 uur") in office.shown()
    sets(fatima, digest="never")
    assert "cijfers" not in office.shown()


def test_another_moment_is_said_and_kept(office: Office, fatima: Person, introduced: None) -> None:
    sets(fatima, digest="Vrijdag", digest_time="16:30")

    assert last(office) == [
        "Weekoverzicht: elke maandag om 9.00 uur → elke vrijdag om 16.30 uur",
        "Gewijzigd door <@UFATIMA>",
    ]
    settings = set_up_channel.channel_settings(office.toolbox, OURS)
    assert settings.digest == Weekly(5, time(16, 30))
    fatima.types("instellingen")
    assert "[Vrijdag ▾]" in drawn(fatima.form or {})
    assert "[16:30]" in drawn(fatima.form or {})


@pytest.mark.parametrize("typed", ["Europe/London", "europe/london", "Europe/London "])
def test_another_zone_is_said_with_both(
    office: Office, fatima: Person, introduced: None, typed: str
) -> None:
    sets(fatima, digest_zone=typed)

    assert last(office)[0] == (
        "Weekoverzicht: elke maandag om 9.00 uur (Europe/Amsterdam) → elke maandag om 9.00 uur"
        " (Europe/London)"
    )
    assert chosen(office).digest == "1 09:00 Europe/London"


def test_what_is_no_zone_stands_under_its_field_and_changes_nothing(
    office: Office, fatima: Person, introduced: None
) -> None:
    said = sets(fatima, digest="5", digest_zone="Mokum")

    assert said["errors"] == {
        "digest_zone": "‘Mokum’ is geen tijdzone die ik ken. Schrijf bijvoorbeeld Europe/Amsterdam."
    }
    assert chosen(office).digest is None
    fatima.fills_in(digest="never", digest_zone="Mokum")
    assert last(office)[0] == "Weekoverzicht: elke maandag om 9.00 uur → nooit"


def test_never_and_again(office: Office, fatima: Person, introduced: None) -> None:
    sets(fatima, digest="never")
    fatima.types("instellingen")
    assert "[Nooit ▾]" in drawn(fatima.form or {})
    fatima.fills_in(digest="1")

    assert last(office)[0] == "Weekoverzicht: nooit → elke maandag om 9.00 uur"


def test_what_nobody_chose_stays_as_configured(
    office: Office, fatima: Person, introduced: None
) -> None:
    sets(fatima, questions="1")

    assert chosen(office).digest is None


# --- who is asked about it


def host(office: Office) -> str | None:
    host_id = chosen(office).host_id
    with office.toolbox.read(OURS) as session:
        sql = "select platform_id from people where workspace_id = :workspace_id and id = :id"
        row = session.row(sql, id=host_id)
    return row[0] if row else None


def test_who_invited_us_is_the_host_until_it_is_set_up(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT, inviter="URUUD")
    assert host(office) == "URUUD"

    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    assert host(office) == "UFATIMA"
    office.event(type="channel_left", channel="C1")
    office.event(type="member_joined_channel", channel="C1", user=BOT, inviter="UJOKE")
    assert host(office) == "UFATIMA"


def test_who_changes_a_setting_later_is_not(office: Office, ruud: Person, introduced: None) -> None:
    sets(ruud, questions="1")

    assert host(office) == "UFATIMA"


def test_where_slack_names_nobody_there_is_none(office: Office) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)

    assert host(office) is None
