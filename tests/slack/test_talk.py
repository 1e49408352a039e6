"""Talk in a channel: counted by day where the channel chose that, and what does not count."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import pytest

from bot.storage import channels, talk_days
from bot.storage.connections import open_file
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock
from tests.slack.office import office_in
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault
from tests.slack.workspace import ALL, BOT, TEAM

NAMING = "Een huurder belde over de lekkage."
OTHER = "De begroting is klaar."
ON, OFF = "Vanaf nu tel ik hoe vaak jullie klant", "Ik tel niet meer hoe vaak jullie klant"
TODAY = date(2026, 11, 24)


@pytest.fixture
def counting(fatima: Person, introduced: str) -> None:
    """It chose to have its talk counted."""
    switch(fatima, on=True)


def switch(person: Person, *, on: bool) -> None:
    person.types("instellingen")
    person.fills_in(talk=True if on else [])


def counted(toolbox: Toolbox, first: date = TODAY, last: date = TODAY) -> tuple[int, int]:
    """(messages, those that name the customer) of some days."""
    with toolbox.read(Caller("slack", TEAM, "C1", "")) as session:
        return talk_days.count(session, channels.find(session, "slack", "C1") or "", first, last)


def last_message(office: Office) -> Mapping[str, Any]:
    return office.slack.messages("C1")[-1]


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


NOT_COUNTED: dict[str, dict[str, Any]] = {
    "a bot": {"bot_id": "B7"},
    "a bot, of old": {"bot_id": "B7", "subtype": "bot_message"},
    "ours": {"user": BOT, "bot_id": "B1"},
    "Slackbot": {"user": "USLACKBOT"},
    "nobody": {"user": None},
    "who joined": {"subtype": "channel_join"},
    "a topic": {"subtype": "channel_topic"},
    "Slackbot's answer": {"subtype": "slackbot_response"},
    "below ours, as Slack says": {"thread_ts": "1.1", "parent_user_id": BOT},
    "below ours, seen by all": {
        "thread_ts": "1.1",
        "subtype": "thread_broadcast",
        "root": {"user": BOT},
    },
    "a few people": {"channel_type": "mpim"},
    "without words": {"text": "  "},
    "a photograph": {"subtype": "file_share", "text": ""},
    "only a person": {"text": "<@UFATIMA>"},
    "only a person by name": {"text": "<@UFATIMA|fatima>"},
    "only a channel": {"text": "<#C2|huurders>"},
    "everybody": {"text": "<!here>"},
    "the code of an emoji": {"text": ":+1:"},
    "codes in a row": {"text": ":huurder::wave::skin-tone-2:"},
    "an emoji": {"text": "👍"},
    "an emoji that is a letter": {"text": "ℹ️"},
    "a number": {"text": "1234"},
    "marks": {"text": "&gt; ?! *_…_*"},
    "a link": {"text": "<https://example.nl/huurder>"},
    "a link with a name": {"text": "<https://example.nl|de huurder>"},
    "an address": {"text": "<mailto:huurder@example.nl|huurder@example.nl> :point_up: 2"},
    "a language we do not read": {
        "text": "Der Mieter hat gestern mit uns über die Miete gesprochen"
    },
}


@pytest.mark.parametrize("kind", NOT_COUNTED)
def test_what_is_nobodys_own_words_here_does_not_count(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None, kind: str
) -> None:
    more = {"text": NAMING} | NOT_COUNTED[kind]
    fatima.says(**more)

    assert counted(toolbox) == (0, 0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ok", False),
        (":+1: mooi", False),
        ("Om 9:30:15 uur", False),
        ("<https://example.nl|hier> staat het", False),
        ("<https://example.nl|De huurder> belde", True),
        ("1234 huurders :tada:", True),
    ],
)
def test_one_word_is_enough_to_count(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None, text: str, names: bool
) -> None:
    fatima.says(text)

    assert counted(toolbox) == (1, int(names))


@pytest.mark.parametrize("subtype", [None, "file_share", "me_message", "thread_broadcast"])
def test_what_people_say_counts_in_each_form(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None, subtype: str | None
) -> None:
    fatima.says(NAMING, subtype=subtype)

    assert counted(toolbox) == (1, 1)


def test_a_thread_of_people_counts_and_below_our_messages_none_does(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None, posted: str
) -> None:
    said = fatima.says(OTHER)
    fatima.says(NAMING, thread=said["ts"])
    assert counted(toolbox) == (2, 1)
    for ours in office.slack.messages("C1"):
        fatima.says(NAMING, thread=ours["ts"])
        fatima.says("2: de huurder merkt dit", thread=ours["ts"])

    assert counted(toolbox) == (2, 1)


def test_below_an_agenda_that_was_put_at_the_bottom_none_counts_either(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None, posted: str
) -> None:
    fatima.presses("", pick="onderaan")
    assert posted not in [message["ts"] for message in office.slack.messages("C1")]
    fatima.says(NAMING, thread=posted)

    assert counted(toolbox) == (0, 0)


def test_an_edit_and_a_deletion_count_nothing(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None
) -> None:
    said = fatima.says(OTHER)
    fatima.deletes(fatima.changes(said, NAMING))

    assert counted(toolbox) == (1, 0)


@pytest.mark.parametrize("deliveries", [2, 3])
def test_what_is_delivered_again_counts_once(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None, deliveries: int
) -> None:
    office.deliveries = deliveries
    fatima.says(NAMING)

    assert counted(toolbox) == (1, 1)


def test_a_channel_with_another_organisation_is_not_counted(
    office: Office, toolbox: Toolbox, counting: None
) -> None:
    said = {
        "type": "message",
        "channel": "C1",
        "user": "UJOKE",
        "text": NAMING,
        "ts": "1795510800.1",
    }
    body = {"type": "event_callback", "team_id": TEAM, "event": said}
    office.deliver(body | {"event_id": "Ev-1x", "is_ext_shared_channel": True}, "events")
    assert counted(toolbox) == (0, 0)

    office.deliver(body | {"event_id": "Ev-2x", "is_ext_shared_channel": False}, "events")
    assert counted(toolbox) == (1, 1)


def test_a_direct_message_is_not_counted(office: Office, toolbox: Toolbox, counting: None) -> None:
    Person(office, "UFATIMA", "D1").says(NAMING)

    assert counted(toolbox) == (0, 0)


def test_a_message_counts_on_its_day_in_the_channel_however_late_it_comes(
    office: Office, toolbox: Toolbox, clock: Clock, fatima: Person, counting: None
) -> None:
    clock.instant = datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)  # a second before midnight
    late = fatima.says(NAMING)
    clock.later(seconds=1)
    fatima.says(OTHER)
    office.event(channel="C1", **late)  # said yesterday, brought today

    tomorrow = date(2026, 11, 25)
    assert counted(toolbox) == (2, 2)
    assert counted(toolbox, tomorrow, tomorrow) == (1, 0)


def test_what_could_not_be_kept_is_brought_again_and_counts_once(
    office: Office, toolbox: Toolbox, fatima: Person, counting: None
) -> None:
    refusing = "begin select raise(abort, 'database or disk is full'); end"
    run(toolbox, f"create trigger refusing before insert on talk_days {refusing}")
    with pytest.raises(AssertionError):  # not acknowledged
        fatima.says(NAMING)
    run(toolbox, "drop trigger refusing")
    assert counted(toolbox) == (0, 0)
    office.events = chain([next(office.events) - 1], office.events)  # the same delivery
    office.deliveries = 2
    fatima.says(NAMING)

    assert counted(toolbox) == (1, 1)


def run(toolbox: Toolbox, sql: str) -> None:
    with closing(open_file(toolbox.database.path, "rw")) as connection:
        connection.execute(sql)
