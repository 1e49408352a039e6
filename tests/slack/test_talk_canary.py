"""What people say leaves no trace: the bytes of the file and its log are searched for it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.surfaces.slack.journal import start_logging
from bot.usecases import deliver
from bot.usecases.toolbox import Toolbox
from tests.slack.people import Office, Person
from tests.slack.talking import run, switch
from tests.slack.workspace import BOT, TEAM

AUTHOR, EVENT = "UKANARIEPIET", "EvKANARIE"
SAID = "De huurder van de kanariekooi belde over kwikstaartje"
AT = datetime(2026, 11, 24, 13, 37, 42, 418_273, tzinfo=UTC)
# The instant in every form we or Slack write one, to the minute where that is a form.
INSTANTS = ("1795527462", "418273", "2026-11-24T13:37", "2026-11-24T14:37", "13:37", "14:37")
TRACES = (AUTHOR, EVENT, "kanarie", "kwikstaart", *INSTANTS)
KINDS: list[dict[str, Any]] = [
    {},
    {"text": "geen klant, wel een kanarie"},
    {"subtype": "file_share", "files": [{"name": "kanarie.pdf"}]},
    {"subtype": "me_message"},
    {"thread_ts": "1795527000.000100", "parent_user_id": AUTHOR},
    {"thread_ts": "1795527000.000100", "parent_user_id": BOT},
    {"bot_id": "BKANARIE"},
    {"text": "Mail kanarie@kwikstaart.example en `code met kanarie`"},
    {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": SAID}}]},
]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with io.StringIO() as stream:
        start_logging(stream)
        yield stream


@pytest.fixture
def counting(office: Office, fatima: Person) -> None:
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    fatima.types("instellingen")
    fatima.fills_in(sector="de huurder", talk=True)
    office.clock.instant = AT


def say(office: Office, number: int, **more: Any) -> None:
    ts = f"{AT.timestamp():.6f}"
    said = {"type": "message", "channel": "C1", "user": AUTHOR, "text": SAID, "ts": ts} | more
    body = {"type": "event_callback", "team_id": TEAM, "event_id": f"{EVENT}{number}"}
    office.deliver({**body, "event": said, "event_time": int(AT.timestamp())}, "events")


def say_all(office: Office) -> None:
    for number, kind in enumerate(KINDS):
        say(office, number, **kind)
    now, before = {"user": AUTHOR, "text": SAID, "ts": "1795527462.418273"}, {"user": AUTHOR}
    say(office, 90, subtype="message_changed", message=now, previous_message=before)
    say(office, 91, subtype="message_deleted", previous_message=now)


def kept(toolbox: Toolbox) -> dict[str, bytes]:
    """The bytes of the database, and of all that stands beside it."""
    folder = toolbox.database.path.parent
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def traces(toolbox: Toolbox) -> list[tuple[str, str]]:
    return [
        (name, trace)
        for name, content in kept(toolbox).items()
        for trace in TRACES
        if trace.encode() in content or trace.encode("utf-16-le") in content
    ]


def test_of_what_people_say_no_byte_is_kept(
    office: Office, toolbox: Toolbox, log: io.StringIO, counting: None
) -> None:
    office.deliveries = 2
    say_all(office)

    log_of_writes = kept(toolbox)["klantvraag.db-wal"]
    assert b"talk:" in log_of_writes  # what is searched holds what was written just now
    assert traces(toolbox) == []
    deliver.tidy(toolbox)
    toolbox.database.close()
    assert traces(toolbox) == []
    assert log.getvalue() == ""


def test_where_it_is_not_counted_either(
    office: Office, toolbox: Toolbox, log: io.StringIO, counting: None, fatima: Person
) -> None:
    office.clock.later(hours=-4)
    switch(fatima, on=False)
    office.clock.instant = AT
    say_all(office)

    assert traces(toolbox) == []
    assert log.getvalue() == ""


def test_nor_where_it_could_not_be_kept(
    office: Office, toolbox: Toolbox, log: io.StringIO, counting: None
) -> None:
    refusing = "begin select raise(abort, 'disk I/O error'); end"
    run(toolbox, f"create trigger refusing before insert on talk_days {refusing}")
    with pytest.raises(AssertionError):  # not acknowledged
        say(office, 1)

    assert traces(toolbox) == []
    told = log.getvalue()
    assert "not heard" in told
    assert not any(trace in told for trace in (AUTHOR, "kanarie", "kwikstaart", "1795527462"))


def test_what_tells_a_delivery_from_others_has_the_end_of_its_day_and_goes_after_it(
    office: Office, toolbox: Toolbox, counting: None
) -> None:
    say_all(office)
    assert seen(toolbox) == {"2026-11-24T23:00:00.000+00:00"}  # midnight in Amsterdam

    office.clock.later(days=2)
    deliver.tidy(toolbox)
    assert seen(toolbox) == set()


def seen(toolbox: Toolbox) -> set[str]:
    (workspace, *_), *_ = toolbox.database.workspaces()
    with toolbox.database.read(workspace) as session:
        sql = "select seen_at from seen_deliveries where workspace_id = :workspace_id"
        return {str(at) for (at,) in session.rows(f"{sql} and key glob 'talk:*'")}
