"""What is typed for HTTP: addresses, and the access it needs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.config import slack_access
from bot.domain.problem import Problem
from bot.surfaces.terminal.command_line import klantvraag


def run(*words: str) -> Result:
    return CliRunner().invoke(klantvraag, words, obj=PROGRAM)


@pytest.mark.parametrize(
    "url", ["https://klantvraag.example.org/slack/events", "https://a.nl:8443/bots/kv/slack/events"]
)
def test_the_manifest_holds_the_url(url: str) -> None:
    made = json.loads(run("manifest", "--http", url).stdout)

    assert made["settings"]["interactivity"]["request_url"] == url


@pytest.mark.parametrize(
    "url",
    [
        "http://klantvraag.example.org/slack/events",
        "https://klantvraag.example.org",
        "https://klantvraag.example.org/slack/events/",
        "https://klantvraag.example.org/x y/slack/events",
        "https:///slack/events",
        "",
    ],
)
def test_a_url_that_slack_could_not_use_is_wrong_usage(url: str) -> None:
    result = run("manifest", "--http", url)

    assert result.exit_code == 2
    assert "use https://…/slack/events" in result.stderr


@pytest.mark.parametrize(
    "address",
    ["3000", ":3000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "a b:3000", "::1:80"],
)
def test_what_is_no_address_is_wrong_usage(address: str) -> None:
    result = run("slack", "--http", address)

    assert result.exit_code == 2
    assert "use HOST:PORT" in result.stderr


@pytest.mark.parametrize(
    "address", ["127.0.0.1:3000", "0.0.0.0:65535", "localhost:80", "[::1]:3000", "*:3000"]
)
def test_an_address_is_taken(address: str) -> None:
    result = run("slack", "--http", address)

    assert result.exit_code == 78
    assert "SLACK_SIGNING_SECRET ontbreekt" in result.stderr


def test_each_line_needs_its_own_access(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    with pytest.raises(Problem, match="no_slack_token"):
        slack_access()
    with pytest.raises(Problem, match="no_signing_secret"):
        slack_access(http=True)

    monkeypatch.setenv("SLACK_SIGNING_SECRET", " 8f742 ")
    assert slack_access(http=True).signing_secret == "8f742"
    assert slack_access().signing_secret == "8f742"  # either will do
    with pytest.raises(Problem, match="no_slack_token"):
        slack_access(http=False)
    assert "8f742" not in repr(slack_access(http=True))
