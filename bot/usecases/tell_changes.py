"""Tell a channel which of its settings changed, from what to what and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.setting import Change, Setting
from bot.storage import jobs, people, settings_changes
from bot.storage.database import Session

# What they are called among records that are shown. That talk is counted, or not any more, is told
# apart: it is about everybody who writes in the channel, so it stands where everybody sees it.
SETTINGS_CHANGE, TALK_CHANGE = "settings_change", "talk_change"


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
    talk = [one for one in changes if one.setting is Setting.TALK]
    unsaid = [one for one in changes if first and one.setting is Setting.CUSTOMER]
    said = [one for one in changes if one not in [*talk, *unsaid]]
    if unsaid:
        settings_changes.add(session, channel_id, unsaid, person_id, now)
    for kind, told in ((SETTINGS_CHANGE, said), (TALK_CHANGE, talk)):
        if told:
            change_id = settings_changes.add(session, channel_id, told, person_id, now)
            jobs.refresh(session, surface, kind, change_id, now)


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
