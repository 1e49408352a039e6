"""What many tests start from: a clock that stands still, prompts read once, a fresh database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest

from bot.config import Config, read_config
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.readers.catalogue import Prompts, read_prompts
from bot.storage.database import Database
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording.texts import Texts

ShowScore = Callable[[tuple[str, str, str]], tuple[str, str, str]]


class Clock:
    """A clock that moves only when told; begins on Tuesday 24 November 2026, 09:00 UTC."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def later(self, **span: float) -> None:
        self.instant += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return read_prompts()


@pytest.fixture(scope="session")
def nl(prompts: Prompts) -> Texts:
    return Texts("nl", prompts.texts["nl"])


@pytest.fixture(scope="session")
def en(prompts: Prompts) -> Texts:
    return Texts("en", prompts.texts["en"])


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, to copy: migrating takes far longer."""
    path = tmp_path_factory.mktemp("template") / "klantvraag.db"
    Database(path).close()
    return path


@pytest.fixture
def config(tmp_path: Path, template: Path) -> Config:
    """No config file, and a database of this test alone."""
    database = tmp_path / "klantvraag.db"
    shutil.copy(template, database)
    return replace(read_config(), database=database)


@pytest.fixture
def toolbox(config: Config, prompts: Prompts, clock: Clock) -> Iterator[Toolbox]:
    toolbox = Toolbox(config, prompts, clock)
    yield toolbox
    toolbox.database.close()


@pytest.fixture
def caller() -> Caller:
    return Caller(platform="terminal", tenant="local", channel="wonen", person="typist")


@pytest.fixture
def settings() -> ChannelSettings:
    return ChannelSettings(
        "nl",
        {"nl": CustomerWords("de huurder", "huurders"), "en": CustomerWords("the tenant")},
        {"nl": "antwoord in twee dagen"},
    )


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No .env, config.yaml or variable of whoever runs the tests reaches them."""
    for name in [name for name in os.environ if name.startswith(("KLANTVRAAG_", "SLACK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def show_score(record_property: Callable[[str, object], None]) -> ShowScore:
    """Has a row (what, measured on, score) shown at the end of the run, and returns it."""

    def show(row: tuple[str, str, str]) -> tuple[str, str, str]:
        record_property("score", row)
        return row

    return show


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The scores that were measured; and where nothing may be left out (CI), what was."""
    scores = sorted(_scores(terminalreporter))
    if scores:
        terminalreporter.section("Scores on our own agendas, titles and sentences")
    for _, (what, measured_on, score) in scores:
        terminalreporter.write_line(f"{what:26} {score}  ({measured_on})")
    skipped = terminalreporter.stats.get("skipped", [])
    if os.environ.get("CI") and skipped:
        terminalreporter.write_line(f"CI skips nothing, but {len(skipped)} tests were skipped")


def _scores(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Rows by the name of their test; with xdist they come from other processes as reports."""
    for report in chain.from_iterable(reporter.stats.values()):
        if getattr(report, "when", None) == "call":
            rows = (row for name, row in report.user_properties if name == "score")
            yield from ((report.nodeid, row) for row in rows)


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
