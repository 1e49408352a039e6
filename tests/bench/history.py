"""A file with years of history in a thousand channels, made in SQL: a meeting each week in each.

Ids are scattered as those that klantvraag makes are: what belongs together does not stand together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import Connection

from bot.domain.customer import LEVELS, ChannelSettings, CustomerWords
from bot.domain.dates import week_of
from bot.storage import channel_choices, channels, people
from bot.storage.channel_choices import Choices
from bot.storage.connections import connect
from bot.storage.database import Database, Session
from tests.slack.workspace import TEAM

CHANNELS, ITEMS = 1_000, 5  # of a meeting
LAST = week_of(date(2026, 11, 16))  # the last week of the history
WORKSPACE = ("slack", TEAM)
NOW = "2026-11-24T09:00:00.000+00:00"
CUSTOMER = {"nl": CustomerWords("de huurder"), "en": CustomerWords("the tenant")}

_NUMBERS = """
with recursive
  these (n) as (select 0 union all select n + 1 from these where n < {rows} - 1)
insert into {table} ({columns})
"""
# Scattered, and the same for the same number: 2654435761 is 2 ** 32 over the golden ratio.
_ID = "printf('%08x%016x', ({n} * 2654435761) & 4294967295, {n})"
_MEETING, _ITEM = _ID.format(n="n"), _ID.format(n="n")
_OF_ITEM = _ID.format(n=f"(n / {ITEMS})")
_CHANNEL = f"(select id from made where number = n % {CHANNELS})"
_TABLES = {
    "meetings": (
        "id, channel_id, series_id, title, title_key, day, language, customer, state, counts_on,"
        " prepared_at",
        f"{_MEETING}, {_CHANNEL}, {_CHANNEL}, 'Overleg', 'overleg',"
        f" date('{{first}}', (n / {CHANNELS} * 7 + n % 5) || ' days'), 'nl', 'de huurder',"
        f" 'closed', {{ordinal}} + n / {CHANNELS} * 7 + n % 5, '{NOW}'",
        1,
        "",
    ),
    "closings": (
        "meeting_id, number, take_away, members, closed_by, person_id, at",
        f"{_MEETING}, 1, '', 4 + n % 9, 'person', :person, '{NOW}'",
        1,
        "",
    ),
    "items": (
        "id, meeting_id, rank, position, title, kind, topics, sub_items, origin",
        f"{_ITEM}, {_OF_ITEM}, n % {ITEMS}, n % {ITEMS} + 1, 'Tarieven wijk ' || n % 97,"
        f" iif(n % {ITEMS}, 'substantive', 'procedural'), '[]', '[]', 'people'",
        ITEMS,
        "",
    ),
    "asked_questions": (
        "id, item_id, rank, question_key, text, reason_code, reason_values, origin, asked_at",
        f"{_ITEM}, {_ITEM}, 0, iif(n % 3, 'experience', 'ease'), 'Hoe zal de huurder dit ervaren?',"
        f" 'never_asked', '{{{{}}}}', 'bot', '{NOW}'",
        ITEMS,
        f"n % {ITEMS}",
    ),
    "answers": (
        "id, item_id, number, person_id, text, certainty, not_applicable, changed_decision, origin,"
        " version, created_at, updated_at",
        f"{_ITEM}, {_ITEM}, 1, :person, 'Minder gedoe in de wijk', 'know', 0, n % 4 = 0, 'people',"
        f" 1, '{NOW}', '{NOW}'",
        ITEMS,
        f"n % {ITEMS} > 1",
    ),
    "observations": (
        "item_id, source, number, observed, person_id, at",
        f"{_ITEM}, 'chair', 1, iif(n % 3, 'did_not', 'came_up'), :person, '{NOW}'",
        ITEMS,
        f"n % {ITEMS} and n % 11",
    ),
}
_STATES = f"""
with recursive
  these (n) as (select 0 union all select n + 1 from these where n < {{rows}} - 1),
  states (number, state) as (values (1, 'prepared'), (2, 'open'), (3, 'closed'))
insert into meeting_states (workspace_id, meeting_id, number, state, person_id, at)
select :workspace, {_MEETING}, number, state, :person, '{NOW}' from these, states order by 2, 3
"""


def build(path: Path, years: int) -> None:
    """Make the file: `years` of 52 weeks, that end with `LAST`."""
    with closing(Database(path)) as database:
        workspace = database.workspace(*WORKSPACE, lambda: NOW)
        with database.write(workspace) as session:
            person = _settle(session)
    with closing(connect(path)) as connection:
        connection.execute("pragma foreign_keys = off")
        connection.execute("pragma synchronous = off")
        connection.execute("pragma cache_size = -500000")  # half a gigabyte, to sort in
        connection.execute("begin")
        with _without_indexes(connection):
            _fill(connection, {"workspace": workspace, "person": person}, years * 52)
        connection.execute("commit")


def _settle(session: Session) -> str:
    for number in range(CHANNELS):
        settings = ChannelSettings("nl", CUSTOMER, level=LEVELS[number % len(LEVELS)])
        channel_id = channels.ensure(session, WORKSPACE[0], f"C{number}", settings, NOW)
        key = {"id": channel_id, "channel_id": channel_id, "key": "overleg", "created_at": NOW}
        session.insert("series", key)
        channel_choices.keep(session, channel_id, Choices(outside=True))
    return people.ensure(session, WORKSPACE[0], "U1", NOW)


def _fill(connection: Connection, values: dict[str, str], weeks: int) -> None:
    first = LAST.first - timedelta(weeks=weeks - 1)
    known = {"first": first.isoformat(), "ordinal": first.toordinal()}
    connection.execute(
        "create temp table made as select row_number() over (order by id) - 1 as number, id"
        " from channels"
    )
    connection.execute("create unique index temp.made_by_number on made (number)")
    for table, (columns, made, each, where) in _TABLES.items():
        sql = _NUMBERS.format(
            rows=weeks * CHANNELS * each, table=table, columns=f"workspace_id, {columns}"
        )
        sql += f" select :workspace, {made.format(**known)} from these"
        connection.execute(sql + (f" where {where}" if where else "") + " order by 2", values)
    connection.execute(_STATES.format(rows=weeks * CHANNELS), values)


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """Made afterwards they are sorted, and no row waits for its places in them."""
    tables = ", ".join(f"'{table}'" for table in [*_TABLES, "meeting_states"])
    indexes = connection.execute(
        "select name, sql from sqlite_master where type = 'index' and sql is not null"
        f" and tbl_name in ({tables})"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"drop index {name}")
    yield
    for _, sql in indexes:
        connection.execute(sql)
