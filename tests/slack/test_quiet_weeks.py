"""Whoever set a quiet channel up is asked, in private, whether its digest is to go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedule import Came, Occasion
from bot.storage import channels, jobs, occurrences, people
from bot.storage.occurrences import Occurrence
from bot.usecases import set_up_channel
from bot.usecases.come_due import come_due
from bot.usecases.toolbox import Caller
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault
from tests.slack.workspace import BOT, TEAM

OURS = Caller("slack", TEAM, "C1", "UFATIMA")
TALK = "DUFATIMA"
ASKED = [
    "In <#C1> was 3 weken geen overleg, dus kwam er geen weekoverzicht. Zal ik ermee stoppen?",
    "Kies: Stop, Laat het aan.",
    "Laat je het aan, dan komt het weer na een week met een overleg. Ik vraag dit niet elke week"
    " opnieuw.",
]


@pytest.fixture
def asked(office: Office, fatima: Person) -> Person:
    """Fatima set the channel up, and is asked about it; she reads that in her talk with us."""
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    office.clock.later(days=27)
    due(office)
    sends(office)
    return Person(office, "UFATIMA", TALK)


def due(office: Office) -> str:
    """The question is due; the id of its occurrence."""
    now = office.toolbox.now()
    with office.toolbox.write(OURS) as session:
        channel = channels.find(session, "slack", "C1") or ""
        host = people.ensure(session, "slack", "UFATIMA", now)
        told = ("2026-W51", Came.DUE)
        one = Occurrence(Occasion.QUIET, channel, now, *told, recipient_id=host)
        occurrence_id = occurrences.add(session, one, now) or ""
        jobs.tell(session, "slack", Occasion.QUIET, occurrence_id, host, now)
    return occurrence_id


def sends(office: Office) -> None:
    office.event(type="member_joined_channel", channel="C1", user="UJOKE")


def talk(office: Office) -> list[str]:
    return [message["text"] for message in office.slack.messages(TALK)]


def goes_on(office: Office) -> bool:
    return set_up_channel.channel_settings(office.toolbox, OURS).digest is not None


def became(office: Office, occurrence_id: str) -> tuple[Came, str | None]:
    with office.toolbox.read(OURS) as session:
        one = occurrences.find(session, occurrence_id)
    assert one is not None
    return one.state, one.reason


def test_the_host_is_asked_and_nobody_else(office: Office, asked: Person) -> None:
    (said,) = talk(office)

    assert said.splitlines() == ASKED
    assert len(office.slack.messages("C1")) == 1


def test_one_tap_stops_it_and_the_channel_reads_who_did(office: Office, asked: Person) -> None:
    asked.presses("Stop")

    assert not goes_on(office)
    assert asked.heard == (
        "In <#C1> komt geen weekoverzicht meer. Weer aanzetten kan daar: typ /klantvraag"
        " instellingen."
    )
    assert office.slack.whispers["UFATIMA"][-1]["replace_original"] is True
    introduction, change = office.slack.messages("C1")
    assert change["thread_ts"] == introduction["ts"]
    assert change["text"].splitlines() == [
        "Weekoverzicht: elke maandag om 9.00 uur → nooit",
        "Gewijzigd door <@UFATIMA>",
    ]
    assert "cijfers" not in introduction["text"]


def test_it_goes_on_where_that_is_what_they_say(office: Office, asked: Person) -> None:
    asked.presses("Laat het aan")

    assert goes_on(office)
    assert asked.heard == (
        "Het blijft aan. Na een week met een overleg staat het weekoverzicht weer in <#C1>."
    )
    assert len(office.slack.messages("C1")) == 1


def test_a_tap_that_comes_thrice_or_again_changes_it_once(office: Office, asked: Person) -> None:
    office.deliveries = 3
    asked.presses("Stop")
    asked.office.slack.whispers["UFATIMA"].clear()
    asked.presses("Stop")

    assert len(office.slack.messages("C1")) == 2


@pytest.mark.parametrize("who", ["guest", "elsewhere", "another keeper"])
def test_who_may_not_change_settings_any_more_does_not_stop_it(
    office: Office, asked: Person, ruud: Person, who: str
) -> None:
    match who:
        case "guest":
            office.slack.guests.add("UFATIMA")
        case "elsewhere":
            office.slack.people["C1"].remove("UFATIMA")
        case _:
            ruud.types("instellingen")
            ruud.fills_in(keeper="URUUD")
    asked.presses("Stop")

    assert goes_on(office)
    assert asked.heard == (
        "Alleen Ruud mag de instellingen van <#C1> wijzigen. Vraag het aan Ruud."
        if who == "another keeper"
        else "Alleen vaste leden van <#C1> kunnen dit stoppen. Vraag het een van hen."
    )


def test_where_who_alone_might_has_left_everybody_may(
    office: Office, asked: Person, ruud: Person
) -> None:
    ruud.types("instellingen")
    ruud.fills_in(keeper="URUUD")
    office.slack.people["C1"].remove("URUUD")
    asked.presses("Stop")

    assert not goes_on(office)
    assert "<@URUUD> → elk vast lid van dit kanaal" in office.slack.messages("C1")[-1]["text"]


def test_before_the_channel_said_who_its_customer_is_it_can_be_stopped_too(
    office: Office, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT, inviter="UFATIMA")
    due(office)
    sends(office)
    Person(office, "UFATIMA", TALK).presses("Stop")

    assert not goes_on(office)
    assert "wie is jullie klant?" in office.shown()


def test_it_is_asked_in_the_language_of_who_is_asked(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT, inviter="UFATIMA")
    with office.toolbox.write(OURS) as session:
        person = people.ensure(session, "slack", "UFATIMA", "")
        people.keep_language(session, person, "en")
    due(office)
    sends(office)

    assert talk(office)[0].startswith("There was no meeting in <#C1> for 3 weeks, so the weekly")
    fatima_there = Person(office, "UFATIMA", TALK)
    fatima_there.presses("Leave it on")
    assert fatima_there.heard.startswith("It stays on.")


@pytest.mark.parametrize(
    ("meanwhile", "came"),
    [
        ("met", (Came.NOTHING, "met")),
        ("off", (Came.NOTHING, "off")),
        ("left", (Came.NOTHING, "left")),
        ("elsewhere", (Came.NOTHING, "not_here")),
        ("gone", (Came.SKIPPED, "recipient_gone")),
    ],
)
def test_what_is_no_question_any_more_is_not_asked(
    office: Office, fatima: Person, posted: str, meanwhile: str, came: tuple[Came, str]
) -> None:
    office.clock.later(days=26)
    match meanwhile:
        case "met":
            fatima.types("Teamoverleg, 17 december 2026\n1. Opening\n2. Lift\n3. Rondvraag")
            fatima.fills_in()
            fatima.presses("Antwoord", of="answer")
            fatima.fills_in(text="Minder gedoe")
        case "off":
            fatima.types("instellingen")
            fatima.fills_in(digest="never")
        case "left":
            office.event(type="channel_left", channel="C1")
        case "elsewhere":
            office.slack.people["C1"].remove("UFATIMA")
        case _:
            office.slack.deactivated.add("UFATIMA")
    occurrence_id = due(office)
    sends(office)

    assert talk(office) == []
    assert became(office, occurrence_id) == came


def test_week_by_week(office: Office, fatima: Person) -> None:
    """Eight weeks before anybody met; a meeting, three quiet weeks and a question."""
    office.event(type="member_joined_channel", channel="C1", user=BOT, inviter="UFATIMA")

    def monday() -> tuple[int, int]:
        """Nine o'clock; how often the channel was told its week, and how often Fatima was asked."""
        office.clock.later(days=7)
        come_due(office.toolbox, "slack")
        sends(office)
        return len([m for m in office.slack.messages("C1") if "\nBij" in m["text"]]), len(
            talk(office)
        )

    office.clock.instant = datetime(2026, 11, 24, 8, tzinfo=UTC) - timedelta(days=1)
    assert [monday() for _ in range(8)] == [(0, 0)] * 8
    office.clock.later(minutes=1)
    fatima.types("Teamoverleg\n1. Opening\n2. Lift in de hal\n3. Rondvraag")
    fatima.fills_in()
    fatima.presses("Sluit overleg af")
    fatima.fills_in(came_up=["Lift"])
    assert [monday() for _ in range(5)] == [(1, 0), (1, 0), (1, 0), (1, 1), (1, 1)]


def test_after_a_lost_answer_it_is_not_asked_twice(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT, inviter="UFATIMA")
    due(office)
    office.slack.faults.append(Fault.LOST_AFTER)
    sends(office)
    office.clock.later(minutes=10)
    sends(office)

    assert len(talk(office)) == 1
