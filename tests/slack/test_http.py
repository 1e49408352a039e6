"""`klantvraag slack --http` as a process of its own: heard, well, and stopped without a loss."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.schedule import Came, Occasion
from bot.storage import channels, jobs, occurrences
from bot.storage.database import Database
from bot.storage.occurrences import Occurrence
from tests.slack.over_http import ask, deliver, encoded, free_port, signed
from tests.slack.people import SECRET
from tests.slack.processes import fork, start
from tests.slack.serving import ACCESS, HTTP, Serving, served
from tests.slack.test_socket import SOON, added, asked, check, until
from tests.slack.workspace import TEAM, Workspace

HUURDER = CustomerWords("de huurder")
SETTINGS = ChannelSettings("nl", {"nl": HUURDER, "en": HUURDER})
MANY = 40  # requests at once


@pytest.fixture
def serving(tmp_path: Path, template: Path) -> Iterator[Serving]:
    with served(tmp_path, template) as serving:
        yield serving


@pytest.fixture
def started(tmp_path: Path, template: Path) -> Iterator[Serving]:
    with served(tmp_path, template, start) as serving:
        yield serving


def test_it_hears_acknowledges_posts_and_stops_without_a_loss(started: Serving) -> None:
    assert deliver(started.port, "events", added()).status == 200
    until(lambda: started.slack.messages("C1"), "the introduction")
    assert deliver(started.port, "commands", asked(started.slack)).status == 200
    until(lambda: started.slack.forms["U1"], "the preview")
    view = started.slack.forms["U1"][-1] | {"state": {"values": {}}}
    submitted = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U1"}}
    said = deliver(started.port, "interactive", {**submitted, "view": view})
    assert json.loads(said.body) == {"response_action": "clear"}

    seconds, log = started.stop()

    assert seconds < 8
    code, shown = check(started.database.parent)
    assert code == 0, shown
    assert started.rows()["meetings"] == 1
    for line in log.splitlines():
        json.loads(line)
    for secret in ("xoxb-test", SECRET, "verhuisformulier"):
        assert secret not in log


def test_slack_sets_it_up_and_looks_at_its_certificate(serving: Serving) -> None:
    challenge = {"type": "url_verification", "token": "t", "challenge": "3eZbrw1aB1"}
    said = deliver(serving.port, "events", challenge)
    assert json.loads(said.body) == {"challenge": "3eZbrw1aB1"}
    assert ask(serving.port, json.dumps(challenge).encode()).status == 401

    unsigned = {"Content-Type": "application/x-www-form-urlencoded"}
    assert ask(serving.port, b"ssl_check=1&token=Jh3k", unsigned).status == 200
    assert ask(serving.port, b"ssl_check=1&command=%2Fklantvraag", unsigned).status == 401


def test_what_slack_delivers_again_is_done_once_and_acknowledged(serving: Serving) -> None:
    assert deliver(serving.port, "events", added(1)).status == 200
    until(lambda: serving.rows()["posted_messages"], "the introduction")
    content, body = encoded("events", added(2))
    first, again = signed(content, body, age=2), signed(content, body)

    assert ask(serving.port, body, first).status == 200
    before = serving.rows()
    assert ask(serving.port, body, first).status == 401  # the same request, by somebody else
    assert ask(serving.port, body, again).status == 200  # Slack's, as new as its time stamp
    assert serving.rows() == before


def test_what_could_not_be_kept_may_come_again_just_so(serving: Serving) -> None:
    database, away = serving.database, serving.database.with_name("away.db")
    content, body = encoded("events", added())
    requests = [signed(content, body, age=age) for age in range(MANY)]

    def at_once() -> set[int]:
        """So many that each thread of the server has one."""
        with ThreadPoolExecutor(MANY) as callers:
            said = callers.map(lambda headers: ask(serving.port, body, headers), requests)
            return {one.status for one in said}

    database.rename(away)
    assert at_once() == {500}
    well = ask(serving.port, method="GET", path="/health")
    assert (well.status, json.loads(well.body)["database"]) == (503, False)
    away.rename(database)

    assert at_once() == {200}
    assert at_once() == {401}
    until(lambda: serving.slack.messages("C1"), "the introduction")


def test_health_and_everything_else(serving: Serving) -> None:
    well = ask(serving.port, method="GET", path="/health")
    assert json.loads(well.body) == {"ok": True, "database": True, "clock": True, "late": 0}
    assert "Server" not in well.headers
    said = [
        ask(serving.port, path="/health"),
        ask(serving.port, method="GET"),
        ask(serving.port, method="PUT"),
        ask(serving.port, method="GET", path="/"),
        ask(serving.port, method="GET", path="/slack/events/"),
        ask(serving.port, path="/slack/install"),
    ]
    assert [one.status for one in said] == [405, 405, 405, 404, 404, 404]
    assert [one.headers["Allow"] for one in said[:2]] == ["GET", "POST"]
    assert all(len(one.body) < 20 for one in said)


def test_health_counts_what_should_have_come(serving: Serving) -> None:
    with closing(Database(serving.database)) as database:
        keep_late(database, "C1", minutes=14)
        keep_late(database, "C2", minutes=16)

    well = ask(serving.port, method="GET", path="/health")

    assert well.status == 200  # a new process would not bring it sooner
    assert json.loads(well.body)["late"] == 1


def keep_late(database: Database, channel: str, minutes: float) -> None:
    """A digest that is due for so long, where Slack lets nothing in for an hour."""
    now, hour = (at(span) for span in (timedelta(), timedelta(hours=1)))
    with database.write(database.workspace("slack", TEAM, lambda: now)) as session:
        channels.hold_all(session, hour)
        channel_id = channels.ensure(session, "slack", channel, SETTINGS, now)
        due = at(-timedelta(minutes=minutes))
        one = Occurrence(Occasion.DIGEST, channel_id, due, "2026-W47", Came.DUE, None, channel_id)
        occurrence_id = occurrences.add(session, one, now)
        jobs.refresh(session, "slack", Occasion.DIGEST, occurrence_id or "", now)


def at(span: timedelta) -> str:
    return (datetime.now(UTC) + span).isoformat(timespec="milliseconds")


def test_more_than_a_megabyte_is_refused_without_reading(serving: Serving) -> None:
    with socket.create_connection(("127.0.0.1", serving.port), timeout=SOON) as sender:
        sender.sendall(b"POST /slack/events HTTP/1.1\r\nContent-Length: 1000001\r\n\r\n")
        assert b" 413 " in sender.makefile("rb").readline()  # not a byte of it was sent

    body = b"{" + b" " * 999_998 + b"}"
    assert ask(serving.port, body, signed("application/json", body, "other")).status == 401


@pytest.mark.parametrize("under_way", ["views.open", "chat.postMessage"])
def test_what_is_under_way_is_finished(serving: Serving, under_way: str) -> None:
    serving.slack.held[under_way] = threading.Event()
    assert deliver(serving.port, "commands", asked(serving.slack)).status == 200
    assert serving.slack.waiting.wait(SOON)

    serving.process.send_signal(signal.SIGTERM)
    serving.slack.held.pop(under_way).set()
    _, log = serving.process.communicate(timeout=SOON)

    assert serving.process.returncode == 0, log
    assert serving.slack.forms["U1"]
    (introduction,) = serving.slack.messages("C1")
    assert "ik ben klantvraag" in introduction["text"]


def test_all_that_was_acknowledged_while_it_stopped_is_kept(serving: Serving) -> None:
    """Events keep coming, over connections that stay open."""
    said: list[tuple[int, int]] = []

    def send(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", serving.port, timeout=SOON)
        with closing(connection), suppress(OSError, HTTPException):
            for number in range(first, first + 100_000):
                content, body = encoded("events", added(number))
                connection.request("POST", "/slack/events", body, signed(content, body))
                response = connection.getresponse()
                response.read()
                said.append((number, response.status))

    senders = [threading.Thread(target=send, args=(n * 100_000,)) for n in range(1, 9)]
    for sender in senders:
        sender.start()
    until(lambda: len(said) > 100, "they are heard")
    seconds, _ = serving.stop()
    for sender in senders:
        sender.join()

    assert seconds < 8
    assert {status for _, status in said} <= {200, 503}
    kept = {key for (key,) in serving.select("select key from seen_deliveries")}
    assert kept >= {f"event:Ev{number}" for number, status in said if status == 200}


def test_a_request_that_gets_no_answer_does_not_keep_it(serving: Serving) -> None:
    serving.slack.held["chat.postMessage"] = threading.Event()
    deliver(serving.port, "events", added())
    assert serving.slack.waiting.wait(SOON)
    with socket.create_connection(("127.0.0.1", serving.port)) as half:
        half.sendall(b"POST /slack/events HTTP/1.1\r\nContent-Length: 900\r\n\r\n{")
        seconds, _ = serving.stop()
        serving.slack.held.pop("chat.postMessage").set()

    assert seconds < 10


def test_check_tells_that_it_hears(serving: Serving) -> None:
    until(lambda: check(serving.database.parent, "--live")[0] == 0, "a sign of life")
    assert "listens and hears Slack" in check(serving.database.parent, "--live")[1]

    _, log = serving.stop()

    assert "Nobody listens to Slack" in check(serving.database.parent, "--live")[1]
    assert [json.loads(line)["event"] for line in log.splitlines()] == ["scope missing", "hears"]


@pytest.mark.parametrize(
    ("wrong", "address", "code", "sentence"),
    [
        ({"SLACK_SIGNING_SECRET": ""}, "127.0.0.1:{port}", 78, "SLACK_SIGNING_SECRET ontbreekt"),
        ({"SLACK_BOT_TOKEN": ""}, "127.0.0.1:{port}", 78, "SLACK_BOT_TOKEN ontbreekt"),
        ({}, "127.0.0.1:{taken}", 1, "niet luisteren (Address already in use)"),
        ({}, "192.0.2.1:{port}", 1, "Ik kan op 192.0.2.1:"),
        ({}, "nowhere.invalid:{port}", 1, "Ik kan op nowhere.invalid:"),
    ],
)
def test_what_is_wrong_at_start_is_one_sentence(
    tmp_path: Path, wrong: Any, address: str, code: int, sentence: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, closing(Workspace(time.time)) as slack:
        at = address.format(port=free_port(), taken=taken.getsockname()[1])
        process = fork(tmp_path, *HTTP, at, **{**ACCESS, "SLACK_API_URL": slack.url, **wrong})
        _, said = process.communicate(timeout=SOON)

    assert process.returncode == code, said
    assert sentence in said
    assert len(said.splitlines()) == 1
