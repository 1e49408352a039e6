"""Puts klantvraag together: configuration, prompts, clock and database, handed to the surfaces."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.surfaces.terminal import command_line

if TYPE_CHECKING:
    from bot.usecases.toolbox import Toolbox


def main() -> None:
    """The command `klantvraag`."""
    try:
        command_line.klantvraag(obj=open_toolbox)
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
    return Toolbox(config, read_prompts(config.prompts_dir), lambda: datetime.now(UTC))
