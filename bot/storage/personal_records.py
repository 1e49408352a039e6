"""What is kept about one person, counted. A table that names people belongs here."""

from __future__ import annotations

from bot.storage.database import Session

# What is counted of each kind, and where it stands. An answer counts once, whatever it said before
# and also when it was deleted: its history stays.
KINDS = {
    "answers": "count(distinct answer_id) from answer_versions",
    "notes": "count(distinct item_id) from notes",
    "closings": "count(*) from closings",
    "observations": "count(distinct item_id) from observations",
    "meetings": "count(distinct meeting_id) from meeting_states",
    "drafts": "count(*) from drafts",
    "requests": "count(*) from jobs",
    "settings": "count(*) from (select workspace_id, settings_person_id as person_id"
    " from channels)",
    "carry_overs": "count(*) from carry_overs",
    "shares": "count(*) from shares",
    "settings_changes": "count(*) from settings_changes",
    "subscriptions": "count(*) from (select workspace_id, person_id, id from subscriptions"
    " union select workspace_id, recipient_person_id, id from subscriptions"
    " union select workspace_id, stopped_person_id, id from subscriptions)",
    "told": "count(*) from (select workspace_id, recipient_person_id as person_id, id"
    " from occurrences union select workspace_id, recipient_person_id, record_id from jobs)",
    "hosts": "count(*) from (select workspace_id, host_person_id as person_id"
    " from channel_choices)",
}


def counts(session: Session, person_id: str) -> dict[str, int]:
    """How many records of each kind say that they are this person's."""
    columns = ", ".join(
        f"(select {count} where workspace_id = :workspace_id and person_id = :person_id)"
        for count in KINDS.values()
    )
    row = session.row(f"select {columns} where :workspace_id <> ''", person_id=person_id)
    return dict(zip(KINDS, row or (), strict=True))
