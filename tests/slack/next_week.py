"""A word to Fatima about next week: brought, and what came of it."""

from __future__ import annotations

from bot.domain.schedule import Came, Occasion
from bot.storage import jobs, occurrences, people
from bot.storage.jobs import JobState
from bot.usecases import come_due, deliver
from bot.usecases.toolbox import Caller
from tests.slack.people import Office
from tests.slack.stand_in import Values
from tests.slack.workspace import TEAM

HERE = Caller("slack", TEAM, "", "")


def bring(office: Office) -> None:
    while found := deliver.next_delivery(office.toolbox, "slack"):
        office.sender.post(found)
        office.clock.later(seconds=1)


def knows_when(office: Office) -> None:
    """The clock has looked in this workspace before."""
    office.toolbox.once(HERE)
    come_due.come_due(office.toolbox, "slack")


def job(office: Office) -> tuple[JobState, str | None]:
    with office.toolbox.read(HERE) as session:
        found = [one for state in JobState for one in jobs.of_state(session, state)]
    (mine,) = (one for one in found if one.kind == Occasion.NEXT_WEEK)
    return mine.state, mine.reason


def came(office: Office) -> tuple[Came, str | None]:
    """What became of Fatima's."""
    with office.toolbox.read(HERE) as session:
        whom = people.find(session, "slack", "UFATIMA") or ""
        one = occurrences.latest(session, Occasion.NEXT_WEEK, whom, 1)[0]
    return one.state, one.reason


def told(office: Office) -> list[Values]:
    return office.slack.messages("DUFATIMA")
