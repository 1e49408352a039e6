"""Closing a meeting in Slack: a form, a summary in the thread, changed, opened again, refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.meeting import State
from bot.domain.observation import Closing, Observed
from bot.domain.view import ClosingView
from bot.surfaces.clock import Clock
from bot.usecases import close_meeting
from bot.usecases.delivery import Delivery
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import Office, Person, Values
from tests.slack.workspace import ALL, BOT, TEAM

AGENDA = """Teamoverleg wonen, 24 november 2026

1. Opening
2. Brief aan de huurders
3. Servicekosten 2027
4. Telefoon dicht op vrijdag
5. Rondvraag"""
LABELS = ["2. Brief aan de huurders", "3. Servicekosten 2027", "4. Telefoon dicht op vrijdag"]


@pytest.fixture
def posted(office: Office, fatima: Person) -> str:
    """A posted agenda in a channel that serves tenants; returns the ts of its message."""
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    fatima.types(AGENDA)
    fatima.fills_in()
    return str(office.slack.messages("C1")[-1]["ts"])


@pytest.fixture
def kept(toolbox: Toolbox, posted: str, office: Office):
    """How the meeting stands closed."""

    def kept() -> ClosingView:
        caller = Caller("slack", TEAM, "C1", "UFATIMA")
        with toolbox.read(caller) as session:
            (row,) = session.rows("select id from meetings where workspace_id = :workspace_id")
        return close_meeting.closing(toolbox, caller, str(row[0]))

    return kept


def field(person: Person, name: str) -> Values:
    assert person.form is not None
    return next(b["element"] for b in person.form["blocks"] if b.get("block_id") == name)


def labels(options: list[Values]) -> list[str]:
    return [option["text"]["text"] for option in options]


def below(office: Office, ts: str) -> list[str]:
    return [m["text"] for m in office.slack.messages("C1") if m.get("thread_ts") == ts]


def seen(view: ClosingView, observed: Observed) -> list[str]:
    return [it.item.title for it in view.items(observed)]


def test_a_meeting_is_closed_and_that_is_changed(
    office: Office, fatima: Person, ruud: Person, posted: str, kept
) -> None:
    fatima.says("3: Brief in december", thread=posted)
    fatima.presses("Sluit overleg af")
    assert labels(field(fatima, "came_up")["options"]) == LABELS
    assert labels(field(fatima, "came_up")["initial_options"]) == LABELS[:1]
    assert "initial_options" not in field(fatima, "not_discussed")
    assert "2 van 3 punten open" in office.shown(), "nothing is closed by looking"

    fatima.fills_in(came_up=["Brief", "Telefoon"], not_discussed=["Telefoon"], take_away="Bellen")

    (summary,) = below(office, posted)
    assert "Bij 1 van de 2 besproken punten kwam de huurder vanzelf ter sprake." in summary
    assert "1 punt is niet besproken." in summary
    assert "Na mijn vraag: 1 beantwoord, 2 open." in summary
    assert "Meenemen: Bellen" in summary
    agenda = next(m for m in office.slack.messages("C1") if m["ts"] == posted)
    assert agenda["text"].startswith("Overleg afgesloten")
    assert seen(kept(), Observed.NOT_DISCUSSED) == ["Telefoon dicht op vrijdag"]
    assert seen(kept(), Observed.DID_NOT) == ["Servicekosten 2027"]
    assert kept().closing == Closing("Bellen", members=3)

    # Somebody else knows better; what was said stands in the form.
    ruud.presses("Klopt niet? Pas aan")
    assert labels(field(ruud, "came_up")["initial_options"]) == LABELS[:1]
    assert labels(field(ruud, "not_discussed")["initial_options"]) == LABELS[2:]
    assert field(ruud, "take_away")["initial_value"] == "Bellen"
    ruud.fills_in(came_up=[], not_discussed=[])

    (summary,) = below(office, posted)
    assert "Bij geen van de 3 besproken punten kwam de huurder vanzelf ter sprake." in summary
    assert seen(kept(), Observed.DID_NOT) == [label[3:] for label in LABELS]

    # It is opened again, and closed with what was said before.
    fatima.presses("", pick="Open het overleg weer")
    assert below(office, posted) == ["Dit overleg is weer open."]
    fatima.presses("Sluit overleg af")
    assert "initial_options" not in field(fatima, "came_up")
    fatima.fills_in()
    assert "Bij geen van de 3" in below(office, posted)[0]


def test_what_the_channel_calls_its_customers_stands_ticked(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types("instellingen")
    fatima.fills_in(customer="de deelnemende gemeente", accounts="Van Dijk\nDe Haven")
    fatima.types(
        "Teamoverleg, 24 november 2026\n1. Offerte van De Haven\n2. Begroting 2027\n"
        "3. Brief aan de deelnemende gemeenten\n4. Klachten over de lift"
    )
    fatima.fills_in()
    fatima.presses("Sluit overleg af")

    ticked = labels(field(fatima, "came_up")["initial_options"])
    assert [label[0] for label in ticked] == ["1", "3", "4"]


@pytest.mark.parametrize("items", [3, 12, 130])
def test_it_takes_two_taps_and_one_more_for_each_thing_to_say(
    office: Office, fatima: Person, posted: str, items: int
) -> None:
    """Well within twenty seconds: what names the customer stands ticked, the rest is said once."""
    titles = [f"{n}. Brief aan de huurders over onderwerp {n}" for n in range(1, items + 1)]
    fatima.types()
    fatima.fills_in(agenda="\n".join(["Overleg 25 november 2026", *titles]))
    fatima.fills_in()

    fatima.presses("Sluit overleg af", of="close")
    fatima.fills_in(not_discussed=[f"{items}. Brief"])
    said = [m["text"] for m in office.slack.messages("C1") if "thread_ts" in m]
    assert f"Bij {items - 1} van de {items - 1} besproken punten" in said[-1]
    assert "1 punt is niet besproken." in said[-1]


@pytest.mark.parametrize("who", ["a guest", "an outsider"])
def test_who_is_no_full_member_is_refused(
    office: Office, fatima: Person, ruud: Person, posted: str, who: str
) -> None:
    if who == "a guest":
        office.slack.guests.add("URUUD")
    else:
        office.slack.homes["URUUD"] = "T9"
    ruud.presses("Sluit overleg af")

    assert ruud.form is None
    refused = "Alleen vaste leden van dit kanaal sluiten een overleg af."
    assert ruud.heard.startswith(refused)
    assert "3 punten open" in office.shown()

    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    closed = office.shown()
    ruud.presses("", pick="Open het overleg weer")
    assert office.shown() == closed
    assert len(office.slack.whispers["URUUD"]) == 2
    assert ruud.heard.startswith("Alleen vaste leden van dit kanaal openen een overleg weer.")


def test_who_is_no_full_member_opens_nothing_again_and_takes_nothing_along(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    before = [message["text"] for message in office.slack.messages("C1")]
    office.slack.guests.add("URUUD")
    ruud.presses("", pick="Open het overleg weer")
    assert ruud.heard.startswith("Alleen vaste leden van dit kanaal openen een overleg weer.")
    ruud.presses("Neem 3 open punten mee")
    assert ruud.heard.startswith("Alleen vaste leden van dit kanaal wijzigen een agenda.")

    assert [message["text"] for message in office.slack.messages("C1")] == before


@pytest.mark.parametrize("scope", ["channels:read", "users:read"])
def test_without_leave_to_count_people_their_number_is_unknown(
    office: Office, fatima: Person, posted: str, kept, scope: str
) -> None:
    office.slack.scopes["xoxb-test"] = ALL - {scope}
    fatima.presses("Sluit overleg af")
    fatima.fills_in()

    assert kept().closing == Closing()
    assert len(below(office, posted)) == 1
    assert office.slack.whispers["UFATIMA"] == []


def test_a_form_that_comes_twice_closes_once(
    office: Office, fatima: Person, posted: str, toolbox: Toolbox
) -> None:
    office.deliveries = 3
    fatima.presses("Sluit overleg af")
    fatima.fills_in(came_up=["Brief"])

    assert len(below(office, posted)) == 1
    with toolbox.read(Caller("slack", TEAM, "C1", "UFATIMA")) as session:
        sql = "select number, members from closings where workspace_id = :workspace_id"
        assert session.rows(sql) == [(1, 3)]


def test_what_came_on_the_agenda_meanwhile_was_not_observed(
    office: Office, fatima: Person, ruud: Person, posted: str, kept
) -> None:
    fatima.presses("Sluit overleg af")
    ruud.pastes_again()
    ruud.fills_in(agenda=f"{AGENDA}\n6. Dakgoot vervangen")
    ruud.fills_in()
    fatima.fills_in(came_up=[])

    assert len(kept().meeting.substantive) == 4
    assert seen(kept(), Observed.DID_NOT) == [label[3:] for label in LABELS]


def test_a_summary_of_an_agenda_that_people_deleted_is_not_posted(
    office: Office, fatima: Person, posted: str, kept
) -> None:
    fatima.presses("Sluit overleg af")
    del office.slack.channel("C1").messages[posted]
    fatima.fills_in(take_away="Bellen")

    assert "Bellen" not in str(office.slack.messages("C1"))
    assert kept().closing == Closing("Bellen", members=3)


def test_a_summary_that_people_deleted_comes_back_when_it_is_closed_again(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    messages = office.slack.channel("C1").messages
    del messages[next(ts for ts, m in messages.items() if "thread_ts" in m)]
    fatima.presses("", pick="Open het overleg weer")
    assert below(office, posted) == []
    fatima.presses("Sluit overleg af")
    fatima.fills_in(take_away="Bellen")

    (summary,) = below(office, posted)
    assert "Bellen" in summary


def ticks(office: Office, toolbox: Toolbox) -> None:
    """The real clock, until nothing is due."""

    def post(delivery: Delivery) -> None:
        office.sender.post(delivery)
        office.clock.later(seconds=1)

    clock = Clock(toolbox, post, "slack", lambda _: clock.stop(0))
    clock.run()


def test_a_forgotten_meeting_closes_itself_says_so_once_and_is_filled_in(
    office: Office, fatima: Person, posted: str, kept, toolbox: Toolbox
) -> None:
    fatima.says("3: Brief in december", thread=posted)
    office.clock.later(days=1)
    for _ in range(2):
        ticks(office, toolbox)
        office.clock.later(hours=2)

    (said,) = below(office, posted)
    assert "Dit overleg stond nog open, dus ik heb het gesloten." in said
    assert "het telt als niet bijgehouden" in said
    assert office.shown().startswith("Overleg afgesloten")
    assert kept().closing == Closing(by_clock=True)

    fatima.presses("Vul alsnog in")
    assert labels(field(fatima, "came_up")["initial_options"]) == LABELS[:1]
    fatima.fills_in(take_away="Bellen")

    (said,) = below(office, posted)
    assert said.startswith("Afgesloten. Bij 1 van de 3 besproken punten")
    assert kept().closing == Closing("Bellen", members=3)


def test_an_agenda_nobody_used_closes_itself_and_its_items_go_along(
    office: Office, fatima: Person, posted: str, kept, toolbox: Toolbox
) -> None:
    """Forgotten altogether: said once, counted nowhere, taken along next week."""
    office.clock.later(days=1)
    for _ in range(2):
        ticks(office, toolbox)
        office.clock.later(minutes=2)

    (said,) = below(office, posted)
    assert said.startswith("Bij deze agenda is niets ingevuld, dus ik heb het overleg gesloten.")
    assert "Kies: Vul alsnog in, Neem 3 open punten mee." in said
    assert office.shown().startswith("Overleg afgesloten")
    agenda = next(m for m in office.slack.messages("C1") if m["ts"] == posted)
    assert "button" not in str(agenda["blocks"]), "only the menu to open it again is left"
    fatima.types("cijfers")
    assert "Hier is nog geen overleg om te tellen." in fatima.heard

    fatima.presses("Neem 3 open punten mee")
    assert "3 open punten gaan mee naar de volgende agenda." in below(office, posted)[0]
    fatima.types("Teamoverleg wonen, 1 december 2026\n1. Opening\n2. Begroting\n3. Rondvraag")
    fatima.fills_in()
    assert "5. Telefoon dicht op vrijdag · van 24 nov" in office.shown()
    assert "3 punten staan nu op een nieuwe agenda." in below(office, posted)[0]

    fatima.presses("Vul alsnog in")
    fatima.fills_in(came_up=["Brief"])
    assert below(office, posted)[0].startswith("Afgesloten. Bij 1 van de 3 besproken punten")
    assert "3 punten staan nu op een nieuwe agenda." in below(office, posted)[0]


@pytest.mark.parametrize("minutes", [1, 2])
def test_it_closes_within_minutes_of_its_time(
    office: Office, posted: str, kept, toolbox: Toolbox, minutes: int
) -> None:
    """The end of its day and three hours: 02:00 UTC."""
    states = []

    def wait(_: float) -> None:
        states.append(kept().meeting.state)
        office.clock.later(minutes=minutes)
        if len(states) == 4:
            clock.stop(0)

    office.clock.instant = office.clock.instant.replace(hour=1, minute=59) + timedelta(days=1)
    clock = Clock(toolbox, office.sender.post, "slack", wait)
    clock.run()

    assert states[0] is State.PREPARED
    assert states[-1] is State.CLOSED
