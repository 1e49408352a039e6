"""Talk in a channel is counted where the channel chose that, and everybody there is told."""

from __future__ import annotations

import pytest

from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.office import office_in
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault
from tests.slack.talking import NAMING, OFF, ON, OTHER, counted, last_message, switch
from tests.slack.workspace import ALL, BOT


def test_each_message_counts_and_those_that_name_the_customer(
    office: Office, toolbox: Toolbox, fatima: Person, ruud: Person, counting: None
) -> None:
    for person, text in ((fatima, NAMING), (ruud, OTHER), (ruud, "Bewoners vragen ernaar")):
        person.says(text)

    assert counted(toolbox) == (3, 2)


def test_nothing_is_counted_where_nobody_chose_that(
    office: Office, toolbox: Toolbox, fatima: Person, introduced: str
) -> None:
    fatima.says(NAMING)

    assert counted(toolbox) == (0, 0)


def test_no_configuration_switches_it_on(toolbox: Toolbox) -> None:
    assert not toolbox.config.settings("C1", toolbox.prompts.customers).talk


def test_once_it_is_off_nothing_counts_and_what_was_counted_stays(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None
) -> None:
    fatima.says(NAMING)
    switch(fatima, on=False)
    fatima.says(NAMING)

    assert counted(toolbox) == (1, 1)


def test_the_channel_is_told_in_a_message_of_its_own(
    office: Office, fatima: Person, introduced: str
) -> None:
    switch(fatima, on=True)
    on = last_message(office)
    switch(fatima, on=False)
    off = last_message(office)

    assert on["text"].startswith(ON)
    assert off["text"].startswith(OFF)
    assert "Gewijzigd door <@UFATIMA>" in on["text"]
    assert "thread_ts" not in on
    assert "thread_ts" not in off


def test_other_settings_saved_with_it_stand_in_the_thread(
    office: Office, fatima: Person, introduced: str
) -> None:
    fatima.types("instellingen")
    fatima.fills_in(talk=True, questions="1")

    below, own = sorted(office.slack.messages("C1")[1:], key=lambda it: "thread_ts" not in it)
    assert below["thread_ts"] == introduced
    assert below["text"] == "Vragen per punt: 2 → 1\nGewijzigd door <@UFATIMA>"
    assert own["text"].startswith(ON)


def test_chosen_with_all_other_settings_the_first_time_it_is_told_too(
    office: Office, toolbox: Toolbox, fatima: Person
) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types("instellingen")
    fatima.fills_in(sector="de huurder", talk=True)
    fatima.says(NAMING)

    assert last_message(office)["text"].startswith(ON)
    assert counted(toolbox) == (1, 1)


def test_nothing_counts_before_the_channel_was_told(
    office: Office, toolbox: Toolbox, clock: Clock, fatima: Person, introduced: str
) -> None:
    fatima.types("instellingen")
    office.slack.faults.append(Fault.LIMITED)  # then nothing more for half a minute
    fatima.fills_in(talk=True)
    fatima.says(NAMING)
    assert ON not in last_message(office)["text"]
    assert counted(toolbox) == (0, 0)

    clock.later(minutes=5)
    fatima.says("Even wachten.")  # by now it is sent
    fatima.says(NAMING)
    assert ON in last_message(office)["text"]
    assert counted(toolbox) == (1, 1)


def test_the_introduction_says_what_it_reads_while_it_does(
    office: Office, fatima: Person, introduced: str
) -> None:
    def says() -> str:
        return str(office.slack.messages("C1")[0]["text"])

    assert "Ik lees niet mee." in says()
    switch(fatima, on=True)
    assert "Ik kijk hier elk bericht na" in says()
    assert "Ik lees niet mee" not in says()
    switch(fatima, on=False)
    assert "Ik lees niet mee." in says()


def test_who_may_not_change_settings_does_not_switch_it_on(
    office: Office, toolbox: Toolbox, ruud: Person, introduced: str
) -> None:
    ruud.types("instellingen")
    office.slack.guests.add("URUUD")
    said = ruud.fills_in(talk=True)
    ruud.says(NAMING)

    assert said["response_action"] == "errors"
    assert counted(toolbox) == (0, 0)


def test_where_no_messages_reach_us_it_is_not_offered_and_stays_as_it_was(
    office: Office, toolbox: Toolbox, clock: Clock, counting: None
) -> None:
    office.slack.scopes["xoxb-test"] = ALL - {"channels:history"}
    deaf = Person(office_in(office.slack, toolbox, clock), "UFATIMA")
    deaf.types("instellingen")
    assert "Gesprekken in dit kanaal" not in str(deaf.form)
    deaf.fills_in(questions="1")

    assert not any(OFF in message["text"] for message in office.slack.messages("C1"))
    assert "Ik lees niet mee." in office.slack.messages("C1")[0]["text"]


@pytest.mark.parametrize(
    ("private", "scope", "offered"),
    [
        (False, "channels:history", True),
        (False, "groups:history", False),
        (True, "channels:history", False),
        (True, "groups:history", True),
    ],
)
def test_it_is_offered_only_in_the_kind_of_channel_whose_messages_reach_us(
    office: Office, toolbox: Toolbox, clock: Clock, private: bool, scope: str, offered: bool
) -> None:
    office.slack.scopes["xoxb-test"] = ALL - {"channels:history"} | {scope}
    if private:
        office.slack.private.add("C1")
    fatima = Person(office_in(office.slack, toolbox, clock), "UFATIMA")
    fatima.types("instellingen")

    assert ("Gesprekken in dit kanaal" in str(fatima.form)) == offered


def test_with_both_scopes_slack_is_not_asked_what_kind_of_channel_it_is(
    office: Office, toolbox: Toolbox, clock: Clock
) -> None:
    office.slack.scopes["xoxb-test"] = ALL | {"groups:history"}
    fatima = Person(office_in(office.slack, toolbox, clock), "UFATIMA")
    fatima.types("instellingen")

    assert "Gesprekken in dit kanaal" in str(fatima.form)
    both = len(office.slack.called("conversations.info"))
    office.slack.scopes["xoxb-test"] = ALL
    fatima = Person(office_in(office.slack, toolbox, clock), "UFATIMA")
    fatima.types("instellingen")
    assert len(office.slack.called("conversations.info")) == 2 * both + 1
