"""Requests to `klantvraag slack --http`: as Slack signs them, and as others make them up."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPMessage
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.slack.people import SECRET

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PATIENCE = 60  # seconds
Headers = dict[str, str]


class Said(NamedTuple):
    status: int
    body: str
    headers: HTTPMessage


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def encoded(kind: str, body: Mapping[str, Any]) -> tuple[str, bytes]:
    """Content type and body in which Slack sends `events`, `commands` and `interactive`."""
    if kind == "events":
        return JSON, json.dumps(body).encode()
    fields = body if kind == "commands" else {"payload": json.dumps(body)}
    return FORM, urlencode(fields).encode()


def signed(content: str, body: bytes, secret: str = SECRET, age: float = 0) -> Headers:
    at = str(int(time.time() - age))
    of = b":".join((b"v0", at.encode(), body))
    signature = hmac.new(secret.encode(), of, hashlib.sha256).hexdigest()
    return {
        "Content-Type": content,
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signature}",
    }


def ask(
    port: int, body: bytes = b"", headers: Headers | None = None, *, method: str = "POST",
    path: str = "/slack/events",
) -> Said:  # fmt: skip
    """One request on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return Said(response.status, response.read().decode(), response.headers)
    finally:
        connection.close()


def deliver(port: int, kind: str, body: Mapping[str, Any]) -> Said:
    """As Slack delivers it."""
    content, sent = encoded(kind, body)
    return ask(port, sent, signed(content, sent))


def raw(port: int, sent: bytes) -> int:
    """Bytes as they are, then nothing more; the status, or 0 for a connection that just ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            received = connection.makefile("rb").readline()
        except ConnectionError:
            return 0
    return int(received.split()[1]) if received else 0


def answers(port: int) -> bool:
    """Whether it is up and well."""
    try:
        return ask(port, method="GET", path="/health").status == 200
    except (OSError, HTTPException):
        return False
