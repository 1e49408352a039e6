"""The server by itself: who is slow is cut off, who is under way when it stops is answered."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPConnection

import pytest

from bot.surfaces.slack import http
from bot.surfaces.slack.http import HttpServer
from bot.surfaces.slack.signed import Signatures
from bot.surfaces.slack.web import Web
from tests.slack.over_http import ask, encoded, free_port, signed
from tests.slack.people import SECRET, Office
from tests.slack.test_socket import SOON, added, until

SLOW = 1  # second


@pytest.fixture
def port(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Of a server that soon finds people slow."""
    monkeypatch.setattr(http, "SLOW", SLOW)
    monkeypatch.setattr(http, "LOOK", 0.05)
    monkeypatch.setitem(http.LIMITS, "channel_timeout", SLOW)
    port = free_port()
    server = HttpServer(Web(office.app, Signatures(SECRET), dict), f"127.0.0.1:{port}")
    server.connect()
    yield port
    assert server.drain(SOON)
    assert not server.hears


def taken(port: int) -> bool:
    try:
        connect(port).close()
    except ConnectionError:
        return False
    return True


def connect(port: int, sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(sent)
    return connection


def ended(connection: socket.socket, within: float) -> bool:
    connection.settimeout(within)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionResetError:  # cut off before it read our last byte
        return True


@pytest.mark.parametrize(
    "begin", [b"", b"P", b"POST /slack/events HTTP/1.1\r\nContent-Length: 900\r\n\r\n{"]
)
def test_silence_is_cut_off(port: int, begin: bytes) -> None:
    began = time.monotonic()
    with connect(port, begin) as silent:
        assert ended(silent, SOON)

    assert time.monotonic() - began > SLOW / 2


@pytest.mark.parametrize(
    "begin", [b"POST /", b"POST /slack/events HTTP/1.1\r\nContent-Length: 9000\r\n\r\n"]
)
def test_a_byte_now_and_then_is_cut_off(port: int, begin: bytes) -> None:
    began = time.monotonic()
    with connect(port, begin) as dripping:
        while not ended(dripping, SLOW / 10):
            assert time.monotonic() - began < SOON
            with suppress(ConnectionError):  # it may be cut off this very moment
                dripping.sendall(b"a")

    assert time.monotonic() - began > SLOW / 2


def test_who_sends_in_time_is_heard_while_others_are_slow(port: int) -> None:
    content, body = encoded("events", added())
    with connect(port, b"POST /"), connect(port):
        assert ask(port, body, signed(content, body)).status == 200


def slow_server(office: Office) -> tuple[int, HttpServer, threading.Event, threading.Event]:
    """(port, server, a request has begun, let it go on)."""
    begun, go_on = threading.Event(), threading.Event()

    def health() -> dict[str, bool]:
        begun.set()
        return {"went on": go_on.wait(SOON)}

    port = free_port()
    web = Web(office.app, Signatures(SECRET), health)
    return port, HttpServer(web, f"127.0.0.1:{port}"), begun, go_on


def test_who_is_under_way_is_answered_and_who_comes_then_is_left_to_another(office: Office) -> None:
    port, server, begun, go_on = slow_server(office)
    server.connect()
    content, body = encoded("events", added())
    with ThreadPoolExecutor() as pool, closing(HTTPConnection("127.0.0.1", port)) as staying:
        staying.request("POST", "/slack/events", body, signed(content, body))
        heard = staying.getresponse()
        heard.read()
        under_way = pool.submit(ask, port, method="GET", path="/health")
        assert begun.wait(SOON)
        drained = pool.submit(server.drain, SOON)
        until(lambda: not server.hears, "it stops")

        staying.request("POST", "/slack/events", body, signed(content, body))
        late = staying.getresponse()
        until(lambda: not taken(port), "nobody else is taken")
        go_on.set()

        assert (heard.status, heard.will_close) == (200, False)
        assert (late.status, late.will_close) == (503, True)
        assert under_way.result().status == 200
        assert drained.result()


def test_what_does_not_end_is_not_waited_for(office: Office) -> None:
    port, server, begun, go_on = slow_server(office)
    server.connect()
    with ThreadPoolExecutor() as pool:
        under_way = pool.submit(ask, port, method="GET", path="/health")
        assert begun.wait(SOON)

        assert not server.drain(0.1)
        go_on.set()
        assert server.drain(SOON)
        assert under_way.result().status == 200


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"{", 400, "not understood"),
        (b"[" * 100_000, 400, "not understood"),
        (b"[1]", 400, "not understood"),
        (b'{"type": "event_callback", "event": []}', 500, "not heard"),
    ],
)
def test_nonsense_that_is_signed_is_told_in_the_log(
    port: int, caplog: pytest.LogCaptureFixture, body: bytes, status: int, told: str
) -> None:
    said = ask(port, body, signed("application/json", body))

    assert (said.status, said.body) == (status, told if status == 400 else "")
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [told]
