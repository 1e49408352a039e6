"""Tell a channel which of its settings changed, from what to what and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.setting import Change, Setting
from bot.storage import jobs, people, settings_changes
from bot.storage.database import Session

SETTINGS_CHANGE = "settings_change"  # what it is called among records that are shown


@dataclass(frozen=True)
class ChangeView:
    """Settings that changed, `by` whom. `accounts` has the platform's id of each person named in
    it by our id; whose account was erased is not in it."""

    language: str
    changes: Sequence[Change]
    by: str
    accounts: Mapping[str, str]


def tell(
    session: Session,
    surface: str,
    channel_id: str,
    changes: Sequence[Change],
    person_id: str,
    now: str,
    *,
    first: bool,
) -> None:
    """Keep what changed, and have it said where the introduction stands.

    What was chosen for the `first` time is kept; the introduction itself then says who the
    customer is.
    """
    said = [one for one in changes if not (first and one.setting is Setting.CUSTOMER)]
    unsaid = [one for one in changes if one not in said]
    if unsaid:
        settings_changes.add(session, channel_id, unsaid, person_id, now)
    if said:
        change_id = settings_changes.add(session, channel_id, said, person_id, now)
        jobs.refresh(session, surface, SETTINGS_CHANGE, change_id, now)


def view_of_change(session: Session, change_id: str, language: str) -> ChangeView:
    """A change, to be shown. Raises LookupError for one that is not there."""
    kept = settings_changes.find(session, change_id)
    if kept is None:
        raise LookupError(change_id)
    named = {kept.person_id}
    for one in kept.changes:
        if one.setting is Setting.KEEPER:
            named |= {one.before, one.after}
    found = {name: people.account(session, name) for name in sorted(named) if name}
    accounts = {name: account[0] for name, account in found.items() if account}
    return ChangeView(language, kept.changes, kept.person_id, accounts)
