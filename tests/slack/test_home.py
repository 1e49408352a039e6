"""Home: only what is open in the channels somebody is in when they look, press and send."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from bot.surfaces.slack import membership
from bot.usecases.toolbox import Toolbox
from tests.slack.at_home import AtHome
from tests.slack.people import AGENDA, Office, Person
from tests.slack.stand_in import Refused
from tests.slack.test_previews import database_gone
from tests.slack.workspace import BOT, TEAM

IN_TIME = 3  # seconds, within which Slack wants its ack
CANNOT_LOOK = "Ik kan nu niet zien in welke kanalen je zit."


@pytest.fixture
def at_home(fatima: Person) -> AtHome:
    return AtHome(fatima)


@pytest.fixture
def hold(office: Office) -> Callable[..., Person]:
    """Has a meeting posted in a channel, with something nobody knows; returns who posted it."""

    def hold(channel: str = "C1", *people: str, agenda: str = AGENDA) -> Person:
        office.slack.invite(channel)
        office.slack.names[channel] = channel.lower()
        office.slack.people[channel] = [*(people or ("UFATIMA", "URUUD")), BOT]
        person = Person(office, office.slack.people[channel][0], channel)
        person.types(agenda)
        person.fills_in()
        thread = str(office.slack.messages(channel)[-1]["ts"])
        person.says(f"2: weten we nog niet: wie {channel} bericht", thread=thread)
        return person

    return hold


def refusing(error: str) -> Callable[[], None]:
    def refuse() -> None:
        raise Refused(error)

    return refuse


def test_looking_at_the_messages_draws_nothing(office: Office, at_home: AtHome, hold) -> None:
    hold()
    at_home.opens(tab="messages")

    assert at_home.tab is None
    assert office.slack.called("users.conversations") == []


def test_home_shows_the_channels_somebody_is_in_and_no_other(
    office: Office, at_home: AtHome, hold
) -> None:
    hold("C1")
    hold("C2", "URUUD", "UJOKE")
    hold("C3", "UFATIMA", "URUUD")
    office.event(type="channel_left", channel="C3")
    office.slack.members.discard("C3")

    assert "wie C1 bericht" in at_home.opens()
    assert "C2" not in str(at_home.tab)
    assert "C3" not in str(at_home.tab), "we are not there any more"


def test_an_archived_channel_is_not_shown(office: Office, at_home: AtHome, hold) -> None:
    hold()
    office.slack.archived.add("C1")

    assert "C1" not in at_home.opens()


def test_somebody_in_two_hundred_channels_sees_what_is_in_the_last(
    office: Office, at_home: AtHome, hold
) -> None:
    office.slack.people |= {f"C{n}": ["UFATIMA"] for n in range(1_000, 1_200)}
    hold("C9999", "UFATIMA")

    assert "wie C9999 bericht" in at_home.opens()
    assert len(office.slack.called("users.conversations")) == 11


@pytest.mark.parametrize("method", ["users.info", "users.conversations"])
@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "user_not_found"])
def test_nothing_is_shown_when_slack_does_not_say_where_somebody_is(
    office: Office, at_home: AtHome, hold, method: str, error: str
) -> None:
    hold()
    assert "wie C1 bericht" in at_home.opens()
    office.slack.meanwhile[method] = refusing(error)

    assert at_home.opens() == f"{CANNOT_LOOK} Probeer het over een paar minuten weer."
    assert "wie C1 bericht" in at_home.opens()


def test_home_that_can_not_be_drawn_stands_in_the_log_and_is_told_to_nobody(
    office: Office, at_home: AtHome, hold, caplog: pytest.LogCaptureFixture
) -> None:
    hold()
    office.slack.meanwhile["views.publish"] = refusing("ratelimited")
    at_home.opens()

    assert at_home.tab is None
    assert caplog.records[-1].getMessage() == "home not drawn"
    assert "UFATIMA" not in str(vars(caplog.records[-1]))
    assert office.slack.whispers["UFATIMA"] == []


def test_without_a_database_home_says_so_and_works_again_afterwards(
    office: Office, at_home: AtHome, hold
) -> None:
    hold()
    with database_gone(office):
        assert at_home.opens().startswith("Ik kan nu niets bewaren.")
    assert "wie C1 bericht" in at_home.opens()

    with database_gone(office):
        at_home.presses("", pick="English", of="language")
    assert at_home.shown.startswith("Ik kan nu niets bewaren.")
    assert "Weten we nog niet" in at_home.opens()


@pytest.mark.parametrize("theirs", ["", "E2"])
def test_people_of_another_organisation_see_nothing_of_a_channel_they_share(
    office: Office, at_home: AtHome, hold, theirs: str
) -> None:
    hold()
    at_home.opens()
    before = at_home.tab
    office.slack.homes["UFATIMA"] = "TOTHER"
    if theirs:
        office.slack.enterprise, office.slack.enterprises["UFATIMA"] = "E1", theirs

    shown = at_home.opens()
    assert "Ik hoor bij een andere organisatie" in shown
    assert "I belong to another organisation" in shown
    assert "C1" not in str(at_home.tab)
    at_home.presses("Antwoord", view=before)
    assert at_home.person.form is None
    assert at_home.shown == shown


def test_who_left_the_channel_can_not_answer_what_is_still_on_the_screen(
    office: Office, at_home: AtHome, hold
) -> None:
    hold("C1")
    hold("C2")
    at_home.opens()
    office.slack.people["C1"].remove("UFATIMA")
    at_home.presses("Antwoord", of=item_of(office, "C1"))

    assert at_home.person.form is None
    assert at_home.shown.startswith("Ik zie je niet meer in dat kanaal. Vraag een lid")
    assert "wie C2 bericht" in at_home.shown
    assert "C1" not in str(at_home.tab)


def test_who_left_the_channel_can_not_send_what_was_open_already(
    office: Office, at_home: AtHome, hold
) -> None:
    hold()
    at_home.opens()
    at_home.presses("Antwoord")
    office.slack.people["C1"].remove("UFATIMA")
    said = at_home.person.fills_in(text="Ruud bericht")

    assert "Ik zie je niet meer in dat kanaal." in str(said["errors"])
    assert "Ruud bericht" not in office.shown()


def test_what_a_form_says_about_its_channel_lets_nobody_into_another(
    office: Office, at_home: AtHome, hold
) -> None:
    hold("C1")
    hold("C2")
    at_home.opens()
    at_home.presses("Antwoord", of=item_of(office, "C2"))
    form = at_home.person.form
    assert form is not None
    form["private_metadata"] = form["private_metadata"].replace('"C2"', '"C1"')
    office.slack.people["C2"].remove("UFATIMA")
    said = at_home.person.fills_in(text="Ruud bericht")

    assert "Ik zie je niet meer in dat kanaal." in str(said["errors"])
    assert "Ruud bericht" not in office.shown("C2")


def test_an_answer_does_not_wait_for_a_slow_slack_longer_than_an_ack_may(
    office: Office, at_home: AtHome, hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "EACH", 0.2)
    hold()
    at_home.opens()
    at_home.presses("Antwoord")
    office.slack.held["users.conversations"] = threading.Event()
    began = time.monotonic()
    said = at_home.person.fills_in(text="Ruud bericht")
    assert time.monotonic() - began < IN_TIME
    office.slack.held.pop("users.conversations").set()

    assert CANNOT_LOOK in str(said["errors"])
    assert "Ruud bericht" not in office.shown()


def test_while_slack_does_not_answer_nothing_is_opened_and_home_says_so(
    office: Office, at_home: AtHome, hold
) -> None:
    hold()
    at_home.opens()
    looks = iter([refusing("ratelimited"), refusing("ratelimited"), lambda: None])

    def look() -> None:
        look_now = next(looks)
        office.slack.meanwhile["users.conversations"] = look
        look_now()

    office.slack.meanwhile["users.conversations"] = look
    at_home.presses("Antwoord")

    assert at_home.person.form is None
    assert at_home.shown == f"{CANNOT_LOOK} Probeer het over een paar minuten weer."
    assert "wie C1 bericht" in at_home.opens()


def test_an_answer_from_home_counts_once_and_home_follows(
    office: Office, at_home: AtHome, hold
) -> None:
    hold()
    at_home.opens()
    office.deliveries = 3
    at_home.presses("Antwoord")
    at_home.person.fills_in(text="Ruud bericht", certainty="know")

    assert office.shown().count("Ruud bericht") == 1
    assert office.slack.called("views.push") == [], "there is no form to put it on top of"
    assert "Weten we nog niet" not in at_home.shown


def test_an_empty_answer_from_home_is_asked_again(at_home: AtHome, hold) -> None:
    hold()
    at_home.opens()
    at_home.presses("Antwoord")

    assert "Schrijf een paar woorden." in str(at_home.person.fills_in()["errors"])


def test_a_closed_meeting_is_to_be_read_and_no_longer_answered(
    office: Office, at_home: AtHome, hold
) -> None:
    chair = hold()
    at_home.opens()
    before = at_home.tab
    chair.presses("Sluit overleg af")
    chair.fills_in()

    at_home.presses("Antwoord", view=before)
    assert at_home.person.form is None
    assert at_home.shown.startswith("Dit overleg is afgesloten.")
    assert "wie C1 bericht" in at_home.shown
    assert "[Antwoord]" not in at_home.shown
    at_home.presses("Open agenda")


def test_a_meeting_that_is_not_posted_yet_has_no_way_to_it(
    office: Office, at_home: AtHome, fatima: Person
) -> None:
    fatima.types(AGENDA)
    office.slack.channel("C1").restricted = "restricted_action"
    fatima.fills_in()

    assert "2 punten open" in at_home.opens()
    assert "[Open agenda]" not in at_home.shown


def test_what_was_drawn_last_is_what_is_true_whoever_is_slow(
    office: Office, at_home: AtHome, hold
) -> None:
    hold()
    at_home.opens()
    slow = office.slack.tabs["UFATIMA"]["hash"]

    def meanwhile() -> None:
        """Somebody else draws, after they were taken out, before what we read is shown."""
        office.slack.people["C1"].remove("UFATIMA")
        office.slack.tabs["UFATIMA"] |= {"hash": f"{slow}.newer"}

    office.slack.meanwhile["views.publish"] = meanwhile
    at_home.opens()

    assert "C1" not in str(at_home.tab)
    assert len(office.slack.called("views.publish")) == 3


def test_the_language_of_home_is_the_channels_until_somebody_chooses(
    office: Office, at_home: AtHome, hold
) -> None:
    hold()
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    at_home.person.presses("Noem jullie klant")
    at_home.person.fills_in()
    at_home.person.types("instellingen")
    at_home.person.fills_in(language="en")
    assert "We don't know yet" in at_home.opens()
    at_home.presses("Help")
    assert "Type /klantvraag in your channel" in str(at_home.person.form)

    at_home.presses("", pick="Nederlands", of="language")
    assert "Weten we nog niet" in at_home.shown
    assert "[Nederlands ▾]" in at_home.shown
    at_home.presses("Hulp")
    assert "Typ /klantvraag in jullie kanaal" in str(at_home.person.form)
    assert "/klantvraag weekoverzicht voor cijfers van meer kanalen" in str(at_home.person.form)

    at_home.presses("", pick="Die van het kanaal", of="language")
    assert "We don't know yet" in at_home.shown


def test_the_customer_is_called_in_the_language_that_somebody_chose(
    office: Office, at_home: AtHome, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    fatima.types("Overleg 24 november 2026\n1. Opening\n2. Lift\n3. Dakgoot")
    fatima.fills_in()
    at_home.opens()
    at_home.presses("", pick="English", of="language")

    fatima.presses("Sluit overleg af")
    assert "did the tenant come up unprompted?" in str(fatima.form)
    fatima.closes()
    fatima.presses("2")
    fatima.presses("Doesn't touch the tenant")
    assert "N.v.t.: raakt de huurder niet" in office.shown(), "the agenda keeps its language"


def test_what_is_kept_is_counted_and_nothing_of_who_only_looked(
    office: Office, at_home: AtHome, hold, toolbox: Toolbox
) -> None:
    hold()
    at_home.opens()
    at_home.presses("Wat bewaar je van mij?")
    assert "1 antwoord, met" in str(at_home.person.form)
    assert "je taal" not in str(at_home.person.form)

    ruud = AtHome(Person(office, "URUUD"))
    ruud.opens()
    ruud.presses("Wat bewaar je van mij?")
    assert "• nog niets" in str(ruud.person.form)
    people = "select platform_id from people where workspace_id = :workspace_id"
    with toolbox.database.read(toolbox.database.workspace("slack", TEAM, lambda: "")) as session:
        assert session.rows(people) == [("UFATIMA",)], "looking leaves no trace"


def item_of(office: Office, channel: str) -> str:
    """The id of the item in this channel that nobody knows about."""
    home = office.slack.tabs["UFATIMA"]
    (found,) = [b for b in home["blocks"] if f"wie {channel}" in str(b)]
    return str(found["accessory"]["action_id"]).partition(":")[2]
