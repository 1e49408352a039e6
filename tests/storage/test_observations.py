"""What was observed, noted and closed keeps its history; the newest counts."""

from __future__ import annotations

from bot.domain.observation import Closing, Observed, Source
from bot.storage import closings, notes, observations, people
from bot.storage.database import Database
from tests.storage.conftest import NOW, Home, ask


def test_the_newest_word_of_each_source_counts_and_none_is_lost(
    database: Database, home: Home
) -> None:
    said = [Observed.DID_NOT, Observed.DID_NOT, Observed.CAME_UP, Observed.NOT_DISCUSSED]
    with database.write(home.workspace) as session:
        for at, each in enumerate(said):
            observations.observe(session, home.empty_item, Source.CHAIR, each, home.person, str(at))
        observations.observe(
            session, home.empty_item, Source.TEXT, Observed.CAME_UP, home.person, NOW
        )
        found = observations.of_meeting(session, home.meeting)

    assert found == {
        home.item: {Source.CHAIR: Observed.CAME_UP},
        home.empty_item: {
            Source.CHAIR: Observed.NOT_DISCUSSED,
            Source.TEXT: Observed.CAME_UP,
        },
    }
    sql = "select observed, at, person_id from observations where source = 'chair' and item_id = "
    assert ask(database.path, f"{sql}'{home.empty_item}' order by number") == [
        ("did_not", "0", home.person),
        ("came_up", "2", home.person),
        ("not_discussed", "3", home.person),
    ]


def test_the_newest_closing_counts_and_none_is_lost(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        clock = closings.add(session, home.meeting, Closing(by_clock=True), None, NOW)
        assert closings.newest(session, home.meeting) == Closing(by_clock=True)
        number = closings.add(session, home.meeting, Closing("brief", 5), home.person, NOW)
        closings.keep_members(session, home.meeting, number, 6)
        assert closings.newest(session, home.meeting) == Closing("brief", 6)

    assert (clock, number) == (2, 3)
    sql = "select number, take_away, members, closed_by from closings"
    sql = f"{sql} where meeting_id = '{home.meeting}' order by number"
    assert ask(database.path, sql) == [
        (1, "een brief", 8, "person"),
        (2, "", None, "clock"),
        (3, "brief", 6, "person"),
    ]


def test_each_person_has_a_note_at_an_item_and_none_is_lost(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        other = people.ensure(session, "slack", "U-ander", NOW)
        notes.keep(session, home.item, "een brief", other, "later")
        notes.keep(session, home.item, "de huurder schreef", home.person, "nog later")
        found = notes.of_meeting(session, home.meeting)
        assert found == [(home.item, "een brief"), (home.item, "de huurder schreef")]
        notes.keep(session, home.item, "", other, "nog later")
        assert notes.of_meeting(session, home.meeting) == found[1:]
        assert notes.own(session, home.item, other) == ""
        assert notes.own(session, home.item, home.person) == "de huurder schreef"

    versions = "select text from notes"
    assert len(ask(database.path, versions)) == 4
