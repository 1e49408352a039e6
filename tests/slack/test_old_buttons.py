"""What came by itself keeps its buttons: pressed late, each still gives one clear word."""

from __future__ import annotations

import pytest

from bot.storage import subscriptions
from bot.surfaces.slack.names import Action
from tests.slack.managers import OURS, comes, digests, the_one
from tests.slack.people import Office, Person
from tests.slack.test_quiet_weeks import ASKED, asked, goes_on, talk
from tests.slack.test_subscriptions import STOPPED, presses_unseen
from tests.surfaces.slack.drawing import drawn

__all__ = ["asked"]
OFF = (
    "In <#C1> komt geen weekoverzicht meer. Weer aanzetten kan daar: typ /klantvraag instellingen."
)


# --- Stop below a digest of several channels


@pytest.mark.parametrize("who", ["member", "guest"])
def test_a_digest_that_was_stopped_elsewhere_says_so_to_whoever_presses(
    office: Office, fatima: Person, ruud: Person, weekly: None, who: str
) -> None:
    comes(office)
    fatima.types("weekoverzicht")
    fatima.presses("Stop")
    fatima.closes()
    if who == "guest":
        office.slack.guests.add("URUUD")
    assert "[Stop]" in drawn(digests(office)[0])
    ruud.presses("Stop")

    (message,) = digests(office)
    assert STOPPED in drawn(message)
    assert "[Stop]" not in drawn(message)
    assert not office.slack.whispers["URUUD"]


def test_a_digest_that_is_configured_no_more_says_so(
    office: Office, ruud: Person, weekly: None
) -> None:
    comes(office)
    with office.toolbox.write(OURS) as session:
        subscriptions.stop(session, subscriptions.active(session)[0].id, None, "2026-11-24")
    ruud.presses("Stop")

    assert STOPPED in drawn(digests(office)[0])


def test_a_digest_that_nobody_knows_any_more_comes_no_more(
    office: Office, ruud: Person, weekly: None
) -> None:
    one = the_one(office.toolbox)
    with office.toolbox.write(OURS) as session:
        session.rows("delete from subscriptions where workspace_id = :workspace_id")
    presses_unseen(ruud, one)

    assert ruud.heard == STOPPED


# --- Stop and Keep below the question of a quiet channel


@pytest.mark.parametrize("label", ["Stop", "Laat het aan"])
def test_what_was_stopped_in_the_settings_is_not_said_to_go_on(
    office: Office, asked: Person, ruud: Person, label: str
) -> None:
    ruud.types("instellingen")
    ruud.fills_in(digest="Nooit")
    office.slack.guests.add("UFATIMA")
    before = len(office.slack.messages("C1"))
    asked.presses(label)

    assert asked.heard == OFF
    assert not goes_on(office)
    assert len(office.slack.messages("C1")) == before


@pytest.mark.parametrize("label", ["Stop", "Laat het aan"])
def test_where_we_are_no_more_nothing_is_to_be_chosen(
    office: Office, asked: Person, label: str
) -> None:
    office.event(type="channel_left", channel="C1")
    asked.presses(label)

    assert asked.heard == "Ik zit niet meer in <#C1>, dus daar komt geen weekoverzicht."


@pytest.mark.parametrize("action", [Action.STOP_DIGEST, Action.KEEP_DIGEST])
def test_a_question_nobody_knows_any_more_says_where_to_go(
    office: Office, asked: Person, action: Action
) -> None:
    pressed = {"action_id": f"{action}:gone", "block_id": "b", "type": "button"}
    office.deliver(asked._body("block_actions") | {"actions": [pressed]})

    assert asked.heard == (
        "Deze vraag ken ik niet meer. Het weekoverzicht regel je in het kanaal zelf met"
        " /klantvraag instellingen."
    )


def test_who_may_not_stop_it_hears_of_which_channel(office: Office, asked: Person) -> None:
    office.slack.guests.add("UFATIMA")
    asked.presses("Stop")

    assert asked.heard == "Alleen vaste leden van <#C1> kunnen dit stoppen. Vraag het een van hen."
    assert talk(office)[0].splitlines() == ASKED
