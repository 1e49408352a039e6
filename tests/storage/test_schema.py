"""What the tables promise by themselves, whatever the code above them does."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.domain.problem import Problem
from bot.storage import channels, customer_accounts, items
from bot.storage.connections import connect
from bot.storage.database import Database
from tests.storage.conftest import NOW, SETTINGS, Home, ask, settle

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

OURS = "select name from sqlite_master where type = 'table' and name not like '%sqlite_%'"


def test_every_table_is_strict(template: Path) -> None:
    loose = ask(template, f"select name from ({OURS}) join pragma_table_list using (name)"
                " where not strict")  # fmt: skip
    assert loose == []


def test_every_table_carries_the_workspace_first_in_its_key(template: Path) -> None:
    for table in tables(template):
        key = ask(template, f"select name from pragma_table_info('{table}') where pk = 1")
        assert key == [("workspace_id",)], table


def test_every_reference_carries_the_workspace(template: Path) -> None:
    for table in tables(template):
        references = ask(template, f"select id, \"from\" from pragma_foreign_key_list('{table}')")
        carrying = {number for number, column in references if column == "workspace_id"}
        assert carrying == {number for number, _ in references}, table


def test_every_table_belongs_to_a_known_workspace(template: Path) -> None:
    for table in set(tables(template)) - {"workspaces"}:
        query = f"select \"table\" from pragma_foreign_key_list('{table}')"
        assert ("workspaces",) in ask(template, query), table


def test_who_a_person_is_stands_in_people_only(template: Path) -> None:
    telling = {
        (table, column)
        for table in tables(template)
        for (column,) in ask(template, f"select name from pragma_table_info('{table}')")
        if re.search(r"name|platform_id|e?mail|user|person", column)
    }
    others_have_names_too = {
        ("channels", "platform_id"),
        ("channels", "name"),
        ("customer_accounts", "name"),
    }
    by_our_id = {pair for pair in telling if pair[1].endswith("person_id")}
    assert telling - others_have_names_too - by_our_id == {
        ("people", "platform_id"),
        ("people", "name"),
    }
    for table, column in by_our_id:
        assert column in references_to(template, table, "people"), table


def test_a_whole_meeting_leaves_the_account_in_one_row(database: Database, home: Home) -> None:
    found = [
        table
        for table in tables(database.path)
        for row in ask(database.path, f"select * from {table}")
        if "U-thuis" in map(str, row)
    ]
    assert found == ["people"]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ],
)
def test_every_connection_is_set_for_safety(path: Path, pragma: str, value: str | int) -> None:
    with closing(connect(path)) as connection:
        assert connection.execute(f"pragma {pragma}").fetchone() == (value,)


def test_the_connection_that_migrated_is_set_for_safety_too(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "nieuw.db")) as database:
        workspace = database.workspace("slack", "thuis", lambda: NOW)
        with database.write(workspace) as session:
            assert session.rows("pragma foreign_keys -- :workspace_id") == [(1,)]


def test_what_was_deleted_is_gone_from_the_file(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        session.rows(
            "update items set title = 'een kanarie'"
            " where workspace_id = :workspace_id and id = :id",
            id=home.empty_item,
        )
    with database.write(home.workspace) as session:
        items.delete(session, home.empty_item)
    database.close()
    assert b"een kanarie" not in database.path.read_bytes()


NONSENSE = {
    "an answer neither sure nor not applicable": "update answers set certainty = null",
    "an answer both sure and not applicable": "update answers set not_applicable = 1",
    "an unknown certainty": "update answers set certainty = 'perhaps'",
    "an empty answer": "update answers set text = ''",
    "a decision half changed": "update answers set changed_decision = 2",
    "an answer half provisional": "update answers set provisional = 2",
    "an answer by nobody": "update answers set person_id = null",
    "an answer by somebody unknown": "update answers set person_id = 'niemand'",
    "an answer to an unknown item": "update answers set item_id = 'niets'",
    "an answer to an unknown question": "update answers set asked_question_id = 'niets'",
    "an answer of unknown origin": "update answers set origin = 'elf'",
    "an unknown state": "update meetings set state = 'paused'",
    "an unknown state in the history": "update meeting_states set state = 'paused'",
    "an unknown language": "update meetings set language = 'de'",
    "a meeting in an unknown channel": "update meetings set channel_id = 'niets'",
    "a meeting of an unknown series": "update meetings set series_id = 'niets'",
    "a day that is a text": "update meetings set counts_on = 'dinsdag'",
    "an unknown kind": "update items set kind = 'fun'",
    "topics that are no JSON": "update items set topics = 'lift'",
    "sub-items that are no JSON": "update items set sub_items = '['",
    "a reason that is no JSON": "update asked_questions set reason_values = ''",
    "four questions": "update channels set questions = 4",
    "no question at all": "update channels set questions = 0",
    "an hour after midnight": "update items set starts_at = '24:00'",
    "a late hour that is none": "update items set starts_at = '29:00'",
    "a minute too many": "update items set starts_at = '10:60'",
    "a time that is none": "update items set starts_at = 'tien uur'",
    "something else observed": "update observations set observed = 'perhaps'",
    "an unknown source": "update observations set source = 'rumour'",
    "a chair who is nobody": "update observations set person_id = null",
    "less than nobody in a channel": "update closings set members = -1",
    "a clock that is somebody": "update closings set closed_by = 'clock'",
    "a person who is nobody": "update closings set person_id = null",
    "a note of unknown origin": "update notes set origin = 'elf'",
    "a reading that is no JSON": "update agenda_sources set reading = 'lift'",
    "a source of no meeting": "update agenda_sources set meeting_id = null",
    "figures of a day": "update shares set span = 'day'",
    "figures that are no JSON": "update shares set figures = 'veel'",
    "a trend that is no list": "update shares set trend = '{}'",
    "figures half so far": "update shares set so_far = 2",
    "figures shared by nobody": "update shares set person_id = null",
    "changes that are no list": "update settings_changes set changes = '{}'",
    "settings changed by somebody unknown": "update settings_changes set person_id = 'niemand'",
    "an account without a name": "update customer_accounts set name = 'AB'",
    "an account as long as a sentence": f"update customer_accounts set name = '{'a' * 81}'",
    "an account twice": "insert into customer_accounts select workspace_id, channel_id, 2, name"
    " from customer_accounts",
    "figures of something else": "update releases set measure = 'satisfaction'",
    "figures from a Tuesday": "update releases set first_week = first_week - 6",
    "figures that end before they begin": "update releases set last_week = last_week - 7",
    "figures of an unknown set of channels": "update releases set set_id = 'niets'",
    "a set of unknown channels": "update channels_in_sets set channel_id = 'niets'",
    "channels gone while figures of them are out": "delete from channel_sets",
    "a week that begins on Tuesday": "update released_cells set week = week + 1",
    "less than nobody in a week": "update released_cells set substantive_people = -1",
    "more people where customers came up": "update released_cells set observed_people = 99",
    "more observed than there was": "update released_cells set observed = 3",
    "more that came up than was observed": "update released_cells set came_up = 2",
    "more answered than there was": "update released_cells set answered = 3",
    "more unknown than answered": "update released_cells set unknown = 2",
    "answered and not applicable": "update released_cells set not_applicable = 2",
    "a decision changed by no answer": "update released_cells set changed_decisions = 2",
    "items without a meeting": "update released_cells set substantive_meetings = 0",
    "meetings without items": "update released_cells set observed = 0",
    "more meetings than items": "update released_cells set substantive_meetings = 3",
    "an answer in no meeting": "update released_cells set answered_meetings = 0",
    "questions that are no JSON": "update released_cells set asked = 'veel'",
    "languages that are a list": "update released_cells set heard = '[]'",
    "a week of an unknown channel": "update released_cells set channel_id = 'niets'",
    "minutes in words": "update items set minutes = 'tien'",
    "a meeting gone while it has items": "delete from meetings",
    "an item gone while it has answers": "delete from items",
    "a person gone while answers are theirs": "delete from people",
    "a workspace gone while it has people": "delete from workspaces",
}


@pytest.mark.parametrize("sql", NONSENSE.values(), ids=NONSENSE)
def test_the_tables_refuse_nonsense(database: Database, home: Home, sql: str) -> None:
    with pytest.raises(Problem) as error, database.write(home.workspace) as session:
        session.rows(f"{sql} where workspace_id = :workspace_id")
    assert isinstance(error.value.__cause__, sqlite3.IntegrityError)


REFERENCES = {
    "items": ("meeting_id", "meeting"),
    "answers": ("item_id", "item"),
    "asked_questions": ("item_id", "item"),
    "meetings": ("channel_id", "channel"),
    "meeting_states": ("person_id", "person"),
    "promises": ("channel_id", "channel"),
    "customer_accounts": ("channel_id", "channel"),
    "closings": ("meeting_id", "meeting"),
    "observations": ("item_id", "item"),
    "notes": ("item_id", "item"),
    "agenda_sources": ("meeting_id", "meeting"),
    "carry_overs": ("meeting_id", "meeting"),
    "shares": ("channel_id", "channel"),
    "settings_changes": ("channel_id", "channel"),
    "releases": ("set_id", "set"),
    "channels_in_sets": ("channel_id", "channel"),
    "released_cells": ("channel_id", "channel"),
}


@pytest.mark.parametrize("table", REFERENCES)
def test_nothing_refers_to_another_workspace(database: Database, home: Home, table: str) -> None:
    column, field = REFERENCES[table]
    other = settle(database, "buren")
    with pytest.raises(Problem) as error, database.write(other.workspace) as session:
        session.rows(
            f"update {table} set {column} = :id"
            f" where workspace_id = :workspace_id and {column} = :own",
            id=getattr(home, field),
            own=getattr(other, field),
        )
    assert "FOREIGN KEY" in str(error.value.__cause__)


def test_the_accounts_of_a_channel_go_with_it(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        settings = replace(SETTINGS, promise={})
        channel = channels.ensure(session, "slack", "C9", settings, NOW)
        customer_accounts.keep(session, channel, ["De Haven"])
        sql = "delete from channels where workspace_id = :workspace_id and id = :id"
        session.rows(sql, id=channel)
        assert customer_accounts.of_channel(session, channel) == ()
        assert customer_accounts.of_channel(session, home.channel) == ("Van Dijk BV",)


def tables(path: Path) -> list[str]:
    return [name for (name,) in ask(path, OURS)]


def references_to(path: Path, table: str, other: str) -> set[str]:
    query = f"select \"from\" from pragma_foreign_key_list('{table}') where \"table\" = '{other}'"
    return {column for (column,) in ask(path, query)}
