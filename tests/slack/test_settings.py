"""Who may change a channel's settings, asked of Slack each time; what the channel sees of it."""

from __future__ import annotations

import threading

import pytest

from bot.storage import jobs, settings_changes
from bot.surfaces.slack import membership
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock
from tests.slack.office import office_in
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault
from tests.slack.workspace import BOT, TEAM

REFUSED = "Alleen vaste leden van dit kanaal wijzigen de instellingen. Vraag het een van hen."
CHANGED = (
    "Iemand anders wijzigde net wie dit mag wijzigen. Sluit dit venster en open de instellingen"
    " opnieuw."
)
NAMED = "Alleen Fatima mag hier de instellingen wijzigen. Vraag het aan Fatima."


@pytest.fixture
def named(fatima: Person, introduced: str) -> None:
    """Only Fatima may."""
    fatima.presses("Instellingen")
    fatima.fills_in(keeper="UFATIMA")


def told(office: Office) -> list[str]:
    """What stands below the introduction or in the channel, after it."""
    return [message["text"] for message in office.slack.messages("C1")[1:]]


def refusal(person: Person, **values: str) -> str:
    said = person.fills_in(**values)
    assert said["response_action"] == "errors", said
    (sentence,) = said["errors"].values()
    return str(sentence)


def test_the_first_time_the_introduction_itself_says_it(office: Office, introduced: str) -> None:
    assert "Ik noem jullie klant ‘de huurder’." in office.shown()
    assert told(office) == []


def test_each_change_is_said_below_the_introduction(
    office: Office, ruud: Person, introduced: str
) -> None:
    ruud.presses("Instellingen")
    ruud.fills_in(sector="de patiënt", questions="1")

    (message,) = office.slack.messages("C1")[1:]
    assert message["thread_ts"] == introduced
    assert message["text"].splitlines() == [
        "Jullie klant: de huurder → de patiënt",
        "Vragen per punt: 2 → 1",
        "Gewijzigd door <@URUUD>",
    ]


def test_what_was_saved_as_it_stood_is_not_said(
    office: Office, ruud: Person, introduced: str
) -> None:
    ruud.presses("Instellingen")
    ruud.fills_in()

    assert told(office) == []


def test_a_form_that_comes_twice_is_said_once(
    office: Office, ruud: Person, introduced: str
) -> None:
    office.deliveries = 3
    ruud.presses("Instellingen")
    ruud.fills_in(questions="1")

    assert len(told(office)) == 1


