"""Take notes at items while a meeting is not closed: one of each person, theirs to change."""

from __future__ import annotations

from bot.domain.problem import Problem
from bot.storage import notes, people
from bot.usecases.run_meeting import check_subject, meeting_to_answer
from bot.usecases.toolbox import Caller, Toolbox

LONGEST = 3_000  # characters; what a field in Slack can show again


def own_note(toolbox: Toolbox, caller: Caller, item_id: str) -> str:
    """What the caller noted at an item; empty where they did not."""
    with toolbox.read(caller) as session:
        person_id = people.find(session, caller.platform, caller.person)
        return notes.own(session, item_id, person_id) if person_id else ""


def note(toolbox: Toolbox, caller: Caller, item_id: str, text: str, title: str) -> None:
    """Replace the caller's note at an item; an empty one takes it away.

    `title` is the item's when it was asked. Raises Problem "no_item", "item_changed",
    "long_note" or "meeting_closed".
    """
    _keep(toolbox, caller, item_id, text, title=title)


def add_to_note(toolbox: Toolbox, caller: Caller, item_id: str, text: str) -> None:
    """Put a text below what the caller noted at an item. Raises as `note`, and "empty_note"."""
    if not text.strip():
        raise Problem("empty_note")
    _keep(toolbox, caller, item_id, text)


def _keep(
    toolbox: Toolbox, caller: Caller, item_id: str, text: str, title: str | None = None
) -> None:
    now = toolbox.now()
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, now)
        meeting_to_answer(session, item_id, person_id, now)
        before, after = notes.own(session, item_id, person_id), text.strip()
        if title is not None:
            check_subject(session, item_id, title)
        elif before:
            after = f"{before}\n{after}"
        if len(after) > LONGEST:
            raise Problem("long_note", most=LONGEST)
        if after != before:
            notes.keep(session, item_id, after, person_id, now)
