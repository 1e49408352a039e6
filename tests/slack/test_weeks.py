"""A channel's week comes by itself: as it counts when it is brought, or not at all."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedule import Came, Occasion
from bot.storage import channels, jobs, occurrences
from bot.storage.occurrences import Occurrence
from bot.usecases.toolbox import Caller
from tests.slack.people import Office, Person, Values
from tests.slack.stand_in import Fault
from tests.slack.test_week_moments import sets
from tests.slack.workspace import BOT, TEAM
from tests.surfaces.slack.drawing import drawn

OURS = Caller("slack", TEAM, "C1", "UFATIMA")
HEADING = "Week 48 (23–29 nov 2026)"
COMES = (
    "Het weekoverzicht komt {}, na een week met een overleg. Wijzigen of stoppen kan bij"
    " Instellingen."
)
MONDAY = "elke maandag om 9.00 uur"


@pytest.fixture
def closed(office: Office, closed: None) -> None:
    """A meeting in week 48, of which two items count; then it is Monday, 09:00 for us."""
    office.clock.instant = datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("UTC"))


def comes(office: Office, week: str = "2026-W48") -> str:
    """The channel's week is due, and whatever is due is sent; the id of the occurrence."""
    toolbox = office.toolbox
    with toolbox.write(OURS) as session:
        channel = channels.find(session, "slack", "C1") or ""
        now = toolbox.now()
        one = Occurrence(Occasion.DIGEST, channel, now, week, Came.DUE, channel_id=channel)
        occurrence_id = occurrences.add(session, one, now) or ""
        jobs.refresh(session, "slack", Occasion.DIGEST, occurrence_id, now)
    sends(office)
    return occurrence_id


def sends(office: Office) -> None:
    office.event(type="member_joined_channel", channel="C1", user="UJOKE")


def weeks(office: Office) -> list[Values]:
    return [m for m in office.slack.messages("C1") if m["text"].startswith("Week ")]


def test_a_week_as_the_channel_reads_it(office: Office, closed: None) -> None:
    comes(office)

    (message,) = weeks(office)
    assert message["text"].splitlines() == [
        HEADING,
        "Bij 1 van de 2 agendapunten kwam de klant vanzelf ter sprake"
        " (50%, toeval meegerekend 9 tot 91%).",
        "Gevraagd: 1 van de 2 punten beantwoord, 1 open.",
        "Gevolg: bij 1 van 1 beantwoord punt veranderde het besluit.",
        "Bijgehouden: 2 van de 2 punten.",
        "Veranderde een besluit: Wordt het hierdoor makkelijker voor de klant? (bij ‘Nieuw"
        " verhuisformulier’)",
        "1 overleg, 4 punten; 2 kregen een vraag.",
        "Geteld per agendapunt, nooit per persoon.",
        COMES.format(MONDAY),
        "Kies: Details, Instellingen.",
    ]
    assert "thread_ts" not in message
    for line in message["text"].splitlines()[:-1]:
        assert line in drawn(message)


@pytest.fixture
def answered(fatima: Person, posted: str) -> None:
    """A meeting of two items, one with an answer; it is still Tuesday."""
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")


@pytest.fixture
def left_open(office: Office, answered: None) -> None:
    """The same, and on Monday nobody closed it yet."""
    office.clock.later(days=5, hours=23)


def test_it_says_what_counts_when_it_is_brought(
    office: Office, ruud: Person, posted: str, left_open: None
) -> None:
    office.slack.faults.append(Fault.LIMITED)
    comes(office)
    assert weeks(office) == []
    ruud.says("3: Brief in december", thread=posted)
    office.clock.later(minutes=1)
    sends(office)

    (message,) = weeks(office)
    assert "Gevraagd: 2 van de 2 punten beantwoord." in message["text"]


