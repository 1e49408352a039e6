"""`klantvraag` as a process of its own: started, or forked from one that loaded everything.

To start Python and load the libraries takes most of a second of work; what is forked begins at
once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import cache
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def start(folder: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """`klantvraag` with these words, in a folder, as on a server."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Forked:
    """As much of a `subprocess.Popen` as tests need; what it says goes to files in `folder`."""

    def __init__(self, process: ForkServerProcess, folder: Path) -> None:
        self._process = process
        self._folder = folder

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self._process.pid or 0, number)

    def kill(self) -> None:
        if self._process.is_alive():
            self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait until it ends; what it said on standard output and standard error."""
        self._process.join(timeout)
        assert self.returncode is not None, "it goes on"
        out, log = ((self._folder / name).read_text("utf-8") for name in ("out", "log"))
        return out, log


def fork(folder: Path, *words: str, **environment: str) -> Forked:
    """The same, forked."""
    said = folder / "said"
    said.mkdir(exist_ok=True)
    process = _loaded().Process(target=_run, args=(folder, words, {**os.environ, **environment}))
    process.start()
    return Forked(process, said)


@cache
def _loaded() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.slack.loaded"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        forkserver.ensure_running()
    return context


def _run(folder: Path, words: tuple[str, ...], environment: dict[str, str]) -> None:
    from bot.app import main  # noqa: PLC0415  it was loaded before

    for number, name in ((1, "out"), (2, "log")):
        os.dup2(os.open(folder / "said" / name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["klantvraag", *words]
    main()
