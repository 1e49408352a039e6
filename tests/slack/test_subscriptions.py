"""`/klantvraag weekoverzicht`: figures of several channels that come by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.domain.schedule import Every, Weekly
from bot.domain.setting import Change, Setting
from bot.storage import channels, jobs, subscriptions
from bot.storage.subscriptions import Subscription
from bot.surfaces.slack import views
from bot.surfaces.slack.names import Action
from bot.usecases import choose
from bot.usecases.tell_changes import ChangeView
from bot.wording.texts import Texts
from tests.slack.conftest import BOTH
from tests.slack.managers import (
    OURS,
    comes,
    digests,
    introduced,
    meets,
    takes_part,
    the_one,
)
from tests.slack.people import Office, Person
from tests.slack.serving import served
from tests.surfaces.slack.drawing import drawn

MADE = (
    "Geregeld. Alle kanalen, elke maandag om 9.00 uur, in dit kanaal. Het eerste komt altijd;"
    " daarna komt er niets als er te weinig is om te tonen. Stoppen kan hier: typ /klantvraag"
    " weekoverzicht."
)
ASKED = " Ik heb openbare kanalen die nog niet kozen, gevraagd of ze willen meetellen."
NOT_YOURS = (
    "Dit overzicht gaat naar iemand anders of naar een ander kanaal. Wie het krijgt, kan het"
    " stoppen."
)
STOPPED = "Dit overzicht komt niet meer."
TALK_OF_FATIMA = "DUFATIMA"


# --- to subscribe


def test_a_tap_is_enough(office: Office, fatima: Person, weekly: None) -> None:
    assert fatima.heard == MADE
    assert fatima.form is None
    one = the_one(office.toolbox)
    assert (one.every, one.moment, one.level, one.channels) == (Every.WEEK, Weekly(), None, ())
    assert one.language == "nl"


def test_everything_can_be_chosen(office: Office, fatima: Person, both_met: None) -> None:
    fatima.types("digest")
    fatima.fills_in(
        scope="Niveau tactisch",
        to="me",
        every="month",
        digest="Woensdag",
        digest_time="16:30",
        language="en",
    )

    one = the_one(office.toolbox)
    wednesday = Weekly(3, time(16, 30))
    assert (one.every, one.moment, one.level) == (Every.MONTH, wednesday, "tactical")
    assert (one.channel_id, one.language) == (None, "en")
    assert fatima.heard.startswith(
        "Geregeld. Niveau tactisch, na elke maand, op woensdag om 16.30 uur, alleen voor jou."
    )


def test_chosen_channels_go_before_a_level(office: Office, fatima: Person, both_met: None) -> None:
    fatima.types("weekoverzicht")
    fatima.fills_in(scope="Niveau tactisch", channels=["C2"])

    one = the_one(office.toolbox)
    with office.toolbox.read(OURS) as session:
        assert one.channels == (channels.find(session, "slack", "C2"),)
    assert one.level is None
    assert "Gekozen kanalen" in fatima.heard


def test_a_channel_without_us_can_not_be_chosen(
    office: Office, fatima: Person, both_met: None
) -> None:
    office.slack.names["C3"] = "elders"
    fatima.types("weekoverzicht")

    said = fatima.fills_in(channels=["C2", "C3"])

    assert said["errors"] == {
        "channels": "In een van die kanalen zit ik nog niet. Typ daar /invite @klantvraag en"
        " probeer het opnieuw."
    }


def test_the_same_twice_comes_once(
    office: Office, fatima: Person, ruud: Person, weekly: None
) -> None:
    office.deliveries = 3
    for person in (fatima, ruud):
        person.types("weekoverzicht")
        person.fills_in()

    the_one(office.toolbox)


def test_what_comes_to_the_channel_or_to_oneself_is_listed(
    fatima: Person, ruud: Person, weekly: None
) -> None:
    fatima.types("weekoverzicht")
    fatima.fills_in(to="me", scope="Niveau operationeel")
    for person, mine in ((fatima, True), (ruud, False)):
        person.types("weekoverzicht")
        assert person.form is not None
        shown = drawn(person.form)
        assert "Alle kanalen, elke maandag om 9.00 uur, in dit kanaal" in shown
        assert ("Niveau operationeel, elke maandag" in shown) == mine


def test_the_channel_is_told_who_had_it_come_or_stopped_it(
    office: Office, ruud: Person, weekly: None
) -> None:
    ruud.types("weekoverzicht")
    ruud.presses("Stop")

    told = [m["text"] for m in office.slack.messages("C1") if "Overzicht over" in m["text"]]
    assert told == [
        "Overzicht over alle kanalen: nooit → elke maandag om 9.00 uur\nGewijzigd door <@UFATIMA>",
        "Overzicht over alle kanalen: elke maandag om 9.00 uur → nooit\nGewijzigd door <@URUUD>",
    ]


@pytest.mark.parametrize(
    ("chosen", "over"),
    [
        ({"scope": "Niveau tactisch"}, "niveau tactisch"),
        ({"channels": ["C1", "C2"]}, "gekozen kanalen"),
    ],
)
def test_of_two_in_a_channel_is_told_which_ended(
    office: Office, fatima: Person, weekly: None, chosen: dict[str, Any], over: str
) -> None:
    fatima.types("weekoverzicht")
    fatima.fills_in(**chosen)
    with office.toolbox.read(OURS) as session:
        second = next(one for one in subscriptions.active(session) if one.level or one.channels)
    fatima.types("weekoverzicht")
    fatima.presses("Stop", of=second.id)

    told = office.slack.messages("C1")[-1]["text"].splitlines()[0]
    assert told == f"Overzicht over {over}: elke maandag om 9.00 uur → nooit"


def test_what_was_told_before_what_it_is_over_was_kept_is_told_as_it_was(
    office: Office,
) -> None:
    texts = Texts("nl", office.toolbox.prompts.texts["nl"])
    change = Change(Setting.SUBSCRIPTION, "", "week 1 09:00 Europe/Amsterdam")
    message = views.settings_changed(ChangeView("nl", [change], "", {}), texts)

    assert message.text.startswith("Overzicht van meer kanalen: nooit → elke maandag om 9.00 uur")


def test_beyond_twenty_it_is_said_how_many_more_there_are(
    office: Office, fatima: Person, weekly: None
) -> None:
    first = the_one(office.toolbox)
    with office.toolbox.write(OURS) as session:
        for minute in range(20):
            another = replace(first, moment=Weekly(1, time(10, minute)))
            office.clock.later(seconds=1)
            subscriptions.add(session, another, office.toolbox.now())
    fatima.types("weekoverzicht")
    assert "En nog 1 overzicht. Dat zie je hier als je er een stopt." in drawn(fatima.form or {})
    fatima.presses("Stop")

    assert "En nog" not in drawn(fatima.form or {})
    assert "om 10.19 uur" in drawn(fatima.form or {})


@pytest.mark.parametrize("who", ["guest", "outsider", "elsewhere"])
def test_only_full_members_of_the_channel_subscribe(
    office: Office, ruud: Person, both_met: None, who: str
) -> None:
    ruud.types("weekoverzicht")
    refused = (
        "Alleen vaste leden van dit kanaal regelen overzichten van meer kanalen. Vraag het een van"
        " hen."
    )
    if who == "guest":
        office.slack.guests.add("URUUD")
    elif who == "outsider":
        office.slack.homes["URUUD"] = "T9"
    else:
        office.slack.people["C1"].remove("URUUD")

    assert list(ruud.fills_in()["errors"].values()) == [refused]
    ruud.closes()
    ruud.types("weekoverzicht")
    assert ruud.form is None
    assert ruud.heard == refused


def test_not_for_a_channel_that_others_are_in(
    office: Office, fatima: Person, both_met: None
) -> None:
    office.slack.shared.add("C1")
    fatima.types("weekoverzicht")

    said = fatima.fills_in()

    assert said["errors"]["to"].startswith("Dit kanaal is ook van een andere organisatie.")
    fatima.fills_in(to="me")
    assert the_one(office.toolbox).recipient_id


def test_channels_that_never_said_are_asked_once_and_private_ones_never(
    office: Office, fatima: Person, both_met: None
) -> None:
    office.slack.private.add("C2")
    for name in BOTH:
        takes_part(office.toolbox, name, outside=None)
    heard = []
    for scope in ("Alle kanalen", "Niveau operationeel"):
        fatima.types("weekoverzicht")
        fatima.fills_in(scope=scope)
        heard.append(fatima.heard.endswith(ASKED))

    assert heard == [True, False]
    with office.toolbox.read(OURS) as session:
        asked = {
            name: jobs.find(session, choose.OPT_IN, channels.find(session, "slack", name) or "")
            for name in BOTH
        }
    posted = [m for name in BOTH for m in office.slack.messages(name) if "[" not in m["text"]]
    questions = [m for m in posted if Action.OUTSIDE in str(m.get("blocks"))]
    assert asked["C1"] is not None
    assert len(questions) == 1
    assert questions[0] in office.slack.messages("C1")


# --- to stop


def test_below_it_is_how_to_stop(office: Office, ruud: Person, weekly: None) -> None:
    comes(office)
    (message,) = digests(office)
    figures, before = [*message["blocks"][:-2]], message["text"].splitlines()
    ruud.presses("Stop")

    (message,) = digests(office)
    *kept, last = message["blocks"]
    assert kept == figures
    assert last["elements"][0]["text"] == STOPPED
    assert message["text"].splitlines() == [*before[:-2], STOPPED]
    assert not office.slack.whispers["URUUD"]
    with office.toolbox.read(OURS) as session:
        assert subscriptions.active(session) == []


def test_an_older_one_says_too_that_it_comes_no_more(
    office: Office, ruud: Person, weekly: None
) -> None:
    comes(office)
    office.clock.later(days=7)
    meets(office.toolbox, BOTH, (24,))
    comes(office, "2026-W48")
    ruud.presses("Stop")
    older, newer = digests(office)
    assert ("[Stop]" in drawn(older), "[Stop]" in drawn(newer)) == (True, False)
    ruud.presses("Stop")

    assert [STOPPED in drawn(one) for one in digests(office)] == [True, True]
    changes = [m for m in office.slack.messages("C1") if "→ nooit" in m["text"]]
    assert len(changes) == 1


def test_where_slack_refuses_the_chart_the_figures_stay_in_words(
    office: Office, fatima: Person
) -> None:
    introduced(office, "C1", "C2")
    meets(office.toolbox, BOTH, (10, 17))
    fatima.types("weekoverzicht")
    fatima.fills_in(language="en")
    comes(office)
    office.slack.draws = False
    fatima.presses("Stop")

    (message,) = digests(office)
    assert "data_visualization" not in str(message["blocks"])
    assert message["text"].endswith("\nThis digest will not come any more.")
    assert "At 12 of the 24 agenda items" in drawn(message).replace("\n", " ")


def test_who_gets_it_alone_stops_it_in_the_talk_with_us(office: Office, personal: None) -> None:
    comes(office)
    office.slack.people.pop(TALK_OF_FATIMA, None)
    Person(office, "UFATIMA", TALK_OF_FATIMA).presses("Stop")

    (message,) = digests(office, TALK_OF_FATIMA)
    assert "[Stop]" not in drawn(message)
    assert message["text"].endswith(STOPPED)
    with office.toolbox.read(OURS) as session:
        assert subscriptions.active(session) == []


def test_in_the_form_it_leaves_the_list(fatima: Person, weekly: None) -> None:
    fatima.types("weekoverzicht")
    fatima.presses("Stop")

    assert fatima.form is not None
    assert "Dit komt al" not in drawn(fatima.form)


def presses_unseen(person: Person, one: Subscription) -> None:
    """A button that is not on this person's screen."""
    action_id = f"{Action.STOP_SUBSCRIPTION}:{one.id}"
    action = {"action_id": action_id, "block_id": "b", "type": "button"}
    person.office.deliver(person._body("block_actions") | {"actions": [action]})


