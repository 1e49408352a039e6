"""The same as `acknowledge` over HTTP: `klantvraag slack --http` against bare Bolt behind waitress.

Each is a process of its own; the callers keep their connections.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.bench import acknowledge
from tests.bench.acknowledge import Body
from tests.bench.ratio import Ratio
from tests.slack.over_http import PATIENCE, Headers, answers, encoded, free_port, signed
from tests.slack.processes import ROOT, start
from tests.slack.serving import ACCESS, HTTP
from tests.slack.test_socket import until

IDLE = 2.0  # seconds; ours hangs up after ten
THREADS = 32  # of bare Bolt's waitress: as many as callers
BARE = f"""
import sys
from slack_bolt.adapter.wsgi import SlackRequestHandler
from waitress import serve
from tests.bench.acknowledge import bare
handler = SlackRequestHandler(bare(early=sys.argv[2] == "early"))
serve(handler, listen=sys.argv[1], threads={THREADS})
"""
Sent = tuple[bytes, Headers]
kept = threading.local()


def against_bare_bolt() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as folder, acknowledge.office_in(Path(folder)) as office:
        forms = cycle(acknowledge.submissions(office))
        with (
            _ours(Path(folder), office.slack.url) as ours,
            _bare("default") as default,
            _bare("early") as early,
        ):
            ports = {"ours": ours, "default": default, "early": early}
            lines = {name: partial(_deliver, port) for name, port in ports.items()}
            yield from acknowledge.compare(
                "answer stored, then acked over HTTP",
                lines,
                lambda: _signed("interactive", acknowledge.answer(next(forms))),
            )
            yield from acknowledge.compare(
                "/klantvraag acked over HTTP",
                lines,
                lambda: _signed("commands", acknowledge.command()),
            )


def _signed(kind: str, body: Body) -> Sent:
    content, sent = encoded(kind, body)
    return sent, signed(content, sent)


def _deliver(port: int, delivery: Sent) -> None:
    connection = _connection(port)
    connection.request("POST", "/slack/events", *delivery)
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, (response.status, body)
    assert not body, body  # a form that was refused stays open


def _connection(port: int) -> HTTPConnection:
    """The thread's own; one that was not used for a while may be closed at the other end."""
    now, known = time.monotonic(), kept.__dict__
    connection, used = known.get(str(port), (None, 0.0))
    if connection is None or now - used > IDLE:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    known[str(port)] = connection, now
    return connection


@contextmanager
def _ours(folder: Path, slack: str) -> Iterator[int]:
    """The port of `klantvraag slack --http`, with the database in `folder`."""
    port = free_port()
    process = start(folder, *HTTP, f"127.0.0.1:{port}", **ACCESS, SLACK_API_URL=slack)
    threading.Thread(target=process.communicate, daemon=True).start()  # its log fills no pipe
    with _stopped(process):
        until(lambda: answers(port), "it is well")
        yield port


@contextmanager
def _bare(how: str) -> Iterator[int]:
    port = free_port()
    words = [sys.executable, "-c", BARE, f"127.0.0.1:{port}", how]
    where = {**os.environ, "PYTHONPATH": str(ROOT)}
    with _stopped(subprocess.Popen(words, env=where, stderr=subprocess.DEVNULL)):
        until(lambda: _listens(port), "bare Bolt listens")
        yield port


@contextmanager
def _stopped(process: subprocess.Popen[Any]) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.connect()
    except OSError:
        return False
    finally:
        connection.close()
    return True
