"""Settle an occurrence: what became of something that came by itself; said once."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.domain.schedule import LATEST, Came
from bot.storage import jobs, occurrences
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.storage.occurrences import Occurrence
from bot.usecases.toolbox import Toolbox, Untold

LATE = "late"
TOLD_SINCE = "told_since"  # its period was told when it came at another moment
log = logging.getLogger(__name__)


def occurrence_of(session: Session, record_id: str) -> Occurrence:
    """What came by itself, by its id. Raises LookupError."""
    found = occurrences.find(session, record_id)
    if found is None:
        raise LookupError(record_id)
    return found


def refuse_old(toolbox: Toolbox, job: Job) -> None:
    """Raise Untold for what came by itself and is news no more.

    What was not told is due again where somebody mended what kept it.
    """
    if not came_by_itself(job):
        return
    with toolbox.database.read(job.workspace_id) as session:
        one = occurrence_of(session, job.record_id)
    if is_no_news(toolbox, one):
        raise Untold(LATE)
    if one.state in (Came.SKIPPED, Came.NOTHING):
        with toolbox.database.write(job.workspace_id) as session:
            if not occurrences.reopen(session, one.id):
                raise Untold(TOLD_SINCE, nothing=True)


def is_no_news(toolbox: Toolbox, one: Occurrence) -> bool:
    """Whether it was due so long ago that it is told no more."""
    return toolbox.clock() - datetime.fromisoformat(one.due_at) > LATEST


def came_by_itself(job: Job) -> bool:
    """Whether what a job brings came by itself."""
    return job.kind in jobs.BY_ITSELF


def told(session: Session, job: Job) -> None:
    """It stands there."""
    if came_by_itself(job):
        note(occurrences.settle(session, job.record_id, Came.TOLD))


def untold(session: Session, job: Job, why: Untold) -> None:
    """It is not told, and surely was not."""
    if came_by_itself(job):
        came = Came.NOTHING if why.nothing else Came.SKIPPED
        note(occurrences.settle(session, job.record_id, came, why.reason))


def note(settled: Occurrence | None) -> None:
    """Log once what became of something that came by itself: ids of ours, no name and no figure."""
    if settled:
        asked = "occasion", "due_at", "period", "state", "reason", "id"
        log.info("came by itself", extra={name: getattr(settled, name) for name in asked})
