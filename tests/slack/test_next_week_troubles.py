"""A word about next week where people left or Slack fails: once, or visibly not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.schedule import Came
from bot.storage.jobs import JobState
from bot.usecases import check_messages, deliver
from tests.conftest import Clock
from tests.slack.next_week import bring, came, job, told
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault, Refused
from tests.slack.workspace import ALL


def leaves(office: Office) -> None:
    office.slack.people["C1"].remove("UFATIMA")


def is_archived(office: Office) -> None:
    office.slack.archived.add("C1")


def goes(office: Office) -> None:
    office.slack.deactivated.add("UFATIMA")


def is_of_others(office: Office) -> None:
    office.slack.homes["UFATIMA"] = "TELSEWHERE"


@pytest.mark.parametrize("what", [leaves, is_archived, goes, is_of_others])
def test_who_is_not_there_any_more_is_told_nothing(
    office: Office, tuesdays, word_due, what: Callable[[Office], None]
) -> None:
    tuesdays()
    what(office)
    word_due()

    assert told(office) == []
    assert job(office) == (JobState.DONE, "not_here")
    assert came(office) == (Came.NOTHING, "not_here")
    assert check_messages.undelivered(office.toolbox.config.database) == []


@pytest.mark.parametrize("method", ["users.info", "users.conversations"])
@pytest.mark.parametrize("error", ["internal_error", "ratelimited"])
def test_when_slack_does_not_say_who_is_there_it_is_told_a_little_later(
    office: Office, tuesdays, word_due, clock: Clock, method: str, error: str
) -> None:
    def refuse() -> None:
        raise Refused(error)

    tuesdays()
    office.slack.meanwhile[method] = refuse
    word_due()
    clock.later(seconds=2)
    bring(office)

    assert len(told(office)) == 1


def test_lookups_that_are_limited_hold_up_nothing_else(
    office: Office, fatima: Person, tuesdays, queue_word
) -> None:
    def refuse() -> None:
        office.slack.meanwhile["users.conversations"] = refuse
        raise Refused("ratelimited")

    tuesdays(fatima, Person(office, "URUUD", "C2"))
    queue_word("UFATIMA")
    queue_word("URUUD")
    before = len(office.slack.called("chat.postMessage"))
    with pytest.raises(Refused):
        refuse()
    while found := deliver.next_delivery(office.toolbox, "slack"):
        office.sender.post(found)
    office.slack.meanwhile.clear()
    fatima.types("Directie\n1. Opening\n2. Begroting 2027")
    fatima.fills_in()

    assert "Begroting 2027" in office.slack.called("chat.postMessage")[before]["text"]


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
@pytest.mark.parametrize("scopes", [ALL, ALL - {"im:history"}])
def test_it_is_told_once_or_visibly_not(
    office: Office, tuesdays, word_due, clock: Clock, fault: Fault, scopes: frozenset[str]
) -> None:
    tuesdays()
    office.slack.scopes["xoxb-test"] = scopes
    office.slack.faults.append(fault)
    word_due()
    clock.later(seconds=5)
    bring(office)

    if scopes == ALL:
        assert len(told(office)) == 1
        assert job(office) == (JobState.DONE, None)
    else:
        assert len(told(office)) <= 1
        (found,) = check_messages.undelivered(office.toolbox.config.database)
        assert (found.state, found.reason) == ("unknown", "missing_scope")
