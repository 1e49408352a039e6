"""How long `klantvraag --help` takes, against a Python that only imports click."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.ratio import Ratio, measure


def help_against_click() -> Iterator[Ratio]:
    command = Path(sys.executable).with_name("klantvraag")

    def run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True)

    yield measure(
        "klantvraag --help / python -c 'import click'",
        lambda: run(str(command), "--help"),
        lambda: run(sys.executable, "-c", "import click"),
        turns=25,
        most=2.0,
    )
