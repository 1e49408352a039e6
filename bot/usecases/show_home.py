"""Show one person what is open in their channels, and what is kept about them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot.domain.home import HomeView, NotKnownYet, OpenMeeting, StoredView
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.storage import items, overviews, people, personal_records, posted_messages
from bot.storage.database import Row, Session
from bot.usecases import deliver
from bot.usecases.show_meeting import MEETING, view_of
from bot.usecases.toolbox import Caller, Toolbox

BACK = timedelta(weeks=8)
MOST = 10  # of each kind; what is more is counted


def show_home(toolbox: Toolbox, caller: Caller, places: Collection[str]) -> HomeView:
    """What is open in the channels with these names on the platform, and in no other.

    Who may see a channel is for the platform to say: hand in only those the caller is in now.
    """
    today = toolbox.today()
    with toolbox.read(caller) as session:
        chosen = people.language(session, caller.platform, caller.person)
        ours = overviews.languages(session, caller.platform, places)
        since = today - BACK
        meetings = overviews.open_meetings(
            session, caller.platform, places, since=since, today=today, most=MOST
        )
        not_known = overviews.not_known(session, caller.platform, places, since=since, most=MOST)
        return HomeView(
            chosen=chosen,
            language=chosen or _agreed(ours) or _configured(toolbox),
            channels=len(ours),
            meetings=[_meeting(session, caller, row) for row in meetings],
            all_meetings=meetings[0][-1] if meetings else 0,
            not_known=[_not_known(session, caller, row) for row in not_known],
            all_not_known=not_known[0][-1] if not_known else 0,
            next_week=_reminded(session, caller) if toolbox.config.next_week else None,
        )


def place_of(toolbox: Toolbox, caller: Caller, item_id: str) -> str:
    """The platform's id of the channel whose agenda has this item. Raises Problem "no_item"."""
    with toolbox.read(caller) as session:
        meeting_id = items.meeting_of(session, item_id)
        place = posted_messages.place(session, meeting_id) if meeting_id else None
    if place is None:
        raise Problem("no_item")
    return place


def show_stored(toolbox: Toolbox, caller: Caller) -> StoredView:
    """What is kept about the caller, counted now."""
    with toolbox.read(caller) as session:
        person_id = people.find(session, caller.platform, caller.person)
        return StoredView(
            account=person_id is not None,
            name=bool(person_id) and people.has_name(session, person_id or ""),
            chosen=people.language(session, caller.platform, caller.person),
            no_next_week=not _reminded(session, caller),
            counts=personal_records.counts(session, person_id or ""),
        )


def choose_language(toolbox: Toolbox, caller: Caller, language: str | None) -> None:
    """Have what only the caller reads in this language; None follows each channel's."""
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, toolbox.now())
        people.keep_language(session, person_id, language)


def _reminded(session: Session, caller: Caller) -> bool:
    """Whether they are told what is not prepared, as is who never said anything about it."""
    person_id = people.find(session, caller.platform, caller.person)
    return person_id is None or people.wants_next_week(session, person_id)


def _agreed(languages: Collection[str | None]) -> str | None:
    """The one language that was chosen for these channels, None where it is not one."""
    chosen = {language for language in languages if language}
    return chosen.pop() if len(chosen) == 1 else None


def _configured(toolbox: Toolbox) -> str:
    return toolbox.config.file.defaults.language or FALLBACK_LANGUAGE


def _meeting(session: Session, caller: Caller, row: Row) -> OpenMeeting:
    meeting_id, place, today, _ = row
    reference = deliver.stands_at(session, caller.platform, MEETING, meeting_id)
    return OpenMeeting(view_of(session, meeting_id), place, reference, bool(today))


def _not_known(session: Session, caller: Caller, row: Row) -> NotKnownYet:
    item_id, title, words, meeting_id, state, place, _ = row
    reference = deliver.stands_at(session, caller.platform, MEETING, meeting_id)
    return NotKnownYet(item_id, title, words, place, reference, State(state))
