"""Every change of a channel's settings: what became what, by whom, when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import new_id
from bot.domain.setting import Change, Setting
from bot.storage.database import Session


@dataclass(frozen=True)
class Kept:
    """A row; `channel_id` and `person_id` are ours."""

    channel_id: str
    person_id: str
    changes: Sequence[Change]


def add(
    session: Session, channel_id: str, changes: Sequence[Change], person_id: str, now: str
) -> str:
    """Keep a change and return its id."""
    change_id = new_id()
    session.insert(
        "settings_changes",
        {
            "id": change_id,
            "channel_id": channel_id,
            "person_id": person_id,
            "changes": json.dumps([[one.setting, one.before, one.after] for one in changes]),
            "at": now,
        },
    )
    return change_id


def find(session: Session, change_id: str) -> Kept | None:
    """A change by its id."""
    row = session.row(
        "select channel_id, person_id, changes from settings_changes"
        " where workspace_id = :workspace_id and id = :id",
        id=change_id,
    )
    if row is None:
        return None
    changes = [Change(Setting(name), *values) for name, *values in json.loads(row[2])]
    return Kept(row[0], row[1], changes)
