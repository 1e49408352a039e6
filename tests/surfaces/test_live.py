"""`klantvraag check --live` judges each process by its last sign of life."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases import listen
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock

HERE, ELSEWHERE = Caller("slack", "T1", "", ""), Caller("slack", "T2", "", "")


@pytest.fixture
def check(toolbox: Toolbox, clock: Clock):
    program = replace(PROGRAM, clock=clock)

    def check(*words: str) -> Result:
        said = ["check", *words, "--language", "en", "--database", str(toolbox.config.database)]
        return CliRunner().invoke(klantvraag, said, obj=program)

    return check


def test_each_process_is_told_and_a_deaf_one_is_wrong(toolbox: Toolbox, check) -> None:
    listen.beat(toolbox, HERE, "p:1", hearing=True)
    listen.beat(toolbox, HERE, "p:2", hearing=False)

    result = check("--live")

    assert result.exit_code == 1
    assert "process p:1 listens and hears Slack" in result.stdout
    assert "Process p:2 runs, but does not hear Slack" in result.stderr


def test_one_that_is_gone_is_no_harm_where_another_hears(
    toolbox: Toolbox, clock: Clock, check
) -> None:
    listen.beat(toolbox, HERE, "p:1", hearing=True)
    clock.later(minutes=12)
    silent = check("--live")
    listen.beat(toolbox, HERE, "p:2", hearing=True)

    assert silent.exit_code == 1
    assert "Process p:1 gave no sign of life for 12 minutes" in silent.stderr
    assert check("--live").exit_code == 0
    assert "process p:1 gave no sign of life for 12 minutes; another" in check("--live").stdout


def test_a_workspace_that_is_no_longer_served_is_not_expected(
    toolbox: Toolbox, clock: Clock, check
) -> None:
    listen.beat(toolbox, ELSEWHERE, "q:1", hearing=True)
    listen.beat(toolbox, HERE, "p:1", hearing=True)
    clock.later(hours=2)
    listen.beat(toolbox, HERE, "p:1", hearing=True)
    assert "Process q:1 gave no sign of life" in check("--live").stderr
    clock.later(hours=23)
    listen.beat(toolbox, HERE, "p:1", hearing=True)

    assert check("--live").exit_code == 0
    assert "q:1" not in check("--live").output


def test_who_stopped_is_not_expected(toolbox: Toolbox, check) -> None:
    listen.beat(toolbox, HERE, "p:1", hearing=True)
    listen.leave(toolbox, HERE, "p:1")

    assert "Nobody listens to Slack" in check("--live").stderr


def test_only_who_asks_hears_that_slack_is_not_set_up(check, monkeypatch) -> None:
    assert check().exit_code == 0
    assert "SLACK_BOT_TOKEN is missing" in check("--live").stderr

    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert check("--live").stderr.splitlines() == [
        "Nobody listens to Slack; start ‘klantvraag slack’.",
        "1 thing to fix.",
    ]
