"""Tell the meetings that items were taken along from: what they say of them is said anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.storage import jobs
from bot.storage.database import Session
from bot.usecases.show_meeting import CLOSING


def tell_origins(session: Session, origins: Iterable[tuple[str, date]], now: str) -> None:
    """`origins` as `carry_overs.origins` has them, by item."""
    for meeting_id in {meeting_id for meeting_id, _ in origins}:
        jobs.changed(session, CLOSING, meeting_id, now)
