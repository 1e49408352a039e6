"""The log: every line is JSON, and holds no secret and nothing Slack's libraries say."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.domain.problem import Problem
from bot.surfaces.slack import journal


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    journal.start_logging(stream)
    yield stream
    logging.basicConfig(level=level, handlers=handlers, force=True)


def test_a_line_stays_json_whatever_it_leaves_out(log: io.StringIO) -> None:
    logging.getLogger("bot").error(
        "failed\nxoxb-1-a at https://hooks.slack.com/commands/T1/secret",
        extra={"said": {"why": ("xapp-1-b", None, 3)}, "more": "kept"},
    )

    line = json.loads(log.getvalue())
    assert line["event"] == "failed\n… at https://hooks.…"
    assert line["said"] == {"why": ["…", None, 3]}
    assert line["more"] == "kept"


def test_what_the_libraries_say_is_left_out(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    App(authorize=AuthorizeResult, token_verification_enabled=False, signing_secret="none")
    logging.getLogger("slack_sdk.socket_mode").error("a whole payload")
    logging.getLogger("bot").info("ours")

    assert [json.loads(line)["event"] for line in log.getvalue().splitlines()] == ["ours"]


def test_a_problem_is_told_by_its_code_and_not_by_what_it_quotes(log: io.StringIO) -> None:
    journal.failure("failed", Problem("short_account", account="Jansen"), code="")

    (line,) = map(json.loads, log.getvalue().splitlines())
    assert (line["event"], line["error"], line["code"]) == ("failed", "Problem", "short_account")
    assert "Jansen" not in log.getvalue()
