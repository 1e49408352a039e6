"""`klantvraag slack` as a process of its own, against a server that speaks Slack's envelopes."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.app import PROGRAM
from bot.surfaces.terminal.command_line import klantvraag
from tests.slack.processes import Forked, fork, start
from tests.slack.web_socket import WebSocketServer
from tests.slack.workspace import ALL, BOT, TEAM, Workspace

SOON = 60  # seconds; all of it is over much sooner, also on a busy machine
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-test"}


@pytest.fixture
def server() -> Iterator[WebSocketServer]:
    with closing(WebSocketServer()) as server:
        yield server


@pytest.fixture
def slack(server: WebSocketServer) -> Iterator[Workspace]:
    with closing(Workspace(time.time)) as slack:
        slack.channel("C1")
        slack.socket_url = server.url
        yield slack


@pytest.fixture
def process(slack: Workspace, tmp_path: Path, template: Path) -> Iterator[Forked]:
    (tmp_path / "klantvraag.db").write_bytes(template.read_bytes())
    process = fork(tmp_path, "slack", **TOKENS, SLACK_API_URL=slack.url)
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def started(slack: Workspace, tmp_path: Path, template: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "klantvraag.db").write_bytes(template.read_bytes())
    process = start(tmp_path, "slack", **TOKENS, SLACK_API_URL=slack.url)
    yield process
    process.kill()
    process.communicate()


def added(number: int = 1) -> dict[str, Any]:
    event = {"type": "member_joined_channel", "channel": "C1", "user": BOT}
    body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}"}
    return {**body, "event": event}


def asked(slack: Workspace) -> dict[str, Any]:
    return {
        "command": "/klantvraag",
        "text": "1. Opening 2. Nieuw verhuisformulier",
        "team_id": TEAM,
        "channel_id": "C1",
        "user_id": "U1",
        "trigger_id": slack.trigger("U1"),
        "response_url": slack.hook("U1"),
    }


def until(seen, what: str) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + SOON
    while not seen():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def test_it_hears_acknowledges_posts_and_stops_without_a_loss(
    server: WebSocketServer, slack: Workspace, started: subprocess.Popen[str], tmp_path: Path
) -> None:
    server.connected.get(timeout=SOON)
    first = server.send("events_api", added())
    assert server.acknowledged.get(timeout=SOON)["envelope_id"] == first
    until(lambda: slack.messages("C1"), "the introduction")

    # Slack refreshes the connection; what came before may come again, over the new one.
    server.disconnect()
    server.connected.get(timeout=SOON)
    server.send_again("events_api", added(), first)
    assert server.acknowledged.get(timeout=SOON)["envelope_id"] == first
    server.send("slash_commands", asked(slack))
    server.acknowledged.get(timeout=SOON)
    until(lambda: slack.forms["U1"], "the preview")
    view = slack.forms["U1"][-1] | {"state": {"values": {}}}
    submitted = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U1"}}
    last = server.send("interactive", {**submitted, "view": view})
    said = server.acknowledged.get(timeout=SOON)
    assert said == {"envelope_id": last, "payload": {"response_action": "clear"}}

    # It is stopped at once, and everything that was acknowledged is kept.
    begin = time.monotonic()
    started.send_signal(signal.SIGTERM)
    out, log = started.communicate(timeout=SOON)
    assert started.returncode == 0, log
    assert time.monotonic() - begin < 8  # nothing was under way
    assert "klantvraag luistert in Wonen" in out
    words = ["digest", "--channel", "C1", "--json", "--database", str(tmp_path / "klantvraag.db")]
    shown = CliRunner().invoke(klantvraag, words, obj=PROGRAM).stdout
    assert json.loads(shown)["prepared"] == 1
    assert len([m for m in slack.messages("C1") if "ik ben klantvraag" in m["text"]]) == 1

    # The log is JSON, and tells no secrets.
    for line in log.splitlines():
        json.loads(line)
    for secret in ("xoxb-test", "xapp-test", "secret-ticket", "verhuisformulier"):
        assert secret not in log


@pytest.mark.parametrize("under_way", ["views.open", "chat.postMessage"])
def test_what_is_under_way_is_finished(
    server: WebSocketServer, slack: Workspace, process: Forked, under_way: str
) -> None:
    slack.held[under_way] = threading.Event()
    server.connected.get(timeout=SOON)
    server.send("slash_commands", asked(slack))
    server.acknowledged.get(timeout=SOON)
    assert slack.waiting.wait(SOON)

    process.send_signal(signal.SIGTERM)
    slack.held.pop(under_way).set()
    _, log = process.communicate(timeout=SOON)

    assert process.returncode == 0, log
    assert slack.forms["U1"]
    (introduction,) = slack.messages("C1")
    assert "ik ben klantvraag" in introduction["text"]


def test_a_request_that_gets_no_answer_does_not_keep_it(
    server: WebSocketServer, slack: Workspace, process: Forked
) -> None:
    slack.held["chat.postMessage"] = threading.Event()
    server.connected.get(timeout=SOON)
    server.send("events_api", added())
    assert slack.waiting.wait(SOON)

    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=SOON)
    slack.held.pop("chat.postMessage").set()

    assert process.returncode == 0, log
    assert time.monotonic() - begin < 10


def test_a_reconnection_under_way_does_not_keep_it(
    server: WebSocketServer, slack: Workspace, process: Forked
) -> None:
    server.connected.get(timeout=SOON)
    slack.held["apps.connections.open"] = threading.Event()
    server.drop()
    assert slack.waiting.wait(SOON)

    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=SOON)
    slack.held.pop("apps.connections.open").set()

    assert process.returncode == 0, log
    assert time.monotonic() - begin < 10


def check(folder: Path, *words: str) -> tuple[int, str]:
    database = str(folder / "klantvraag.db")
    said = ["check", *words, "--language", "en", "--database", database]
    result = CliRunner().invoke(klantvraag, said, obj=PROGRAM)
    return result.exit_code, result.output


def test_check_and_the_log_tell_whether_it_hears(
    server: WebSocketServer, slack: Workspace, process: Forked, tmp_path: Path
) -> None:
    server.connected.get(timeout=SOON)
    until(lambda: check(tmp_path, "--live")[0] == 0, "a sign of life")
    assert "listens and hears Slack" in check(tmp_path, "--live")[1]

    # Slack ends the connection and refuses another; later it does not.
    allowed = slack.scopes.pop("xapp-test")
    server.drop()
    until(lambda: "does not hear Slack" in check(tmp_path, "--live")[1], "deaf")
    until(lambda: len(slack.called("apps.connections.open")) >= 3, "it tries twice")
    slack.scopes["xapp-test"] = allowed
    server.connected.get(timeout=SOON)
    until(lambda: check(tmp_path, "--live")[0] == 0, "it hears again")

    # Who stops as it should is not looked for; the log told all that, and nothing else.
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=SOON)
    code, said = check(tmp_path, "--live")
    assert code == 1
    assert "Nobody listens to Slack" in said
    told = [json.loads(line) for line in log.splitlines()]
    assert {line["from"].partition(".")[0] for line in told} == {"bot"}
    events = [(line["event"], line.get("why")) for line in told]
    refused = ("no new connection", "invalid_auth")
    assert events.count(refused) == 1
    assert [event for event in events if event != refused] == [
        ("scope missing", None),
        ("hears", None),
        ("deaf", None),
        ("hears", None),
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN ontbreekt"),
        ({"SLACK_APP_TOKEN": "xoxb-other"}, "SLACK_APP_TOKEN staat, is een ander token"),
        ({"SLACK_BOT_TOKEN": "xoxb-revoked"}, "Slack weigert ons (invalid_auth)"),
        ({"SLACK_APP_TOKEN": "xapp-revoked"}, "Slack weigert ons (invalid_auth)"),
        ({"SLACK_APP_TOKEN": "xapp-small"}, "Het app-token mist het recht connections:write"),
        ({"SLACK_BOT_TOKEN": "xoxb-small"}, "De app mist in Slack: groups:read, users:read;"),
        ({"SLACK_API_URL": "nonsense"}, "‘nonsense’ in SLACK_API_URL is geen webadres"),
    ],
)
def test_what_a_person_has_to_mend_is_one_sentence_and_no_reason_to_start_again(
    slack: Workspace, tmp_path: Path, wrong: dict[str, str], sentence: str
) -> None:
    slack.scopes["xapp-small"] = frozenset({"authorizations:read"})
    slack.scopes["xoxb-small"] = ALL - {"groups:read", "users:read"}
    code, said = said_at_start(tmp_path, **{"SLACK_API_URL": slack.url, **wrong})

    assert code == 78
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert "xoxb-" not in said.replace("(hij begint met xoxb-)", "")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:9/", "Ik kan http://127.0.0.1:9/ niet bereiken (Connection refused);"),
        ("http://nowhere.invalid/", "Ik kan http://nowhere.invalid/ niet bereiken ("),
    ],
)
def test_what_may_pass_is_one_sentence_too(tmp_path: Path, url: str, sentence: str) -> None:
    code, said = said_at_start(tmp_path, SLACK_API_URL=url)

    assert code == 1
    assert said.startswith(sentence)
    assert len(said.splitlines()) == 1
    assert "urlopen" not in said


def said_at_start(folder: Path, **environment: str) -> tuple[int | None, str]:
    process = fork(folder, "slack", **{**TOKENS, **environment})
    _, said = process.communicate(timeout=SOON)
    return process.returncode, said
