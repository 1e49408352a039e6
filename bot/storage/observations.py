"""What was observed at items, by each source, with everything it said before."""

from __future__ import annotations

from collections import defaultdict

from bot.domain.observation import Observed, Source
from bot.storage.database import Session

_NEWEST = (
    "number = (select max(number) from observations as later"
    " where later.workspace_id = observations.workspace_id"
    " and later.item_id = observations.item_id and later.source = observations.source)"
)


def observe(
    session: Session,
    item_id: str,
    source: Source,
    observed: Observed,
    person_id: str | None,
    now: str,
) -> None:
    """Keep what a source says of an item now; saying the same again changes nothing."""
    session.rows(
        "insert into observations"  # noqa: S608
        " (workspace_id, item_id, source, number, observed, person_id, at)"
        " select :workspace_id, :item_id, :source, coalesce(max(number), 0) + 1, :observed,"
        " :person_id, :now from observations where workspace_id = :workspace_id"
        " and item_id = :item_id and source = :source having not exists"
        " (select 1 from observations where workspace_id = :workspace_id"
        f" and item_id = :item_id and source = :source and observed = :observed and {_NEWEST})",
        item_id=item_id,
        source=source.value,
        observed=observed.value,
        person_id=person_id,
        now=now,
    )


def take_back(session: Session, item_id: str, source: Source, observed: Observed) -> None:
    """Forget that a source says this of an item now; what it said before stands again.

    Only what was said while the meeting was on its way is taken back; once closed it is changed.
    """
    session.rows(
        "delete from observations where workspace_id = :workspace_id and item_id = :item_id"  # noqa: S608
        f" and source = :source and observed = :observed and {_NEWEST}",
        item_id=item_id,
        source=source.value,
        observed=observed.value,
    )


def of_meeting(session: Session, meeting_id: str) -> dict[str, dict[Source, Observed]]:
    """What each source says now, by item id; items that were not observed are left out."""
    rows = session.rows(
        "select item_id, source, observed from items join observations"  # noqa: S608
        " on observations.workspace_id = items.workspace_id and item_id = items.id"
        " where items.workspace_id = :workspace_id and items.meeting_id = :meeting_id"
        f" and {_NEWEST}",
        meeting_id=meeting_id,
    )
    found: dict[str, dict[Source, Observed]] = defaultdict(dict)
    for item_id, source, observed in rows:
        found[item_id][Source(source)] = Observed(observed)
    return dict(found)
