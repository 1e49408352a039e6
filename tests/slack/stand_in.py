"""A Slack that is stricter than Slack: posting, changing, removing and reading back messages.

It speaks HTTP on a port of its own, knows tokens with their scopes, keeps metadata, refuses what
breaks Block Kit's limits, and fails in the ways a network fails when it is told to.
"""

from __future__ import annotations

import json
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs

from bot.surfaces.slack.limits import wrong_message

Values = dict[str, Any]
FIRST_SECOND = 1_795_000_000  # of November 2026
ALL_SCOPES = frozenset({"chat:write", "channels:history", "im:write", "im:history"})


class Fault(Enum):
    """What happens to a request instead of an answer."""

    LOST_BEFORE = auto()  # the connection closes, nothing was kept
    LOST_AFTER = auto()  # the connection closes, it was kept
    LIMITED = auto()  # 429, Retry-After: 30
    BROKEN = auto()  # 500 without JSON, after it was kept
    KILLED_BEFORE = auto()  # the process that asks is killed, nothing was kept
    KILLED_AFTER = auto()  # the process that asks is killed, it was kept
    KILLED_ANSWERED = auto()  # the same, with the answer on its way


@dataclass
class Channel:
    """Messages by their ts, in the order they came.

    `refusal` is what anything asked of it gets, `restricted` what posting in it gets.
    """

    messages: dict[str, Values] = field(default_factory=dict)
    refusal: str = ""
    restricted: str = ""


class Refused(Exception):
    """An answer that is not ok."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


class StandIn:
    """Begins to answer at `url` when made; `now` (seconds) stamps the messages."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        self.scopes = {"xoxb-test": ALL_SCOPES}
        self.channels: dict[str, Channel] = {}
        self.members: set[str] = {"C1"}  # the channels we are in
        self.calls: list[tuple[str, Values]] = []
        self.faults: deque[Fault | None] = deque()  # of the next requests that write
        self.held: dict[str, threading.Event] = {}  # requests for a method wait for this
        self.waiting = threading.Event()  # one does
        self.refused_cut_off = 0
        self.draws = True  # knows charts
        self.messages_tab = True  # the app may write to one person
        self._now = now or (lambda: FIRST_SECOND)
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def channel(self, name: str) -> Channel:
        return self.channels.setdefault(name, Channel())

    def invite(self, name: str) -> Channel:
        """Take us into a channel."""
        self.members.add(name)
        return self.channel(name)

    def messages(self, name: str) -> list[Values]:
        return list(self.channel(name).messages.values())

    def called(self, method: str) -> list[Values]:
        return [values for name, values in self.calls if name == method]

    def respond(self, method: str, token: str, content_type: str, body: bytes) -> Values:
        """What Slack says to a request as it came."""
        return self.answer(method, token, values_of(content_type, body))

    def answer(self, method: str, token: str, values: Values) -> Values:
        """What Slack says; the lock makes one request come after another, as in one channel."""
        with self._lock:
            self.calls.append((method, values))
            if token not in self.scopes:
                raise Refused("invalid_auth" if token else "not_authed")
            do, scope = _METHODS.get(method, (None, ""))
            if do is None:
                raise Refused("unknown_method")
            if scope == "channels:history" and values["channel"].startswith("D"):
                scope = "im:history"
            if scope not in self.scopes[token]:
                raise Refused("missing_scope", needed=scope, provided=",".join(self.scopes[token]))
            return {"ok": True, **do(self, values)}

    def limit(self, method: str, content_type: str, body: bytes) -> int:
        """Seconds after which a request that comes too soon may come again; 0 for any other."""
        return 0

    def fault(self, method: str) -> Fault | None:
        with self._lock:
            writes = method.startswith(("chat.", "files.complete"))
            return self.faults.popleft() if writes and self.faults else None

    def refuse_person(self, person: str) -> None:
        """Refuse to talk with somebody; here there are only people one can talk with."""

    def _open_talk(self, values: Values) -> Values:
        """Our talk with one person, made when it is needed; the same each time."""
        person = values["users"]
        if not person.startswith(("U", "W")):
            raise Refused("user_not_found")
        self.refuse_person(person)
        self.invite(f"D{person}")
        return {"channel": {"id": f"D{person}"}}

    def _where(self, values: Values) -> str:
        """Where a message goes: a person's id will do for our talk with them."""
        if not values["channel"].startswith(("U", "W")):
            return str(values["channel"])
        if not self.messages_tab:
            raise Refused("messages_tab_disabled")
        return str(self._open_talk({"users": values["channel"]})["channel"]["id"])

    def _post(self, values: Values) -> Values:
        values = values | {"channel": self._where(values)}
        channel = self._joined(values)
        if channel.restricted:
            raise Refused(channel.restricted)
        self.refuse_wrong(values)
        thread = values.get("thread_ts")
        if thread and thread not in channel.messages:
            raise Refused("thread_not_found")
        ts = f"{int(self._now())}.{next(self._numbers):06d}"
        metadata = _metadata(values)
        channel.messages[ts] = {
            "type": "message",
            "ts": ts,
            "text": values["text"],
            "blocks": values.get("blocks", []),
            **({"metadata": metadata} if metadata else {}),
            **({"thread_ts": thread} if thread else {}),
        }
        return {"channel": values["channel"], "ts": ts, "message": channel.messages[ts]}

    def _update(self, values: Values) -> Values:
        message = self._found(values)
        if len(values.get("text", "")) > 4000:
            raise Refused("msg_too_long")
        self.refuse_wrong(values)
        message |= {"text": values["text"], "blocks": values.get("blocks", [])}
        return {"channel": values["channel"], "ts": values["ts"], "text": values["text"]}

    def _delete(self, values: Values) -> Values:
        del self.channel(values["channel"]).messages[self._found(values)["ts"]]
        return {"channel": values["channel"], "ts": values["ts"]}

    def _history(self, values: Values) -> Values:
        own = [m for m in self._joined(values).messages.values() if "thread_ts" not in m]
        return _page(own[::-1], values)

    def _replies(self, values: Values) -> Values:
        messages, ts = self._joined(values).messages, values["ts"]
        if ts not in messages:
            raise Refused("thread_not_found")
        return _page([m for m in messages.values() if ts in (m["ts"], m.get("thread_ts"))], values)

    def refuse_wrong(self, values: Values) -> None:
        """Refuse a message without text, and blocks that are wrong or not known yet."""
        if not values.get("text"):
            raise Refused("no_text")
        blocks = values.get("blocks") or []
        wrong = wrong_message(values) if blocks else []
        if not self.draws:
            wrong += [b["type"] for b in blocks if b["type"] == "data_visualization"]
        if wrong:
            raise Refused("invalid_blocks", response_metadata={"messages": wrong})

    def _reached(self, values: Values) -> Channel:
        channel = self.channels.get(values["channel"])
        if channel is None:
            raise Refused("channel_not_found")
        if channel.refusal:
            raise Refused(channel.refusal)
        return channel

    def _joined(self, values: Values) -> Channel:
        channel = self._reached(values)
        if values["channel"] not in self.members:
            raise Refused("not_in_channel")
        return channel

    def _found(self, values: Values) -> Values:
        message = self._reached(values).messages.get(values["ts"])
        if message is None:
            raise Refused("message_not_found")
        return message


