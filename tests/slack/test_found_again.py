"""`/klantvraag agenda`: the meetings of a channel, with a way to each; and a message put back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.storage import meetings
from bot.surfaces.slack.limits import wrong_message
from tests.slack import workspace
from tests.slack.people import AGENDA, Office, Person
from tests.slack.stand_in import Fault, Refused
from tests.surfaces.slack.drawing import drawn

Values = dict[str, Any]
PUT = "Zet hem in het kanaal"


def posts(person: Person, title: str, items: str = "2. Huur") -> str:
    """Post an agenda; returns the ts of its message."""
    person.types(f"{title}\n1. Opening\n{items}\n3. Lift\n4. Rondvraag")
    person.fills_in()
    return str(person.office.slack.messages(person.channel)[-1]["ts"])


def listed(person: Person) -> list[str]:
    """The list as it was last whispered, line by line."""
    whispered = person.office.slack.whispers[person.name][-1]
    assert not wrong_message(whispered)
    return drawn(whispered).splitlines()


@pytest.mark.parametrize("words", ["agenda", "aganda", "Agenda ", "meetings"])
def test_a_meeting_is_found_again_with_a_link(office: Office, fatima: Person, words: str) -> None:
    ts = posts(fatima, "Teamoverleg 24 november 2026")
    fatima.types(words)

    assert listed(fatima) == [
        "Overleg in dit kanaal:",
        "Teamoverleg",
        "di 24 nov · 2 punten open",
        "[Plak een agenda]",
    ]
    assert (
        f"<https://wonen.slack.com/archives/C1/p{ts.replace('.', '')}|Teamoverleg>" in fatima.heard
    )
    assert "di 24 nov · 2 punten open" in fatima.heard
    assert fatima.form is None


def test_the_button_below_help_lists_them_too(office: Office, fatima: Person) -> None:
    posts(fatima, "Teamoverleg 24 november 2026")
    fatima.types("hulp")
    office.deliveries = 3
    fatima.presses("Wat loopt er nu")

    assert "Teamoverleg" in listed(fatima)
    assert len(office.slack.whispers["UFATIMA"]) == 2


def test_an_agenda_typed_behind_the_word_is_still_read(office: Office, fatima: Person) -> None:
    fatima.types(f"agenda\n{AGENDA}")

    assert fatima.form is not None
    assert "Nieuw verhuisformulier" in str(fatima.form)


def test_where_nothing_goes_on_it_says_so_and_takes_an_agenda(
    office: Office, fatima: Person
) -> None:
    fatima.types("agenda")
    assert listed(fatima) == ["In dit kanaal loopt nu geen overleg.", "[Plak een agenda]"]
    fatima.presses("Plak een agenda")

    assert fatima.form is not None


def test_todays_and_open_ones_are_listed_the_newest_first(office: Office, fatima: Person) -> None:
    posts(fatima, "Balie 1 november 2026")
    ts = posts(fatima, "Tuin 2 november 2026")
    fatima.says("2: een brief", thread=ts)
    posts(fatima, "Zorg 18 november 2026")
    ts = posts(fatima, "Wijk 23 november 2026")
    fatima.says("2: een brief", thread=ts)
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    posts(fatima, "Wonen 24 november 2026")
    posts(fatima, "Bestuur 25 november 2026")
    fatima.types("agenda")

    titles = [line for line in listed(fatima)[1:-1] if " · " not in line]
    assert titles == ["Bestuur", "Wonen", "Zorg", "Tuin"]
    assert "ma 2 nov · 1 van 2 punten open" in listed(fatima)


def test_only_the_channel_where_it_is_typed(office: Office, fatima: Person) -> None:
    posts(fatima, "Teamoverleg 24 november 2026")
    office.slack.invite("C2")
    there = Person(office, "UFATIMA", "C2")
    there.types("agenda")

    assert listed(there)[0] == "In dit kanaal loopt nu geen overleg."


def test_ten_are_listed_and_the_rest_is_counted(office: Office, fatima: Person) -> None:
    for day in range(12, 25):
        ts = posts(fatima, f"Overleg &lt;!here&gt; & *wonen* {day} november 2026")
        fatima.says("2: een brief", thread=ts)
    fatima.types("agenda")

    shown = listed(fatima)
    assert sum(line.startswith("Overleg <!here>") for line in shown) == 10
    assert "  en nog 3 oudere overleggen" in shown
    assert "<!here>" not in fatima.heard


def test_in_a_direct_message_it_says_to_type_it_in_the_channel(office: Office) -> None:
    there = Person(office, "UFATIMA", "D1")
    there.types("agenda")

    assert there.heard.endswith("Typ /klantvraag in jullie kanaal.")


def test_a_message_that_somebody_deleted_is_put_back(office: Office, fatima: Person) -> None:
    ts = posts(fatima, "Teamoverleg 24 november 2026")
    fatima.says("2: een brief", thread=ts)
    del office.slack.channel("C1").messages[ts]
    fatima.types("agenda")
    assert listed(fatima)[1].split("[")[0].rstrip() == "Teamoverleg"
    assert (
        listed(fatima)[2] == "di 24 nov · 1 van 2 punten open · de agenda staat niet in het kanaal"
    )
    assert PUT in fatima.heard

    office.deliveries = 3
    fatima.presses(PUT)
    office.deliveries = 1
    assert listed(fatima)[2] == "di 24 nov · 1 van 2 punten open · de agenda komt zo in het kanaal"
    assert office.slack.whispers["UFATIMA"][-1]["replace_original"]
    assert "een brief" in office.shown()
    assert [m["text"].startswith("Agenda bijgewerkt") for m in office.slack.messages("C1")] == [
        False,
        True,
    ]
    fatima.types("agenda")
    assert listed(fatima)[2] == "di 24 nov · 1 van 2 punten open"


def test_a_message_that_we_know_is_deleted_is_put_back(office: Office, fatima: Person) -> None:
    ts = posts(fatima, "Teamoverleg 24 november 2026")
    del office.slack.channel("C1").messages[ts]
    fatima.says("2: een brief", thread=ts)
    links = len(office.slack.called("chat.getPermalink"))
    fatima.types("agenda")
    assert len(office.slack.called("chat.getPermalink")) == links
    fatima.presses(PUT)

    assert "een brief" in office.shown()


def test_a_guest_puts_nothing_back(office: Office, fatima: Person) -> None:
    ts = posts(fatima, "Teamoverleg 24 november 2026")
    del office.slack.channel("C1").messages[ts]
    office.slack.guests.add("UFATIMA")
    fatima.types("agenda")
    fatima.presses(PUT)

    assert fatima.heard == (
        "Alleen vaste leden van dit kanaal zetten een agenda terug. Vraag het een van hen."
    )
    assert ts not in office.slack.channel("C1").messages
    assert len(office.slack.called("chat.postMessage")) == 2


def test_a_message_that_never_came_is_put_there(office: Office, fatima: Person) -> None:
    office.slack.channel("C1").restricted = "restricted_action"
    fatima.types("Teamoverleg 24 november 2026\n1. Opening\n2. Huur\n3. Rondvraag")
    fatima.fills_in()
    office.slack.channel("C1").restricted = ""
    fatima.types("agenda")
    assert "staat niet in het kanaal" in fatima.heard
    fatima.presses(PUT)

    assert office.shown().startswith("Agenda klaar: Teamoverleg")


@pytest.mark.parametrize("error", ["ratelimited", "internal_error"])
def test_where_slack_gives_no_link_it_is_listed_without(
    office: Office, fatima: Person, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Values:
        raise Refused(error)

    posts(fatima, "Teamoverleg 24 november 2026")
    monkeypatch.setitem(workspace._METHODS, "chat.getPermalink", (refuse, ""))
    fatima.types("agenda")

    assert listed(fatima)[1:3] == ["Teamoverleg", "di 24 nov · 2 punten open"]


def test_where_slack_can_not_be_reached_for_a_link_it_is_listed_without(
    office: Office, fatima: Person, caplog: pytest.LogCaptureFixture
) -> None:
    posts(fatima, "Teamoverleg 24 november 2026")
    office.slack.faults.append(Fault.LOST_BEFORE)
    fatima.types("agenda")

    assert listed(fatima)[1:3] == ["Teamoverleg", "di 24 nov · 2 punten open"]
    assert caplog.records[-1].message == "no link"


def test_a_meeting_of_another_channel_can_not_be_put_here(office: Office, fatima: Person) -> None:
    posts(fatima, "Teamoverleg 24 november 2026")
    (workspace_id, _, _), *_ = office.toolbox.database.workspaces()
    with office.toolbox.database.read(workspace_id) as session:
        sql = "select id, channel_id from meetings where workspace_id = :workspace_id"
        ((meeting_id, _),) = session.rows(sql)
        assert meetings.find(session, meeting_id)
    office.slack.invite("C2")
    there = Person(office, "UFATIMA", "C2")
    posted = len(office.slack.called("chat.postMessage"))
    action = {"action_id": f"put_in_channel:{meeting_id}", "block_id": "b", "type": "button"}
    office.deliver(there._body("block_actions") | {"actions": [action]})

    assert there.heard.startswith("Dit overleg ken ik niet meer")
    assert len(office.slack.called("chat.postMessage")) == posted