def test_all_settings_at_once_the_first_time_say_what_the_introduction_does_not(
    office: Office, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types("instellingen")
    fatima.fills_in(sector="de huurder", questions="1")

    assert told(office) == ["Vragen per punt: 2 → 1\nGewijzigd door <@UFATIMA>"]


def test_where_the_introduction_was_deleted_it_stands_in_the_channel(
    office: Office, ruud: Person, introduced: str
) -> None:
    ruud.types("instellingen")
    del office.slack.channel("C1").messages[introduced]
    ruud.fills_in(questions="1")

    (message,) = office.slack.messages("C1")
    assert "thread_ts" not in message
    assert message["text"].startswith("Vragen per punt: 2 → 1")
    ruud.types("instellingen")
    ruud.fills_in(questions="2")
    assert len(office.slack.messages("C1")) == 2


def test_after_a_lost_answer_it_is_looked_for_where_it_stands(
    office: Office, ruud: Person, introduced: str
) -> None:
    ruud.types("instellingen")
    del office.slack.channel("C1").messages[introduced]
    office.slack.faults.extend([None, Fault.LOST_AFTER])  # of the thread that is gone, of itself
    ruud.fills_in(questions="1")
    office.clock.later(minutes=10)
    office.event(type="member_joined_channel", channel="C1", user="UJOKE")

    assert len(office.slack.messages("C1")) == 1


def test_what_changed_is_kept_with_our_ids(office: Office, toolbox: Toolbox, named: None) -> None:
    with toolbox.read(Caller("slack", TEAM, "C1", "UFATIMA")) as session:
        sql = "select id, person_id, changes from settings_changes where workspace_id=:workspace_id"
        rows = session.rows(f"{sql} order by at, changes")
        kept = [settings_changes.find(session, row[0]) for row in rows]

    assert [one.changes[0].after for one in kept if one] == ["de huurder", rows[1][1]]
    assert "UFATIMA" not in str(rows)


@pytest.mark.parametrize("who", ["guest", "small guest", "outsider", "elsewhere", "deactivated"])
def test_who_is_no_full_member_may_not_open_them_nor_save_what_was_open(
    office: Office, ruud: Person, introduced: str, who: str
) -> None:
    ruud.presses("Instellingen")
    match who:
        case "guest":
            office.slack.guests.add("URUUD")
        case "small guest":
            office.slack.small_guests.add("URUUD")
        case "outsider":
            office.slack.homes["URUUD"] = "T9"
        case "elsewhere":
            office.slack.people["C1"].remove("URUUD")
        case _:
            office.slack.deactivated.add("URUUD")

    assert refusal(ruud, questions="1") == REFUSED
    office.slack.forms["URUUD"].clear()
    for open_ in (lambda: ruud.presses("Instellingen"), lambda: ruud.types("instellingen")):
        open_()
        assert ruud.form is None
        assert ruud.heard == REFUSED
    assert told(office) == []


@pytest.mark.parametrize(("ours", "may"), [("E1", True), ("E2", False), ("", False)])
def test_another_workspace_is_no_other_organisation_where_both_are_of_one(
    office: Office, ruud: Person, introduced: str, ours: str, may: bool
) -> None:
    office.slack.homes["URUUD"] = "T9"
    office.slack.enterprises["URUUD"] = "E1"
    office.slack.enterprise = ours
    ruud.presses("Instellingen")

    assert (ruud.form is not None) == may


def test_the_first_set_up_is_not_theirs_either(office: Office, ruud: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    ruud.presses("Noem jullie klant")
    office.slack.guests.add("URUUD")

    assert refusal(ruud, sector="de huurder") == REFUSED
    assert "wie is jullie klant?" in office.shown()


def test_once_somebody_is_named_only_they_may(
    office: Office, fatima: Person, ruud: Person, introduced: str
) -> None:
    ruud.presses("Instellingen")
    fatima.presses("Instellingen")
    fatima.fills_in(keeper="UFATIMA")
    assert told(office) == [
        "Wie dit mag wijzigen: elk vast lid van dit kanaal → <@UFATIMA>\nGewijzigd door <@UFATIMA>"
    ]

    assert refusal(ruud, questions="1") == NAMED
    office.slack.forms["URUUD"].clear()
    ruud.presses("Instellingen")
    assert ruud.form is None
    assert ruud.heard == NAMED

    fatima.presses("Instellingen")
    assert '"initial_users": ["UFATIMA"]' in str(fatima.form).replace("'", '"')
    fatima.fills_in(questions="1")
    fatima.presses("Instellingen")
    fatima.fills_in(keeper="")
    assert "<@UFATIMA> → elk vast lid van dit kanaal" in told(office)[-1]
    ruud.presses("Instellingen")
    assert ruud.form is not None


@pytest.mark.parametrize("gone", ["left", "deactivated", "became a guest"])
def test_a_channel_does_not_lock_itself_out(
    office: Office, ruud: Person, named: None, gone: str
) -> None:
    match gone:
        case "left":
            office.slack.people["C1"].remove("UFATIMA")
        case "deactivated":
            office.slack.deactivated.add("UFATIMA")
        case _:
            office.slack.guests.add("UFATIMA")
    ruud.presses("Instellingen")
    assert "initial_users" not in str(ruud.form)
    ruud.fills_in(questions="1")

    assert "<@UFATIMA> → elk vast lid van dit kanaal" in told(office)[-1]


@pytest.mark.parametrize("who", ["UROBOT", "UNOBODY", "UJOKE"])
def test_only_a_full_member_can_be_named(
    office: Office, fatima: Person, introduced: str, who: str
) -> None:
    office.slack.guests.add("UJOKE")
    fatima.presses("Instellingen")
    said = fatima.fills_in(keeper=who)

    assert said["errors"]["keeper"].startswith("Kies een vast lid van dit kanaal: geen gast,")
    assert told(office) == []


def test_who_was_named_while_it_was_looked_up_goes_first(
    office: Office, fatima: Person, ruud: Person, introduced: str, toolbox: Toolbox, clock: Clock
) -> None:
    """Ruud's right is looked up, then Fatima's naming is kept, then Ruud's change would be."""
    ruud.presses("Instellingen")
    fatima.presses("Instellingen")
    other = office_in(office.slack, toolbox, clock)
    office.slack.meanwhile["conversations.members"] = lambda: Person(other, "UFATIMA").fills_in(
        keeper="UFATIMA"
    )

    assert refusal(ruud, questions="1") in {NAMED, CHANGED}
    assert len(told(office)) == 1


@pytest.mark.parametrize("method", ["users.info", "conversations.members"])
def test_while_slack_does_not_answer_nothing_is_kept_and_what_was_typed_stays(
    office: Office,
    ruud: Person,
    introduced: str,
    method: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(membership, "EACH", 0.2)
    ruud.presses("Instellingen")
    office.slack.held[method] = threading.Event()
    said = refusal(ruud, questions="1")
    office.slack.held.pop(method).set()

    assert said == "Slack zegt me nu niet of je dit mag. Laat dit open; probeer het zo weer."
    assert told(office) == []
    ruud.fills_in(questions="1")
    assert len(told(office)) == 1


def test_a_change_that_was_not_delivered_yet_waits(
    office: Office, ruud: Person, introduced: str, toolbox: Toolbox
) -> None:
    ruud.presses("Instellingen")
    office.slack.faults.append(Fault.LIMITED)
    ruud.fills_in(questions="1")
    assert told(office) == []
    with toolbox.read(Caller("slack", TEAM, "C1", "UFATIMA")) as session:
        waiting = jobs.of_state(session, jobs.JobState.DUE)
    assert "settings_change" in {one.kind for one in waiting}

    office.clock.later(minutes=1)
    office.event(type="member_joined_channel", channel="C1", user="UJOKE")
    assert len(told(office)) == 1
