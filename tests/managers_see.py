"""What a manager sees in Slack on Monday, and the page below it: of a made-up year, by real parts.

`tests.transcript` puts the message in README.md, `tests.page_pictures` makes pictures of the page.
"""

from __future__ import annotations

import re
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.config import read_config
from bot.domain.made_up_year import weeks
from bot.readers import example_year
from bot.readers.catalogue import read_prompts
from bot.usecases.make_up_year import make_up_year
from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.managers import OURS, comes, digests, introduced, takes_part
from tests.slack.office import office_of
from tests.slack.people import Office, Person
from tests.surfaces.slack.drawing import drawn

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"^Week \d+ \([^\n]*\), alle kanalen\n.*?(?=^```$)", re.DOTALL | re.MULTILINE)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
WIDTH = 80


@dataclass(frozen=True)
class Monday:
    """The message as it is drawn, and the file below it."""

    message: str
    page: str


@cache
def monday() -> Monday:
    """What came to a channel of managers on the Monday after the year."""
    with _office() as office:
        introduced(office, "C1")
        manager = Person(office, "UFATIMA")
        manager.types("weekoverzicht")
        manager.fills_in()
        comes(office, weeks()[-1].code)
        (message,) = digests(office)
        (file,) = office.slack.files.values()
        lines = [part for row in drawn(message).splitlines() for part in _wrapped(row)]
        return Monday("\n".join(lines) + "\n", file["content"].decode())


@contextmanager
def _office() -> Iterator[Office]:
    """In which all channels of the made-up year take part, on the Monday after it."""
    clock, prompts = Clock(), read_prompts()
    clock.instant = MONDAY
    year = example_year.read(ROOT / "examples" / "year.yaml", "nl")
    with tempfile.TemporaryDirectory() as folder:
        config = replace(read_config(), database=Path(folder) / "klantvraag.db")
        with closing(Toolbox(config, prompts, clock)) as toolbox:
            make_up_year(toolbox, OURS, year, "nl")
            for channel in year.channels:
                takes_part(toolbox, channel.name)
            with office_of(toolbox, clock) as office:
                yield office


def _wrapped(row: str) -> list[str]:
    indent = " " * (len(row) - len(row.lstrip()))
    return textwrap.wrap(row, WIDTH, subsequent_indent=indent) or [""]
