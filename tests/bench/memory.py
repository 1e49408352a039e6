"""What `klantvraag slack` holds in memory, against a Bolt app in Socket Mode that hears nothing.

Both are connected to the same stand-in; measured is the resident set some seconds after that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.ratio import Ratio
from tests.slack.web_socket import WebSocketServer
from tests.slack.workspace import Workspace

ROOT = Path(__file__).parents[2]
SETTLED = 3.0  # seconds
SOON = 20
BARE = """
import os, threading
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
client = WebClient(os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"])
app = App(client=client)
SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect()
threading.Event().wait()
"""


def against_bare_bolt() -> Iterator[Ratio]:
    with closing(WebSocketServer()) as server, closing(Workspace(time.time)) as slack:
        slack.socket_url = server.url
        with tempfile.TemporaryDirectory() as folder:
            with _started(["-m", "bot", "slack"], slack, server, folder) as process:
                ours = _resident(process)
            with _started(["-c", BARE], slack, server, folder) as process:
                bare = _resident(process)
    yield Ratio("klantvraag slack / bare Bolt in Socket Mode, resident", ours, bare, "MB", most=2)


@contextmanager
def _started(
    words: list[str], slack: Workspace, server: WebSocketServer, folder: str
) -> Iterator[subprocess.Popen[bytes]]:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-test"}
    where = {"PYTHONPATH": str(ROOT), "SLACK_API_URL": slack.url}
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, **tokens, **where},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server.connected.get(timeout=SOON)
        time.sleep(SETTLED)
        yield process
    finally:
        process.kill()
        process.wait()


def _resident(process: subprocess.Popen[bytes]) -> float:
    """Megabytes, as Linux tells."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024