_METHODS: dict[str, tuple[Callable[[StandIn, Values], Values], str]] = {
    "chat.postMessage": (StandIn._post, "chat:write"),
    "chat.update": (StandIn._update, "chat:write"),
    "chat.delete": (StandIn._delete, "chat:write"),
    "conversations.open": (StandIn._open_talk, "im:write"),
    "conversations.history": (StandIn._history, "channels:history"),
    "conversations.replies": (StandIn._replies, "channels:history"),
}


def _metadata(values: Values) -> Values | None:
    metadata: Values | None = values.get("metadata")
    if metadata and set(metadata) != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    return metadata


def _page(messages: list[Values], values: Values) -> Values:
    """A page of at most `limit`, metadata only where it was asked for."""
    since = float(values.get("oldest") or 0)
    wanted = [message for message in messages if float(message["ts"]) > since]
    first, limit = int(values.get("cursor") or 0), int(values.get("limit") or 100)
    page = wanted[first : first + limit]
    if values.get("include_all_metadata") not in (True, "1", "true"):
        page = [{k: v for k, v in message.items() if k != "metadata"} for message in page]
    more = len(wanted) > first + limit
    cursor = {"response_metadata": {"next_cursor": str(first + limit)}} if more else {}
    return {"messages": page, "has_more": more, **cursor}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, slack: StandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.slack = slack


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        with suppress(ConnectionError):  # who asked may be dead by now
            self._serve()

    def _serve(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # cut off: Slack never does what it heard by half
            self.server.slack.refused_cut_off += 1
            return
        method = self.path.removeprefix("/api/")
        self._hold(method)
        fault = self.server.slack.fault(method)
        wait = 30 if fault is Fault.LIMITED else self._limit(method, body)
        if wait:
            self._reply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)})
            return
        if fault is Fault.KILLED_BEFORE:
            self._kill()
        if fault not in (Fault.LOST_BEFORE, Fault.KILLED_BEFORE):
            self._tell(self._answer(method, body), fault)

    def _hold(self, method: str) -> None:
        slack = self.server.slack
        if method in slack.held:
            slack.waiting.set()
            slack.held[method].wait()

    def _limit(self, method: str, body: bytes) -> int:
        return self.server.slack.limit(method, self.headers["Content-Type"], body)

    def _tell(self, answer: Values, fault: Fault | None) -> None:
        if fault is Fault.KILLED_AFTER:
            self._kill()
        elif fault is Fault.BROKEN:
            self._reply(500, None, {})
        elif fault in (None, Fault.KILLED_ANSWERED):
            self._reply(200, answer, {})
            if fault:
                self._kill()

    def _answer(self, method: str, body: bytes) -> Values:
        token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        try:
            return self.server.slack.respond(method, token, self.headers["Content-Type"], body)
        except Refused as refused:
            return refused.answer

    def _kill(self) -> None:
        """Kill who asks: its User-Agent tells its process id."""
        found = re.search(r"pid/(\d+)", self.headers["User-Agent"])
        assert found is not None
        with suppress(ProcessLookupError):
            os.kill(int(found[1]), signal.SIGKILL)

    def _reply(self, status: int, answer: Values | None, headers: Mapping[str, str]) -> None:
        content = json.dumps(answer).encode() if answer is not None else b"<html>oops"
        self.send_response(status)
        token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        self.send_header("X-OAuth-Scopes", ",".join(self.server.slack.scopes.get(token, ())))
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def values_of(content_type: str, body: bytes) -> Values:
    """Arguments of a request: JSON, or a form whose structured fields are JSON."""
    if content_type.startswith("application/json"):
        return {k: v for k, v in json.loads(body or b"{}").items() if v is not None}
    form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
    return {k: json.loads(v) if k in ("blocks", "metadata") else v for k, v in form.items()}