@pytest.mark.parametrize("place", ["C1", "C2", "DURUUD"])
def test_nobody_stops_what_comes_to_somebody_else(
    office: Office, personal: None, place: str
) -> None:
    ruud, one = Person(office, "URUUD", place), the_one(office.toolbox)
    presses_unseen(ruud, one)

    assert ruud.heard == NOT_YOURS
    assert the_one(office.toolbox) == one


@pytest.mark.parametrize("place", ["C2", "DURUUD"])
def test_nobody_stops_what_comes_to_a_channel_from_elsewhere(
    office: Office, weekly: None, place: str
) -> None:
    ruud, one = Person(office, "URUUD", place), the_one(office.toolbox)
    presses_unseen(ruud, one)

    assert ruud.heard == NOT_YOURS
    assert the_one(office.toolbox) == one


def test_a_guest_stops_nothing(office: Office, ruud: Person, weekly: None) -> None:
    comes(office)
    office.slack.guests.add("URUUD")
    ruud.presses("Stop")

    assert ruud.heard.startswith("Alleen vaste leden van dit kanaal")
    the_one(office.toolbox)


# --- configured


def test_configured_ones_come_from_the_start(tmp_path: Path, template: Path) -> None:
    (tmp_path / "config.yaml").write_text("digests: {board: {to: C1}}\n")
    with served(tmp_path, template) as serving:
        assert serving.select("select configured_as from subscriptions") == [("board",)]
