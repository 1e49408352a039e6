"""Where two things meet: taken along, withdrawn, edited, at the bottom, found again, at Home."""

from __future__ import annotations

import pytest

from bot.usecases import close_meeting
from bot.usecases.toolbox import Toolbox
from tests.slack.at_home import AtHome
from tests.slack.people import Office, Person, Values
from tests.slack.test_found_again import listed

OLD = "Teamoverleg 17 november 2026\n1. Opening\n2. Lift\n3. Brief aan huurders\n4. Rondvraag"
NEW = "Teamoverleg 24 november 2026\n1. Opening\n2. Begroting 2027\n3. Rondvraag"
BOX = "Neem 2 open punten mee"


def agenda(office: Office) -> str:
    """The ts of the message that was posted last."""
    return str(office.slack.messages("C1")[-1]["ts"])


def summary(office: Office, ts: str) -> str:
    """The last thing said below an agenda."""
    found = [m["text"] for m in office.slack.messages("C1") if m.get("thread_ts") == ts]
    return str(found[-1])


def items(office: Office) -> list[str]:
    return [line for line in office.shown().splitlines()[2:] if line[:1].isdigit()]


@pytest.fixture
def closed(office: Office, fatima: Person) -> str:
    """Last week's agenda, all of it left open; the ts of its message."""
    office.clock.later(days=-7)
    fatima.types(OLD)
    fatima.fills_in()
    ts = agenda(office)
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    office.clock.later(days=7)
    return ts


def point_at(office: Office, fatima: Person, ruud: Person, text: str) -> Values:
    """Have a message of somebody else's posted as an agenda that takes the open items along."""
    said = ruud.says(text)
    fatima.points_at(text, ts=said["ts"], user="URUUD")
    fatima.ticks(BOX)
    fatima.fills_in()
    return said


def withdraw(person: Person) -> None:
    person.presses("", pick="Trek in")
    person.fills_in()


def test_a_withdrawn_agenda_comes_back_with_what_it_took_along(
    office: Office, fatima: Person, closed: str
) -> None:
    fatima.types(NEW)
    fatima.ticks(BOX)
    fatima.fills_in()
    before = items(office)
    assert BOX not in summary(office, closed)
    withdraw(fatima)
    assert BOX in summary(office, closed)

    fatima.types(NEW)
    assert "Niet meer op de agenda" not in str(fatima.form)
    fatima.fills_in()
    assert items(office) == before
    assert BOX not in summary(office, closed)


def test_what_leaves_the_text_it_came_into_is_offered_again(
    office: Office, fatima: Person, ruud: Person, closed: str
) -> None:
    said = point_at(office, fatima, ruud, NEW)
    now = ruud.changes(said, NEW.replace("3. Rondvraag", "3. Lift\n4. Rondvraag"))
    ruud.changes(now, NEW)

    assert [title for title in items(office) if "Lift" in title] == []
    assert "Neem 1 open punt mee" in summary(office, closed)


def test_an_edit_leaves_numbers_with_a_gap_to_what_was_taken_along(
    office: Office, fatima: Person, ruud: Person, closed: str
) -> None:
    text = NEW.replace("3. Rondvraag", "4. Hek\n5. Rondvraag")
    said = point_at(office, fatima, ruud, text)
    before = items(office)
    assert before[2] == "4. Hek"
    ruud.changes(said, text.replace("Hek", "Hek en poort"))

    assert items(office) == [line.replace("Hek", "Hek en poort") for line in before]


def test_everything_finds_the_agenda_at_the_bottom(
    office: Office, fatima: Person, ruud: Person, closed: str
) -> None:
    said = point_at(office, fatima, ruud, NEW)
    before = agenda(office)
    fatima.presses("", pick="Zet hem onderaan")
    below = agenda(office)
    ruud.changes(said, NEW.replace("3. Rondvraag", "3. Hek\n4. Rondvraag"))
    ruud.says("2: oud", thread=before)
    ruud.says("5: nieuw", thread=below)
    assert "5. Hek" in items(office)
    assert {"oud", "nieuw"} <= {line.partition(" –")[0] for line in office.shown().splitlines()}

    fatima.types("agenda")
    assert below.replace(".", "") in fatima.heard
    home = AtHome(fatima)
    home.opens()
    assert below.replace(".", "") in str(home.tab)
    fatima.presses("Sluit overleg af", of="close")
    fatima.fills_in()
    assert "Afgesloten" in summary(office, below)


def test_the_clock_waits_again_for_an_agenda_that_is_put_back(
    office: Office, fatima: Person, toolbox: Toolbox
) -> None:
    fatima.types(NEW)
    fatima.fills_in()
    withdraw(fatima)
    office.clock.later(days=2)
    fatima.types("agenda")
    fatima.presses("Zet hem in het kanaal")
    close_meeting.close_forgotten(toolbox, "slack")
    fatima.types("agenda")
    assert "di 24 nov · 1 punt open" in listed(fatima)

    office.clock.later(hours=4)
    close_meeting.close_forgotten(toolbox, "slack")
    fatima.types("agenda")
    assert "Teamoverleg" not in "".join(listed(fatima))


def test_what_was_withdrawn_long_ago_is_not_listed_for_ever(office: Office, fatima: Person) -> None:
    fatima.types(NEW)
    fatima.fills_in()
    fatima.says("2: Ja", thread=agenda(office))
    withdraw(fatima)
    fatima.types("agenda")
    assert "Teamoverleg" in "".join(listed(fatima))

    office.clock.later(days=20)
    fatima.types("agenda")
    assert "Teamoverleg" not in "".join(listed(fatima))


def test_home_shows_no_way_to_what_is_not_there(office: Office, fatima: Person) -> None:
    fatima.types(NEW)
    fatima.fills_in()
    home, ts = AtHome(fatima), agenda(office)
    fatima.says("2: weten we nog niet: wie het betaalt", thread=ts)
    assert "[Open agenda]" in home.opens()
    before = home.tab
    office.slack.channel("C1").messages.pop(ts)
    fatima.says("2: en wanneer", thread=ts)
    assert "[Open agenda]" not in home.opens()

    fatima.types("agenda")
    fatima.presses("Zet hem in het kanaal")
    withdraw(fatima)
    home.presses("Antwoord", view=before)
    assert home.shown.startswith("Deze agenda is ingetrokken.")
    assert "[Antwoord]" not in home.shown
