"""The connection to Slack in one process: lost, found again, and let go of."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from queue import Queue
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.surfaces.slack import socket as socket_mode
from bot.surfaces.slack.sender import client
from bot.surfaces.slack.socket import Socket
from tests.slack.people import Office
from tests.slack.test_socket import SOON, added, until
from tests.slack.web_socket import WebSocketServer
from tests.slack.workspace import TEAM


@pytest.fixture
def server() -> Iterator[WebSocketServer]:
    with closing(WebSocketServer()) as server:
        yield server


@pytest.fixture
def connected(office: Office, server: WebSocketServer) -> Iterator[Socket]:
    office.slack.socket_url = server.url
    socket = Socket(office.app, "xapp-test", client("xoxb-test", office.slack.url))
    socket.connect()
    server.connected.get(timeout=SOON)
    yield socket
    socket.drain(SOON)


def test_an_end_without_a_word_is_noticed_at_once(
    server: WebSocketServer, connected: Socket
) -> None:
    begin, used = time.monotonic(), time.process_time()
    server.drop()
    server.connected.get(timeout=SOON)
    until(lambda: connected.hears, "it hears again")

    assert time.monotonic() - begin < 15
    assert time.process_time() - used < 0.5 * (time.monotonic() - begin)  # it did not ask on and on
    envelope = server.send("events_api", added())
    assert server.acknowledged.get(timeout=SOON)["envelope_id"] == envelope


def test_without_a_connection_it_does_not_hear(
    office: Office, server: WebSocketServer, connected: Socket
) -> None:
    assert connected.hears
    del office.slack.scopes["xapp-test"]
    server.drop()

    until(lambda: not connected.hears, "it is deaf")


def test_a_connection_that_only_takes_is_given_up(
    office: Office, server: WebSocketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "PING", 0.2)
    office.slack.socket_url, server.silent = server.url, True
    socket = Socket(office.app, "xapp-test", client("xoxb-test", office.slack.url))
    socket.connect()
    server.connected.get(timeout=SOON)
    until(lambda: not socket.hears, "it is deaf")
    server.connected.get(timeout=SOON)
    server.silent = False

    until(lambda: socket.hears, "it hears again")
    assert socket.drain(SOON)


def test_when_slack_wants_it_to_leave_and_refuses_another_connection_it_goes_on_trying(
    office: Office, server: WebSocketServer, connected: Socket
) -> None:
    allowed = office.slack.scopes.pop("xapp-test")
    server.disconnect()
    until(lambda: not connected.hears, "it is deaf")
    office.slack.scopes["xapp-test"] = allowed

    server.connected.get(timeout=SOON)
    until(lambda: connected.hears, "it hears again")


def test_what_comes_while_it_stops_is_left_to_another(
    office: Office, server: WebSocketServer
) -> None:
    office.slack.socket_url = server.url
    heard, came, finish = Queue[str](), Queue[str](), threading.Event()
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id="B"),
        token_verification_enabled=False,
        process_before_response=True,
        signing_secret="none",
    )

    @app.event("member_joined_channel")
    def slow(body: dict[str, Any]) -> None:
        heard.put(body["event_id"])
        finish.wait(SOON)

    socket = Socket(app, "xapp-test", client("xoxb-test", office.slack.url))
    socket._client.message_listeners.append(lambda _, message, __: came.put(message["type"]))
    socket.connect()
    server.connected.get(timeout=SOON)
    server.send("events_api", added(1))
    assert [came.get(timeout=SOON) for _ in range(2)] == ["hello", "events_api"]
    assert heard.get(timeout=SOON) == "Ev1"
    stopping = threading.Thread(target=socket.drain, args=[SOON])
    stopping.start()
    until(lambda: socket._stopping, "it stops")
    server.send("events_api", added(2))
    assert came.get(timeout=SOON) == "events_api"
    finish.set()
    stopping.join(SOON)

    assert server.acknowledged.get(timeout=SOON)["envelope_id"] == "envelope-1"
    assert server.acknowledged.empty()
    assert heard.empty()
