"""What comes by itself is told once, or it is kept why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedule import Came, Occasion
from bot.storage import channels, claims, jobs, occurrences
from bot.storage.jobs import JobState
from bot.storage.occurrences import Occurrence
from bot.usecases import come_due, deliver, set_up_channel
from bot.usecases.delivery import Ended
from bot.usecases.toolbox import Caller
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault
from tests.slack.test_digest import meets
from tests.slack.workspace import ALL, TEAM

HERE = Caller("slack", TEAM, "C1", "UFATIMA")
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
WEEK = "Week 48 (23–29 nov 2026)"
Digests = Callable[[], list[Occurrence]]


@pytest.fixture
def met(office: Office) -> None:
    """C1 met in week 48."""
    meets(office, "C1")


@pytest.fixture
def monday(office: Office) -> Callable[[], None]:
    """It becomes Monday, and what comes by itself is queued."""

    def monday() -> None:
        office.clock.instant = MONDAY
        come_due.come_due(office.toolbox, "slack")

    return monday


@pytest.fixture
def send(office: Office) -> Callable[[], int]:
    """Sends what is due, now or within some minutes; returns how many were."""

    def send() -> int:
        end, sent = office.clock() + timedelta(minutes=5), 0
        while office.clock() < end:
            while due := deliver.next_delivery(office.toolbox, "slack"):
                office.sender.post(due)
                sent += 1
            office.clock.later(seconds=1)
        return sent

    return send


@pytest.fixture
def digest(office: Office) -> Callable[[], Occurrence]:
    """The one digest of C1."""

    def digest() -> Occurrence:
        with office.toolbox.read(HERE) as session:
            channel_id = channels.find(session, "slack", "C1") or ""
            (one,) = occurrences.latest(session, Occasion.DIGEST, channel_id, 9)
        return one

    return digest


def shown(office: Office) -> list[str]:
    return [it["text"] for it in office.slack.messages("C1") if it["text"].startswith("Week ")]


def state(office: Office, one: Occurrence) -> tuple[JobState, str | None]:
    with office.toolbox.read(HERE) as session:
        job = jobs.find(session, one.occasion, one.id)
    assert job is not None
    return job.state, job.reason


@pytest.mark.usefixtures("met")
def test_a_week_is_told_once(office, monday, send, digest) -> None:
    monday()
    send()
    monday()
    send()

    (text,) = shown(office)
    assert text.startswith(WEEK)
    assert "1 overleg" in text
    assert (digest().state, digest().reason) == (Came.TOLD, None)


def test_after_a_quiet_week_nothing_is_posted(office, monday, send, digest) -> None:
    set_up_channel.greet(office.toolbox, HERE)
    send()
    monday()
    send()

    assert shown(office) == []
    assert (digest().state, digest().reason) == (Came.NOTHING, "no_meeting")
    assert state(office, digest()) == (JobState.DONE, "no_meeting")


@pytest.mark.usefixtures("met")
@pytest.mark.parametrize(("seconds", "came"), [(0, Came.TOLD), (1, Came.SKIPPED)])
def test_what_waited_for_a_day_is_skipped(office, monday, send, digest, seconds, came) -> None:
    monday()
    office.clock.later(hours=24, seconds=seconds)
    send()

    assert digest().state is came
    assert len(shown(office)) == (came is Came.TOLD)
    assert digest().reason == (None if came is Came.TOLD else "late")


@pytest.mark.usefixtures("met")
def test_where_we_left_there_is_nobody_to_tell(office, monday, send, digest) -> None:
    monday()
    set_up_channel.left(office.toolbox, HERE)
    send()

    assert (digest().state, digest().reason) == (Came.SKIPPED, "left")


@pytest.mark.usefixtures("met")
def test_what_slack_refuses_is_skipped_until_somebody_mends_that(
    office, monday, send, digest
) -> None:
    monday()
    office.slack.channel("C1").refusal = "is_archived"
    send()
    assert (digest().state, digest().reason) == (Came.SKIPPED, "is_archived")
    office.slack.channel("C1").refusal = ""
    deliver.deliver_again(office.toolbox, jobs.key_of(Occasion.DIGEST, digest().id))
    send()

    assert len(shown(office)) == 1
    assert (digest().state, digest().reason) == (Came.TOLD, None)


@pytest.mark.usefixtures("met")
def test_what_was_told_at_another_moment_since_is_not_told_again(
    office, monday, send, digest
) -> None:
    monday()
    office.slack.channel("C1").refusal = "is_archived"
    send()
    first = digest()
    office.slack.channel("C1").refusal = ""
    with office.toolbox.write(HERE) as session:
        occurrences.add(session, replace(first, due_at="later", state=Came.TOLD), "later")
    deliver.deliver_again(office.toolbox, jobs.key_of(Occasion.DIGEST, first.id))
    send()

    assert shown(office) == []
    assert state(office, first) == (JobState.DONE, "told_since")


@pytest.mark.usefixtures("met")
def test_where_we_come_back_in_time_it_is_told(office, monday, send, digest) -> None:
    monday()
    set_up_channel.left(office.toolbox, HERE)
    send()
    set_up_channel.greet(office.toolbox, HERE)
    send()

    assert len(shown(office)) == 1
    assert digest().state is Came.TOLD


@pytest.mark.usefixtures("met")
@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
def test_after_an_unknown_outcome_it_is_told_once(office, monday, send, digest, fault) -> None:
    monday()
    office.slack.faults.append(fault)
    send()

    assert len(shown(office)) == 1
    assert digest().state is Came.TOLD


@pytest.mark.usefixtures("met")
@pytest.mark.parametrize(
    ("fault", "posts", "came"),
    [(Fault.LOST_BEFORE, 0, Came.SKIPPED), (Fault.LOST_AFTER, 1, Came.TOLD)],
)
def test_after_a_crash_and_a_day_it_is_looked_for_and_not_posted(
    office, monday, send, digest, fault, posts, came
) -> None:
    monday()
    office.slack.faults.append(fault)
    due = deliver.next_delivery(office.toolbox, "slack")
    assert due is not None
    office.sender.post(due)
    office.clock.later(hours=25)
    send()

    assert len(shown(office)) == posts
    assert digest().state is came


@pytest.mark.usefixtures("met")
def test_where_we_may_not_look_a_person_has_to(office, monday, send, digest) -> None:
    office.slack.scopes["xoxb-test"] = ALL - {"channels:history"}
    monday()
    office.slack.faults.append(Fault.LOST_AFTER)
    send()

    assert digest().state is Came.DUE
    assert state(office, digest()) == (JobState.UNKNOWN, "missing_scope")


@pytest.mark.usefixtures("met")
def test_who_lost_the_lease_has_nothing_to_say(office, monday, digest) -> None:
    monday()
    first = deliver.next_delivery(office.toolbox, "slack")
    office.clock.later(seconds=deliver.LEASE + 1)
    second = deliver.next_delivery(office.toolbox, "slack")
    assert first is not None
    assert second is not None
    deliver.failed(office.toolbox, first, Ended("is_archived"))

    assert digest().state is Came.DUE
    with office.toolbox.read(HERE) as session:
        assert claims.still_ours(session, second.job, office.toolbox.now())


@pytest.mark.usefixtures("met")
def test_its_message_may_be_removed_by_people(office, monday, send, digest) -> None:
    monday()
    send()
    (ts,) = [it["ts"] for it in office.slack.messages("C1") if it["text"].startswith("Week ")]
    del office.slack.channel("C1").messages[ts]
    office.clock.later(days=7)
    Person(office, "UFATIMA").types("help")
    send()

    assert shown(office) == []
    assert digest().state is Came.TOLD
