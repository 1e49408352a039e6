"""Which messages count, where talk is counted: once, on their day, and only people's own words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import pytest

from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.people import Office, Person
from tests.slack.talking import NAMING, OTHER, counted, run
from tests.slack.workspace import BOT, TEAM

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
