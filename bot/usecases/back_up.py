"""Back up and restore the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.storage import backups
from bot.storage.backups import Progress
from bot.usecases.toolbox import as_kept


def back_up(database: Path, target: Path, progress: Progress) -> None:
    """Copy the database, in use or not, to a new file that is verified before it gets its name."""
    backups.back_up(database, target, progress)


def restore(backup: Path, database: Path, now: datetime, progress: Progress) -> Path | None:
    """Put a verified backup in the database's place; return where the old file is kept."""
    stamp = f"{now:%Y%m%d-%H%M%S}"
    return backups.restore(backup, database, stamp, as_kept(now), progress)
