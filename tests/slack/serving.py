"""`klantvraag slack --http` as a process of its own, beside a workspace."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.storage.connections import open_untouched
from tests.slack.over_http import answers, free_port
from tests.slack.people import SECRET
from tests.slack.processes import Forked, fork
from tests.slack.test_socket import SOON, until
from tests.slack.workspace import Workspace

HTTP = ("slack", "--http")
ACCESS = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_SIGNING_SECRET": SECRET}

Process = Forked | subprocess.Popen[str]
Begin = Callable[..., Process]


@dataclass(frozen=True)
class Serving:
    """The process listens at `port` and keeps all in `database`."""

    slack: Workspace
    port: int
    process: Process
    database: Path

    def stop(self) -> tuple[float, str]:
        """SIGTERM; the seconds it took, and the log."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        _, log = self.process.communicate(timeout=SOON)
        assert self.process.returncode == 0, log
        return time.monotonic() - begin, log

    def rows(self) -> dict[str, int]:
        """How many rows each table has, but for what the process tells of itself."""
        tables = self.select("select name from sqlite_master where type = 'table'")
        names = {name for (name,) in tables} - {"listeners"}
        return {name: self.select(f"select count(*) from [{name}]")[0][0] for name in names}

    def select(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(open_untouched(self.database)) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def served(folder: Path, template: Path, begin: Begin = fork) -> Iterator[Serving]:
    """A process that is well, with an empty database in `folder`."""
    database, port = folder / "klantvraag.db", free_port()
    database.write_bytes(template.read_bytes())
    with closing(Workspace(time.time)) as slack:
        slack.channel("C1")
        process = begin(folder, *HTTP, f"127.0.0.1:{port}", **ACCESS, SLACK_API_URL=slack.url)
        try:
            until(lambda: answers(port), "it is well")
            yield Serving(slack, port, process, database)
        finally:
            process.kill()
            process.communicate()
