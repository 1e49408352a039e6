"""Whose turn it is: what has been due longest, and what people wait for before all the rest."""

from __future__ import annotations

from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.schedule import Occasion
from bot.storage import channels, claims, jobs, people
from bot.storage.claims import Job
from bot.storage.database import Database, Session
from tests.storage.conftest import Home

AT = "2026-11-30T08:{:02}:00.000+00:00".format
HUURDER = CustomerWords("de huurder")
SETTINGS = ChannelSettings("nl", {"nl": HUURDER, "en": HUURDER})


def due(session: Session, kind: str, channel: str, at: str) -> None:
    channel_id = channels.ensure(session, "slack", channel, SETTINGS, AT(0))
    jobs.refresh(session, "slack", kind, channel_id, at)


def claim(database: Database, now: str, lease_until: str = AT(59)) -> Job | None:
    return claims.claim(database, "slack", now, lease_until, now)


def kinds(database: Database, now: str) -> list[str]:
    """In the order they are claimed, until nothing is due."""
    return [job.kind for job in iter(lambda: claim(database, now), None)]


def test_what_has_been_due_longest_comes_first(database: Database, home: Home) -> None:
    workspace = database.workspace("slack", "T1", lambda: AT(0))
    with database.write(workspace) as session:
        for minute, kind in ((3, "third"), (1, "first"), (9, "later"), (2, "second")):
            due(session, kind, f"C{minute}", AT(minute))

    assert kinds(database, AT(5)) == ["first", "second", "third"]


def test_what_people_wait_for_comes_before_what_comes_by_itself(database: Database) -> None:
    workspace = database.workspace("slack", "T1", lambda: AT(0))
    with database.write(workspace) as session:
        for number in range(3):
            due(session, Occasion.DIGEST, f"C{number}", AT(0))
        person = people.ensure(session, "slack", "U1", AT(0))
        jobs.tell(session, "slack", Occasion.QUIET, "q1", person, AT(0))
        due(session, "meeting", "C8", AT(3))
    other = database.workspace("slack", "T2", lambda: AT(0))
    with database.write(other) as session:
        due(session, "share", "C9", AT(4))

    found = kinds(database, AT(5))
    assert found[:2] == ["meeting", "share"]
    assert sorted(found[2:]) == ["digest", "digest", "digest", "quiet"]


def test_a_lease_that_ran_out_has_its_turn_by_when_it_did(database: Database) -> None:
    workspace = database.workspace("slack", "T1", lambda: AT(0))
    with database.write(workspace) as session:
        due(session, "lost", "C1", AT(0))
    lost = claim(database, AT(1), lease_until=AT(4))
    with database.write(workspace) as session:
        due(session, "before", "C2", AT(3))
        due(session, "after", "C3", AT(5))

    assert lost is not None
    assert kinds(database, AT(6)) == ["before", "lost", "after"]


def test_what_is_held_keeps_nobody_waiting_and_a_held_workspace_everybody(
    database: Database,
) -> None:
    workspace = database.workspace("slack", "T1", lambda: AT(0))
    with database.write(workspace) as session:
        due(session, "held", "C1", AT(0))
        due(session, "free", "C2", AT(1))
        held = channels.find(session, "slack", "C1")
        assert held is not None
        channels.hold(session, held, AT(8))
    assert kinds(database, AT(5)) == ["free"]

    with database.write(workspace) as session:
        due(session, "more", "C3", AT(6))
        channels.hold_all(session, AT(9))
    assert kinds(database, AT(8)) == []
    assert kinds(database, AT(9)) == ["held", "more"]