def test_what_is_answered_afterwards_does_not_change_it(
    office: Office, ruud: Person, posted: str, left_open: None
) -> None:
    comes(office)
    before = weeks(office)
    ruud.says("3: Brief in december", thread=posted)
    sends(office)

    assert "Gevraagd: 1 van de 2 punten beantwoord, 1 open." in before[0]["text"]
    assert weeks(office) == before


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
def test_whatever_becomes_of_a_request_it_is_posted_once(
    office: Office, closed: None, fault: Fault
) -> None:
    office.slack.faults.append(fault)
    comes(office)
    office.clock.later(minutes=10)
    sends(office)

    assert len(weeks(office)) == 1


def became(office: Office, occurrence_id: str) -> tuple[Came, str | None]:
    with office.toolbox.read(OURS) as session:
        one = occurrences.find(session, occurrence_id)
    assert one is not None
    return one.state, one.reason


def test_a_week_without_a_meeting_that_took_place_is_not_posted(
    office: Office, posted: str
) -> None:
    """An agenda stands there, but nobody used it."""
    office.clock.later(days=6)
    occurrence_id = comes(office)

    assert weeks(office) == []
    assert became(office, occurrence_id) == (Came.NOTHING, "no_meeting")


def test_the_week_before_is_not_this_one(office: Office, closed: None) -> None:
    comes(office, "2026-W47")

    assert weeks(office) == []


def test_what_was_switched_off_meanwhile_is_not_posted(
    office: Office, fatima: Person, closed: None
) -> None:
    office.slack.faults.append(Fault.LIMITED)
    occurrence_id = comes(office)
    sets(fatima, digest="never")
    office.clock.later(minutes=1)
    sends(office)

    assert weeks(office) == []
    assert became(office, occurrence_id) == (Came.NOTHING, "off")


def test_where_we_left_nothing_is_posted_until_we_are_back(office: Office, closed: None) -> None:
    office.event(type="channel_left", channel="C1")
    occurrence_id = comes(office)

    assert weeks(office) == []
    assert became(office, occurrence_id) == (Came.SKIPPED, "left")
    office.clock.later(hours=1)
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    assert len(weeks(office)) == 1
    assert became(office, occurrence_id)[0] is Came.TOLD


def test_where_another_organisation_reads_along_it_is_not_posted(
    office: Office, closed: None
) -> None:
    office.slack.shared.add("C1")
    occurrence_id = comes(office)

    assert weeks(office) == []
    assert became(office, occurrence_id) == (Came.SKIPPED, "channel_shared")


def test_a_week_that_is_over_in_the_channels_zone_is_over(
    office: Office, fatima: Person, answered: None
) -> None:
    """Monday morning in Tokyo is Sunday evening here."""
    sets(fatima, digest_zone="Asia/Tokyo")
    office.clock.instant = datetime(2026, 11, 30, 0, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    comes(office)

    assert weeks(office)[0]["text"].startswith(f"{HEADING}\n")


def test_a_channel_that_chose_english_reads_it_in_english(
    office: Office, fatima: Person, closed: None
) -> None:
    sets(fatima, language="en", digest="5", digest_time="16:30")
    comes(office)

    said = weeks(office)[0]["text"]
    assert said.startswith("Week 48 (23–29 Nov 2026)\nAt 1 of the 2 agenda items the customer")
    assert "The weekly digest comes every Friday at 16:30, after a week with a meeting." in said


def test_details_and_settings_are_one_tap_away(
    office: Office, fatima: Person, ruud: Person, closed: None
) -> None:
    office.slack.guests.add("URUUD")
    comes(office)

    fatima.presses("Details")
    assert "Veranderde een besluit" in drawn(fatima.form or {})
    fatima.closes()
    fatima.presses("Instellingen")
    assert "Op welke dag komt hier het weekoverzicht?" in drawn(fatima.form or {})
    ruud.presses("Instellingen")
    assert ruud.heard.startswith("Alleen vaste leden van dit kanaal wijzigen de instellingen.")


def test_others_see_no_details_of_it(office: Office, ruud: Person, closed: None) -> None:
    office.slack.homes["URUUD"] = "T9"
    comes(office)
    ruud.presses("Details")

    assert ruud.form is None
