"""Puts klantvraag together: configuration, prompts, clock and database, handed to the surfaces."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from bot.surfaces.terminal import command_line
from bot.surfaces.terminal.program import Program

if TYPE_CHECKING:
    from bot.usecases.toolbox import Toolbox
    from bot.wording.texts import Texts


def main() -> None:
    """The command `klantvraag`."""
    try:
        command_line.klantvraag(obj=PROGRAM)
    except OSError as error:  # not even help could be shown
        sys.stdout = None
        sys.exit(f"klantvraag: {error.strerror}")


def open_toolbox(config_file: Path | None = None, database: Path | None = None) -> Toolbox:
    """What use cases work with. Raises Problem or Mistakes when config or prompts can't be right.

    The libraries behind it load here, so that `klantvraag --help` does without them.
    """
    from bot.config import read_config  # noqa: PLC0415
    from bot.readers.catalogue import read_prompts  # noqa: PLC0415
    from bot.usecases.toolbox import Toolbox  # noqa: PLC0415

    config = read_config(config_file, database)
    return Toolbox(config, read_prompts(config.prompts_dir), clock)


def clock() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def work_in_slack(
    toolbox: Toolbox, stop: Event, started: Callable[[str], None], address: str | None
) -> bool:
    """Work in Slack until `stop`, over HTTP at `address` or without one by Socket Mode.

    Whether all could be finished. Raises Problem.
    """
    from bot.config import slack_access  # noqa: PLC0415
    from bot.surfaces.clock import Clock  # noqa: PLC0415
    from bot.surfaces.slack import journal, process  # noqa: PLC0415

    access = slack_access(http=address is not None)
    journal.start_logging()
    return process.work(toolbox, access, Clock, stop, started, address)


def slack_manifest(texts: Texts, url: str | None) -> Mapping[str, Any]:
    """The manifest of the Slack app, for HTTP at `url` or without one for Socket Mode."""
    from bot.surfaces.slack.manifest import manifest  # noqa: PLC0415

    return manifest(texts, url)


PROGRAM = Program(open_toolbox, clock, work_in_slack, slack_manifest)
