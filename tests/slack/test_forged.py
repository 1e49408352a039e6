"""A thousand requests that are not Slack's, to the real process: none is heard, none breaks it."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from http.client import BadStatusLine
from pathlib import Path

import pytest

from tests.slack.over_http import FORM, JSON, Headers, answers, ask, deliver, encoded, raw, signed
from tests.slack.people import SECRET
from tests.slack.serving import Serving, served
from tests.slack.test_socket import added, asked, until
from tests.slack.workspace import BOT, TEAM

REQUESTS = 1_000
# 0: the connection just ended; 501: an encoding nobody speaks
REFUSALS = {0, 400, 401, 404, 405, 413, 431, 501}
Kind = Callable[[random.Random, int], int]  # sends one, of a port; gives its status


def event(dice: random.Random) -> tuple[str, bytes]:
    """An event, command or press that would be heard if Slack had sent it."""
    number = dice.randrange(10**9)
    joined = added() | {"event_id": f"Ev{number}"}
    typed = {"command": "/klantvraag", "text": f"1. Punt {number}", "trigger_id": f"t.{number}"}
    pressed = {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": "U1"}}
    action = {"action_id": "set_up", "block_id": "b", "type": "button"}
    return dice.choice(
        [
            encoded("events", joined),
            encoded("commands", typed | {"team_id": TEAM, "channel_id": "C1", "user_id": BOT}),
            encoded("interactive", pressed | {"trigger_id": f"t.{number}", "actions": [action]}),
        ]
    )


def forged(change: Callable[[random.Random, Headers], Headers]) -> Kind:
    """What would be heard, but for its headers."""

    def send(dice: random.Random, port: int) -> int:
        content, body = event(dice)
        return ask(port, body, change(dice, signed(content, body))).status

    return send


def body(change: Callable[[random.Random, bytes], bytes], *, content: str = "") -> Kind:
    """What was signed, with another body."""

    def send(dice: random.Random, port: int) -> int:
        kind, sent = event(dice)
        return ask(port, change(dice, sent), signed(content or kind, sent)).status

    return send


def other_secret(dice: random.Random, port: int) -> int:
    content, sent = event(dice)
    secret = dice.choice([SECRET + "x", SECRET[:-1], "x", SECRET.upper(), "0" * 32])
    return ask(port, sent, signed(content, sent, secret)).status


def of_another_time(dice: random.Random, port: int) -> int:
    content, sent = event(dice)
    age = dice.choice([303, 3_600, 86_400, -303, -86_400, 10**8])
    return ask(port, sent, signed(content, sent, age=age)).status


def replayed(dice: random.Random, port: int) -> int:
    """Heard the first time; it is the second that counts."""
    content, sent = encoded("events", {"type": "url_verification", "challenge": str(dice.random())})
    headers = signed(content, sent, age=dice.randrange(200))
    assert ask(port, sent, headers).status == 200
    return ask(port, sent, headers).status


def without(dice: random.Random, headers: Headers) -> Headers:
    names = [*headers]
    return {name: headers[name] for name in dice.sample(names, 2) if name != names[-1]}


def with_odd_time(dice: random.Random, headers: Headers) -> Headers:
    at = headers["X-Slack-Request-Timestamp"]
    odd = [
        "",
        "now",
        f"+{at}",
        f" {at}.0",
        f"{at}e0",
        "9" * 5_000,
        "-1",
        "\u00b2",
        f"0x{at}",
        at + "0",
    ]
    return headers | {"X-Slack-Request-Timestamp": dice.choice(odd)}


def with_odd_signature(dice: random.Random, headers: Headers) -> Headers:
    right = headers["X-Slack-Signature"]
    odd = ["", "v0=", right[3:], right.upper(), f"v1{right[2:]}", right[:-1], f"{right}, {right}"]
    return headers | {
        "X-Slack-Signature": dice.choice([*odd, right[:-1] + "\u00e9", "\u00ff" * 67])
    }


def claiming(dice: random.Random, headers: Headers) -> Headers:
    """Headers in which libraries and proxies believe."""
    claims = ["X-Slack-Bolt-Lazy-Only", "X-Slack-Retry-Num", "X-Forwarded-For", "Authorization"]
    return {"Content-Type": headers["Content-Type"], dice.choice(claims): "1"}


def long_header(dice: random.Random, headers: Headers) -> Headers:
    return headers | {"X-Long": "x" * dice.choice([17_000, 60_000])}


def wrong_type(dice: random.Random, headers: Headers) -> Headers:
    kinds = ["text/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "/"]
    return {"Content-Type": dice.choice(kinds)}


def deep(dice: random.Random, _: bytes) -> bytes:
    return dice.choice([b"[", b'{"a":']) * dice.randrange(2_000, 150_000)


def not_utf8(dice: random.Random, sent: bytes) -> bytes:
    return sent + dice.choice([b"\xff", b"\xc3(", b"\xed\xa0\x80", sent.decode().encode("utf-16")])


def noise(dice: random.Random, _: bytes) -> bytes:
    return dice.randbytes(dice.randrange(1, 3_000))


def nothing(_: random.Random, __: bytes) -> bytes:
    return b""


def cut_off(dice: random.Random, sent: bytes) -> bytes:
    return sent[: dice.randrange(len(sent))]


def half_sent(dice: random.Random, port: int) -> int:
    """As signed, and the connection ends before the body does."""
    content, sent = event(dice)
    lines = [f"{name}: {value}" for name, value in signed(content, sent).items()]
    head = "\r\n".join(["POST /slack/events HTTP/1.1", f"Content-Length: {len(sent)}", *lines])
    whole = head.encode() + b"\r\n\r\n" + sent
    return raw(port, whole[: -dice.randrange(1, len(sent))])


def no_http(dice: random.Random, port: int) -> int:
    start = b"POST /slack/events HTTP/1.1\r\n"
    odd = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"\r\n\r\n\r\n",
        start + b"Content-Length: -1\r\n\r\n",
        start + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        start + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        start + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        start + b"Transfer-Encoding: gzip\r\n\r\n",
        start + b"Host\r\n: x\r\n\r\n",
        b"POST http://[::1/slack/events HTTP/1.1\r\n\r\n",
        b"POST /slack/events%00 HTTP/9.9\r\n\r\n",
        b"POST /%ff%fe/../slack/events HTTP/1.1\r\n\r\n",
    ]
    return raw(port, dice.choice(odd))


def elsewhere(dice: random.Random, port: int) -> int:
    """Signed, but with another method or at another place."""
    content, sent = event(dice)
    method, path = dice.choice(
        [
            ("GET", "/slack/events"),
            ("PUT", "/slack/events"),
            ("BREW", "/slack/events"),
            ("POST", "/slack/events/"),
            ("POST", "/slack//events"),
            ("POST", "/slack/oauth_redirect"),
            ("GET", "/slack/install"),
            ("POST", "/health"),
        ]
    )
    return ask(port, sent, signed(content, sent), method=method, path=path).status


def only_looks_like_a_check(dice: random.Random, port: int) -> int:
    content, sent = event(dice)
    checks = [b"ssl_check=1&" + sent, b'{"ssl_check": "1"}', b"ssl_check=2", b"payload=ssl_check"]
    return ask(port, dice.choice(checks), {"Content-Type": dice.choice([content, FORM])}).status


KINDS: list[Kind] = [
    other_secret,
    of_another_time,
    replayed,
    forged(without),
    forged(with_odd_time),
    forged(with_odd_signature),
    forged(claiming),
    forged(long_header),
    forged(wrong_type),
    body(deep, content=JSON),
    body(not_utf8),
    body(noise),
    body(noise, content=JSON),
    body(nothing),
    body(cut_off),
    half_sent,
    no_http,
    elsewhere,
    only_looks_like_a_check,
]


def requests() -> Iterator[tuple[random.Random, Kind]]:
    """All of them, in an order without a pattern, the same every time."""
    dice = random.Random(1)
    kinds = [KINDS[number % len(KINDS)] for number in range(REQUESTS)]
    dice.shuffle(kinds)
    return ((dice, kind) for kind in kinds)


@pytest.fixture
def serving(tmp_path: Path, template: Path) -> Iterator[Serving]:
    with served(tmp_path, template) as serving:
        yield serving


def status(send: Kind, dice: random.Random, port: int) -> int:
    """0 where the connection just ended: it was refused before all of it was sent."""
    try:
        return send(dice, port)
    except (ConnectionError, BadStatusLine):
        return 0


def test_none_is_heard_and_none_breaks_it(serving: Serving) -> None:
    slack, port = serving.slack, serving.port
    deliver(port, "events", added())
    until(lambda: serving.rows()["posted_messages"], "the introduction")
    before, calls = serving.rows(), len(slack.calls)

    statuses = Counter(status(send, dice, port) for dice, send in requests())

    assert statuses.total() == REQUESTS
    assert statuses.keys() <= REFUSALS, statuses
    assert statuses[401] > REQUESTS / 2
    assert serving.rows() == before
    assert len(slack.calls) == calls
    assert answers(port)

    assert deliver(port, "commands", asked(slack)).status == 200
    until(lambda: slack.forms["U1"], "the preview")
    _, log = serving.stop()
    told = [json.loads(line) for line in log.splitlines()]
    assert {line["event"] for line in told} == {"scope missing", "hears", "refused"}
    assert len(told) < 20
